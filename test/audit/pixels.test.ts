import { describe, expect, it } from 'vitest';
import { auditFrames } from '../../src/audit/pixels.ts';
import type { Detector } from '../../src/detect/detector.ts';
import type { Ocr } from '../../src/ocr/reader.ts';
import { described, encapsulatedData, nativeData } from '../dicom/pixels/described.ts';
import { blank, drawText } from '../ocr/bitmap-text.ts';

const WIDTH = 240;
const HEIGHT = 60;

/** An engine that reads every region as `text`. */
function reads(text: string, confidence = 0.95): Ocr & { calls: number } {
  const ocr = {
    calls: 0,
    read: async () => [],
    readRegions: async (regions: Parameters<Ocr['readRegions']>[0]) => {
      ocr.calls += 1;
      return regions.map((region) => ({
        region,
        words: text === '' ? [] : [{ text, confidence, box: region.box }],
      }));
    },
    close: async () => undefined,
  };
  return ocr;
}

const names: Detector = {
  id: 'known',
  detect: ({ text }) => {
    const start = text.indexOf('MUSTERFRAU');
    return start < 0
      ? []
      : [
          {
            start,
            end: start + 10,
            category: 'A',
            detector: 'known',
            rule: 'known.name',
            tier: 'leak',
            confidence: 1,
          },
        ];
  },
};

function framesOf(...texts: string[]) {
  const frames = texts.map((text) => {
    const image = blank(WIDTH, HEIGHT);
    if (text !== '') drawText(image, text, 10, 20, 2);
    return image.data;
  });
  return {
    description: described({ rows: HEIGHT, columns: WIDTH, frames: texts.length }),
    data: nativeData(Buffer.concat(frames)),
  };
}

