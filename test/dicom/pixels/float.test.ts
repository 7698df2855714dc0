import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { floatViews, readFloatFrame } from '../../../src/dicom/pixels/float.ts';
import { openFrames } from '../../../src/dicom/pixels/frames.ts';
import { described, encapsulatedData, nativeData } from './described.ts';

const SINGLE = described({ sampleFormat: 'float', bitsAllocated: 32 });
const DOUBLE = described({ sampleFormat: 'float', bitsAllocated: 64 });
const row = (columns: number, changes = {}) =>
  described({ sampleFormat: 'float', bitsAllocated: 64, rows: 1, columns, ...changes });

/** Values as a file holds them. */
function stored(values: readonly number[], bits: 32 | 64, littleEndian: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer((values.length * bits) / 8));
  values.forEach((value, i) => {
    if (bits === 64) view.setFloat64(i * 8, value, littleEndian);
    else view.setFloat32(i * 4, value, littleEndian);
  });
  return new Uint8Array(view.buffer);
}
const greys = (values: readonly number[], changes = {}) =>
  floatViews(Float64Array.from(values), row(values.length, changes)).map(({ data }) => [...data]);

describe('floating-point frames', () => {
  it('are read in either byte order and size, frame by frame', () => {
    const numbers = fc.array(fc.float({ noNaN: false }), { minLength: 16, maxLength: 16 });
    fc.assert(
      fc.property(
        numbers,
        fc.constantFrom(32 as const, 64 as const),
        fc.boolean(),
        (values, bits, littleEndian) => {
          const description = { ...(bits === 64 ? DOUBLE : SINGLE), frames: 2, littleEndian };
          const data = nativeData(stored(values, bits, littleEndian));
          expect([...readFloatFrame(description, data, 0)]).toEqual(values.slice(0, 8));
          expect([...readFloatFrame(description, data, 1)]).toEqual(values.slice(8));
        },
      ),
    );
  });

  it('are refused where the data end before the frame does', async () => {
    const frames = openFrames(SINGLE, nativeData(stored([1, 2, 3], 32, true)));
    await expect(frames.read(0)).rejects.toMatchObject({ code: 'truncated' });
  });

  it('are not taken for integers where they are compressed', async () => {
    const rle = { ...SINGLE, transferSyntax: '1.2.840.10008.1.2.5' };
    const frame = await openFrames(rle, encapsulatedData([new Uint8Array(80)])).read(0);
    expect(frame).toMatchObject({ state: 'not-run', why: expect.stringContaining('compressed') });
  });

  it('become pictures for every value there is, and brighter where they are larger', () => {
    const any = fc.double({ noNaN: false });
    fc.assert(
      fc.property(fc.array(any, { minLength: 1, maxLength: 40 }), (values) => {
        for (const grey of greys(values)) {
          expect(grey).toHaveLength(values.length);
          const finite = values
            .map((value, i) => ({ value, grey: grey[i] ?? -1 }))
            .filter(({ value }) => !Number.isNaN(value))
            .sort((a, b) => a.value - b.value);
          const inOrder = finite.map((one) => one.grey);
          expect(inOrder).toEqual([...inOrder].sort((a, b) => a - b));
        }
      }),
    );
  });

  it('show their whole range first', () => {
    expect(greys([-1e308, 0, 1e308])[0]).toEqual([0, 128, 255]);
    expect(greys([0.001, 0.002])[0]).toEqual([0, 255]);
    expect(greys([5, 5, 5])[0]).toEqual([0, 0, 0]);
    expect(greys([Number.NaN, Number.NaN])[0]).toEqual([0, 0]);
  });

  it('show what is no number against the lowest and the highest', () => {
    const [grey = []] = greys([0, Number.NaN, 10, Number.POSITIVE_INFINITY]);
    expect((grey[0] ?? 0) - (grey[1] ?? 0)).toBeGreaterThan(24);
    expect((grey[3] ?? 0) - (grey[2] ?? 0)).toBeGreaterThan(24);
  });

  it('show what one large value would press into one grey', () => {
    const values = Array.from({ length: 1000 }, (_, i) => (i % 2) + (i === 500 ? 1e12 : 0));
    const spread = greys(values).map((grey) => Math.abs((grey[1] ?? 0) - (grey[0] ?? 0)));
    expect(spread[0]).toBe(0);
    expect(Math.max(...spread)).toBeGreaterThan(200);
  });

  it('are windowed by their own values', () => {
    const values = Array.from({ length: 100 }, (_, i) => i);
    const windows = [{ center: 20, width: 20 }];
    const views = greys(values, { windows, rescale: { slope: 1, intercept: 0 } });
    const windowed = views.find((grey) => grey[10] === 0 && grey[30] === 255);
    expect(windowed?.[20]).toBeGreaterThan(110);
    expect(windowed?.[20]).toBeLessThan(145);
  });
});
