import { inflateRawSync } from 'node:zlib';
import { PhiGateError } from '../../errors.ts';
import { readRulesYaml } from '../../rules.ts';
import { memorySource } from '../../splice.ts';
import { type Coding, decodeStream } from './codecs.ts';
import { rgbFromPalette, rgbFromRgb, rgbFromYbrFull } from './color.ts';
import type { PixelData, PixelDescription } from './description.ts';
import { joinFragments, mapFragmentsToFrames } from './fragments.ts';
import { type Image, rgbImage } from './image.ts';
import { decodeJpeg, jpegMismatch } from './jpeg.ts';
import { readNativeFrame } from './native.ts';
import { decodeRleFrame } from './rle.ts';
import { nativeFrameBits, type SampleArray, type Samples } from './samples.ts';
import { streamHeader } from './stream-header.ts';
import { greyViews } from './windowing.ts';

/**
 * A frame as 8-bit pictures for reading, or why there are none. `image` is the whole range; `levels` are further views of
 * the same pixels that show what it does not.
 */
export type Frame =
  | { readonly state: 'decoded'; readonly image: Image; readonly levels: readonly Image[] }
  | { readonly state: 'not-run'; readonly why: string };

export interface FrameLimits {
  /** Pixels of one frame; more are not read. */
  readonly framePixels: number;
}

export const DEFAULT_FRAME_LIMITS: FrameLimits = { framePixels: 64 * 1024 * 1024 };

interface SyntaxRule {
  readonly family:
    | 'native'
    | 'rle'
    | 'jpeg-baseline'
    | Coding
    | 'encapsulated-native'
    | 'deflated-frames'
    | 'other';
  readonly why?: string;
}

const SYNTAXES = readRulesYaml<{ syntaxes: Record<string, SyntaxRule> }>(
  'pixel/transfer-syntaxes.yaml',
).syntaxes;

/** Number of frames: Number of Frames, and 1 where it says none (PS3.3 C.7.6.6). */
export function frameCount(description: PixelDescription): number {
  return Number.isInteger(description.frames) && description.frames > 0 ? description.frames : 1;
}

/** Why no frame of this description can be read, or undefined. */
export function whyNotReadable(
  description: PixelDescription,
  data: PixelData,
  limits: FrameLimits = DEFAULT_FRAME_LIMITS,
): string | undefined {
  const rule = SYNTAXES[description.transferSyntax];
  if (rule === undefined) return 'the transfer syntax is not known';
  if (rule.family === 'other') return rule.why ?? 'the transfer syntax cannot be read yet';
  if ((rule.family === 'native') !== (data.kind === 'native')) {
    return 'the form of the pixel data contradicts the transfer syntax';
  }
  if (description.sampleFormat === 'float') return 'floating-point pixels cannot be read yet';
  return whyNotSensible(description, limits);
}

function whyNotSensible(description: PixelDescription, limits: FrameLimits): string | undefined {
  const { rows, columns, samplesPerPixel, bitsAllocated, bitsStored, highBit, photometric } = description;
  const size = [rows, columns].every((n) => Number.isInteger(n) && n > 0 && n <= 0xffff);
  if (!size) return 'Rows or Columns are missing or zero';
  if (rows * columns > limits.framePixels) return 'the frame is larger than the limit on pixels of a frame';
  if (samplesPerPixel !== 1 && samplesPerPixel !== 3) return 'Samples per Pixel is neither 1 nor 3';
  if (![1, 8, 16, 32].includes(bitsAllocated))
    return `pixels of ${bitsAllocated} bits allocated cannot be read`;
  if (!(bitsStored >= 1 && bitsStored <= bitsAllocated))
    return 'Bits Stored does not fit into Bits Allocated';
  if (!(highBit >= bitsStored - 1 && highBit < bitsAllocated)) return 'High Bit does not fit Bits Stored';
  if (bitsAllocated === 1 && samplesPerPixel !== 1) return '1-bit pixels with several samples cannot be read';
  const expected = CHANNELS[photometric];
  if (expected === undefined) return 'the photometric interpretation cannot be read';
  if (expected !== samplesPerPixel) return 'Samples per Pixel contradicts the photometric interpretation';
  if (photometric === 'PALETTE COLOR' && description.palette === undefined) return 'the palette is missing';
  return undefined;
}

/** Photometric interpretations that are read, and their samples per pixel (PS3.3 C.7.6.3.1.2). */
const CHANNELS: Readonly<Record<string, number>> = {
  MONOCHROME1: 1,
  MONOCHROME2: 1,
  'PALETTE COLOR': 1,
  RGB: 3,
  YBR_FULL: 3,
  YBR_FULL_422: 3,
  YBR_ICT: 3,
  YBR_RCT: 3,
};

