import { CELL, type CoarseVolume, centreOf } from '../../../dicom/volume/coarse.ts';
import { type FrontSurface, surfaceAt } from '../../../dicom/volume/front-surface.ts';

/** The outline of a face from the side: how far in front the middle of the head reaches, from foot to head. */
export interface Profile {
  /** Millimetres from the first row up. */
  readonly z: readonly number[];
  /** NaN where there is no head. */
  readonly y: readonly number[];
  /** The middle of the head from left to right. */
  readonly middle: number;
  /** Columns of the surface at which the profile was found, row by row. */
  readonly x: readonly number[];
}

/** Millimetres beside the middle in which the nose lies, of a head that looks about straight ahead. */
const BESIDE = 32;

export function profileOf(volume: CoarseVolume, body: Uint8Array, surface: FrontSurface): Profile {
  const middle = middleOf(volume, body);
  const z: number[] = [];
  const y: number[] = [];
  const x: number[] = [];
  for (let row = 0; row < surface.rows; row++) {
    let [front, column] = [Number.NaN, Number.NaN];
    for (let at = 0; at < surface.columns; at++) {
      if (Math.abs(centreOf(volume, 0, at) - middle) > BESIDE) continue;
      const here = surfaceAt(surface, at, row);
      if (here !== undefined && !(here >= front)) [front, column] = [here, centreOf(volume, 0, at)];
    }
    z.push(centreOf(volume, 2, row));
    y.push(front);
    x.push(column);
  }
  return { z, y, x, middle };
}

/** Half-way from ear to ear, over all heights: shoulders and rests lie on both sides alike. */
function middleOf({ size: [nx, ny, nz], origin }: CoarseVolume, body: Uint8Array): number {
  const middles: number[] = [];
  for (let z = 0; z < nz; z++) {
    let [left, right] = [nx, -1];
    for (let y = 0; y < ny; y++) {
      for (let x = 0; x < nx; x++) {
        if (body[(z * ny + y) * nx + x] !== 1) continue;
        left = Math.min(left, x);
        right = Math.max(right, x);
      }
    }
    if (right >= 0) middles.push((left + right + 1) / 2);
  }
  middles.sort((a, b) => a - b);
  return origin[0] + CELL * (middles[middles.length >> 1] ?? nx / 2);
}
