import { deflateRawSync } from 'node:zlib';
import { PhiGateError } from '../../errors.ts';
import { attributesOf, type Encoder, withCodecs } from './codecs.ts';
import type { PixelDescription } from './description.ts';
import { hasSameSamples, type SampleArray } from './samples.ts';
import { decodeStored } from './stored.ts';
import { syntaxRule } from './syntaxes.ts';

/** How the lossless syntaxes are written. */
type Writer = readonly [encoder: Encoder, options: object] | 'native' | 'deflated';

const RPCL = 2;

const JPEG = '1.2.840.10008.1.2.4.';
const WRITERS: Readonly<Record<string, Writer>> = {
  '1.2.840.10008.1.2.5': ['encodeRle', {}],
  [`${JPEG}57`]: ['encodeJpeg', { lossy: false, predictor: 1, pointTransform: 0 }],
  [`${JPEG}70`]: ['encodeJpeg', { lossy: false, predictor: 1, pointTransform: 0 }],
  [`${JPEG}80`]: ['encodeJpegLs', { lossy: false, allowedLossyError: 0 }],
  [`${JPEG}90`]: ['encodeJpeg2000', { lossy: false, progressionOrder: 0 }],
  [`${JPEG}201`]: ['encodeHtJpeg2000', { lossy: false }],
  [`${JPEG}202`]: ['encodeHtJpeg2000', { lossy: false, progressionOrder: RPCL }],
  [`${JPEG}110`]: ['encodeJpegXl', { lossy: false }],
  '1.2.840.10008.1.2.1.98': 'native',
  '1.2.840.10008.1.2.8.1': 'deflated',
};

/** Whether frames can be written in a syntax (all of them lossless). */
export const canWrite = (transferSyntax: string): boolean => transferSyntax in WRITERS;

/**
 * One frame in the lossless syntax that the description names. It is decoded again before it is given away:
 * what does not come back sample for sample is not written. `description` has the photometric interpretation of the values.
 * @throws PhiGateError `unsupported` where the encoder cannot hold the frame.
 */
export async function encodeFrame(values: SampleArray, description: PixelDescription): Promise<Uint8Array> {
  const writer = WRITERS[description.transferSyntax];
  if (writer === undefined) throw cannot();
  const stream = await written(values, description, writer);
  const family = syntaxRule(description.transferSyntax)?.family ?? 'other';
  const back = await decodeStored(stream, family, description);
  if (back.state !== 'decoded' || !hasSameSamples(back.values, values)) throw cannot();
  return stream;
}

const cannot = (): PhiGateError =>
  new PhiGateError('unsupported', 'a changed frame cannot be written without loss in its transfer syntax');

async function written(
  values: SampleArray,
  description: PixelDescription,
  writer: Writer,
): Promise<Uint8Array> {
  if (writer === 'native') return bytesOf(laidOut(values, description));
  if (writer === 'deflated') return deflateRawSync(bytesOf(laidOut(values, description)));
  const [encoder, options] = writer;
  const { photometric } = description;
  const attributes = {
    ...attributesOf({ ...description, photometric: rgbOr(photometric) }),
    decodedBuffer: bytesOf(values),
  };
  const encoded = await withCodecs(({ NativeCodecs, Context }) =>
    NativeCodecs[encoder](new Context(attributes), options).getEncodedBuffer(),
  ).catch(() => undefined);
  if (encoded === undefined) throw cannot();
  return Uint8Array.from(encoded);
}

const bytesOf = (values: SampleArray): Uint8Array =>
  new Uint8Array(values.buffer, values.byteOffset, values.byteLength);

/** Samples as native frames have them: side by side, as they are here, or one plane after the other (PS3.3 C.7.6.3.1.3). */
function laidOut(
  values: SampleArray,
  { samplesPerPixel, planarConfiguration }: PixelDescription,
): SampleArray {
  if (samplesPerPixel === 1 || planarConfiguration !== 1) return values;
  const planes = values.slice();
  const pixels = values.length / samplesPerPixel;
  for (let i = 0; i < values.length; i++)
    planes[(i % samplesPerPixel) * pixels + Math.floor(i / samplesPerPixel)] = values[i] as number;
  return planes;
}

/** JPEG 2000 makes its own transform of RGB; the values are RGB before it. */
const rgbOr = (photometric: string): string =>
  photometric === 'YBR_RCT' || photometric === 'YBR_ICT' ? 'RGB' : photometric;
