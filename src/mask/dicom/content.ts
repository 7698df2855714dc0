import type { CharacterSets } from '../../dicom/character-sets.ts';
import {
  type Concept,
  type IdentifyingConcept,
  identifyingConcept,
  isAgeConcept,
} from '../../dicom/content-concepts.ts';
import type { DataElement, DicomFile } from '../../dicom/element.ts';
import { findElement } from '../../dicom/file.ts';
import { asciiValue, textValue } from '../../dicom/values.ts';
import type { Action } from '../../model/action.ts';

const CONCEPT_NAME = 0x0040a043;
const MEASURED_VALUE = 0x0040a300;
const MEASUREMENT_UNITS = 0x004008ea;
const CODE_VALUE = 0x00080100;
const CODING_SCHEME = 0x00080102;
const CODE_MEANING = 0x00080104;
const LONG_CODE_VALUE = 0x00080119;
/** Text Value of a TEXT content item, Numeric Value of a NUM one (PS3.3 C.17.3, C.18.1). */
export const TEXT_VALUE = 0x0040a160;
export const NUMERIC_VALUE = 0x0040a30a;

/** What an item of content says of the values in it. */
export interface Content {
  readonly identifying?: IdentifyingConcept | undefined;
  /** Unit in which a number here is an age. */
  readonly ageUnit?: string | undefined;
}

/**
 * What the concept name of an item says of its values; the number of a NUM item stands one level further down and is about
 * what the item around it (`outer`) is about. Ages are in years where no unit is given.
 */
export function contentOf(
  file: DicomFile,
  owner: DataElement,
  elements: readonly DataElement[],
  sets: CharacterSets,
  outer: Content,
): Content {
  if (owner.tag === MEASURED_VALUE) {
    const unit = codeIn(file, elements, MEASUREMENT_UNITS, sets)?.code;
    return { ...outer, ...(outer.ageUnit !== undefined && unit && { ageUnit: unit }) };
  }
  const concept = codeIn(file, elements, CONCEPT_NAME, sets);
  if (concept === undefined) return {};
  return { identifying: identifyingConcept(concept), ageUnit: isAgeConcept(concept) ? 'a' : undefined };
}

/** The action on a value that its concept says identifies. */
export function identifyingAction({ standIn }: IdentifyingConcept, tag: number): Action {
  return standIn === 'removed' || tag === NUMERIC_VALUE
    ? { do: 'dummy' }
    : { do: 'pseudonym', domain: standIn };
}

/** The first item of a code sequence. */
function codeIn(
  file: DicomFile,
  elements: readonly DataElement[],
  tag: number,
  sets: CharacterSets,
): Concept | undefined {
  const item = findElement(elements, tag)?.items?.[0]?.elements;
  if (item === undefined) return undefined;
  const ascii = (of: number): string => {
    const element = findElement(item, of);
    return element === undefined ? '' : asciiValue(file.body, element).trim();
  };
  const meaning = findElement(item, CODE_MEANING);
  return {
    code: ascii(CODE_VALUE) || ascii(LONG_CODE_VALUE),
    scheme: ascii(CODING_SCHEME),
    meaning: meaning === undefined ? '' : textValue(file.body, meaning, sets).text.trim(),
  };
}
