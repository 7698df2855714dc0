import type { PatientKey } from '../../crosswalk/codes.ts';
import { CharacterSets } from '../../dicom/character-sets.ts';
import { idOfKeyword, lookup, repeatingId } from '../../dicom/dictionary.ts';
import type { DataElement, DicomFile } from '../../dicom/element.ts';
import { findElement } from '../../dicom/file.ts';
import { numberTexts } from '../../dicom/numbers.ts';
import type { Tag } from '../../dicom/tag.ts';
import { tagId } from '../../dicom/tag.ts';
import { asciiValue, isText, textValue } from '../../dicom/values.ts';
import { type DicomStep, parseDicomAt } from '../../project/at.ts';
import { isAgeOver89 } from '../actions/age.ts';

/** Whose a file is and what it is of: what masking and the filters of project.yaml ask for. */
export interface Subject {
  readonly patient: PatientKey | undefined;
  readonly study: string;
  readonly order: string;
  readonly sopClass: string;
  readonly sopInstance: string;
  readonly modality: string;
  /** `YYYYMMDD`, '' where there is none. */
  readonly studyDate: string;
  readonly hasPixels: boolean;
  /** Patient's Age says more than 89 years. */
  readonly isOver89: boolean;
}

const PIXELS = [0x7fe00010, 0x7fe00008, 0x7fe00009];

/** The character sets of a data set or item; `inherited` where it names none (PS3.3 C.12.1.1.2). */
export function characterSetsOf(
  file: DicomFile,
  elements: readonly DataElement[],
  inherited?: CharacterSets,
): CharacterSets {
  const element = findElement(elements, 0x00080005);
  if (element === undefined) return inherited ?? new CharacterSets([]);
  return new CharacterSets(asciiValue(file.body, element).split('\\'));
}

/** Reads the identity of a file from its top level. */
export function subjectOf(file: DicomFile): Subject {
  const sets = characterSetsOf(file, file.dataSet);
  const text = (tag: number): string => {
    const element = findElement(file.dataSet, tag);
    return element === undefined || element.items ? '' : textValue(file.body, element, sets).text.trim();
  };
  const id = text(0x00100020);
  return {
    patient: id === '' ? undefined : { id, issuer: text(0x00100021) },
    study: text(0x0020000d),
    order: text(0x00080050),
    sopClass: text(0x00080016) || metaText(file, 0x00020002),
    sopInstance: text(0x00080018) || metaText(file, 0x00020003),
    modality: text(0x00080060),
    studyDate: text(0x00080020).replaceAll('.', ''),
    hasPixels: PIXELS.some((tag) => findElement(file.dataSet, tag) !== undefined),
    isOver89: isAgeOver89(text(0x00101010)),
  };
}

function metaText(file: DicomFile, tag: number): string {
  const element = findElement(file.meta, tag);
  // The meta group of a deflated file is not in `body`; its UIDs are repeated in the data set anyway.
  return element === undefined || file.inflated !== undefined ? '' : asciiValue(file.body, element);
}

/**
 * Texts of every element that an `at` of project.yaml names, for conditions and filters. Numbers are written in decimal.
 * A single keyword or tag looks at the top level alone.
 */
export function textsAt(file: DicomFile, at: string): string[] {
  const steps = parseDicomAt(at) ?? [];
  return collect(file, file.dataSet, steps, characterSetsOf(file, file.dataSet));
}

function collect(
  file: DicomFile,
  elements: readonly DataElement[],
  steps: readonly DicomStep[],
  sets: CharacterSets,
): string[] {
  const [step, ...rest] = steps;
  if (step === undefined) return [];
  const named = elements.filter((element) => isNamed(step, element));
  if (rest.length === 0) return named.map((element) => plainText(file, element, sets));
  return named.flatMap((element) =>
    (element.items ?? []).flatMap((item) =>
      collect(file, item.elements, rest, characterSetsOf(file, item.elements, sets)),
    ),
  );
}

function isNamed(step: DicomStep, element: DataElement): boolean {
  const id = tagId(element.tag);
  if (step.kind === 'keyword') return idOfKeyword(step.pattern) === repeatingId(id);
  if (step.kind === 'tag') return [...step.pattern].every((digit, i) => digit === 'X' || digit === id[i]);
  return element.creator === step.creator && id.startsWith(step.group) && id.endsWith(step.element);
}

function plainText(file: DicomFile, element: DataElement, sets: CharacterSets): string {
  const vr = element.vr === 'UN' ? (lookup(element.tag as Tag)?.vr ?? 'UN') : element.vr;
  if (isText(vr)) return textValue(file.body, element, sets, vr).text.trim();
  return numberTexts(file.body, element).join('\\');
}
