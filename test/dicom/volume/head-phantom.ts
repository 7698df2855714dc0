import { normalOf, type Orientation } from '../../../src/dicom/volume/planes.ts';
import type { Protocol } from './head-series.ts';

/** What a place in a head is made of. */
export type Tissue = 'air' | 'skin' | 'bone' | 'brain';

type Point = readonly [x: number, y: number, z: number];

/** Inside an ellipsoid, below 1. */
const within = ([x, y, z]: Point, [cx, cy, cz]: Point, [rx, ry, rz]: Point): boolean =>
  ((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2 + ((z - cz) / rz) ** 2 <= 1;

/**
 * The head of nobody, in millimetres of the patient, its nasion at (0, -84, 0): skull and brain, eyes in their sockets, nose, lips,
 * chin, cheeks, ears, air in the nose and its sinuses, a neck that goes on below.
 */
export function tissueAt(point: Point): Tissue {
  const [x, y, z] = point;
  const side = Math.abs(x);
  if (isBrain(point)) return 'brain';
  if (within(point, [0, -48, -25], [10, 32, 18])) return 'air';
  if (within([side, y, z], [26, -56, -30], [10, 12, 14])) return 'air';
  if (within([side, y, z], [32, -70, -5], [11, 11, 11])) return 'skin';
  if (within([side, y, z], [32, -84, -5], [14, 12, 11])) return 'air';
  if (isNose(point)) return 'skin';
  if (within(point, [0, 0, 40], [75, 95, 85])) {
    return within(point, [0, 0, 40], [70, 90, 80]) && z > -5 ? 'bone' : 'skin';
  }
  const isSkin =
    within(point, [0, -20, -40], [62, 66, 85]) ||
    within(point, [0, -84, -68], [24, 8, 9]) ||
    within(point, [0, -62, -104], [22, 22, 16]) ||
    within([side, y, z], [80, 5, -10], [8, 14, 28]) ||
    (z < -50 && (x / 55) ** 2 + ((y - 25) / 60) ** 2 <= 1);
  return isSkin ? 'skin' : 'air';
}

/** The lobes of the front lie on the roof of the orbits; those of the temples reach lower, and begin further back. */
export function isBrain(point: Point): boolean {
  const [, y, z] = point;
  if (within(point, [0, 3, 45], [65, 82, 74]) && (z > 18 || (y > -28 && z > -22))) return true;
  return y > 15 && within(point, [0, 45, -15], [50, 35, 30]);
}

/** Half as wide as it is high at its tip, 24 mm in front of the face. */
function isNose([x, y, z]: Point): boolean {
  if (z > 0 || z < -50) return false;
  const down = z > -42 ? -z / 42 : (z + 50) / 8;
  const width = 6 + 11 * Math.min(1, -z / 42);
  return y <= 0 && y >= -82 - 26 * down * (1 - Math.abs(x) / width) && Math.abs(x) <= width;
}

/** Values of CT in Hounsfield units, of MR as the scanner gives them: bone is dark there. */
const VALUES: Readonly<Record<'CT' | 'MR', Readonly<Record<Tissue, number>>>> = {
  CT: { air: -1000, skin: 30, bone: 900, brain: 40 },
  MR: { air: 10, skin: 620, bone: 60, brain: 420 },
};

export interface PhantomHead {
  readonly modality: 'CT' | 'MR';
  readonly orientation?: Orientation;
  /** Millimetres from pixel to pixel and from slice to slice. */
  readonly pixel?: number;
  readonly gap?: number;
  /** Stored value = value + this. */
  readonly offset?: number;
  /** Places of the patient to those of {@link tissueAt}: a head that is turned, small, or without a nose. */
  readonly warp?: (point: Point) => Point;
  /** What a place is made of. */
  readonly tissue?: (point: Point) => Tissue;
}

/** The box around the phantom that is scanned. */
const LOW: Point = [-100, -120, -140];
const HIGH: Point = [100, 116, 140];

/** A series of the phantom, and where each of its pixels lies. */
export interface PhantomSeries {
  readonly protocol: Protocol;
  readonly pointOf: (slice: number, row: number, column: number) => Point;
  readonly tissueOf: (slice: number, row: number, column: number) => Tissue;
}

/** Series that cover the phantom, whichever way the planes lie. */
export function phantomSeries({
  modality,
  orientation = [1, 0, 0, 0, 1, 0],
  pixel = 1.6,
  gap = 3,
  offset = modality === 'CT' ? 1024 : 0,
  warp = (point) => point,
  tissue = tissueAt,
}: PhantomHead): PhantomSeries {
  const across: Point = [orientation[0], orientation[1], orientation[2]];
  const down: Point = [orientation[3], orientation[4], orientation[5]];
  const normal = normalOf(orientation);
  const start = (axis: Point) =>
    axis.reduce((sum, part, i) => sum + part * ((part > 0 ? LOW : HIGH)[i] ?? 0), 0);
  const length = (axis: Point) =>
    axis.reduce((sum, part, i) => sum + Math.abs(part) * ((HIGH[i] ?? 0) - (LOW[i] ?? 0)), 0);
  const [fromAcross, fromDown, fromNormal] = [start(across), start(down), start(normal)];
  const columns = Math.ceil(length(across) / pixel);
  const rows = Math.ceil(length(down) / pixel);
  const slices = Math.ceil(length(normal) / gap);
  const pointOf = (slice: number, row: number, column: number): Point => {
    const [a, b, c] = [fromAcross + column * pixel, fromDown + row * pixel, fromNormal + slice * gap];
    const at = (i: 0 | 1 | 2) => a * across[i] + b * down[i] + c * normal[i];
    return [at(0), at(1), at(2)];
  };
  const tissueOf = (slice: number, row: number, column: number) => tissue(warp(pointOf(slice, row, column)));
  const pixels = (slice: number): Uint16Array => {
    const values = new Uint16Array(rows * columns);
    for (let i = 0; i < values.length; i++) {
      const what = tissueOf(slice, Math.floor(i / columns), i % columns);
      values[i] = VALUES[modality][what] + offset + noise(slice * values.length + i);
    }
    return values;
  };
  const protocol: Protocol = {
    modality,
    bodyPart: 'HEAD',
    orientation,
    size: [rows, columns],
    pixel,
    thickness: gap,
    slices,
    origin: pointOf(0, 0, 0),
    rescale: [1, -offset],
    pixels,
  };
  return { protocol, pointOf, tissueOf };
}

/** From -1 to 2, the same each time. */
function noise(seed: number): number {
  const mixed = Math.imul(seed ^ (seed >>> 15), 0x2c1b3c6d);
  return ((mixed ^ (mixed >>> 12)) & 3) - 1;
}
