import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printableRuns } from '../../src/audit/printable-runs.ts';

describe('printable runs', () => {
  it('finds ASCII and UTF-16 in either byte order at any alignment', () => {
    const little = Buffer.from('Anna', 'utf16le');
    const big = Buffer.from(little).swap16();
    for (const text of [Buffer.from('Anna'), little, big]) {
      expect(printableRuns(Buffer.concat([Buffer.from([1]), text, Buffer.from([2, 2])]))).toBe('Anna');
      expect(printableRuns(Buffer.concat([Buffer.from([1, 2]), text, Buffer.from([2, 2])]))).toBe('Anna');
    }
  });

  it('leaves shorter runs out', () => {
    expect(printableRuns(Buffer.from([65, 66, 67, 0, 1, 68, 69]))).toBe('');
  });

  it('finds a text wherever it stands in bytes that do not print', () => {
    const noise = fc
      .uint8Array({ max: 31, maxLength: 40 })
      .map((bytes) => bytes.filter((byte) => byte !== 9));
    const text = fc.stringMatching(/^[A-Za-z ]{4,20}$/);
    fc.assert(
      fc.property(noise, text, noise, (before, word, after) => {
        const bytes = Buffer.concat([before, Buffer.from(word), after]);
        return printableRuns(bytes).split('\n').includes(word);
      }),
    );
  });
});
