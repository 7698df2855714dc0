import { readDicom } from '../../../dicom/file.ts';
import { pixelsOfFile } from '../../../dicom/pixels/of-file.ts';
import { openStored } from '../../../dicom/pixels/stored.ts';
import type { CoarseBuilder, PlacedPlane } from '../../../dicom/volume/coarse.ts';
import { PhiGateError } from '../../../errors.ts';
import type { Limits } from '../../../project/schema.ts';
import type { ByteSource } from '../../../splice.ts';

/**
 * Reads the cross-sections of a file into a volume.
 * @throws PhiGateError where one of them cannot be read: a volume with a hole is none.
 */
export async function takeSlices(
  source: ByteSource,
  planes: readonly PlacedPlane[],
  builder: CoarseBuilder,
  limits: Limits,
): Promise<void> {
  const pixels = pixelsOfFile(readDicom(source, limits));
  if (pixels === undefined) throw new PhiGateError('unsupported', 'a slice of the series has no pixels');
  const { description, data } = pixels;
  // Of inverted grey the darkest value is no air, and colours have none.
  if (description.photometric !== 'MONOCHROME2' || description.samplesPerPixel !== 1)
    throw new PhiGateError('unsupported', 'the slices are not plain grey pictures');
  const reader = openStored(description, data, limits);
  for (const plane of planes) {
    const frame = await reader.read(plane.frame);
    if (frame.state === 'not-run') throw new PhiGateError('unsupported', frame.why);
    builder.add(plane, { rows: description.rows, columns: description.columns, values: frame.values });
  }
}
