import type { HipaaCategory } from '../model/category.ts';
import { readRulesYaml } from '../rules.ts';

/** The concept name of a content item (PS3.3 Table 10.9.2-1): what its value is. Empty strings where it says nothing. */
export interface Concept {
  readonly code: string;
  /** Coding Scheme Designator. */
  readonly scheme: string;
  readonly meaning: string;
}

/** What a concept says of a text: whose identifier it is. */
export interface IdentifyingConcept {
  readonly category: HipaaCategory;
  readonly kind: 'name' | 'id' | 'address' | 'phone' | 'email' | 'date' | 'other';
  /** What takes its place: a code of the crosswalk, or nothing but a placeholder. */
  readonly standIn: 'patient' | 'order' | 'specimen' | 'removed';
}

type Row = readonly [HipaaCategory, IdentifyingConcept['kind'], IdentifyingConcept['standIn']];

interface ContentFile {
  readonly identifying: Readonly<Record<string, Row>>;
  readonly meanings: readonly (readonly [...Row, string])[];
  readonly ages: { readonly codes: readonly string[]; readonly meaning: string; readonly but: string };
}

interface Compiled {
  readonly identifying: ReadonlyMap<string, IdentifyingConcept>;
  readonly meanings: readonly (readonly [RegExp, IdentifyingConcept])[];
  readonly ages: { readonly codes: ReadonlySet<string>; readonly meaning: RegExp; readonly but: RegExp };
}

/** Designators of SNOMED CT, now and before (PS3.16 8.1). */
const SNOMED = new Set(['SCT', 'SRT', 'SNM3', '99SDM']);

let compiled: Compiled | undefined;

/** Whether text under a concept identifies somebody or something, by its code or by what it means. */
export function identifyingConcept(concept: Concept): IdentifyingConcept | undefined {
  const { identifying, meanings } = rules();
  const byCode = identifying.get(keyOf(concept));
  if (byCode !== undefined) return byCode;
  const meaning = concept.meaning.trim();
  return meaning === '' ? undefined : meanings.find(([pattern]) => pattern.test(meaning))?.[1];
}

/** Whether a number under a concept is the age of a person; a pregnancy, a bone and an implant have ages too. */
export function isAgeConcept(concept: Concept): boolean {
  const { codes, meaning, but } = rules().ages;
  if (codes.has(keyOf(concept)) || codes.has(concept.code)) return true;
  return meaning.test(concept.meaning) && !but.test(concept.meaning);
}

function keyOf({ code, scheme }: Concept): string {
  if (scheme === '' || scheme === 'DCM') return code;
  return `${SNOMED.has(scheme) ? 'SCT' : scheme}:${code}`;
}

function rules(): Compiled {
  if (compiled !== undefined) return compiled;
  const file = readRulesYaml<ContentFile>('dicom/content.yaml');
  const { codes, meaning, but } = file.ages;
  compiled = {
    identifying: new Map(Object.entries(file.identifying).map(([code, row]) => [code, ofRow(row)])),
    meanings: file.meanings.map(([category, kind, standIn, pattern]) => [
      new RegExp(pattern, 'iu'),
      ofRow([category, kind, standIn]),
    ]),
    // The codes of the list are looked for under any scheme: senders often leave the scheme of a LOINC code out.
    ages: {
      codes: new Set(codes.map((code) => code.slice(code.indexOf(':') + 1)).concat(codes)),
      meaning: new RegExp(meaning, 'iu'),
      but: new RegExp(but, 'iu'),
    },
  };
  return compiled;
}

function ofRow([category, kind, standIn]: Row): IdentifyingConcept {
  return { category, kind, standIn };
}
