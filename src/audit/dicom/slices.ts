import { readDicom } from '../../dicom/file.ts';
import { openStored } from '../../dicom/pixels/stored.ts';
import type { CoarseBuilder, PlacedPlane } from '../../dicom/volume/coarse.ts';
import { PhiGateError } from '../../errors.ts';
import type { FileSource } from '../../input/file-source.ts';
import { type BlackedOut, boxesOfFrame } from '../../model/redaction.ts';
import type { Limits } from '../../project/schema.ts';
import { isAir } from '../blank-proof.ts';
import { pixelsOf } from './pixel-data.ts';
import { readSecond } from './second-reader.ts';

/**
 * Reads the cross-sections of a file into a volume, as the second reader sees them.
 * @returns whether there is nothing but air in what is said to be blank
 * @throws PhiGateError where one of them cannot be read
 */
export async function auditSlices(
  source: FileSource,
  planes: readonly PlacedPlane[],
  builder: CoarseBuilder,
  blank: readonly BlackedOut[],
  limits: Limits,
): Promise<boolean> {
  const file = readDicom(source, limits);
  const pixels = pixelsOf(readSecond(source, file, limits), file.transferSyntax, file.body);
  if (pixels === undefined) throw new PhiGateError('unsupported', 'a slice of the series has no pixels');
  const { description, data } = pixels;
  const reader = openStored(description, data, limits);
  for (const plane of planes) {
    const frame = await reader.read(plane.frame);
    if (frame.state === 'not-run') throw new PhiGateError('unsupported', frame.why);
    if (!isAir(frame.values, description, boxesOfFrame(blank, plane.frame))) return false;
    builder.add(plane, { rows: description.rows, columns: description.columns, values: frame.values });
  }
  return true;
}
