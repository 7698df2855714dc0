import type { Box, GreyImage, Image } from '../dicom/pixels/image.ts';
import { faceCascade } from './cascade.ts';
import { type Integral, integralOf, sumOver } from './integral.ts';
import { windowsIn } from './windows.ts';

/** Windows that must agree on a face: by chance up to 5 do, on a face 26 and more. */
const AGREEING = 8;
/** Longer side that pictures are brought to: larger faces are found in smaller copies. */
const LONGEST = 240;
/** From one copy of the picture to the next smaller one. */
const SHRINK = 1.15;
/** Windows belong together where their corners and sizes differ by less than this share of their size. */
const NEAR = 0.35;

/**
 * Faces that look at the camera, upright and at least a twelfth of the picture wide, largest first. Nothing says that there is none: a
 * profile, a covered or a tilted face is not found.
 */
export function findFaces(image: Image): Box[] {
  const cascade = faceCascade();
  const grey = greyOf(image);
  const first = Math.max(1, Math.max(grey.width, grey.height) / LONGEST);
  const whole = integralOf(grey.data, grey.width, grey.height);
  const windows: Box[] = [];
  for (let scale = first; ; scale *= SHRINK) {
    const copy = shrunk(whole, scale);
    if (Math.min(copy.width, copy.height) < cascade.side) break;
    for (const [x, y] of windowsIn(copy, cascade))
      windows.push([x * scale, y * scale, cascade.side * scale, cascade.side * scale]);
  }
  return grouped(windows).sort((a, b) => b[2] - a[2]);
}

function greyOf(image: Image): GreyImage {
  if (image.kind === 'grey') return image;
  const { width, height, data: rgb } = image;
  const data = new Uint8Array(width * height);
  for (let i = 0; i < data.length; i++) {
    const [red, green, blue] = [rgb[i * 3] as number, rgb[i * 3 + 1] as number, rgb[i * 3 + 2] as number];
    data[i] = (299 * red + 587 * green + 114 * blue) / 1000;
  }
  return { kind: 'grey', width, height, data };
}

/** A smaller copy: each of its pixels is the mean of those that it stands for. */
function shrunk({ width, height, sums }: Integral, scale: number): GreyImage {
  const [columns, rows] = [Math.floor(width / scale), Math.floor(height / scale)];
  const copy = new Uint8Array(Math.max(0, columns * rows));
  for (let y = 0; y < rows; y++) {
    const [top, bottom] = span(y, scale, height);
    for (let x = 0; x < columns; x++) {
      const [left, right] = span(x, scale, width);
      const area = (right - left) * (bottom - top);
      copy[y * columns + x] = sumOver(sums, width + 1, left, top, right - left, bottom - top) / area;
    }
  }
  return { kind: 'grey', width: columns, height: rows, data: copy };
}

function span(at: number, scale: number, limit: number): readonly [from: number, to: number] {
  const from = Math.floor(at * scale);
  return [from, Math.min(limit, Math.max(from + 1, Math.floor((at + 1) * scale)))];
}

/** Windows that lie on one another become their mean; groups that are too small go. */
function grouped(windows: readonly Box[]): Box[] {
  const groups: Box[][] = [];
  for (const window of windows) {
    const group = groups.find((members) => members.some((member) => isNear(member, window)));
    if (group === undefined) groups.push([window]);
    else group.push(window);
  }
  return groups.filter(({ length }) => length >= AGREEING).map(meanOf);
}

function isNear(a: Box, b: Box): boolean {
  const limit = NEAR * Math.min(a[2], b[2]);
  return (
    Math.abs(a[0] - b[0]) <= limit &&
    Math.abs(a[1] - b[1]) <= limit &&
    Math.abs(a[0] + a[2] - b[0] - b[2]) <= limit &&
    Math.abs(a[1] + a[3] - b[1] - b[3]) <= limit
  );
}

function meanOf(group: readonly Box[]): Box {
  const mean = (index: 0 | 1 | 2 | 3) =>
    Math.round(group.reduce((sum, box) => sum + box[index], 0) / group.length);
  return [mean(0), mean(1), mean(2), mean(3)];
}