/** Reads the frames of one instance; what all of them share is worked out once. */
export interface FrameReader {
  readonly count: number;
  /**
   * Frame `index` (from 0) as pictures to read, or `not-run` with the reason.
   * @throws PhiGateError `truncated` or `malformed` where the bytes contradict the description.
   */
  read(index: number): Promise<Frame>;
}

/**
 * A reader for the frames of an instance.
 * @throws PhiGateError `malformed` where encapsulated pixel data does not divide into its frames.
 */
export function openFrames(
  description: PixelDescription,
  data: PixelData,
  limits: FrameLimits = DEFAULT_FRAME_LIMITS,
): FrameReader {
  const count = frameCount(description);
  const why = whyNotReadable(description, data, limits);
  if (why !== undefined) return { count, read: async () => ({ state: 'not-run', why }) };
  if (data.kind === 'native') {
    return { count, read: async (index) => pictured(readNativeFrame(description, data, index), description) };
  }
  const fragments = mapFragmentsToFrames(data, count);
  const family = SYNTAXES[description.transferSyntax]?.family ?? 'other';
  return {
    count,
    read: async (index) => readStream(joinFragments(data, fragments[index] ?? []), family, description),
  };
}

async function readStream(
  stream: Uint8Array,
  family: SyntaxRule['family'],
  description: PixelDescription,
): Promise<Frame> {
  switch (family) {
    case 'rle':
      return pictured(decodeRleFrame(stream, description), description);
    case 'encapsulated-native':
      return pictured(nativeFrame(stream, description), description);
    case 'deflated-frames':
      return pictured(nativeFrame(inflated(stream, description), description), description);
    case 'jpeg-baseline':
      return readJpegFrame(stream, description);
    case 'jpeg':
    case 'jpeg-ls':
    case 'jpeg-2000':
    case 'htj2k':
      return readCodedFrame(stream, family, description);
    default:
      return { state: 'not-run', why: 'the transfer syntax cannot be read' };
  }
}

/** A frame whose stream is its native bytes (PS3.5 A.4.11). */
function nativeFrame(stream: Uint8Array, description: PixelDescription): SampleArray {
  const data = { kind: 'native', source: memorySource(stream), start: 0, length: stream.length } as const;
  return readNativeFrame({ ...description, frames: 1 }, data, 0);
}

/** Raw deflate of one native frame (PS3.5 A.4.12); what is longer than the frame is no frame. */
function inflated(stream: Uint8Array, description: PixelDescription): Uint8Array {
  try {
    return inflateRawSync(stream, { maxOutputLength: Math.ceil(nativeFrameBits(description) / 8) + 1 });
  } catch (cause) {
    throw new PhiGateError('malformed', 'the deflated frame cannot be inflated to its size', {}, cause);
  }
}

async function readCodedFrame(
  stream: Uint8Array,
  coding: Coding,
  description: PixelDescription,
): Promise<Frame> {
  const decoded = await decodeStream(stream, coding, description);
  if ('mismatch' in decoded) return { state: 'not-run', why: decoded.mismatch };
  return pictured(decoded.values, description);
}

/** One frame of an instance; see `FrameReader.read`. */
export async function readFrame(
  description: PixelDescription,
  data: PixelData,
  index: number,
  limits: FrameLimits = DEFAULT_FRAME_LIMITS,
): Promise<Frame> {
  return openFrames(description, data, limits).read(index);
}

async function readJpegFrame(stream: Uint8Array, description: PixelDescription): Promise<Frame> {
  const header = streamHeader(stream);
  const mismatch = jpegMismatch(header, description);
  if (mismatch !== undefined) return { state: 'not-run', why: mismatch };
  const image = await decodeJpeg(stream, header);
  if (image.kind === 'rgb') return { state: 'decoded', image, levels: [] };
  return pictured(image.data, { ...description, bitsStored: 8, pixelRepresentation: 0 });
}

function pictured(values: SampleArray, description: PixelDescription): Frame {
  const { columns: width, rows: height, samplesPerPixel: channels, bitsStored: bits } = description;
  const samples: Samples = { width, height, channels, bits, values };
  const { palette, photometric } = description;
  if (photometric === 'PALETTE COLOR' && palette !== undefined) {
    return decoded(rgbImage(width, height, rgbFromPalette(samples, palette, description)));
  }
  if (channels === 3) {
    const rgb = photometric.startsWith('YBR_FULL') ? rgbFromYbrFull(samples) : rgbFromRgb(samples);
    return decoded(rgbImage(width, height, rgb));
  }
  const [image, ...levels] = greyViews(samples, description);
  if (image === undefined) throw new PhiGateError('internal', 'a frame gave no view');
  return { state: 'decoded', image, levels };
}

function decoded(image: Image): Frame {
  return { state: 'decoded', image, levels: [] };
}
