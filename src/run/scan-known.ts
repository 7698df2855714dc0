import { readSecond } from '../audit/dicom/second-reader.ts';
import { readHl7Second } from '../audit/hl7/second-reader.ts';
import { knownOfDicomOriginal, knownOfHl7Original } from '../audit/known-from-original.ts';
import type { KnownIdentifier } from '../detect/detector.ts';
import { readDicom } from '../dicom/file.ts';
import { planesOf } from '../dicom/volume/planes.ts';
import { PhiGateError } from '../errors.ts';
import type { FoundFile } from '../input/walk.ts';
import { hasCodeForm } from '../model/code-form.ts';
import type { Limits } from '../project/schema.ts';
import type { VolumeCheck } from './head-volumes.ts';
import { sniffFile } from './inventory.ts';
import { withFile } from './item.ts';

/**
 * Identifiers that stand in typed places of a file: a name in an attribute for names is looked for in every other place of
 * the data set. Cross-sections join their series in `volumes`. Codes of ours and UIDs are judged where they stand. A file that cannot be read teaches nothing here; the
 * scan itself says why.
 */
export function identifiersOf(file: FoundFile, limits: Limits, volumes: VolumeCheck): KnownIdentifier[] {
  try {
    const sniffed = sniffFile(file);
    return withFile(file.path, (source) => {
      if (sniffed === 'dicom' || sniffed === 'dicomdir') {
        const dicom = readDicom(source, limits);
        volumes.add(file.path, planesOf(dicom));
        return knownOfDicomOriginal(readSecond(source, dicom, limits));
      }
      if (sniffed !== 'hl7' || source.size > limits.messageBytes) return [];
      return knownOfHl7Original(readHl7Second(Buffer.from(source.read(0, source.size))));
    }).filter(({ kind, value }) => kind !== 'uid' && !hasCodeForm(value));
  } catch (error) {
    if (error instanceof PhiGateError) return [];
    throw error;
  }
}
