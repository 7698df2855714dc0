import { createRequire } from 'node:module';
import { PhiGateError } from '../../errors.ts';
import type { PixelDescription } from './description.ts';
import { allocateSamples, type SampleArray } from './samples.ts';
import { headerMismatch, type StreamHeader, streamHeader } from './stream-header.ts';

/** Codings that the codec library decodes, by what a transfer syntax says (PS3.5 chapter 10). */
export type Coding = 'jpeg' | 'jpeg-ls' | 'jpeg-2000' | 'htj2k' | 'jpeg-xl';

/** The part of dcmjs-codecs that is used. */
export interface CodecContext {
  getDecodedBuffer(): Uint8Array | undefined;
  getEncodedBuffer(): Uint8Array | undefined;
}
export type Encoder =
  | 'encodeJpegXl'
  | 'encodeRle'
  | 'encodeJpeg'
  | 'encodeJpegLs'
  | 'encodeJpeg2000'
  | 'encodeHtJpeg2000';
type Codec = (context: CodecContext, options: object) => CodecContext;
export interface Codecs {
  readonly NativeCodecs: {
    initializeAsync(): Promise<void>;
    release(): void;
  } & Readonly<Record<(typeof DECODERS)[Coding] | Encoder, Codec>>;
  readonly log: { setLevel(level: 'silent'): void };
  readonly Context: new (attributes: object) => CodecContext;
}

const DECODERS = {
  jpeg: 'decodeJpeg',
  'jpeg-ls': 'decodeJpegLs',
  'jpeg-2000': 'decodeJpeg2000',
  htj2k: 'decodeHtJpeg2000',
  'jpeg-xl': 'decodeJpegXl',
} as const;

let loading: Promise<Codecs> | undefined;

/** The codecs (WebAssembly) are loaded when the first frame asks for them. */
function load(): Promise<Codecs> {
  loading ??= (async () => {
    const codecs = createRequire(import.meta.url)('dcmjs-codecs') as Codecs;
    // It tells the world what its decoders complain of; our streams carry nothing but our own words.
    codecs.log.setLevel('silent');
    await codecs.NativeCodecs.initializeAsync();
    return codecs;
  })();
  return loading;
}

/**
 * Work with the codecs. After one that failed nobody knows what they were doing: the next gets new ones.
 * @throws what `work` throws
 */
export async function withCodecs<T>(work: (codecs: Codecs) => T): Promise<T> {
  const codecs = await load();
  try {
    return work(codecs);
  } catch (error) {
    codecs.NativeCodecs.release();
    loading = undefined;
    throw error;
  }
}

/** Samples of a frame with all allocated bits, or why its stream is not what the description says. */
export type Decoded = { readonly values: SampleArray } | { readonly mismatch: string };

/**
 * Decodes the stream of one frame by dcmjs-codecs (libijg, CharLS, OpenJPEG, OpenJPH, libjxl). The stream's own header is held against
 * the description first, so that memory is bounded and no decoder gives another picture than the one described. Colours are as
 * they are stored, but for the transforms that JPEG 2000 undoes itself.
 * @throws PhiGateError `malformed` where the stream has no header or the decoder refuses it, `truncated` where it has no end.
 */
export async function decodeStream(
  stream: Uint8Array,
  coding: Coding,
  description: PixelDescription,
): Promise<Decoded> {
  const header = streamHeader(stream);
  const mismatch = codingMismatch(header, coding) ?? headerMismatch(header, description);
  if (mismatch !== undefined) return { mismatch };
  // Of a stream that is cut, libijg and OpenJPEG show what there is, and CharLS reads on through all of its memory.
  if (coding !== 'jpeg-xl' && !hasEnd(stream, header.at)) {
    throw new PhiGateError('truncated', 'the compressed frame has no end: the stream was cut');
  }
  const bytes = await decode(stream, coding, description);
  const values = allocateSamples(description);
  if (bytes.byteLength !== values.byteLength) {
    throw new PhiGateError('malformed', 'the decoded frame has another size than its header says');
  }
  new Uint8Array(values.buffer).set(bytes);
  if (header.isPlanar) interleave(values, header.components);
  return { values };
}

/** Whether an end-of-image marker follows the header; stuffing keeps its bytes out of the data (T.81 B.1.1.5, T.87 A.1, T.800 B.10.1). */
function hasEnd(stream: Uint8Array, from: number): boolean {
  const bytes = Buffer.from(stream.buffer, stream.byteOffset, stream.byteLength);
  return bytes.indexOf(Buffer.from([0xff, 0xd9]), from) >= 0;
}

/** Planes one after the other become samples side by side. Works in place. */
function interleave(values: SampleArray, channels: number): void {
  const planes = values.slice();
  const count = planes.length / channels;
  for (let i = 0; i < count; i++)
    for (let c = 0; c < channels; c++) values[i * channels + c] = planes[c * count + i] as number;
}

function codingMismatch(header: StreamHeader, coding: Coding): string | undefined {
  const expected = coding === 'htj2k' ? 'jpeg-2000' : coding;
  return header.coding === expected
    ? undefined
    : 'the coding of the compressed stream contradicts the transfer syntax';
}

async function decode(
  stream: Uint8Array,
  coding: Coding,
  description: PixelDescription,
): Promise<Uint8Array> {
  const attributes = { ...attributesOf(description), encodedBuffer: stream };
  let decoded: Uint8Array | undefined;
  try {
    decoded = await withCodecs(({ NativeCodecs, Context }) =>
      NativeCodecs[DECODERS[coding]](new Context(attributes), {}).getDecodedBuffer(),
    );
  } catch (cause) {
    throw new PhiGateError('malformed', 'the compressed frame cannot be decoded', {}, cause);
  }
  if (decoded === undefined) throw new PhiGateError('malformed', 'the decoder gave no frame');
  return decoded;
}

/** A description in the words of the codecs; samples side by side. */
export function attributesOf({
  columns,
  rows,
  bitsAllocated,
  bitsStored,
  samplesPerPixel,
  pixelRepresentation,
  photometric,
}: PixelDescription): object {
  return {
    width: columns,
    height: rows,
    bitsAllocated,
    bitsStored,
    samplesPerPixel,
    pixelRepresentation,
    planarConfiguration: 0,
    photometricInterpretation: photometric,
  };
}
