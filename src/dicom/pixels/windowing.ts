import type { PixelDescription } from './description.ts';
import { type GreyImage, greyImage } from './image.ts';
import type { Samples } from './samples.ts';

/** Stored values between which the grey scale runs from black to white. */
interface Range {
  readonly low: number;
  readonly high: number;
}

/** Shares of the pixels that may be clipped at each end of a percentile view. */
const CLIP = 0.005;
const BINS = 4096;
/** A view that shows the values within this share of another's range adds something that the other does not show. */
const DISTINCT = 0.6;

/**
 * The frame as a person would look at it to read: the VOI window, the full range, and, where most pixels lie in a small
 * part of the range, the levels they lie in. Dark stays dark: MONOCHROME1 is turned round. The full range comes first;
 * views that would look the same are left out.
 */
export function greyViews(samples: Samples, description: PixelDescription): GreyImage[] {
  const histogram = histogramOf(samples);
  const { low, high } = histogram;
  if (low === high) return [render(samples, { low, high: low + 1 }, description)];
  const candidates: Range[] = [{ low, high }];
  const voi = voiRange(description);
  if (voi !== undefined) candidates.push(clip(voi, low, high));
  if (samples.bits > 8) candidates.push(...levels(histogram));
  const chosen: Range[] = [];
  for (const range of candidates) {
    if (range.high > range.low && chosen.every((other) => differs(range, other))) chosen.push(range);
  }
  return chosen.map((range) => render(samples, range, description));
}

/** Overlap over union below the limit. */
function differs(a: Range, b: Range): boolean {
  const overlap = Math.min(a.high, b.high) - Math.max(a.low, b.low);
  const union = Math.max(a.high, b.high) - Math.min(a.low, b.low);
  return overlap < DISTINCT * union;
}

function clip(range: Range, low: number, high: number): Range {
  return { low: Math.max(range.low, low), high: Math.min(range.high, high) };
}

/** First VOI window as stored values: window bounds go back through the modality LUT (PS3.3 C.11.2.1.2). */
function voiRange({ windows, rescale }: PixelDescription): Range | undefined {
  const window = windows[0];
  if (window === undefined || !(window.width >= 1) || !Number.isFinite(window.center)) return undefined;
  const slope = rescale.slope || 1;
  const from = (window.center - window.width / 2 - rescale.intercept) / slope;
  const to = (window.center + window.width / 2 - rescale.intercept) / slope;
  return { low: Math.min(from, to), high: Math.max(from, to) };
}

interface Histogram extends Range {
  readonly counts: Uint32Array;
  readonly total: number;
}

function histogramOf({ values }: Samples): Histogram {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const counts = new Uint32Array(BINS);
  const scale = high > low ? (BINS - 1) / (high - low) : 0;
  for (let i = 0; i < values.length; i++) {
    const bin = ((values[i] as number) - low) * scale;
    counts[bin | 0] = (counts[bin | 0] as number) + 1;
  }
  return { low, high, counts, total: values.length };
}

/**
 * The range that all but a little of the pixels lie in, and, where half of those lie in a small part of it, that part: grey
 * text on nearly the same grey shows only there. The lowest and highest bins (padding, air, saturated) are left out.
 */
function levels(histogram: Histogram): Range[] {
  const inner = percentiles(histogram, CLIP, 1 - CLIP);
  const middle = percentiles(histogram, 0.25, 0.75);
  const room = (middle.high - middle.low) * 1.5;
  return [inner, { low: middle.low - room, high: middle.high + room }].map((range) =>
    clip(range, histogram.low, histogram.high),
  );
}

function percentiles({ low, high, counts, total }: Histogram, from: number, to: number): Range {
  const first = counts[0] as number;
  const last = counts[BINS - 1] as number;
  const inside = total - first - last;
  if (inside <= 0) return { low, high };
  const width = (high - low) / (BINS - 1);
  let seen = 0;
  let start = low;
  let end = high;
  let started = false;
  for (let bin = 1; bin < BINS - 1; bin++) {
    seen += counts[bin] as number;
    if (!started && seen >= inside * from) {
      start = low + bin * width;
      started = true;
    }
    if (seen >= inside * to) {
      end = low + (bin + 1) * width;
      break;
    }
  }
  return { low: start, high: end };
}

function render(samples: Samples, { low, high }: Range, description: PixelDescription): GreyImage {
  const { values, width, height } = samples;
  const data = new Uint8Array(values.length);
  const scale = 255 / (high - low);
  const inverted = description.photometric === 'MONOCHROME1';
  for (let i = 0; i < values.length; i++) {
    const grey = ((values[i] as number) - low) * scale;
    const byte = grey <= 0 ? 0 : grey >= 255 ? 255 : (grey + 0.5) | 0;
    data[i] = inverted ? 255 - byte : byte;
  }
  return greyImage(width, height, data);
}
