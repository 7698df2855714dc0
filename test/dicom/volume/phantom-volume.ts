import { CoarseBuilder, type CoarseVolume, type PlacedPlane } from '../../../src/dicom/volume/coarse.ts';
import type { Orientation } from '../../../src/dicom/volume/planes.ts';
import type { PhantomSeries } from './head-phantom.ts';

/** Whichever way the planes lie. */
export const ORIENTATIONS: readonly (readonly [name: string, orientation: Orientation])[] = [
  ['axial', [1, 0, 0, 0, 1, 0]],
  ['sagittal', [0, 1, 0, 0, 0, -1]],
  ['coronal', [1, 0, 0, 0, 0, -1]],
  ['axial, upside down and mirrored', [-1, 0, 0, 0, -1, 0]],
  ['tilted by 15 degrees', [1, 0, 0, 0, Math.cos(0.26), -Math.sin(0.26)]],
];

/** Planes of a phantom series, as its files would state them. */
export function planesOfPhantom({ protocol, pointOf }: PhantomSeries): PlacedPlane[] {
  const { orientation, pixel, thickness, slices, rescale = [1, 0] } = protocol;
  return Array.from({ length: slices }, (_, slice) => ({
    frame: 0,
    at: slice * thickness,
    orientation: orientation as unknown as Orientation,
    spacing: [pixel, pixel] as const,
    thickness,
    position: pointOf(slice, 0, 0),
    rescale,
  }));
}

/** The volume of a phantom series, its stored values as `change` gives them. */
export function volumeOfPhantom(
  series: PhantomSeries,
  change: (value: number, slice: number, row: number, column: number) => number = (value) => value,
): CoarseVolume {
  const { protocol } = series;
  const [rows, columns] = protocol.size;
  const planes = planesOfPhantom(series);
  const builder = new CoarseBuilder(planes, rows, columns);
  for (const [slice, plane] of planes.entries()) {
    const stored = protocol.pixels?.(slice) ?? new Uint16Array(0);
    const values = stored.map((value, i) => change(value, slice, Math.floor(i / columns), i % columns));
    builder.add(plane, { rows, columns, values });
  }
  return builder.finish();
}
