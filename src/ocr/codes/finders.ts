import type { Box } from '../../dicom/pixels/image.ts';
import type { BlackWhite } from './black-white.ts';

/** The middle of a square in a ring, and the width of one module. */
interface Finder {
  readonly x: number;
  readonly y: number;
  readonly module: number;
}

/** Black, white, black, white, black across the middle of a finder (ISO/IEC 18004 6.3.3.1). */
const RATIO = [1, 1, 3, 1, 1];
const STEP = 2;
/** Modules between the middles of two finders of one symbol: 14 in the smallest, 170 in the largest. */
const [NEAREST, FARTHEST] = [12, 175];

/** QR symbols: three finders at the corners of a right angle with sides of one length. */
export function qrIn(picture: BlackWhite): Box[] {
  const finders = findersIn(picture);
  const found: Box[] = [];
  for (const corner of finders) {
    for (const a of finders) {
      for (const b of finders) {
        if (a === corner || b === corner || a === b || !isCorner(corner, a, b)) continue;
        const xs = [corner.x, a.x, b.x];
        const ys = [corner.y, a.y, b.y];
        const reach = 4 * corner.module;
        const left = Math.max(0, Math.floor(Math.min(...xs) - reach));
        const top = Math.max(0, Math.floor(Math.min(...ys) - reach));
        const right = Math.min(picture.width, Math.ceil(Math.max(...xs) + reach));
        const bottom = Math.min(picture.height, Math.ceil(Math.max(...ys) + reach));
        const box: Box = [left, top, right - left, bottom - top];
        if (!found.some((other) => other.every((edge, i) => Math.abs(edge - (box[i] as number)) < 9)))
          found.push(box);
      }
    }
  }
  return found;
}

function isCorner(corner: Finder, a: Finder, b: Finder): boolean {
  const alike = [a, b].every((one) => Math.abs(one.module - corner.module) <= 0.4 * corner.module + 0.3);
  if (!alike) return false;
  const [ax, ay, bx, by] = [a.x - corner.x, a.y - corner.y, b.x - corner.x, b.y - corner.y];
  const [la, lb] = [Math.hypot(ax, ay), Math.hypot(bx, by)];
  if (Math.abs(la - lb) > 0.12 * Math.max(la, lb)) return false;
  if (la < NEAREST * corner.module * 0.8 || la > FARTHEST * corner.module) return false;
  return Math.abs(ax * bx + ay * by) < 0.15 * la * lb;
}

function findersIn(picture: BlackWhite): Finder[] {
  const found: Finder[] = [];
  const { width, height, black } = picture;
  for (let y = 0; y < height; y += STEP) {
    const runs: number[] = [];
    let start = 0;
    for (let x = 1; x <= width; x++) {
      if (x < width && black[y * width + x] === black[y * width + x - 1]) continue;
      runs.push(x - start);
      const ends = black[y * width + x - 1] === 1;
      const five = runs.slice(-5);
      if (ends && five.length === 5 && isRatio(five)) {
        const across = five.reduce((sum, run) => sum + run, 0);
        const middle = Math.round(x - across / 2);
        const down = columnRuns(picture, middle, y);
        if (down !== undefined && isRatio(down.runs)) {
          const finder = { x: middle, y: down.middle, module: across / 7 };
          if (!looksLike(picture, finder)) continue;
          if (!found.some((other) => Math.hypot(other.x - finder.x, other.y - finder.y) < 3 * finder.module))
            found.push(finder);
        }
      }
      start = x;
    }
  }
  return found;
}

/** Of the 49 modules of a finder, those that must be as they should. */
const RIGHT = 46;

/** A black square of three modules in a white ring in a black one. */
function looksLike({ width, height, black }: BlackWhite, { x, y, module }: Finder): boolean {
  let right = 0;
  for (let v = -3; v <= 3; v++) {
    for (let u = -3; u <= 3; u++) {
      const [px, py] = [Math.round(x + u * module), Math.round(y + v * module)];
      if (px < 0 || py < 0 || px >= width || py >= height) continue;
      const ring = Math.max(Math.abs(u), Math.abs(v));
      if (black[py * width + px] === (ring === 2 ? 0 : 1)) right++;
    }
  }
  return right >= RIGHT;
}

function isRatio(runs: readonly number[]): boolean {
  const module = runs.reduce((sum, run) => sum + run, 0) / 7;
  return (
    module >= 1.3 &&
    runs.every((run, i) => Math.abs(run - module * (RATIO[i] as number)) <= 0.5 * module + 0.6)
  );
}

/** The five runs down a column whose middle one holds a place; undefined where it is white. */
function columnRuns({ width, height, black }: BlackWhite, x: number, y: number) {
  const at = (v: number) => (v >= 0 && v < height ? black[v * width + x] : undefined);
  if (at(y) !== 1) return undefined;
  const count = (from: number, step: 1 | -1): number[] => {
    const runs: number[] = [];
    let v = from;
    for (const colour of [1, 0, 1]) {
      const began = v;
      while (at(v) === colour) v += step;
      runs.push(Math.abs(v - began));
    }
    return runs;
  };
  const [up = 0, upWhite = 0, upBlack = 0] = count(y, -1);
  const [down = 0, downWhite = 0, downBlack = 0] = count(y + 1, 1);
  return {
    runs: [upBlack, upWhite, up + down, downWhite, downBlack],
    middle: y + (down - up) / 2,
  };
}
