import type { Box } from '../../dicom/pixels/image.ts';
import type { BlackWhite } from './black-white.ts';

/** Sides of a symbol in pixels, and modules of the smallest (ISO/IEC 16022). */
const [SMALLEST, LARGEST] = [16, 400];
const FEWEST_CHANGES = 8;
/** Share of a solid side that is black. */
const SOLID = 0.93;

/**
 * DataMatrix symbols: a corner of two solid sides, and opposite to it two sides that alternate from module to module. The
 * solid corner is found by a black run down and one along that meet.
 */
export function matrixIn(picture: BlackWhite): Box[] {
  const found: Box[] = [];
  for (let y = picture.height - 1; y >= SMALLEST; y--) {
    for (const [from, to] of blackRuns(picture, y)) {
      if (isInside(found, from, y)) continue;
      const box = symbolAbove(picture, from, to, y);
      if (box !== undefined) found.push(box);
    }
  }
  return found;
}

function isInside(found: readonly Box[], x: number, y: number): boolean {
  return found.some(
    ([left, top, w, h]) => x >= left - 2 && x <= left + w + 2 && y >= top - 2 && y <= top + h + 2,
  );
}

function* blackRuns({ width, black }: BlackWhite, y: number): Generator<readonly [number, number]> {
  let start = -1;
  for (let x = 0; x <= width; x++) {
    const dark = x < width && black[y * width + x] === 1;
    if (dark && start < 0) start = x;
    if (!dark && start >= 0) {
      if (x - start >= SMALLEST && x - start <= LARGEST) yield [start, x];
      start = -1;
    }
  }
}

/** A symbol whose solid lower side is the run, in any of its two mirrorings; undefined where the other sides do not fit. */
function symbolAbove(picture: BlackWhite, from: number, to: number, y: number): Box | undefined {
  const width = to - from;
  const sides = [sideUp(picture, from + 1, y), sideUp(picture, to - 2, y)];
  const height = Math.max(...sides);
  if (height < SMALLEST || height > LARGEST || width > 5 * height || height > 5 * width) return undefined;
  const top = y - height + 1;
  const solidLeft = (sides[0] as number) >= (sides[1] as number);
  const across = alternation(picture, from, to, top + 1, 'across');
  const down = alternation(picture, top, y + 1, solidLeft ? to - 2 : from + 1, 'down');
  if (!(across && down && isSolid(picture, from, to, y))) return undefined;
  return [from, top, width, height];
}

/** How far a column is black upwards. */
function sideUp({ width, black }: BlackWhite, x: number, y: number): number {
  let height = 0;
  while (y - height >= 0 && black[(y - height) * width + x] === 1) height++;
  return height;
}

function isSolid({ width, black }: BlackWhite, from: number, to: number, y: number): boolean {
  let dark = 0;
  for (let x = from; x < to; x++) dark += black[(y - 1) * width + x] as number;
  return dark >= SOLID * (to - from);
}

/** Whether a side changes often, in modules of one width. */
function alternation(
  { width, height, black }: BlackWhite,
  from: number,
  to: number,
  line: number,
  direction: 'across' | 'down',
): boolean {
  if (line < 0 || line >= (direction === 'across' ? height : width)) return false;
  const at = (i: number) => black[direction === 'across' ? line * width + i : i * width + line];
  const runs: number[] = [];
  let start = from;
  for (let i = from + 1; i <= to; i++) {
    if (i < to && at(i) === at(i - 1)) continue;
    runs.push(i - start);
    start = i;
  }
  if (runs.length < FEWEST_CHANGES) return false;
  const module = (to - from) / runs.length;
  return runs.every((run) => Math.abs(run - module) <= 0.35 * module + 0.8);
}
