import { CELL, type CoarseVolume, centreOf } from './coarse.ts';

/** How far in front each place of a body reaches, as somebody who looks at the patient from the front sees it. */
export interface FrontSurface {
  readonly columns: number;
  readonly rows: number;
  /** Front-most y in millimetres, x running fastest, then z; NaN where there is no body. Smaller is nearer to the viewer. */
  readonly y: Float32Array;
}

/** The surface of a body from the front, between the cells where the values pass the level. */
export function frontSurface(volume: CoarseVolume, body: Uint8Array, level: number): FrontSurface {
  const [nx, ny, nz] = volume.size;
  const y = new Float32Array(nx * nz).fill(Number.NaN);
  for (let z = 0; z < nz; z++) {
    for (let x = 0; x < nx; x++) {
      const cellAt = (row: number) => (z * ny + row) * nx + x;
      let row = 0;
      while (row < ny && body[cellAt(row)] !== 1) row += 1;
      if (row === ny) continue;
      const inside = volume.values[cellAt(row)] ?? level;
      const before = row === 0 ? Number.NaN : (volume.values[cellAt(row - 1)] ?? Number.NaN);
      // Where the picture ends in the body the surface is the edge of the picture.
      const share = before < inside ? Math.min(1, (inside - level) / (inside - before)) : 0.5;
      y[z * nx + x] = centreOf(volume, 1, row) - share * CELL;
    }
  }
  return { columns: nx, rows: nz, y };
}

/** Undefined outside, and where there is no body. */
export function surfaceAt({ columns, rows, y }: FrontSurface, x: number, z: number): number | undefined {
  if (x < 0 || z < 0 || x >= columns || z >= rows) return undefined;
  const at = y[z * columns + x];
  return at === undefined || Number.isNaN(at) ? undefined : at;
}