describe('auditFrames', () => {
  it('leaves frames unread, and says so, where the time for the file is over', async () => {
    const { description, data } = framesOf('MUSTERFRAU', 'MUSTERFRAU');
    const audit = await auditFrames(description, data, reads('MUSTERFRAU'), [names], {
      framePixels: 1 << 20,
      seconds: 0,
    });
    expect(audit.counts).toMatchObject({ total: 2, read: 0, notRun: 2 });
    expect(audit.notRun[0]?.why).toContain('limits.pictureSeconds');
  });

  it('reports a detector’s hit with frame, box and value', async () => {
    const { description, data } = framesOf('', 'MUSTERFRAU');
    const audit = await auditFrames(description, data, reads('MUSTERFRAU'), [names]);
    expect(audit.counts).toEqual({ total: 2, read: 1, cleared: 1, notRun: 0 });
    expect(audit.findings).toHaveLength(1);
    const [finding] = audit.findings;
    expect(finding).toMatchObject({ frame: 2, text: 'MUSTERFRAU', hit: { tier: 'leak', category: 'A' } });
    expect(finding?.locus).toBe(`frame 2 ${finding?.box.join(',')}`);
  });

  it('does not ask for OCR where no frame looks like text', async () => {
    const { description, data } = framesOf('', '');
    const ocr = reads('NEVER');
    const audit = await auditFrames(description, data, ocr, [names]);
    expect(audit.counts.cleared).toBe(2);
    expect(ocr.calls).toBe(0);
  });

  it('does not read again what did not change, and reports it once', async () => {
    const { description, data } = framesOf('MUSTERFRAU', 'MUSTERFRAU', 'MUSTERFRAU');
    const ocr = reads('MUSTERFRAU');
    const audit = await auditFrames(description, data, ocr, [names]);
    expect(ocr.calls).toBe(1);
    expect(audit.findings).toHaveLength(1);
    expect(audit.counts.read).toBe(3);
  });

  it('reads again when one character changes in a later frame', async () => {
    const { description, data } = framesOf('FRAME 1', 'FRAME 2');
    const ocr = reads('MUSTERFRAU');
    await auditFrames(description, data, ocr, [names]);
    expect(ocr.calls).toBe(2);
  });

  it('holds text that nobody knows, and lets safe terms pass', async () => {
    const { description, data } = framesOf('SOMETHING');
    const unknown = await auditFrames(description, data, reads('SOMETHING'), [names]);
    expect(unknown.findings).toMatchObject([
      { hit: { rule: 'pixels.text', tier: 'suspect' }, text: 'SOMETHING' },
    ]);
    const safe = await auditFrames(description, data, reads('PHILIPS'), [names]);
    expect(safe.findings).toEqual([]);
  });

  it('holds a line that looks like text and could not be read', async () => {
    const { description, data } = framesOf('SOMETHING');
    const audit = await auditFrames(description, data, reads(''), [names]);
    expect(audit.findings).toMatchObject([
      { hit: { rule: 'pixels.unexplained-text', tier: 'suspect' }, text: '' },
    ]);
  });

  it('counts frames that cannot be decoded as not run, with the reason, and never as clean', async () => {
    const description = described({ transferSyntax: '1.2.840.10008.1.2.4.102', frames: 3 });
    const audit = await auditFrames(description, encapsulatedData([new Uint8Array(4)]), reads(''), []);
    expect(audit.counts).toEqual({ total: 3, read: 0, cleared: 0, notRun: 3 });
    expect(audit.notRun).toEqual([{ why: expect.stringMatching(/video/), frames: 3 }]);
  });

  it('goes on after a frame that is cut short', async () => {
    const { description, data } = framesOf('MUSTERFRAU', '');
    const audit = await auditFrames({ ...description, frames: 3 }, data, reads('MUSTERFRAU'), [names]);
    expect(audit.states.map(({ state }) => state)).toEqual(['read', 'cleared', 'not-run']);
    expect(audit.findings).toHaveLength(1);
  });

  it('does not take the failure of OCR for clean, and repeats no foreign message', async () => {
    const { description, data } = framesOf('MUSTERFRAU');
    const broken: Ocr = { ...reads(''), readRegions: async () => Promise.reject(new Error('MUSTERFRAU')) };
    const audit = await auditFrames(description, data, broken, [names]);
    expect(audit.counts.notRun).toBe(1);
    expect(JSON.stringify(audit.notRun)).not.toContain('MUSTERFRAU');
  });

  it('tells of bytes behind the last frame', async () => {
    const { description, data } = framesOf('', '');
    const audit = await auditFrames(
      { ...description, frames: 1 },
      nativeData(Buffer.concat([data.source.read(0, data.length), Buffer.from('x')])),
      reads(''),
      [],
    );
    expect(audit.excessBytes).toBeGreaterThan(0);
  });

  it('reads text across the border of two tiles in the first of them', async () => {
    const whole = blank(2 * WIDTH, HEIGHT);
    drawText(whole, 'MUSTERFRAU ANNA', WIDTH - 90, 20, 2);
    const tiles = new Uint8Array(whole.data.length);
    for (let y = 0; y < HEIGHT; y++) {
      for (let half = 0; half < 2; half++) {
        const from = y * 2 * WIDTH + half * WIDTH;
        tiles.set(whole.data.subarray(from, from + WIDTH), (half * HEIGHT + y) * WIDTH);
      }
    }
    const seen: number[] = [];
    const ocr: Ocr = {
      ...reads('MUSTERFRAU'),
      readRegions: async (regions) => {
        seen.push(...regions.map(({ box }) => box[2]));
        return regions.map((region) => ({ region, words: [] }));
      },
    };
    const description = described({ columns: WIDTH, rows: HEIGHT, frames: 2 });
    const layout = {
      width: 2 * WIDTH,
      height: HEIGHT,
      places: [
        [0, 0],
        [WIDTH, 0],
      ] as const,
    };
    await auditFrames(description, nativeData(tiles), ocr, [], undefined, layout);
    expect(Math.max(...seen)).toBeGreaterThan(160);
  });
});
