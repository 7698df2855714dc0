import { PhiGateError } from '../../errors.ts';
import type { PixelDescription } from './description.ts';
import type { GreyImage } from './image.ts';
import type { NativeData } from './native.ts';
import { greyViews } from './windowing.ts';

export type FloatArray = Float32Array | Float64Array;

/**
 * Why floating-point pixels of this description cannot be read, or undefined: they are native, of one sample (PS3.3 C.7.6.24,
 * C.7.6.25).
 */
export function whyNotFloat({ samplesPerPixel, photometric }: PixelDescription): string | undefined {
  const isGrey = samplesPerPixel === 1 && /^(?:MONOCHROME[12])?$/.test(photometric);
  return isGrey ? undefined : 'floating-point pixels that are not grey cannot be read';
}

/**
 * Values of frame `index` (from 0) of Float or Double Float Pixel Data, which is `bitsAllocated` 32 or 64 here (PS3.5 8.1.1, OF and
 * OD of 6.2).
 * @throws PhiGateError `truncated` where the data ends before the frame does.
 */
export function readFloatFrame(description: PixelDescription, data: NativeData, index: number): FloatArray {
  const { rows, columns, bitsAllocated, littleEndian } = description;
  const count = rows * columns;
  const length = count * (bitsAllocated / 8);
  const start = data.start + index * length;
  const bytes = data.source.read(start, Math.min(length, data.start + data.length - start));
  if (bytes.length < length)
    throw new PhiGateError('truncated', 'the pixel data ends before the frame does', { offset: start });
  // A copy: the view is valid until the next read, and typed arrays need alignment.
  const own = Buffer.from(new Uint8Array(bytes).buffer);
  if (!littleEndian) bitsAllocated === 64 ? own.swap64() : own.swap32();
  return bitsAllocated === 64
    ? new Float64Array(own.buffer, own.byteOffset, count)
    : new Float32Array(own.buffer, own.byteOffset, count);
}

/**
 * The frame as a person would look at it to read: by its whole range and by the range that most of its values lie in, which a
 * single large value would else press into one grey. What is no number is darker than the lowest value, or brighter than the
 * highest, so that it shows against both.
 */
export function floatViews(values: FloatArray, description: PixelDescription): GreyImage[] {
  const sample = sortedSample(values);
  const first = sample[0] ?? 0;
  const whole = { low: first, high: sample[sample.length - 1] ?? first };
  const { low, high } = rangeOf(values, whole);
  const most = { low: quantile(sample, CLIP), high: quantile(sample, 1 - CLIP) };
  const views = viewsOf(values, { low, high }, description);
  // Twelve bits of the whole range show no less.
  const isPressed = halfWidth(most) > 0 && halfWidth(most) < halfWidth({ low, high }) / PRESSED;
  return isPressed ? [...views, ...viewsOf(values, most, description)] : views;
}

interface Range {
  readonly low: number;
  readonly high: number;
}

/** Share of the values that may lie outside at each end. */
const CLIP = 0.005;
const PRESSED = 8;
const SAMPLE = 1 << 16;
const LEVELS = 65_535;
/** Levels at each end that are kept for what is no number. */
const MARGIN = 8192;

/** Half the width: the whole of it may be too large for a number. */
const halfWidth = ({ low, high }: Range): number => high / 2 - low / 2;

/** Finite values at even distances, in order. */
function sortedSample(values: FloatArray): Float64Array {
  const step = Math.max(1, Math.floor(values.length / SAMPLE));
  const chosen = new Float64Array(Math.ceil(values.length / step));
  let count = 0;
  for (let i = 0; i < values.length; i += step) {
    const value = values[i] ?? Number.NaN;
    if (Number.isFinite(value)) chosen[count++] = value;
  }
  return chosen.subarray(0, count).sort();
}

const quantile = (sorted: Float64Array, share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

function rangeOf(values: FloatArray, from: Range): Range {
  let { low, high } = from;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return { low, high };
}

/** The views of the integers that the values of a range become; windows keep their meaning through the rescale. */
function viewsOf(values: FloatArray, range: Range, description: PixelDescription): GreyImage[] {
  const { rows: height, columns: width, rescale } = description;
  const margin = values.every(Number.isFinite) ? 0 : MARGIN;
  const levels = LEVELS - 2 * margin;
  const half = halfWidth(range);
  const stored = Uint16Array.from(values, (value) => {
    if (Number.isNaN(value) || value === Number.NEGATIVE_INFINITY) return 0;
    if (value === Number.POSITIVE_INFINITY) return LEVELS;
    const share = half > 0 ? (value / 2 - range.low / 2) / half : 0;
    return margin + Math.round(levels * Math.min(1, Math.max(0, share)));
  });
  const unit = (half / levels) * 2;
  const slope = rescale.slope || 1;
  const real = { slope: slope * unit, intercept: rescale.intercept + slope * (range.low - margin * unit) };
  const isReal = Number.isFinite(real.slope) && real.slope !== 0 && Number.isFinite(real.intercept);
  return greyViews(
    { width, height, channels: 1, bits: 16, values: stored },
    isReal ? { ...description, rescale: real } : { ...description, windows: [] },
  );
}
