import type { GreyImage } from '../dicom/pixels/image.ts';
import { PhiGateError } from '../errors.ts';

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
/** Runs of pixels in one picture; each takes about 80 bytes. */
const MOST_RUNS = 4_000_000;

/** Mean of the square around each pixel, cut at the borders. Integer part. */
export function localMean({ data, width, height }: GreyImage): Uint8Array {
  const mean = new Uint8Array(width * height);
  const columns = new Uint32Array(width);
  for (let y = 0; y < Math.min(RADIUS, height); y++) addRow(columns, data, y * width, width, 1);
  for (let y = 0; y < height; y++) {
    if (y + RADIUS < height) addRow(columns, data, (y + RADIUS) * width, width, 1);
    if (y - RADIUS - 1 >= 0) addRow(columns, data, (y - RADIUS - 1) * width, width, -1);
    const rows = Math.min(height - 1, y + RADIUS) - Math.max(0, y - RADIUS) + 1;
    let sum = 0;
    for (let x = 0; x < Math.min(RADIUS, width); x++) sum += columns[x] as number;
    for (let x = 0; x < width; x++) {
      if (x + RADIUS < width) sum += columns[x + RADIUS] as number;
      if (x - RADIUS - 1 >= 0) sum -= columns[x - RADIUS - 1] as number;
      const across = Math.min(width - 1, x + RADIUS) - Math.max(0, x - RADIUS) + 1;
      mean[y * width + x] = (sum / (rows * across)) | 0;
    }
  }
  return mean;
}

function addRow(columns: Uint32Array, data: Uint8Array, from: number, width: number, sign: number): void {
  for (let x = 0; x < width; x++) columns[x] = (columns[x] as number) + sign * (data[from + x] as number);
}

/**
 * Components whose pixels differ from the local mean by more than `contrast` grey levels, 8-connected, found in one pass
 * over runs with a union of labels.
 * @throws PhiGateError `too-large` where there are so many runs that memory would suffer
 */
export function components(
  { data, width, height }: GreyImage,
  mean: Uint8Array,
  polarity: Polarity,
  contrast: number,
): Component[] {
  const sign = polarity === 'light' ? 1 : -1;
  const labels = new Labels();
  let runs = 0;
  let above: Run[] = [];
  for (let y = 0; y < height; y++) {
    const row: Run[] = [];
    let next = 0;
    const base = y * width;
    for (let x = 0; x < width; x++) {
      if (sign * ((data[base + x] as number) - (mean[base + x] as number)) <= contrast) continue;
      const start = x;
      let sum = 0;
      while (x < width && sign * ((data[base + x] as number) - (mean[base + x] as number)) > contrast) {
        sum += data[base + x] as number;
        x++;
      }
      if (++runs > MOST_RUNS)
        throw new PhiGateError('too-large', 'the frame is too noisy to look for text in it');
      const label = labels.add(start, x - 1, y, sum, edgeSteps(data, base, width, start, x - 1));
      while (next < above.length && (above[next] as Run).end < start - 1) next++;
      for (let i = next; i < above.length && (above[i] as Run).start <= x; i++) {
        labels.join((above[i] as Run).label, label);
      }
      row.push({ start, end: x - 1, label });
    }
    above = row;
  }
  return labels.components();
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

interface Run {
  readonly start: number;
  readonly end: number;
  readonly label: number;
}

/** Union-find over run labels, with the extent of each set. */
class Labels {
  readonly #parent: number[] = [];
  readonly #left: number[] = [];
  readonly #right: number[] = [];
  readonly #top: number[] = [];
  readonly #bottom: number[] = [];
  readonly #area: number[] = [];
  readonly #sum: number[] = [];
  readonly #runs: number[] = [];
  readonly #edges: number[] = [];

  add(left: number, right: number, y: number, sum: number, edges: number): number {
    const label = this.#parent.length;
    this.#parent.push(label);
    this.#left.push(left);
    this.#right.push(right);
    this.#top.push(y);
    this.#bottom.push(y);
    this.#area.push(right - left + 1);
    this.#sum.push(sum);
    this.#runs.push(1);
    this.#edges.push(edges);
    return label;
  }

  #find(label: number): number {
    let root = label;
    while ((this.#parent[root] as number) !== root) root = this.#parent[root] as number;
    for (let at = label; at !== root; ) {
      const up = this.#parent[at] as number;
      this.#parent[at] = root;
      at = up;
    }
    return root;
  }

  join(a: number, b: number): void {
    const keep = this.#find(a);
    const gone = this.#find(b);
    if (keep === gone) return;
    this.#parent[gone] = keep;
    this.#left[keep] = Math.min(this.#left[keep] as number, this.#left[gone] as number);
    this.#right[keep] = Math.max(this.#right[keep] as number, this.#right[gone] as number);
    this.#top[keep] = Math.min(this.#top[keep] as number, this.#top[gone] as number);
    this.#bottom[keep] = Math.max(this.#bottom[keep] as number, this.#bottom[gone] as number);
    this.#area[keep] = (this.#area[keep] as number) + (this.#area[gone] as number);
    this.#sum[keep] = (this.#sum[keep] as number) + (this.#sum[gone] as number);
    this.#runs[keep] = (this.#runs[keep] as number) + (this.#runs[gone] as number);
    this.#edges[keep] = (this.#edges[keep] as number) + (this.#edges[gone] as number);
  }

  components(): Component[] {
    const found: Component[] = [];
    for (let i = 0; i < this.#parent.length; i++) {
      if (this.#parent[i] !== i) continue;
      const x = this.#left[i] as number;
      const y = this.#top[i] as number;
      const area = this.#area[i] as number;
      found.push({
        x,
        y,
        width: (this.#right[i] as number) - x + 1,
        height: (this.#bottom[i] as number) - y + 1,
        area,
        level: (this.#sum[i] as number) / area,
        edge: (this.#edges[i] as number) / (this.#runs[i] as number),
        runs: this.#runs[i] as number,
      });
    }
    return found;
  }
}
