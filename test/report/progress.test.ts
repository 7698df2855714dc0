import { describe, expect, it } from 'vitest';
import { createProgress } from '../../src/report/progress.ts';

function world(isTTY: boolean, columns = 100) {
  let time = Date.parse('2026-03-04T08:00:00Z');
  const written: string[] = [];
  return {
    written,
    wait: (seconds: number) => {
      time += seconds * 1000;
    },
    clock: { now: () => new Date(time) },
    stream: { isTTY, columns, write: (text: string) => written.push(text) },
  };
}

describe('progress on a terminal', () => {
  it('draws bar, rate and time left over the same line, and takes it away', () => {
    const { stream, clock, written, wait } = world(true);
    const progress = createProgress({ stream, clock });
    progress.begin('Masking', 200);
    wait(10);
    progress.advance(50, 25_000_000);
    const line = written.at(-1) ?? '';
    expect(line).toMatch(/^\rMasking {2}█{6}░{18} {2}25% {2}50\/200 {2}5\.0\/s {2}2\.5 MB\/s {2}30 s left/);
    progress.end();
    expect(written.at(-1)).toBe('\r\u001B[K');
    expect(written.join('')).not.toContain('\n');
  });

  it('is not redrawn for every source', () => {
    const { stream, clock, written, wait } = world(true);
    const progress = createProgress({ stream, clock });
    progress.begin('Auditing', 1000);
    for (let i = 0; i < 999; i++) {
      wait(0.001);
      progress.advance();
    }
    expect(written.length).toBeLessThan(15);
  });

  it('does not wrap in a narrow window', () => {
    const { stream, clock, written, wait } = world(true, 30);
    const progress = createProgress({ stream, clock });
    progress.begin('Masking', 10);
    wait(5);
    progress.advance(5);
    for (const text of written) expect(text.replace('\u001B[K', '').length).toBeLessThanOrEqual(30);
  });
});

describe('progress elsewhere', () => {
  it('writes plain lines, at most one each tenth of the way or 5 seconds', () => {
    const { stream, clock, written, wait } = world(false);
    const progress = createProgress({ stream, clock });
    progress.begin('Masking', 1000);
    for (let i = 0; i < 1000; i++) {
      wait(0.01);
      progress.advance();
    }
    progress.end();
    expect(written.length).toBeLessThanOrEqual(12);
    expect(written[0]).toBe('Masking: 1,000 to do\n');
    expect(written.at(-1)).toBe('Masking: 1,000 done in 10 s\n');
    expect(written.join('')).not.toMatch(/[\r\u001B█]/);
  });

  it('writes a line every 5 seconds of slow work', () => {
    const { stream, clock, written, wait } = world(false);
    const progress = createProgress({ stream, clock });
    progress.begin('OCR', 100_000);
    for (let i = 0; i < 20; i++) {
      wait(1);
      progress.advance();
    }
    expect(written).toHaveLength(1 + 4);
    expect(written.at(-1)).toContain('1.0/s');
    expect(written.at(-1)).toMatch(/27 h 46 min left/);
  });
});

describe('progress in every case', () => {
  it('is silent when quiet', () => {
    const { stream, clock, written } = world(true);
    const progress = createProgress({ stream, clock, quiet: true });
    progress.begin('Masking', 2);
    progress.advance();
    progress.end();
    expect(written).toEqual([]);
  });

  it.each([true, false])(
    'survives no work, more work than announced and a clock turned back (terminal: %s)',
    (tty) => {
      const { stream, clock, written, wait } = world(tty);
      const progress = createProgress({ stream, clock });
      progress.advance();
      progress.end();
      expect(written).toEqual([]);
      progress.begin('Nothing', 0);
      progress.begin('Masking', 1);
      wait(-60);
      progress.advance(3);
      progress.end();
      progress.end();
      expect(written.join('')).not.toMatch(/NaN|Infinity|-\d/);
    },
  );
});
