import { type FilePlanes, normalOf, type Orientation, type Plane } from './planes.ts';
import { regionOfSeries } from './region.ts';
import { type Extent, type Region, volumeRules } from './rules.ts';

/** A plane, and the file it is of. */
export interface StackedPlane<File> extends Plane {
  readonly file: File;
}

/** Parallel planes of one series that lie close enough for one volume, in the order of their places. */
export interface Stack<File> {
  readonly kind: string;
  readonly region: Region;
  readonly orientation: Orientation;
  readonly rows: number;
  readonly columns: number;
  readonly spacing: readonly [rows: number, columns: number];
  readonly planes: readonly StackedPlane<File>[];
  readonly extent: Extent;
}

/** Cosine of the angle within which directions count as one. */
const PARALLEL = 0.999;
/** Places nearer than this are the same place: a second echo, a second phase. */
const SAME_PLACE = 0.02;

/** Gathers the planes of all files and gives the stacks of each series. `File` is how the caller knows a file again. */
export class Series<File> {
  readonly #files = new Map<string, (FilePlanes & { readonly file: File })[]>();

  add(file: File, planes: FilePlanes): void {
    const key = planes.series;
    const files = this.#files.get(key);
    if (files === undefined) this.#files.set(key, [{ ...planes, file }]);
    else files.push({ ...planes, file });
  }

  /** Each series with its stacks, those that a face may lie in alone: thick and coarse planes make none. */
  *stacks(): Generator<readonly [series: string, stacks: readonly Stack<File>[]]> {
    for (const [series, files] of this.#files) {
      const region = regionOfSeries(files.map((file) => file.region));
      yield [series, parallelGroups(files).flatMap((group) => stacksOf(group, region))];
    }
  }
}

interface Parallel<File> {
  readonly kind: string;
  readonly rows: number;
  readonly columns: number;
  readonly orientation: Orientation;
  readonly spacing: readonly [number, number];
  readonly planes: StackedPlane<File>[];
}

/** Planes of one orientation and pixel size; those that are too coarse for a face are left out. */
function parallelGroups<File>(files: readonly (FilePlanes & { readonly file: File })[]): Parallel<File>[] {
  const groups: Parallel<File>[] = [];
  for (const { file, kind, rows, columns, planes } of files) {
    const limit = volumeRules().voxels[kind];
    if (limit === undefined) continue;
    for (const plane of planes) {
      if (Math.max(...plane.spacing) > limit.inPlane || plane.thickness > limit.between) continue;
      const group = groups.find((other) => other.kind === kind && isAlike(other, plane, rows, columns));
      if (group !== undefined) group.planes.push({ ...plane, file });
      else {
        const { orientation, spacing } = plane;
        groups.push({ kind, rows, columns, orientation, spacing, planes: [{ ...plane, file }] });
      }
    }
  }
  return groups;
}

function isAlike<File>(group: Parallel<File>, plane: Plane, rows: number, columns: number): boolean {
  const [a, b] = [group.orientation, plane.orientation];
  return (
    group.rows === rows &&
    group.columns === columns &&
    group.spacing.every((mm, axis) => Math.abs(mm - (plane.spacing[axis] ?? 0)) < 0.01 * mm) &&
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2] > PARALLEL &&
    a[3] * b[3] + a[4] * b[4] + a[5] * b[5] > PARALLEL
  );
}

/** Divides parallel planes where the gap between them is too wide. */
function stacksOf<File>(group: Parallel<File>, region: Region): Stack<File>[] {
  const between = volumeRules().voxels[group.kind]?.between ?? 0;
  const runs: StackedPlane<File>[][] = [];
  let run: StackedPlane<File>[] = [];
  for (const plane of [...group.planes].sort((a, b) => a.at - b.at)) {
    const last = run[run.length - 1];
    if (last !== undefined && plane.at - last.at < SAME_PLACE) continue;
    if (last === undefined || plane.at - last.at > between) {
      run = [];
      runs.push(run);
    }
    run.push(plane);
  }
  const { kind, orientation, rows, columns, spacing } = group;
  return runs.map((planes) => ({
    kind,
    region,
    orientation,
    rows,
    columns,
    spacing,
    planes,
    extent: extentOf(group, planes),
  }));
}

/** How far the box of a stack reaches along the patient's axes. */
function extentOf<File>(
  { orientation, rows, columns, spacing }: Parallel<File>,
  planes: readonly StackedPlane<File>[],
): Extent {
  const [first, last] = [planes[0], planes[planes.length - 1]];
  const depth = first === undefined || last === undefined ? 0 : last.at - first.at + first.thickness;
  const [width, height] = [columns * spacing[1], rows * spacing[0]];
  const normal = normalOf(orientation);
  const along = (axis: 0 | 1 | 2): number =>
    Math.abs(orientation[axis]) * width +
    Math.abs(orientation[(axis + 3) as 3 | 4 | 5]) * height +
    Math.abs(normal[axis]) * depth;
  return { leftRight: along(0), frontBack: along(1), headFoot: along(2) };
}
