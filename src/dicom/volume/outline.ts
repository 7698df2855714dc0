import type { GreyImage } from '../pixels/image.ts';
import { otsu } from './otsu.ts';
import type { Orientation } from './planes.ts';
import { volumeRules } from './rules.ts';

/** How a slice lies in the patient, and how large its pixels are. */
export interface SliceGeometry {
  readonly orientation: Orientation;
  readonly spacing: readonly [rows: number, columns: number];
}

/** Samples along the longer side of the picture that outlines are traced on: a head needs no more. */
const GRID = 96;

/**
 * Whether a slice shows something of the size and shape of a head with air around it: ear to ear, nose to nape, a filled outline
 * that reaches neither side of the picture, nor its upper edge. `rules/pixel/head-volumes.yaml` has the limits.
 */
export function showsHeadOutline(image: GreyImage, { orientation, spacing }: SliceGeometry): boolean {
  const step = Math.max(1, Math.ceil(Math.max(image.width, image.height) / GRID));
  const grid = shrunk(image, step);
  const box = largestObject(grid, otsu(grid.data));
  if (box === undefined || box.area < volumeRules().outline.filled * box.width * box.height) return false;
  const across = sideOf(
    orientation,
    0,
    box.left,
    grid.width - box.left - box.width,
    box.width * step * spacing[1],
  );
  const down = sideOf(
    orientation,
    3,
    box.top,
    grid.height - box.top - box.height,
    box.height * step * spacing[0],
  );
  return isHead([across, down]);
}

/** One side of the box: which way it runs in the patient, its length, and whether it is free at either end. */
interface Side {
  readonly axis: 'leftRight' | 'frontBack' | 'headFoot';
  readonly length: number;
  /** Free towards smaller and towards larger coordinates of the patient: right, front, foot; left, back, head. */
  readonly freeLow: boolean;
  readonly freeHigh: boolean;
}

const AXES = ['leftRight', 'frontBack', 'headFoot'] as const;

function sideOf(orientation: Orientation, from: 0 | 3, before: number, after: number, length: number): Side {
  const direction = [orientation[from], orientation[from + 1] ?? 0, orientation[from + 2] ?? 0];
  const sizes = direction.map(Math.abs);
  const axis = sizes.indexOf(Math.max(...sizes));
  const runsUp = (direction[axis] ?? 0) > 0;
  const [freeStart, freeEnd] = [before > 0, after > 0];
  return {
    axis: AXES[axis] ?? 'leftRight',
    length,
    freeLow: runsUp ? freeStart : freeEnd,
    freeHigh: runsUp ? freeEnd : freeStart,
  };
}

function isHead(sides: readonly Side[]): boolean {
  const { outline } = volumeRules();
  const lengthOf = (axis: Side['axis']) => sides.find((side) => side.axis === axis)?.length;
  const [width, depth] = [lengthOf('leftRight'), lengthOf('frontBack')];
  if (width !== undefined && depth !== undefined && depth < outline.ratio * width) return false;
  return sides.every(({ axis, length, freeLow, freeHigh }) => {
    // The neck leaves the picture below; above the head there is air.
    if (axis === 'headFoot') return freeHigh;
    const [least, most] = outline[axis];
    const isFree = axis === 'leftRight' ? freeLow && freeHigh : freeLow || freeHigh;
    return isFree && length >= least && length <= most;
  });
}

interface Grid {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** Means of squares of `step` pixels; what is left over at the edges is left out. */
function shrunk({ width, height, data }: GreyImage, step: number): Grid {
  const [columns, rows] = [Math.floor(width / step), Math.floor(height / step)];
  const means = new Uint8Array(columns * rows);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      let sum = 0;
      for (let y = row * step; y < (row + 1) * step; y++)
        for (let x = column * step; x < (column + 1) * step; x++) sum += data[y * width + x] ?? 0;
      means[row * columns + column] = sum / (step * step);
    }
  }
  return { width: columns, height: rows, data: means };
}

interface ObjectBox {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly area: number;
}

/** The box around the largest connected part that is brighter than a level, the holes in it filled line by line. */
function largestObject({ width, height, data }: Grid, level: number): ObjectBox | undefined {
  const seen = new Uint8Array(data.length);
  let best: number[] = [];
  for (let start = 0; start < data.length; start++) {
    if (seen[start] === 1 || (data[start] ?? 0) <= level) continue;
    const part = connected({ width, height, data }, level, start, seen);
    if (part.length > best.length) best = part;
  }
  return best.length === 0 ? undefined : boxOf(best, width);
}

function connected({ width, height, data }: Grid, level: number, start: number, seen: Uint8Array): number[] {
  const part = [start];
  seen[start] = 1;
  for (let next = 0; next < part.length; next++) {
    const at = part[next] ?? 0;
    const x = at % width;
    const neighbours = [x > 0 ? at - 1 : -1, x < width - 1 ? at + 1 : -1, at - width, at + width];
    for (const to of neighbours) {
      if (to < 0 || to >= width * height || seen[to] === 1 || (data[to] ?? 0) <= level) continue;
      seen[to] = 1;
      part.push(to);
    }
  }
  return part;
}

function boxOf(part: readonly number[], width: number): ObjectBox {
  const rows = new Map<number, [left: number, right: number]>();
  for (const at of part) {
    const [x, y] = [at % width, Math.floor(at / width)];
    const row = rows.get(y);
    rows.set(y, row === undefined ? [x, x] : [Math.min(row[0], x), Math.max(row[1], x)]);
  }
  const ends = [...rows.values()];
  const left = Math.min(...ends.map(([from]) => from));
  const right = Math.max(...ends.map(([, to]) => to));
  const top = Math.min(...rows.keys());
  return {
    left,
    top,
    width: right - left + 1,
    height: rows.size,
    area: ends.reduce((sum, [from, to]) => sum + to - from + 1, 0),
  };
}
