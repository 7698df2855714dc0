import type { SecondReading } from '../audit/dicom/second-reader.ts';
import type { DicomFile } from '../dicom/element.ts';
import { textsAt } from '../mask/dicom/subject.ts';
import type { Locus } from '../model/passage.ts';

const EQUIPMENT = ['Manufacturer', 'ManufacturerModelName', 'SoftwareVersions'];

/** Manufacturer, model and software versions of a file: words of its own that are no identifiers there. */
export function equipmentOf(file: DicomFile): string[] {
  return EQUIPMENT.flatMap((keyword) => textsAt(file, keyword)).flatMap((text) => [
    text,
    ...text.split('\\'),
  ]);
}

/** Bytes in which a hit needs more characters, and where a finding in them is said to be. */
export interface BulkRange {
  readonly start: number;
  readonly end: number;
  readonly locus?: Locus;
}

/** Pixel data and other samples: long binary values, in which a short match is chance. */
export function bulkRanges(reading: SecondReading): BulkRange[] {
  return reading.elements.flatMap(({ vr, meta, valueStart, length, fragments }) => {
    if (fragments !== undefined) {
      return fragments.map((fragment) => ({
        start: fragment.valueStart,
        end: fragment.valueStart + fragment.length,
        locus: 'codestream',
      }));
    }
    const isBinary =
      vr === undefined ? length > 1024 : ['OB', 'OW', 'OF', 'OD', 'OL', 'OV', 'UN'].includes(vr);
    return !meta && isBinary && length > 64 ? [{ start: valueStart, end: valueStart + length }] : [];
  });
}
