import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { offsetMap } from '../../../src/audit/dicom/offset-map.ts';
import { type Edit, spliceToBuffer } from '../../../src/splice.ts';

/** Edits that do not overlap, over `size` bytes. */
const edits = (size: number): fc.Arbitrary<Edit[]> =>
  fc
    .uniqueArray(fc.nat(size), { maxLength: 8 })
    .map((points) => points.sort((a, b) => a - b))
    .chain((points) =>
      fc
        .tuple(...Array.from({ length: points.length >> 1 }, () => fc.uint8Array({ maxLength: 5 })))
        .map((texts) =>
          texts.map((bytes, index) => ({
            start: points[2 * index] ?? 0,
            end: points[2 * index + 1] ?? 0,
            bytes,
          })),
        ),
    );

describe('offset map', () => {
  it('leads every copied byte back to where it came from', () => {
    fc.assert(
      fc.property(edits(60), (list) => {
        const original = Uint8Array.from({ length: 60 }, (_, index) => index);
        const marked = list.map((edit) => ({ ...edit, bytes: edit.bytes.map(() => 255) }));
        const copy = spliceToBuffer(original, marked);
        const map = offsetMap(0, 60, marked);
        expect(map.size).toBe(copy.length);
        copy.forEach((byte, offset) => {
          if (byte !== 255) expect(map.toOriginal(offset)).toBe(byte);
        });
      }),
    );
  });
});
