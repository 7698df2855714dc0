import { createRequire } from 'node:module';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { decodeStream } from '../../../src/dicom/pixels/codecs.ts';
import type { PixelDescription } from '../../../src/dicom/pixels/description.ts';
import { described } from './described.ts';
import { decodedBySecond } from './second-decoders.ts';

const HTJ2K_LOSSLESS = '1.2.840.10008.1.2.4.201';

interface Context {
  getEncodedBuffer(): Uint8Array;
}
interface Encoder {
  readonly NativeCodecs: {
    initializeAsync(): Promise<void>;
    encodeHtJpeg2000(context: Context, options: object): Context;
  };
  readonly Context: new (attributes: object) => Context;
}
const encoder = createRequire(import.meta.url)('dcmjs-codecs') as Encoder;

function encoded(description: PixelDescription, pixels: Uint8Array): Uint8Array {
  const { columns, rows, photometric, ...rest } = description;
  const context = new encoder.Context({
    ...rest,
    width: columns,
    height: rows,
    photometricInterpretation: photometric,
    decodedBuffer: pixels,
  });
  return Uint8Array.from(encoder.NativeCodecs.encodeHtJpeg2000(context, { lossy: false }).getEncodedBuffer());
}

/** Frames that a scanner might make: size, depth, sign, colour, and what to fill them with. */
const frames = fc.record({
  rows: fc.integer({ min: 1, max: 70 }),
  columns: fc.integer({ min: 1, max: 70 }),
  kind: fc.constantFrom(
    { bitsAllocated: 8, samplesPerPixel: 1, pixelRepresentation: 0, photometric: 'MONOCHROME2' },
    { bitsAllocated: 8, samplesPerPixel: 3, pixelRepresentation: 0, photometric: 'RGB' },
    {
      bitsAllocated: 16,
      bitsStored: 12,
      samplesPerPixel: 1,
      pixelRepresentation: 0,
      photometric: 'MONOCHROME2',
    },
    { bitsAllocated: 16, samplesPerPixel: 1, pixelRepresentation: 0, photometric: 'MONOCHROME2' },
    { bitsAllocated: 16, samplesPerPixel: 1, pixelRepresentation: 1, photometric: 'MONOCHROME2' },
  ),
  seed: fc.integer({ min: 1, max: 1 << 30 }),
});

/** Smooth with noise on it, so that every bit plane has something to say. */
function filled(description: PixelDescription, seed: number): Uint8Array {
  const { rows, columns, samplesPerPixel, bitsAllocated, bitsStored, pixelRepresentation } = description;
  const most = 2 ** bitsStored - 1;
  const offset = pixelRepresentation === 1 ? 2 ** (bitsStored - 1) : 0;
  const count = rows * columns * samplesPerPixel;
  const values = Array.from({ length: count }, (_, i) => {
    const share = 0.5 + 0.4 * Math.sin(i / (7 + (seed % 11))) + 0.1 * Math.sin((i + 1) * seed);
    return Math.round(share * most * 0.99) - offset;
  });
  if (bitsAllocated === 8) return Uint8Array.from(values);
  return new Uint8Array(Int16Array.from(values).buffer);
}

describe('HTJ2K frames', () => {
  beforeAll(() => encoder.NativeCodecs.initializeAsync());

  it('are decoded as by OpenJPEG, which reads them by code of its own, every sample', async () => {
    await fc.assert(
      fc.asyncProperty(frames, async ({ rows, columns, kind, seed }) => {
        const description = described({ transferSyntax: HTJ2K_LOSSLESS, rows, columns, ...kind });
        const pixels = filled(description, seed);
        const stream = encoded(description, pixels);
        const decoded = await decodeStream(stream, 'htj2k', description);
        if ('mismatch' in decoded) throw new Error(decoded.mismatch);
        const { values } = decoded;
        const bytes = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
        expect(bytes.equals(pixels)).toBe(true);
        expect(bytes.equals(await decodedBySecond('OpenJPEG', stream))).toBe(true);
      }),
      { numRuns: 30 },
    );
  });
});
