import type { CoarseVolume } from './coarse.ts';
import { otsu } from './otsu.ts';

/** Halfway between air and soft tissue, in Hounsfield units, with room for partly filled cells. */
const SKIN_CT = -300;
/** Air in Hounsfield units, and the least share of a volume that is air: what has none is not in these units. */
const [AIR_CT, LEAST_AIR] = [-500, 0.05];
/** Share of the cells, the brightest, that count as no brighter than the rest: fat near a coil outshines everything. */
const BRIGHTEST = 0.02;
/** Where between dark and bright the skin begins in MR: below the middle, since muscle is dark. */
const SKIN_MR = 0.5;

/**
 * The value from which a cell is body and not air: of CT by Hounsfield units, of MR by the two humps of its values. Undefined where
 * there are no two.
 */
export function skinLevel({ values }: CoarseVolume, kind: string): number | undefined {
  const known = values.filter((value) => !Number.isNaN(value)).sort();
  if (known.length === 0) return undefined;
  if (kind === 'CT') {
    const air = known.findIndex((value) => value > AIR_CT);
    return air >= LEAST_AIR * known.length ? SKIN_CT : undefined;
  }
  const low = known[0] ?? 0;
  const high = known[Math.floor((1 - BRIGHTEST) * (known.length - 1))] ?? low;
  if (!(high > low)) return undefined;
  const scale = 255 / (high - low);
  const between = otsu(Uint8Array.from(known, (value) => Math.min(255, (value - low) * scale)));
  return low + (SKIN_MR * (between + 1)) / scale;
}

/** The largest connected part that is no air, as ones: the head without its rests, coils and ghosts. */
export function largestBody({ size, values }: CoarseVolume, level: number): Uint8Array {
  const [nx, ny, nz] = size;
  const label = new Int32Array(values.length);
  const queue = new Int32Array(values.length);
  let [best, most] = [0, 0];
  for (let start = 0, next = 1; start < values.length; start++) {
    if (label[start] !== 0 || !((values[start] ?? Number.NaN) > level)) continue;
    label[start] = next;
    queue[0] = start;
    let length = 1;
    for (let at = 0; at < length; at++) {
      const cell = queue[at] ?? 0;
      const x = cell % nx;
      const y = Math.floor(cell / nx) % ny;
      const z = Math.floor(cell / (nx * ny));
      for (const to of [
        x > 0 ? cell - 1 : -1,
        x < nx - 1 ? cell + 1 : -1,
        y > 0 ? cell - nx : -1,
        y < ny - 1 ? cell + nx : -1,
        z > 0 ? cell - nx * ny : -1,
        z < nz - 1 ? cell + nx * ny : -1,
      ]) {
        if (to < 0 || label[to] !== 0 || !((values[to] ?? Number.NaN) > level)) continue;
        label[to] = next;
        queue[length] = to;
        length += 1;
      }
    }
    if (length > most) [best, most] = [next, length];
    next += 1;
  }
  return Uint8Array.from(label, (one) => (one === best && best > 0 ? 1 : 0));
}
