import { PhiGateError } from '../../errors.ts';
import type { PixelData, PixelDescription } from './description.ts';
import {
  allocateSamples,
  isolateStoredBits,
  nativeFrameBits,
  type SampleArray,
  subsampledFrameBytes,
} from './samples.ts';

export type NativeData = Extract<PixelData, { kind: 'native' }>;

/** YBR_FULL_422 whose length shows that chroma is shared by pairs of pixels; some writers declare it and store all samples. */
export function isSubsampled(description: PixelDescription, data: NativeData): boolean {
  if (description.photometric !== 'YBR_FULL_422' || description.samplesPerPixel !== 3) return false;
  const full = (nativeFrameBits(description) / 8) * description.frames;
  return data.length < full && data.length >= subsampledFrameBytes(description) * description.frames;
}

/**
 * Bytes that the frames of native pixel data take. What lies beyond, but for a padding byte, is no part of any frame.
 */
export function nativeDataLength(description: PixelDescription, data: NativeData): number {
  if (isSubsampled(description, data)) return subsampledFrameBytes(description) * description.frames;
  return Math.ceil((nativeFrameBits(description) * description.frames) / 8);
}

/**
 * Stored values of frame `index` (from 0), channels side by side (PS3.5 8.1 and annex D). Frames of 1-bit pixels follow one
 * another without padding and may begin inside a byte.
 * @throws PhiGateError `truncated` where the data ends before the frame does.
 */
export function readNativeFrame(description: PixelDescription, data: NativeData, index: number): SampleArray {
  const values = readNativeSamples(description, data, index);
  isolateStoredBits(values, description);
  return values;
}

/** The same with all allocated bits, as they stand. @throws as {@link readNativeFrame} does. */
export function readNativeSamples(
  description: PixelDescription,
  data: NativeData,
  index: number,
): SampleArray {
  if (description.bitsAllocated === 1) return readBits(description, data, index);
  const subsampled = isSubsampled(description, data);
  const length = subsampled ? subsampledFrameBytes(description) : nativeFrameBits(description) / 8;
  const inWords = !description.littleEndian && description.bitsAllocated === 8 && data.vr === 'OW';
  const bytes = (inWords ? readFromWords : readExactly)(data, index * length, length);
  const values = subsampled ? expand422(bytes, description) : toSamples(bytes, description);
  return !subsampled && description.samplesPerPixel > 1 && description.planarConfiguration === 1
    ? interleave(values, description)
    : values;
}

function readExactly(data: NativeData, offset: number, length: number): Uint8Array {
  if (offset + length > data.length) {
    throw new PhiGateError('truncated', 'the pixel data ends before the frame does', {
      locus: '(7FE0,0010)',
      offset: data.start + data.length,
    });
  }
  const bytes = data.source.read(data.start + offset, length);
  if (bytes.length < length) {
    throw new PhiGateError('truncated', 'the file ends inside the pixel data', {
      locus: '(7FE0,0010)',
      offset: data.start + offset + bytes.length,
    });
  }
  // A copy: the view is valid until the next read, and typed arrays need alignment.
  return Uint8Array.from(bytes);
}

/** Bytes of words whose second byte comes first. A frame of odd length may begin and end inside a word. */
function readFromWords(data: NativeData, offset: number, length: number): Uint8Array {
  const start = offset & ~1;
  const end = offset + length;
  const wordEnd = Math.max(end, Math.min(data.length, end + (end & 1)));
  const bytes = readExactly(data, start, wordEnd - start);
  swapPairs(bytes);
  return bytes.slice(offset - start, end - start);
}

function readBits(description: PixelDescription, data: NativeData, index: number): SampleArray {
  const count = description.rows * description.columns * description.samplesPerPixel;
  const firstBit = index * count;
  const firstByte = Math.floor(firstBit / 8) & ~1;
  const endByte = Math.ceil((firstBit + count) / 8);
  const swap = !description.littleEndian && data.vr === 'OW';
  const bytes = readExactly(
    data,
    firstByte,
    Math.min(data.length, swap ? endByte + (endByte & 1) : endByte) - firstByte,
  );
  if (swap) swapPairs(bytes);
  return unpackBits(bytes, firstBit - firstByte * 8, count);
}

/** One byte a pixel from packed bits, the lowest bit of a byte first (PS3.5 8.1.1). */
export function unpackBits(bytes: Uint8Array, firstBit: number, count: number): Uint8Array {
  const values = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    const bit = firstBit + i;
    values[i] = ((bytes[bit >> 3] as number) >> (bit & 7)) & 1;
  }
  return values;
}

function swapPairs(bytes: Uint8Array): void {
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length & ~1).swap16();
}

function toSamples(bytes: Uint8Array, description: PixelDescription): SampleArray {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (!description.littleEndian && description.bitsAllocated === 16) buffer.swap16();
  if (!description.littleEndian && description.bitsAllocated === 32) buffer.swap32();
  const values = allocateSamples(description);
  new Uint8Array(values.buffer).set(bytes);
  return values;
}

/** Y0 Y1 Cb Cr for two pixels of a row -> Y Cb Cr for each. */
function expand422(bytes: Uint8Array, description: PixelDescription): SampleArray {
  const { rows, columns } = description;
  const values = new Uint8Array(rows * columns * 3);
  const rowBytes = Math.ceil(columns / 2) * 4;
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      const pair = y * rowBytes + (x >> 1) * 4;
      const to = (y * columns + x) * 3;
      values[to] = bytes[pair + (x & 1)] as number;
      values[to + 1] = bytes[pair + 2] as number;
      values[to + 2] = bytes[pair + 3] as number;
    }
  }
  return values;
}

function interleave(values: SampleArray, description: PixelDescription): SampleArray {
  const channels = description.samplesPerPixel;
  const plane = description.rows * description.columns;
  const out = allocateSamples(description);
  for (let c = 0; c < channels; c++) {
    for (let i = 0; i < plane; i++) out[i * channels + c] = values[c * plane + i] as number;
  }
  return out;
}

/** Bytes after the last frame, when any of them is not zero: they belong to no frame (PS3.5 8.1.1 knows one padding byte). */
export function excessPixelBytes(description: PixelDescription, data: NativeData): number {
  const used = nativeDataLength(description, data);
  const excess = data.length - used;
  if (!Number.isFinite(excess) || excess <= 0) return 0;
  for (let at = used; at < data.length; at += CHUNK) {
    const bytes = data.source.read(data.start + at, Math.min(CHUNK, data.length - at));
    if (bytes.some((byte) => byte !== 0)) return excess;
  }
  return 0;
}

const CHUNK = 1 << 20;
