import type { GreyImage } from '../dicom/pixels/image.ts';
import { PhiGateError } from '../errors.ts';
import { RunSets } from './run-sets.ts';

/** Text lighter or darker than what is around it. */
export type Polarity = 'light' | 'dark';

/** A connected set of pixels that stand out from their surroundings. */
export interface Component {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Pixels in it. */
  readonly area: number;
  /** Mean grey level, 0 to 255. */
  readonly level: number;
  /** Mean step in grey levels across its left and right edges, over three pixels. */
  readonly edge: number;
  /** Runs of pixels in rows: letters have more than one a row, blobs have one. */
  readonly runs: number;
}

/** Half the side of the square whose mean a pixel is held against: wider than the strokes of most text. */
const RADIUS = 10;
/** Runs of pixels in one picture; each takes 36 bytes. */
const MOST_RUNS = 4_000_000;

/** By how much each pixel differs from the mean of the square around it, which is cut at the borders. */
export function relief({ data, width, height }: GreyImage): Int16Array {
  const out = new Int16Array(width * height);
  const columns = new Uint32Array(width);
  for (let y = 0; y < Math.min(RADIUS, height); y++) addRow(columns, data, y * width, width, 1);
  for (let y = 0; y < height; y++) {
    if (y + RADIUS < height) addRow(columns, data, (y + RADIUS) * width, width, 1);
    if (y - RADIUS - 1 >= 0) addRow(columns, data, (y - RADIUS - 1) * width, width, -1);
    const rows = Math.min(height - 1, y + RADIUS) - Math.max(0, y - RADIUS) + 1;
    const share = 1 / (rows * (2 * RADIUS + 1));
    const base = y * width;
    let sum = 0;
    for (let x = 0; x < Math.min(RADIUS, width); x++) sum += columns[x] as number;
    for (let x = 0; x < width; x++) {
      if (x + RADIUS < width) sum += columns[x + RADIUS] as number;
      if (x - RADIUS - 1 >= 0) sum -= columns[x - RADIUS - 1] as number;
      const whole = x >= RADIUS && x + RADIUS < width;
      const mean = whole ? sum * share : sum / (rows * across(x, width));
      out[base + x] = (data[base + x] as number) - (mean | 0);
    }
  }
  return out;
}

/** Columns of the square around a pixel that lie in the picture. */
const across = (x: number, width: number): number =>
  Math.min(width - 1, x + RADIUS) - Math.max(0, x - RADIUS) + 1;

function addRow(columns: Uint32Array, data: Uint8Array, from: number, width: number, sign: number): void {
  for (let x = 0; x < width; x++) columns[x] = (columns[x] as number) + sign * (data[from + x] as number);
}

/** One for each polarity, used again and again: making them was an eighth of the work. */
const runs = { light: new RunSets(), dark: new RunSets() };

/** What stands out to either side; good until the next picture is looked at. */
export type BothPolarities = Readonly<Record<Polarity, RunSets>>;

/**
 * Components whose pixels stand out from the local mean by more than `contrast` grey levels, 8-connected, found in one pass
 * over runs with a union of labels.
 * @throws PhiGateError `too-large` where there are so many runs that memory would suffer
 */
export function findComponents(
  { data, width, height }: GreyImage,
  standing: Int16Array,
  contrast: number,
): BothPolarities {
  const light = runs.light.reset();
  const dark = runs.dark.reset();
  for (let y = 0; y < height; y++) {
    light.nextRow();
    dark.nextRow();
    const base = y * width;
    let x = 0;
    while (x < width) {
      const value = standing[base + x] as number;
      if (value <= contrast && value >= -contrast) {
        x++;
        continue;
      }
      const start = x;
      let sum = 0;
      if (value > 0) {
        while (x < width && (standing[base + x] as number) > contrast) sum += data[base + x++] as number;
        light.add(start, x - 1, y, sum, edgeSteps(data, base, width, start, x - 1));
      } else {
        while (x < width && (standing[base + x] as number) < -contrast) sum += data[base + x++] as number;
        dark.add(start, x - 1, y, sum, edgeSteps(data, base, width, start, x - 1));
      }
    }
    if (light.count + dark.count > MOST_RUNS)
      throw new PhiGateError('too-large', 'the frame is too noisy to look for text in it');
  }
  return { light, dark };
}

/** Mean of the steps at both ends of a run. Beyond the border the picture goes on as it ends. */
function edgeSteps(data: Uint8Array, base: number, width: number, start: number, end: number): number {
  const middle = (start + end) >> 1;
  const left =
    (data[base + Math.min(start + 1, middle)] as number) - (data[base + Math.max(start - 2, 0)] as number);
  const right =
    (data[base + Math.max(end - 1, middle)] as number) -
    (data[base + Math.min(end + 2, width - 1)] as number);
  return Math.abs(left + right) / 2;
}
