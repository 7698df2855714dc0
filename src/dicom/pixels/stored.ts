import { inflateRawSync } from 'node:zlib';
import { PhiGateError } from '../../errors.ts';
import { memorySource } from '../../splice.ts';
import { decodeStream } from './codecs.ts';
import type { PixelData, PixelDescription } from './description.ts';
import { joinFragments, mapFragmentsToFrames } from './fragments.ts';
import { readNativeSamples } from './native.ts';
import { DEFAULT_FRAME_LIMITS, type FrameLimits, heldFrames, whyNotReadable } from './readable.ts';
import { decodeRleSamples } from './rle.ts';
import { carriesUnusedBits, isolateStoredBits, nativeFrameBits, type SampleArray } from './samples.ts';
import { type Family, syntaxRule } from './syntaxes.ts';

/** Stored values of a frame, channels side by side, or why there are none. */
export type StoredFrame =
  | {
      readonly state: 'decoded';
      readonly values: SampleArray;
      /** The allocated bits outside the sample held something. */
      readonly hidden: boolean;
    }
  | { readonly state: 'not-run'; readonly why: string };

/** Reads the frames of one instance as they are stored; what all of them share is worked out once. */
export interface StoredReader {
  readonly count: number;
  /** Why no frame of the instance can be read. */
  readonly why?: string;
  /**
   * Frame `index` (from 0).
   * @throws PhiGateError `truncated` or `malformed` where the bytes contradict the description.
   */
  read(index: number): Promise<StoredFrame>;
}

/**
 * A reader for the stored values of an instance's frames: no window, no palette, colours as they are coded.
 * @throws PhiGateError `malformed` where the pixel data cannot hold its frames, or does not divide into them.
 */
export function openStored(
  description: PixelDescription,
  data: PixelData,
  limits: FrameLimits = DEFAULT_FRAME_LIMITS,
): StoredReader {
  const count = heldFrames(description, data);
  const why = whyNotReadable(description, data, limits) ?? whyNotStored(description);
  if (why !== undefined) return { count, why, read: async () => ({ state: 'not-run', why }) };
  if (data.kind === 'native') {
    return {
      count,
      read: async (index) => isolated(readNativeSamples(description, data, index), description),
    };
  }
  const fragments = mapFragmentsToFrames(data, count);
  const family = syntaxRule(description.transferSyntax)?.family ?? 'other';
  return {
    count,
    read: async (index) => decodeStored(joinFragments(data, fragments[index] ?? []), family, description),
  };
}

/** Floating-point values are looked at, and not written. */
function whyNotStored({ sampleFormat }: PixelDescription): string | undefined {
  return sampleFormat === 'float' ? 'floating-point pixels cannot be blacked out' : undefined;
}

/** The stored values of one frame from its stream. @throws as {@link StoredReader.read} does. */
export async function decodeStored(
  stream: Uint8Array,
  family: Family,
  description: PixelDescription,
): Promise<StoredFrame> {
  switch (family) {
    case 'rle':
      return isolated(decodeRleSamples(stream, description), description);
    case 'encapsulated-native':
      return isolated(nativeSamples(stream, description), description);
    case 'deflated-frames':
      return isolated(nativeSamples(inflated(stream, description), description), description);
    case 'jpeg-baseline':
    case 'jpeg':
    case 'jpeg-ls':
    case 'jpeg-2000':
    case 'htj2k':
    case 'jpeg-xl': {
      const coding = family === 'jpeg-baseline' ? 'jpeg' : family;
      const decoded = await decodeStream(stream, coding, description);
      return 'mismatch' in decoded
        ? { state: 'not-run', why: decoded.mismatch }
        : isolated(decoded.values, description);
    }
    default:
      return { state: 'not-run', why: 'the transfer syntax cannot be read' };
  }
}

function isolated(values: SampleArray, description: PixelDescription): StoredFrame {
  const hidden = carriesUnusedBits(values, description);
  isolateStoredBits(values, description);
  return { state: 'decoded', values, hidden };
}

/** A frame whose stream is its native bytes (PS3.5 A.4.11). */
function nativeSamples(stream: Uint8Array, description: PixelDescription): SampleArray {
  const data = { kind: 'native', source: memorySource(stream), start: 0, length: stream.length } as const;
  return readNativeSamples({ ...description, frames: 1 }, data, 0);
}

/** Raw deflate of one native frame (PS3.5 A.4.12); what is longer than the frame is no frame. */
function inflated(stream: Uint8Array, description: PixelDescription): Uint8Array {
  try {
    return inflateRawSync(stream, { maxOutputLength: Math.ceil(nativeFrameBits(description) / 8) + 1 });
  } catch (cause) {
    throw new PhiGateError('malformed', 'the deflated frame cannot be inflated to its size', {}, cause);
  }
}
