import { describe, expect, it } from 'vitest';
import { readBitmap } from '../../../src/documents/pictures/bitmap.ts';
import { LIMITS } from '../limits.ts';

/** A BMP of the given rows as they stand in the file, the bottom one first. */
function bitmap(width: number, height: number, bits: number, palette: number[], rows: number[]): Buffer {
  const header = Buffer.alloc(54);
  header.write('BM', 'latin1');
  header.writeUInt32LE(54 + palette.length, 10);
  header.writeUInt32LE(40, 14);
  header.writeInt32LE(width, 18);
  header.writeInt32LE(height, 22);
  header.writeUInt16LE(1, 26);
  header.writeUInt16LE(bits, 28);
  return Buffer.concat([header, Buffer.from(palette), Buffer.from(rows)]);
}

const pixels = (bytes: Buffer): number[] => {
  const [picture] = [...readBitmap(bytes, LIMITS)];
  return picture?.kind === 'picture' ? [...picture.data] : [];
};

describe('readBitmap', () => {
  it('reads rows from the bottom, blue first', () => {
    expect(pixels(bitmap(1, 2, 24, [], [1, 2, 3, 0, 4, 5, 6, 0]))).toEqual([6, 5, 4, 3, 2, 1]);
  });

  it('reads rows from the top where the height is negative', () => {
    expect(pixels(bitmap(1, -2, 24, [], [1, 2, 3, 0, 4, 5, 6, 0]))).toEqual([3, 2, 1, 6, 5, 4]);
  });

  it('reads bits by the palette', () => {
    const palette = [0, 0, 0, 0, 255, 255, 255, 0];
    expect(pixels(bitmap(3, 1, 1, palette, [0b01000000, 0, 0, 0]))).toEqual([
      0, 0, 0, 255, 255, 255, 0, 0, 0,
    ]);
  });

  it('reads five bits a colour', () => {
    expect(pixels(bitmap(1, 1, 16, [], [0x00, 0x7c, 0, 0]))).toEqual([255, 0, 0]);
  });

  it('hands on what stands behind the rows', () => {
    const bytes = Buffer.concat([bitmap(1, 1, 24, [], [1, 2, 3, 0]), Buffer.from('Ottoline')]);
    expect([...readBitmap(bytes, LIMITS)].at(-1)).toMatchObject({
      kind: 'document',
      bytes: Buffer.from('Ottoline'),
    });
  });

  it('refuses what is cut, too large or run-length coded', () => {
    const codes = [
      bitmap(4, 4, 24, [], [1, 2, 3]),
      bitmap(60_000, 60_000, 24, [], []),
      bitmap(0, 4, 24, [], []),
    ].map((bytes) => {
      try {
        return pixels(bytes);
      } catch (error) {
        return (error as { code?: string }).code;
      }
    });
    expect(codes).toEqual(['truncated', 'too-large', 'malformed']);
  });
});
