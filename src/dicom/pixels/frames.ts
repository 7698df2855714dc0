import { PhiGateError } from '../../errors.ts';
import { rgbFromPalette, rgbFromRgb, rgbFromYbrFull } from './color.ts';
import type { PixelData, PixelDescription } from './description.ts';
import { floatViews, readFloatFrame } from './float.ts';
import { joinFragments, mapFragmentsToFrames } from './fragments.ts';
import { type Image, rgbImage } from './image.ts';
import { decodeJpeg, jpegMismatch } from './jpeg.ts';
import { type NativeData, readNativeFrame } from './native.ts';
import { DEFAULT_FRAME_LIMITS, type FrameLimits, heldFrames, whyNotReadable } from './readable.ts';
import type { SampleArray, Samples } from './samples.ts';
import { decodeStored } from './stored.ts';
import { streamHeader } from './stream-header.ts';
import { type Family, syntaxRule } from './syntaxes.ts';
import { greyViews } from './windowing.ts';

/**
 * A frame as 8-bit pictures for reading, or why there are none. `image` is the whole range; `levels` are further views of
 * the same pixels that show what it does not.
 */
export type Frame =
  | {
      readonly state: 'decoded';
      readonly image: Image;
      readonly levels: readonly Image[];
      /** A compressed frame whose allocated bits outside the sample held something, which none of the pictures shows. */
      readonly hidden?: true;
    }
  | { readonly state: 'not-run'; readonly why: string };

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
 * @throws PhiGateError `malformed` where the pixel data cannot hold its frames, or does not divide into them.
 */
export function openFrames(
  description: PixelDescription,
  data: PixelData,
  limits: FrameLimits = DEFAULT_FRAME_LIMITS,
): FrameReader {
  const count = heldFrames(description, data);
  const why = whyNotReadable(description, data, limits);
  if (why !== undefined) return { count, read: async () => ({ state: 'not-run', why }) };
  if (data.kind === 'native' && description.sampleFormat === 'float')
    return { count, read: async (index) => floatFrame(description, data, index) };
  if (data.kind === 'native') {
    return { count, read: async (index) => pictured(readNativeFrame(description, data, index), description) };
  }
  const fragments = mapFragmentsToFrames(data, count);
  const family = syntaxRule(description.transferSyntax)?.family ?? 'other';
  return {
    count,
    read: async (index) => readStream(joinFragments(data, fragments[index] ?? []), family, description),
  };
}

async function readStream(stream: Uint8Array, family: Family, description: PixelDescription): Promise<Frame> {
  if (family === 'jpeg-baseline') return readJpegFrame(stream, description);
  const stored = await decodeStored(stream, family, description);
  if (stored.state === 'not-run') return stored;
  const frame = pictured(stored.values, description);
  return stored.hidden && frame.state === 'decoded' ? { ...frame, hidden: true } : frame;
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

function floatFrame(description: PixelDescription, data: NativeData, index: number): Frame {
  const [image, ...levels] = floatViews(readFloatFrame(description, data, index), description);
  if (image === undefined) throw new PhiGateError('internal', 'a frame gave no view');
  return { state: 'decoded', image, levels };
}

function decoded(image: Image): Frame {
  return { state: 'decoded', image, levels: [] };
}
