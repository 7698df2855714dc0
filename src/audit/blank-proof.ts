import { rowRuns } from '../dicom/pixels/boxes.ts';
import type { SampleArray } from '../dicom/pixels/samples.ts';
import type { BlackedOut } from '../model/redaction.ts';

/** Whether all pixels of some boxes have one value, and none of the frame is darker: what is air shows nothing. */
export function isAir(
  values: SampleArray,
  size: { readonly rows: number; readonly columns: number },
  boxes: readonly BlackedOut['box'][],
): boolean {
  const runs = rowRuns(boxes, size);
  const [first] = runs;
  if (first === undefined) return true;
  const air = values[first.y * size.columns + first.start] ?? 0;
  for (const { y, start, end } of runs)
    for (let at = y * size.columns + start; at < y * size.columns + end; at++)
      if (values[at] !== air) return false;
  return values.every((value) => value >= air);
}
