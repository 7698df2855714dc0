import { readDicom } from '../dicom/file.ts';
import type { PlacedPlane } from '../dicom/volume/coarse.ts';
import { planesOf } from '../dicom/volume/planes.ts';
import { Series, type StackedPlane } from '../dicom/volume/stacks.ts';
import type { Limits } from '../project/schema.ts';
import { type Item, withFile } from './item.ts';

/** A series of which every plane is there, in one volume. */
export interface WholeSeries {
  readonly kind: string;
  readonly rows: number;
  readonly columns: number;
  /** The planes of each file. */
  readonly files: ReadonlyMap<Item, readonly PlacedPlane[]>;
}

export interface NotWhole {
  readonly why: string;
}

/** Head and neck, in millimetres; in what is longer a face is not looked for. */
const LONGEST = 400;
/** So much further than usual from one slice to the next, and a slice is missing. */
const GAP = 1.5;

/**
 * The planes of a series, if they are one volume with nothing missing: all parallel, of one size, each at a place of its own that is
 * stated, evenly apart. Read afresh from the files that `pathOf` names.
 */
export function wholeSeries(
  items: readonly Item[],
  pathOf: (item: Item) => Buffer | string,
  limits: Limits,
): WholeSeries | NotWhole {
  const series = new Series<Item>();
  let count = 0;
  for (const item of items) {
    const planes = withFile(pathOf(item), (source) => planesOf(readDicom(source, limits)));
    if (planes === undefined) return { why: 'a file of the series is no slice of it' };
    series.add(item, planes);
    count += planes.planes.length;
  }
  const stacks = [...series.stacks()].flatMap(([, all]) => all);
  const [stack] = stacks;
  if (stack === undefined || stacks.length > 1 || stack.planes.length !== count)
    return {
      why: 'the slices of the series are not one volume: some are missing, doubled, or lie another way',
    };
  if (stack.kind !== 'CT' && stack.kind !== 'MR') return { why: 'faces are blanked in CT and MR alone' };
  if (stack.extent.headFoot > LONGEST) return { why: 'the series shows more than a head and a neck' };
  if (!isEven(stack.planes)) return { why: 'slices of the series are missing' };
  const files = new Map<Item, PlacedPlane[]>();
  for (const plane of stack.planes) {
    const { position } = plane;
    if (position === undefined) return { why: 'the slices do not state where they lie in the patient' };
    const planes = files.get(plane.file);
    if (planes === undefined) files.set(plane.file, [{ ...plane, position }]);
    else planes.push({ ...plane, position });
  }
  const { kind, rows, columns } = stack;
  return { kind, rows, columns, files };
}

function isEven(planes: readonly StackedPlane<Item>[]): boolean {
  const gaps = planes.slice(1).map((plane, i) => plane.at - (planes[i]?.at ?? plane.at));
  const usual = [...gaps].sort((a, b) => a - b)[gaps.length >> 1] ?? 0;
  return gaps.every((gap) => gap <= GAP * usual);
}
