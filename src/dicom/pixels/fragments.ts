import { PhiGateError } from '../../errors.ts';
import type { ByteRange, PixelData } from './description.ts';
import { isJpegXl } from './jxl-header.ts';

export type EncapsulatedData = Extract<PixelData, { kind: 'encapsulated' }>;

const ITEM_HEADER = 8;

/**
 * The fragments of each frame (PS3.5 A.4): all of them for a single frame; by the offset table where it points at
 * fragments; one each where the counts agree; else a frame begins where a fragment begins with a start-of-image marker.
 * Every fragment belongs to exactly one frame.
 * @throws PhiGateError `malformed` where none of these gives the number of frames.
 */
export function mapFragmentsToFrames(data: EncapsulatedData, frames: number): ByteRange[][] {
  const { fragments } = data;
  if (fragments.length === 0) throw fragmentError('has no fragments');
  if (frames === 1) {
    if (startsOfJpegXl(data) > 1) throw fragmentError('holds more pictures than its one frame');
    return [[...fragments]];
  }
  const starts =
    startsByOffsetTable(data, frames) ??
    (fragments.length === frames ? fragments.map((_, i) => i) : undefined);
  const found = starts ?? startsByMarker(data);
  if (found.length !== frames || found[0] !== 0) {
    throw fragmentError(`does not divide into its ${frames} frames`);
  }
  return found.map((start, i) => fragments.slice(start, found[i + 1] ?? fragments.length));
}

function fragmentError(what: string): PhiGateError {
  return new PhiGateError('malformed', `the encapsulated pixel data ${what}`, { locus: '(7FE0,0010)' });
}

/** Undefined where the table is absent, has another count, or points at anything but a fragment: it is not believed. */
function startsByOffsetTable(data: EncapsulatedData, frames: number): number[] | undefined {
  const { fragments, offsetTable } = data;
  if (offsetTable.length !== frames || offsetTable[0] !== 0) return undefined;
  const origin = (fragments[0] as ByteRange).start - ITEM_HEADER;
  const byOffset = new Map(fragments.map((fragment, i) => [fragment.start - ITEM_HEADER - origin, i]));
  const starts = offsetTable.map((offset) => byOffset.get(offset) ?? -1);
  const rises = starts.every((start, i) => start >= 0 && (i === 0 || start > (starts[i - 1] as number)));
  return rises ? starts : undefined;
}

/** JPEG family: SOI is FFD8 (T.81, T.87), SOC is FF4F (T.800). */
function startsByMarker(data: EncapsulatedData): number[] {
  const starts: number[] = [];
  data.fragments.forEach((fragment, i) => {
    const [first, second] = data.source.read(fragment.start, Math.min(2, fragment.length));
    if (first === 0xff && (second === 0xd8 || second === 0x4f)) starts.push(i);
  });
  return starts;
}

/** Nothing says where a JPEG XL codestream ends: one that follows the first would be looked at by nobody (ISO/IEC 18181-2). */
function startsOfJpegXl({ fragments, source }: EncapsulatedData): number {
  return fragments.filter(({ start, length }) => {
    const head = source.read(start, Math.min(12, length));
    return isJpegXl(new DataView(head.buffer, head.byteOffset, head.byteLength));
  }).length;
}

/**
 * The bytes of one frame, its fragments joined.
 * @throws PhiGateError `truncated` where the file ends inside a fragment.
 */
export function joinFragments(data: EncapsulatedData, fragments: readonly ByteRange[]): Uint8Array {
  const parts = fragments.map(({ start, length }) => {
    const bytes = data.source.read(start, length);
    if (bytes.length < length) {
      throw new PhiGateError('truncated', 'the file ends inside a fragment of the pixel data', {
        offset: start,
      });
    }
    return Uint8Array.from(bytes);
  });
  return parts.length === 1 ? (parts[0] as Uint8Array) : Buffer.concat(parts);
}
