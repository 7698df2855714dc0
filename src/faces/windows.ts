import type { GreyImage } from '../dicom/pixels/image.ts';
import type { Cascade, Stage } from './cascade.ts';
import { type Integral, integralOf, sumOver } from './integral.ts';

/** Grey levels of deviation below which a window is flat: it would be divided by nothing, and is no face. */
const FLAT = 8;

/** The top left corners of the windows that pass every stage of a cascade. */
export function* windowsIn(image: GreyImage, cascade: Cascade): Generator<readonly [x: number, y: number]> {
  const integral = integralOf(image.data, image.width, image.height);
  const stages = cascade.stages.map((stage) => laidOut(stage, image.width + 1));
  for (let y = 0; y + cascade.side <= image.height; y++)
    for (let x = 0; x + cascade.side <= image.width; x++)
      if (passes(integral, stages, cascade.side, x, y)) yield [x, y];
}

/** A stage over one picture: rectangles are the distances of their corners in its table. Millions of windows ask for it. */
interface LaidOutStage {
  readonly threshold: number;
  /** Four corners of each rectangle, in the signs + - - +. */
  readonly corners: Int32Array;
  readonly weights: Float64Array;
  /** Where the rectangles of each stump end. */
  readonly ends: Int32Array;
  readonly thresholds: Float64Array;
  readonly below: Float64Array;
  readonly above: Float64Array;
}

function laidOut({ stumps, threshold }: Stage, stride: number): LaidOutStage {
  const count = stumps.reduce((sum, { rectangles }) => sum + rectangles.length, 0);
  const corners = new Int32Array(4 * count);
  const weights = new Float64Array(count);
  const ends = new Int32Array(stumps.length);
  let next = 0;
  for (const [index, { rectangles }] of stumps.entries()) {
    for (const [x, y, width, height, weight] of rectangles) {
      const top = y * stride + x;
      const bottom = top + height * stride;
      corners.set([top, top + width, bottom, bottom + width], 4 * next);
      weights[next++] = weight;
    }
    ends[index] = next;
  }
  return {
    threshold,
    corners,
    weights,
    ends,
    thresholds: Float64Array.from(stumps, (stump) => stump.threshold),
    below: Float64Array.from(stumps, (stump) => stump.below),
    above: Float64Array.from(stumps, (stump) => stump.above),
  };
}

function passes(
  { width, sums, squares }: Integral,
  stages: readonly LaidOutStage[],
  side: number,
  x: number,
  y: number,
): boolean {
  const stride = width + 1;
  const area = side * side;
  const mean = sumOver(sums, stride, x, y, side, side) / area;
  const variance = sumOver(squares, stride, x, y, side, side) / area - mean * mean;
  if (variance < FLAT * FLAT) return false;
  const unit = area * Math.sqrt(variance);
  const at = y * stride + x;
  for (const stage of stages) if (votes(stage, sums, at, unit) < stage.threshold) return false;
  return true;
}

function votes(stage: LaidOutStage, sums: Float64Array, at: number, unit: number): number {
  const { corners, weights, ends, thresholds, below, above } = stage;
  let all = 0;
  let rectangle = 0;
  for (let stump = 0; stump < ends.length; stump++) {
    let sum = 0;
    for (; rectangle < (ends[stump] as number); rectangle++) {
      const corner = rectangle * 4;
      sum +=
        (weights[rectangle] as number) *
        ((sums[at + (corners[corner] as number)] as number) -
          (sums[at + (corners[corner + 1] as number)] as number) -
          (sums[at + (corners[corner + 2] as number)] as number) +
          (sums[at + (corners[corner + 3] as number)] as number));
    }
    all += (sum < (thresholds[stump] as number) * unit ? below : above)[stump] as number;
  }
  return all;
}
