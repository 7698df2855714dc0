import { PhiGateError } from '../../errors.ts';
import type { PixelDescription } from './description.ts';
import { unpackBits } from './native.ts';
import { allocateSamples, isolateStoredBits, type SampleArray } from './samples.ts';

const HEADER = 64;

/**
 * Stored values of one RLE frame, channels side by side (PS3.5 annex G). Memory is bounded by the description, whatever
 * the stream says.
 * @throws PhiGateError `malformed` or `truncated` where the stream contradicts the description.
 */
export function decodeRleFrame(stream: Uint8Array, description: PixelDescription): SampleArray {
  const values = decodeRleSamples(stream, description);
  isolateStoredBits(values, description);
  return values;
}

/** The same with all allocated bits, as they stand. @throws as {@link decodeRleFrame} does. */
export function decodeRleSamples(stream: Uint8Array, description: PixelDescription): SampleArray {
  const { samplesPerPixel, bitsAllocated, rows, columns } = description;
  const segments = segmentsOf(stream);
  if (bitsAllocated === 1) {
    requireSegments(segments, samplesPerPixel);
    const packed = unpackSegment(segments[0] as Uint8Array, Math.ceil((rows * columns) / 8));
    return unpackBits(packed, 0, rows * columns);
  }
  const bytesPerSample = bitsAllocated / 8;
  requireSegments(segments, samplesPerPixel * bytesPerSample);
  const values = allocateSamples(description);
  const bytes = new Uint8Array(values.buffer);
  const plane = rows * columns;
  const stride = samplesPerPixel * bytesPerSample;
  segments.forEach((segment, s) => {
    // Segments run from the most significant byte down; typed arrays hold the least significant first.
    const channel = Math.floor(s / bytesPerSample);
    const significance = bytesPerSample - 1 - (s % bytesPerSample);
    const unpacked = unpackSegment(segment, plane);
    let to = channel * bytesPerSample + significance;
    for (let i = 0; i < plane; i++, to += stride) bytes[to] = unpacked[i] as number;
  });
  return values;
}

function requireSegments(segments: readonly Uint8Array[], expected: number): void {
  if (segments.length !== expected) {
    throw new PhiGateError(
      'malformed',
      `the RLE frame has ${segments.length} segments, ${expected} are needed`,
    );
  }
}

/** The header is 16 unsigned longs, little endian: number of segments, then the offset of each (PS3.5 G.5). */
function segmentsOf(stream: Uint8Array): Uint8Array[] {
  if (stream.length < HEADER) throw new PhiGateError('truncated', 'the RLE frame is shorter than its header');
  const view = new DataView(stream.buffer, stream.byteOffset, stream.byteLength);
  const count = view.getUint32(0, true);
  if (count < 1 || count > 15) {
    throw new PhiGateError('malformed', 'the RLE header gives a number of segments outside 1 to 15');
  }
  const offsets = Array.from({ length: count }, (_, i) => view.getUint32(4 + i * 4, true));
  return offsets.map((start, i) => {
    const end = offsets[i + 1] ?? stream.length;
    if (start < HEADER || end < start || end > stream.length) {
      throw new PhiGateError('malformed', 'an RLE segment lies outside its frame');
    }
    return stream.subarray(start, end);
  });
}

/** PackBits (PS3.5 G.3.2). Bytes beyond `length` are padding and are left. */
function unpackSegment(segment: Uint8Array, length: number): Uint8Array {
  const out = new Uint8Array(length);
  let at = 0;
  let to = 0;
  while (to < length) {
    if (at >= segment.length) throw new PhiGateError('truncated', 'an RLE segment ends before its pixels do');
    const control = segment[at++] as number;
    if (control < 128) {
      const run = Math.min(control + 1, length - to);
      if (at + run > segment.length) throw new PhiGateError('truncated', 'an RLE run ends past its segment');
      out.set(segment.subarray(at, at + run), to);
      at += control + 1;
      to += run;
    } else if (control > 128) {
      if (at >= segment.length) throw new PhiGateError('truncated', 'an RLE run ends past its segment');
      const run = Math.min(257 - control, length - to);
      out.fill(segment[at++] as number, to, to + run);
      to += run;
    }
  }
  return out;
}
