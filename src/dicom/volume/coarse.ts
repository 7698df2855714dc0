import { PhiGateError } from '../../errors.ts';
import type { Plane } from './planes.ts';

/** A plane whose place in the patient is stated. */
export type PlacedPlane = Plane & Required<Pick<Plane, 'position'>>;

/** Edge of a cell in millimetres: no slice of a series that renders a face is thicker. */
export const CELL = 4;

/**
 * A series as cells of 4 mm along the patient's axes (+x left, +y back, +z head, PS3.3 C.7.6.2.1.1): small enough to be held
 * whatever the series is, and the same whichever way its planes lie. x runs fastest, then y, then z.
 */
export interface CoarseVolume {
  /** Corner of the first cell. */
  readonly origin: readonly [x: number, y: number, z: number];
  readonly size: readonly [x: number, y: number, z: number];
  /** Mean of the rescaled values in each cell; NaN where the series has none. */
  readonly values: Float32Array;
}

/** A field of view of 700 mm over 400 mm is less. */
const MOST_CELLS = 4_000_000;

/** Centre of a cell along one axis. */
export const centreOf = (volume: CoarseVolume, axis: 0 | 1 | 2, index: number): number =>
  volume.origin[axis] + (index + 0.5) * CELL;

/** Stored values of one plane. */
export interface PlaneValues {
  readonly rows: number;
  readonly columns: number;
  readonly values: ArrayLike<number>;
}

/** Takes in slices one by one, in any order, and holds none of them. */
export class CoarseBuilder {
  readonly #origin: [number, number, number];
  readonly #size: [number, number, number];
  readonly #sums: Float32Array;
  readonly #counts: Uint32Array;

  /**
   * @param planes all that will come: they say how large the volume is
   * @throws PhiGateError `too-large` where places are stated that are in no one patient
   */
  constructor(planes: readonly PlacedPlane[], rows: number, columns: number) {
    const low = [Infinity, Infinity, Infinity];
    const high = [-Infinity, -Infinity, -Infinity];
    for (const plane of planes) {
      for (const [row, column] of [
        [0, 0],
        [rows - 1, 0],
        [0, columns - 1],
        [rows - 1, columns - 1],
      ] as const) {
        for (const [axis, at] of pointOf(plane, row, column).entries()) {
          low[axis] = Math.min(low[axis] ?? at, at);
          high[axis] = Math.max(high[axis] ?? at, at);
        }
      }
    }
    const start = (axis: number) => (low[axis] ?? 0) - CELL / 2;
    const cells = (axis: number) => Math.floor(((high[axis] ?? 0) - start(axis)) / CELL) + 1;
    this.#origin = [start(0), start(1), start(2)];
    this.#size = [cells(0), cells(1), cells(2)];
    const total = this.#size[0] * this.#size[1] * this.#size[2];
    if (!(total <= MOST_CELLS))
      throw new PhiGateError('too-large', 'the slices lie too far apart for one volume');
    this.#sums = new Float32Array(total);
    this.#counts = new Uint32Array(total);
  }

  add(plane: PlacedPlane, { rows, columns, values }: PlaneValues): void {
    const [slope, intercept] = plane.rescale;
    const [nx, ny] = this.#size;
    const steps = plane.spacing.map((mm) => Math.max(1, Math.floor(1 / mm)));
    const [down = 1, across = 1] = steps;
    const unit = plane.orientation.slice(0, 3).map((part) => part * plane.spacing[1]);
    const [ux = 0, uy = 0, uz = 0] = unit;
    const [ox, oy, oz] = this.#origin;
    for (let row = 0; row < rows; row += down) {
      const [x, y, z] = pointOf(plane, row, 0);
      for (let column = 0; column < columns; column += across) {
        const cx = Math.floor((x + column * ux - ox) / CELL);
        const cy = Math.floor((y + column * uy - oy) / CELL);
        const cz = Math.floor((z + column * uz - oz) / CELL);
        const cell = (cz * ny + cy) * nx + cx;
        const value = slope * (values[row * columns + column] ?? 0) + intercept;
        this.#sums[cell] = (this.#sums[cell] ?? 0) + value;
        this.#counts[cell] = (this.#counts[cell] ?? 0) + 1;
      }
    }
  }

  finish(): CoarseVolume {
    const values = this.#sums.map((sum, cell) => {
      const count = this.#counts[cell] ?? 0;
      return count === 0 ? Number.NaN : sum / count;
    });
    return { origin: this.#origin, size: this.#size, values };
  }
}

/** Where the centre of a pixel lies in the patient (PS3.3 C.7.6.2.1.1, equation C.7.6.2.1-1). */
export function pointOf(plane: PlacedPlane, row: number, column: number): [number, number, number] {
  const { position, orientation, spacing } = plane;
  const at = (axis: 0 | 1 | 2) =>
    position[axis] +
    orientation[axis] * spacing[1] * column +
    orientation[(axis + 3) as 3 | 4 | 5] * spacing[0] * row;
  return [at(0), at(1), at(2)];
}
