import type { PatientKey } from '../../crosswalk/codes.ts';
import type { KnownIdentifier } from '../../detect/detector.ts';
import type { CharacterSets } from '../../dicom/character-sets.ts';
import type { DataElement, DicomFile } from '../../dicom/element.ts';
import { tagId } from '../../dicom/tag.ts';
import { isText, textValue } from '../../dicom/values.ts';
import { isRegisteredUid } from '../../model/standard-uid.ts';
import { secondsOfDay } from '../actions/times.ts';
import type { Survey } from '../masking.ts';
import { type Content, contentOf, TEXT_VALUE } from './content.ts';
import { effectiveVr } from './policy.ts';
import { characterSetsOf, subjectOf } from './subject.ts';
import { type ElementTables, elementTables } from './tables.ts';

const PATIENT_ID = '00100020';
const ISSUER = '00100021';
const OTHER_IDS = '00101002';
const BIRTH_TIME = '00100032';

/** Whose a file is, its times of day and the identifiers that it holds at any depth (the masker's view of them). */
export function surveyDicom(file: DicomFile): Survey {
  const survey = new DicomSurvey(file);
  const { study, patient } = subjectOf(file);
  const patients = patient === undefined ? [] : [[patient, ...survey.otherIds]];
  const studyTimes =
    survey.earliest === undefined || study === '' ? new Map() : new Map([[study, survey.earliest]]);
  return { patients, known: survey.known, studyTimes };
}

/** The time of day of a DT, without its zone. */
const timeOf = (text: string): string => text.replace(/[+-]\d{4}$/, '').slice(8);

class DicomSurvey {
  readonly known: KnownIdentifier[] = [];
  readonly otherIds: PatientKey[] = [];
  earliest: number | undefined;
  readonly #file: DicomFile;
  readonly #tables: ElementTables = elementTables();

  constructor(file: DicomFile) {
    this.#file = file;
    this.#walk(file.dataSet, characterSetsOf(file, file.dataSet), {}, false);
  }

  #walk(elements: readonly DataElement[], sets: CharacterSets, content: Content, isOtherId: boolean): void {
    let id = '';
    let issuer = '';
    for (const element of elements) {
      const vr = effectiveVr(element, this.#tables);
      const tag = tagId(element.tag);
      for (const item of element.items ?? []) {
        const own = characterSetsOf(this.#file, item.elements, sets);
        const inside = contentOf(this.#file, element, item.elements, own, content);
        this.#walk(item.elements, own, inside, tag === OTHER_IDS);
      }
      if (!isText(vr) || element.valueEnd === element.valueStart) continue;
      const { text } = textValue(this.#file.body, element, sets, vr);
      if (tag === PATIENT_ID) id = text.trim();
      if (tag === ISSUER) issuer = text.trim();
      const { identifying } = content;
      if (element.tag === TEXT_VALUE && identifying !== undefined)
        this.#add({ value: text, category: identifying.category, kind: identifying.kind });
      else this.#learn(tag, vr, text);
    }
    if (isOtherId && id !== '') this.otherIds.push({ id, issuer });
  }

  #learn(tag: string, vr: string, text: string): void {
    const listed = this.#tables.identifying.get(tag);
    if (listed !== undefined) {
      const [category, kind] = listed;
      for (const value of vr === 'LT' || vr === 'ST' ? [text] : text.split('\\'))
        this.#add({ value, category, kind });
    } else if (vr === 'PN') {
      for (const value of text.split('\\')) this.#add({ value, category: 'A', kind: 'name' });
    } else if (vr === 'UI' && !this.#tables.classUids.has(tag)) {
      for (const value of text.split('\\'))
        if (!isRegisteredUid(value)) this.#add({ value, category: 'R', kind: 'uid' });
    } else if ((vr === 'TM' || vr === 'DT') && tag !== BIRTH_TIME) {
      const first = text.split('\\')[0] ?? '';
      const seconds = secondsOfDay(vr === 'DT' ? timeOf(first) : first);
      if (seconds !== undefined && (this.earliest === undefined || seconds < this.earliest))
        this.earliest = seconds;
    }
  }

  #add(identifier: KnownIdentifier): void {
    if (identifier.value.trim() !== '') this.known.push(identifier);
  }
}
