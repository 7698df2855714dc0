import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { headerMismatch, streamHeader } from '../../../src/dicom/pixels/stream-header.ts';
import { PhiGateError } from '../../../src/errors.ts';
import { described } from './described.ts';

const segment = (marker: number, payload: number[]): number[] => [
  0xff,
  marker,
  (payload.length + 2) >> 8,
  (payload.length + 2) & 0xff,
  ...payload,
];
/** A start of frame of 16 rows and 24 columns; `factors` are the sampling factors of the components. */
const startOfFrame = (marker: number, bits: number, factors: number[]): number[] =>
  segment(marker, [bits, 0, 16, 0, 24, factors.length, ...factors.flatMap((factor, i) => [i, factor, 0])]);
const jpeg = (...parts: number[][]): Uint8Array => Uint8Array.from([0xff, 0xd8, ...parts.flat()]);
const scan = (components: number): number[] => segment(0xda, [components, 1, 0, 0, 0, 0]);

const uint = (value: number): number[] => [
  value >>> 24,
  (value >>> 16) & 0xff,
  (value >>> 8) & 0xff,
  value & 0xff,
];
/** A SIZ segment of 16 rows and 24 columns that begin at an offset of 8. */
const jpeg2000 = (bits: number[], step = 1): Uint8Array =>
  Uint8Array.from([
    0xff,
    0x4f,
    ...segment(0x51, [
      0,
      0,
      ...[32, 24, 8, 8, 32, 24, 0, 0].flatMap(uint),
      0,
      bits.length,
      ...bits.flatMap((size) => [size, step, step]),
    ]),
  ]);

describe('the header of a compressed stream', () => {
  it('is read from JPEG, past tables and fill bytes', () => {
    const stream = jpeg(segment(0xdb, [1, 2, 3]), [0xff], startOfFrame(0xc3, 12, [0x11]));
    expect(streamHeader(stream)).toMatchObject({
      coding: 'jpeg',
      process: 3,
      precision: 12,
      rows: 16,
      columns: 24,
      components: 1,
      isSubsampled: false,
    });
    expect(streamHeader(jpeg(startOfFrame(0xc0, 8, [0x21, 0x11, 0x11]))).isSubsampled).toBe(true);
  });

  it('says of JPEG-LS whether its components stand one by one', () => {
    const stream = (components: number) => jpeg(startOfFrame(0xf7, 8, [0x11, 0x11, 0x11]), scan(components));
    expect(streamHeader(stream(1))).toMatchObject({ coding: 'jpeg-ls', isPlanar: true });
    expect(streamHeader(stream(3))).toMatchObject({ coding: 'jpeg-ls', isPlanar: false });
  });

  it('is read from JPEG 2000, the offset of the image taken off', () => {
    expect(streamHeader(jpeg2000([0x87, 7]))).toMatchObject({
      coding: 'jpeg-2000',
      precision: 8,
      isSigned: true,
      rows: 16,
      columns: 24,
      components: 2,
    });
  });

  it.each([
    ['nothing', new Uint8Array(0)],
    ['no stream', Uint8Array.from([1, 2, 3, 4, 5, 6])],
    ['a scan before the frame header', jpeg(scan(1), startOfFrame(0xc0, 8, [0x11]))],
    ['a header that breaks off', jpeg(startOfFrame(0xc0, 8, [0x11]).slice(0, 9))],
    ['a JPEG 2000 stream that breaks off', jpeg2000([7]).slice(0, 40)],
  ])('is missing in %s', (_, stream) => {
    expect(() => streamHeader(stream)).toThrow(PhiGateError);
  });

  it('is read or refused, never anything else', () => {
    const head = fc.constantFrom(
      [0xff, 0xd8],
      [0xff, 0x4f, 0xff, 0x51],
      [0, 0, 0, 12, 0x6a, 0x50, 0x20, 0x20],
    );
    fc.assert(
      fc.property(head, fc.uint8Array({ maxLength: 80 }), (first, rest) => {
        try {
          streamHeader(Uint8Array.from([...first, ...rest]));
        } catch (error) {
          expect(error).toBeInstanceOf(PhiGateError);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('is held against the description before a decoder is asked', () => {
    const of = (settings: object) =>
      headerMismatch(
        streamHeader(jpeg(startOfFrame(0xc3, 12, [0x11]))),
        described({ rows: 16, columns: 24, bitsAllocated: 16, ...settings }),
      );
    expect(of({})).toBeUndefined();
    expect(of({ rows: 17 })).toMatch(/size/);
    expect(of({ samplesPerPixel: 3 })).toMatch(/components/);
    expect(of({ bitsAllocated: 8 })).toMatch(/bits/);
  });
});
