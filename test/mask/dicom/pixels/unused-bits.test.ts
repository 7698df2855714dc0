import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDicom } from '../../../../src/dicom/file.ts';
import type { PixelDescription } from '../../../../src/dicom/pixels/description.ts';
import { pixelsOfFile } from '../../../../src/dicom/pixels/of-file.ts';
import { unusedBitsEdits } from '../../../../src/mask/dicom/pixels/unused-bits.ts';
import { projectSchema } from '../../../../src/project/schema.ts';
import { memorySource, spliceToBuffer } from '../../../../src/splice.ts';
import { described } from '../../../dicom/pixels/described.ts';
import { imageFile } from '../../../dicom/pixels/image-file.ts';

const { limits } = projectSchema.parse({ version: 1 });

/** What becomes of the bytes of native pixel data. */
function cleaned(changes: Partial<PixelDescription>, bytes: Uint8Array): number[] {
  const file = imageFile(described({ columns: 2, rows: 1, ...changes }), bytes);
  const pixels = pixelsOfFile(readDicom(memorySource(file), limits));
  if (pixels === undefined) throw new Error('no pixels');
  const out = spliceToBuffer(file, unusedBitsEdits(pixels));
  expect(out.length).toBe(file.length);
  const { valueStart, valueEnd } = pixels.element;
  expect(out.subarray(0, valueStart)).toEqual(file.subarray(0, valueStart));
  return [...out.subarray(valueStart, valueEnd)];
}

const TWELVE = { bitsAllocated: 16, bitsStored: 12 };

describe('unusedBitsEdits', () => {
  it('clears an overlay above High Bit', () => {
    expect(cleaned(TWELVE, Uint8Array.of(0x34, 0x12, 0xff, 0x0f))).toEqual([0x34, 0x02, 0xff, 0x0f]);
  });

  it('clears what lies below the sample', () => {
    const high = { bitsAllocated: 16, bitsStored: 12, highBit: 15 };
    expect(cleaned(high, Uint8Array.of(0x3f, 0x12, 0xf0, 0xff))).toEqual([0x30, 0x12, 0xf0, 0xff]);
  });

  it('works in samples of 8 and 32 bits, and in big endian', () => {
    expect(cleaned({ bitsStored: 6 }, Uint8Array.of(0xc1, 0x3f))).toEqual([0x01, 0x3f]);
    const wide = { bitsAllocated: 32, bitsStored: 24 };
    expect(cleaned(wide, Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 0))).toEqual([1, 2, 3, 0, 5, 6, 7, 0]);
    const big = { ...TWELVE, transferSyntax: '1.2.840.10008.1.2.2', littleEndian: false };
    expect(cleaned(big, Uint8Array.of(0x12, 0x34, 0x0f, 0xff))).toEqual([0x02, 0x34, 0x0f, 0xff]);
  });

  it('leaves a sign extension, and makes no change where nothing is hidden', () => {
    const signed = { ...TWELVE, pixelRepresentation: 1 };
    const plain = Uint8Array.of(0xff, 0xff, 0x01, 0x00);
    const file = imageFile(described({ columns: 2, rows: 1, ...signed }), plain);
    const pixels = pixelsOfFile(readDicom(memorySource(file), limits));
    expect(pixels && unusedBitsEdits(pixels)).toEqual([]);
    expect(cleaned(signed, Uint8Array.of(0xff, 0x7f, 0xff, 0xff))).toEqual([0xff, 0x0f, 0xff, 0xff]);
  });

  it('keeps every stored bit, whatever the sample', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 4, maxLength: 4 }), fc.boolean(), (bytes, signed) => {
        const out = cleaned({ ...TWELVE, pixelRepresentation: signed ? 1 : 0 }, bytes);
        const stored = (all: ArrayLike<number>) =>
          [0, 2].map((at) => ((all[at] ?? 0) | ((all[at + 1] ?? 0) << 8)) & 0xfff);
        expect(stored(out)).toEqual(stored(bytes));
        for (const at of [0, 2]) {
          const above = (out[at + 1] ?? 0) >> 4;
          expect(above === 0 || (signed && above === 0xf)).toBe(true);
        }
      }),
    );
  });
});
