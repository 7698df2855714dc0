import type { DataElement, DicomFile } from '../../../dicom/element.ts';
import { findElement } from '../../../dicom/file.ts';
import type { PixelDescription } from '../../../dicom/pixels/description.ts';
import type { Box } from '../../../dicom/pixels/image.ts';
import { valueBytes } from '../../../dicom/values.ts';

const REGIONS = 0x00186011;
/** Region Location Min X0, Min Y0, Max X1, Max Y1. */
const LOCATION = [0x00186018, 0x0018601a, 0x0018601c, 0x0018601e];

/**
 * Everything outside the calibrated regions of an ultrasound picture (0018,6011), PS3.3 C.8.5.5: what the device itself calls
 * image lies inside. Nothing where the file has no region, or one that is no part of the picture: nobody could tell then.
 */
export function outsideUltrasoundRegions(
  file: DicomFile,
  { rows, columns }: Pick<PixelDescription, 'rows' | 'columns'>,
): Box[] {
  const regions = (findElement(file.dataSet, REGIONS)?.items ?? []).map(({ elements }) =>
    LOCATION.map((tag) => unsignedLong(file, findElement(elements, tag))),
  );
  if (regions.length === 0) return [];
  const inside: (readonly [left: number, top: number, right: number, bottom: number])[] = [];
  for (const [left, top, right, bottom] of regions) {
    if (left === undefined || top === undefined || right === undefined || bottom === undefined) return [];
    if (left >= right || top >= bottom || right > columns || bottom > rows) return [];
    inside.push([left, top, Math.min(columns, right + 1), Math.min(rows, bottom + 1)]);
  }
  return bands(inside, rows).flatMap(([top, bottom]) =>
    gaps(
      inside.filter(([, from, , to]) => from < bottom && to > top).map(([left, , right]) => [left, right]),
      columns,
    ).map(([left, right]): Box => [left, top, right - left, bottom - top]),
  );
}

/** Stretches of rows between the edges of regions. */
function bands(
  inside: readonly (readonly [number, number, number, number])[],
  rows: number,
): [number, number][] {
  const edges = [...new Set([0, rows, ...inside.flatMap(([, top, , bottom]) => [top, bottom])])];
  const sorted = edges.sort((a, b) => a - b);
  return sorted.slice(1).map((edge, i) => [sorted[i] ?? 0, edge]);
}

/** What spans leave of `[0, columns)`. */
function gaps(spans: readonly (readonly [number, number])[], columns: number): [number, number][] {
  const left: [number, number][] = [];
  let at = 0;
  for (const [start, end] of [...spans].sort((a, b) => a[0] - b[0])) {
    if (start > at) left.push([at, start]);
    at = Math.max(at, end);
  }
  if (at < columns) left.push([at, columns]);
  return left;
}

function unsignedLong(file: DicomFile, element: DataElement | undefined): number | undefined {
  if (element === undefined) return undefined;
  const bytes = valueBytes(file.body, element);
  if (bytes.length < 4) return undefined;
  return new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0, element.encoding.littleEndian);
}
