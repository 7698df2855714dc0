import { PhiGateError } from '../../errors.ts';
import type { PixelData, PixelDescription } from './description.ts';
import { whyNotFloat } from './float.ts';
import { nativeFrameBits } from './samples.ts';
import { syntaxRule } from './syntaxes.ts';

export interface FrameLimits {
  /** Pixels of one frame; more are not read. */
  readonly framePixels: number;
}

export const DEFAULT_FRAME_LIMITS: FrameLimits = { framePixels: 64 * 1024 * 1024 };

/** Number of frames: Number of Frames, and 1 where it says none (PS3.3 C.7.6.6). */
export function frameCount(description: PixelDescription): number {
  return Number.isInteger(description.frames) && description.frames > 0 ? description.frames : 1;
}

/** As many frames as the data lacks are told one by one: a file that was cut has them. */
const MISSING = 1024;
/** Bytes that a frame of a video takes at least, which knows no fragments. */
const LEAST_BYTES = 8;

/** Whether Number of Frames is of the order of what the data has room for. Nobody should count to two thousand million. */
export function hasRoomForFrames(description: PixelDescription, data: PixelData): boolean {
  const room =
    data.kind === 'native'
      ? (2 * 8 * data.length) / Math.max(1, nativeFrameBits(description) || 1)
      : data.fragments.reduce((sum, { length }) => sum + length, 0) / LEAST_BYTES;
  return frameCount(description) <= MISSING + room;
}

/** The number of frames, for whoever goes through them. @throws PhiGateError `malformed` where the data cannot hold them. */
export function heldFrames(description: PixelDescription, data: PixelData): number {
  if (hasRoomForFrames(description, data)) return frameCount(description);
  throw new PhiGateError('malformed', 'Number of Frames is far beyond what the pixel data could hold');
}

/** Why no frame of this description can be read, or undefined. */
export function whyNotReadable(
  description: PixelDescription,
  data: PixelData,
  limits: FrameLimits = DEFAULT_FRAME_LIMITS,
): string | undefined {
  const rule = syntaxRule(description.transferSyntax);
  if (rule === undefined) return 'the transfer syntax is not known';
  if (rule.family === 'other') return rule.why ?? 'the transfer syntax cannot be read yet';
  if ((rule.family === 'native') !== (data.kind === 'native')) {
    return 'the form of the pixel data contradicts the transfer syntax';
  }
  if (description.sampleFormat === 'float' && data.kind !== 'native') {
    return 'floating-point pixels that are compressed cannot be read';
  }
  return whyNotSensible(description, limits);
}

function whyNotSensible(description: PixelDescription, limits: FrameLimits): string | undefined {
  const { rows, columns, samplesPerPixel, bitsAllocated, bitsStored, highBit, photometric } = description;
  const size = [rows, columns].every((n) => Number.isInteger(n) && n > 0 && n <= 0xffff);
  if (!size) return 'Rows or Columns are missing or zero';
  if (rows * columns > limits.framePixels) return 'the frame is larger than the limit on pixels of a frame';
  if (samplesPerPixel !== 1 && samplesPerPixel !== 3) return 'Samples per Pixel is neither 1 nor 3';
  if (!(description.sampleFormat === 'float' ? [32, 64] : [1, 8, 16, 32]).includes(bitsAllocated))
    return `pixels of ${bitsAllocated} bits allocated cannot be read`;
  if (!(bitsStored >= 1 && bitsStored <= bitsAllocated))
    return 'Bits Stored does not fit into Bits Allocated';
  if (!(highBit >= bitsStored - 1 && highBit < bitsAllocated)) return 'High Bit does not fit Bits Stored';
  if (bitsAllocated === 1 && samplesPerPixel !== 1) return '1-bit pixels with several samples cannot be read';
  if (description.sampleFormat === 'float') return whyNotFloat(description);
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
  XYB: 3,
};
