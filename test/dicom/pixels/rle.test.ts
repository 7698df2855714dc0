import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeRleFrame } from '../../../src/dicom/pixels/rle.ts';
import { described } from './described.ts';

/** PackBits with runs of both kinds. */
function pack(plane: readonly number[]): number[] {
  const out: number[] = [];
  for (let at = 0; at < plane.length; ) {
    let run = 1;
    while (run < 128 && plane[at + run] === plane[at]) run++;
    if (run > 1) {
      out.push(257 - run, plane[at] as number);
      at += run;
    } else {
      out.push(0, plane[at] as number);
      at += 1;
    }
  }
  if (out.length % 2 === 1) out.push(128);
  return out;
}

function stream(planes: readonly (readonly number[])[]): Uint8Array {
  const header = new DataView(new ArrayBuffer(64));
  header.setUint32(0, planes.length, true);
  const packed = planes.map(pack);
  let at = 64;
  packed.forEach((segment, i) => {
    header.setUint32(4 + i * 4, at, true);
    at += segment.length;
  });
  return Uint8Array.from([...new Uint8Array(header.buffer), ...packed.flat()]);
}

describe('decodeRleFrame', () => {
  it('gives back what was packed, most significant byte plane first', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(0xffff), { minLength: 8, maxLength: 8 }), (values) => {
        const planes = [values.map((v) => v >> 8), values.map((v) => v & 0xff)];
        const decoded = decodeRleFrame(stream(planes), described({ bitsAllocated: 16 }));
        expect([...decoded]).toEqual(values);
      }),
    );
  });

  it('puts the three planes of a colour frame side by side', () => {
    const description = described({ rows: 1, columns: 2, samplesPerPixel: 3, photometric: 'RGB' });
    expect([
      ...decodeRleFrame(
        stream([
          [1, 2],
          [3, 4],
          [5, 6],
        ]),
        description,
      ),
    ]).toEqual([1, 3, 5, 2, 4, 6]);
  });

  it.each([
    ['a header that is cut short', new Uint8Array(10), 'truncated'],
    ['no segments', new Uint8Array(64), 'malformed'],
    ['another number of segments than planes', stream([[1], [2]]), 'malformed'],
    ['a segment that ends before its pixels do', stream([[1, 2]]), 'truncated'],
  ])('refuses %s', (_, bytes, code) => {
    expect(() => decodeRleFrame(bytes, described())).toThrow(expect.objectContaining({ code }));
  });

  it('fails with a typed error, or decodes, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 0, maxLength: 120 }), (bytes) => {
        try {
          expect(decodeRleFrame(bytes, described()).length).toBe(8);
        } catch (error) {
          expect(error).toMatchObject({ name: 'PhiGateError' });
        }
      }),
    );
  });
});
