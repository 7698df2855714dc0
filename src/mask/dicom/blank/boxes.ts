import { type PlacedPlane, pointOf } from '../../../dicom/volume/coarse.ts';
import type { BlackedOut } from '../../../model/redaction.ts';
import { depthAt, type FaceCut } from './cut.ts';

/** The pixels of a plane that lie in front of a cut, as boxes: stretches of rows, joined where the next row has the same. */
export function boxesInFront(cut: FaceCut, plane: PlacedPlane, rows: number, columns: number): BlackedOut[] {
  const frame = plane.frame + 1;
  const boxes: BlackedOut[] = [];
  let open: Open[] = [];
  for (let row = 0; row <= rows; row++) {
    const runs = row === rows ? [] : runsOf(cut, plane, row, columns);
    const next = runs.map(
      ([start, end]) =>
        open.find((one) => one.start === start && one.end === end) ?? { start, end, top: row },
    );
    for (const { start, end, top } of open.filter((one) => !next.includes(one)))
      boxes.push({ first: frame, last: frame, box: [start, top, end - start, row - top] });
    open = next;
  }
  return boxes;
}

interface Open {
  readonly start: number;
  readonly end: number;
  readonly top: number;
}

function runsOf(cut: FaceCut, plane: PlacedPlane, row: number, columns: number): [number, number][] {
  const [from, to] = [pointOf(plane, row, 0), pointOf(plane, row, 1)];
  const [dy, dz] = [to[1] - from[1], to[2] - from[2]];
  const runs: [number, number][] = [];
  let start = -1;
  for (let column = 0; column <= columns; column++) {
    const isInFront = column < columns && from[1] + column * dy < depthAt(cut, from[2] + column * dz);
    if (isInFront && start < 0) start = column;
    if (isInFront || start < 0) continue;
    runs.push([start, column]);
    start = -1;
  }
  return runs;
}
