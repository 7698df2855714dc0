import type { DataElement, DicomFile } from '../../dicom/element.ts';
import { findElement } from '../../dicom/file.ts';
import { asciiValue } from '../../dicom/values.ts';
import { elementTables } from './tables.ts';

const CONCEPT_NAME = 0x0040a043;
const CONTENT_SEQUENCE = 0x0040a730;
const MEASURED_VALUE = 0x0040a300;
const MEASUREMENT_UNITS = 0x004008ea;
const CODE_VALUE = 0x00080100;

/** Numeric Value of a NUM content item (PS3.3 C.18.1). */
export const NUMERIC_VALUE = 0x0040a30a;

/**
 * The unit in which a number inside an item is an age, where it is one: the item's concept, or that of the content item
 * around it (`inherited`), names an age. Years where no unit is given.
 */
export function ageUnitOf(
  file: DicomFile,
  owner: DataElement,
  elements: readonly DataElement[],
  inherited: string | undefined,
): string | undefined {
  if (owner.tag === MEASURED_VALUE && inherited !== undefined)
    return codeOf(file, elements, MEASUREMENT_UNITS) || 'a';
  if (owner.tag !== CONTENT_SEQUENCE) return undefined;
  return elementTables().ageConcepts.has(codeOf(file, elements, CONCEPT_NAME)) ? 'a' : undefined;
}

/** Code Value in the first item of a code sequence; '' where there is none. */
function codeOf(file: DicomFile, elements: readonly DataElement[], tag: number): string {
  const item = findElement(elements, tag)?.items?.[0];
  const value = item === undefined ? undefined : findElement(item.elements, CODE_VALUE);
  return value === undefined ? '' : asciiValue(file.body, value).trim();
}
