import { PhiGateError } from '../../errors.ts';
import type { PixelDescription } from './description.ts';

export type SampleArray = Uint8Array | Int8Array | Uint16Array | Int16Array | Uint32Array | Int32Array;

/** Stored values of one frame, channels side by side, sign extended, bits outside Bits Stored left out. */
export interface Samples {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  /** Bits Stored: the values lie within it. */
  readonly bits: number;
  readonly values: SampleArray;
}

/** Bytes of one native frame that begins at a byte, rounded up (PS3.5 8.1.1). */
export function nativeFrameBits(description: PixelDescription): number {
  const { rows, columns, samplesPerPixel, bitsAllocated } = description;
  return rows * columns * samplesPerPixel * bitsAllocated;
}

/** Bytes of one frame of YBR_FULL_422 that is really subsampled: two luma, one Cb, one Cr for two pixels (PS3.3 C.7.6.3.1.2). */
export function subsampledFrameBytes(description: PixelDescription): number {
  return description.rows * Math.ceil(description.columns / 2) * 4;
}

/** An array for the allocated bits; 1-bit pixels get a byte each. */
export function allocateSamples(description: PixelDescription): SampleArray {
  const count = description.rows * description.columns * description.samplesPerPixel;
  const signed = description.pixelRepresentation === 1;
  switch (description.bitsAllocated) {
    case 1:
      return new Uint8Array(count);
    case 8:
      return signed ? new Int8Array(count) : new Uint8Array(count);
    case 16:
      return signed ? new Int16Array(count) : new Uint16Array(count);
    case 32:
      return signed ? new Int32Array(count) : new Uint32Array(count);
    default:
      throw new PhiGateError('unsupported', `pixels of ${description.bitsAllocated} bits cannot be read`);
  }
}

/** Whether every allocated bit belongs to the sample. */
export function fillsAllocation({ bitsAllocated, bitsStored, highBit }: PixelDescription): boolean {
  return bitsAllocated === 1 || (bitsStored === bitsAllocated && highBit === bitsAllocated - 1);
}

/**
 * Whether samples carry anything outside Bits Stored that is no sign extension. Retired overlays lie there (PS3.5 8.1.2,
 * PS3.3 C.9.2), and no reader of the picture shows them.
 */
export function carriesUnusedBits(values: SampleArray, description: PixelDescription): boolean {
  if (fillsAllocation(description)) return false;
  const { bitsAllocated, bitsStored, highBit, pixelRepresentation } = description;
  const allocated = bitsAllocated === 32 ? 0xffffffff : 2 ** bitsAllocated - 1;
  const above = (allocated & ~(highBit === 31 ? 0xffffffff : (1 << (highBit + 1)) - 1)) >>> 0;
  const below = highBit + 1 === bitsStored ? 0 : (1 << (highBit + 1 - bitsStored)) - 1;
  const sign = pixelRepresentation === 1 ? 1 << highBit : 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    const bits = (value & above) >>> 0;
    if ((value & below) !== 0) return true;
    if (bits !== 0 && !(bits === above && (value & sign) !== 0)) return true;
  }
  return false;
}

/** Leaves the bits from High Bit down alone, and extends the sign (PS3.5 8.1.1). Works in place. */
export function isolateStoredBits(values: SampleArray, description: PixelDescription): void {
  const { bitsStored, highBit } = description;
  if (fillsAllocation(description)) return;
  const up = 32 - (highBit + 1);
  const down = 32 - bitsStored;
  if (description.pixelRepresentation === 1) {
    for (let i = 0; i < values.length; i++) values[i] = ((values[i] as number) << up) >> down;
  } else {
    for (let i = 0; i < values.length; i++) values[i] = ((values[i] as number) << up) >>> down;
  }
}

/** Whether two frames are equal, sample by sample. */
export function hasSameSamples(a: SampleArray, b: SampleArray): boolean {
  const bytes = (values: SampleArray) => Buffer.from(values.buffer, values.byteOffset, values.byteLength);
  return bytes(a).equals(bytes(b));
}
