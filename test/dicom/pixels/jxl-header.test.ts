import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeFrame } from '../../../src/dicom/pixels/encode.ts';
import { jpegXlHeader } from '../../../src/dicom/pixels/jxl-header.ts';
import { allocateSamples } from '../../../src/dicom/pixels/samples.ts';
import { decodeStored } from '../../../src/dicom/pixels/stored.ts';
import { described } from './described.ts';

const JPEG_XL = '1.2.840.10008.1.2.4.110';

const frameOf = (rows: number, columns: number, changes: object = {}) => {
  const description = described({ rows, columns, transferSyntax: JPEG_XL, ...changes });
  const values = allocateSamples(description);
  values.forEach((_, i) => {
    values[i] = (i * 7) & 0xff;
  });
  return { description, stream: encodeFrame(values, description) };
};

describe('jpegXlHeader', () => {
  it.each([
    [61, 97],
    [512, 512],
    [480, 640],
    [720, 1280],
    [8, 9000],
  ])('gives size, depth and colours of %i by %i pixels', async (rows, columns) => {
    const grey = await frameOf(rows, columns).stream;
    expect(jpegXlHeader(new DataView(grey.buffer))).toMatchObject({
      rows,
      columns,
      components: 1,
      precision: 8,
    });
    const deep = await frameOf(rows, columns, { bitsAllocated: 16 }).stream;
    expect(jpegXlHeader(new DataView(deep.buffer))).toMatchObject({
      rows,
      columns,
      components: 1,
      precision: 16,
    });
    const colour = await frameOf(rows, columns, { samplesPerPixel: 3, photometric: 'RGB' }).stream;
    expect(jpegXlHeader(new DataView(colour.buffer))).toMatchObject({ rows, columns, components: 3 });
  });

  it('keeps a frame of another size than described from the decoder', async () => {
    const { description, stream } = frameOf(32, 32);
    const frame = await decodeStored(await stream, 'jpeg-xl', { ...description, rows: 31 });
    expect(frame).toEqual({ state: 'not-run', why: expect.stringContaining('size') });
  });

  it('throws a typed error for whatever is no stream, and for one that was cut', async () => {
    const { description, stream } = frameOf(32, 32);
    const whole = await stream;
    await expect(
      decodeStored(whole.subarray(0, whole.length >> 1), 'jpeg-xl', description),
    ).rejects.toMatchObject({
      code: 'malformed',
    });
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 2, maxLength: 40 }), (bytes) => {
        const headed = Uint8Array.from([0xff, 0x0a, ...bytes]);
        try {
          jpegXlHeader(new DataView(headed.buffer));
        } catch (error) {
          expect(error).toMatchObject({ code: expect.stringMatching(/malformed|unsupported/) });
        }
      }),
    );
  });
});
