import type { HipaaCategory } from '../model/category.ts';
import { unitsOfYear } from '../model/units-of-year.ts';
import { readRulesYaml } from '../rules.ts';
import { isKnownType } from './field-types.ts';

/** What OBX-3, OBX-6 and OBX-7 say of the value in OBX-5 (chapter 7.4.2). */
export interface Observation {
  /** OBX-2 in upper case; '' where it is empty. */
  readonly type: string;
  /** OBX-3: both identifiers with their systems, and all texts. */
  readonly codes: readonly { readonly code: string; readonly system: string }[];
  readonly texts: readonly string[];
  readonly unit: string;
  /** OBX-7. */
  readonly range: string;
}

/** What is observed, where that decides over the data type. */
export interface Concept {
  readonly name: string;
  readonly category: HipaaCategory;
  readonly kind?: 'name' | 'id' | 'date' | 'uid' | 'phone' | 'email' | 'address';
  /** What masking does to each text: an action of rules/hl7/types.yaml. */
  readonly do: { readonly do: string };
  /** Data types that say as much by themselves. */
  readonly own: ReadonlySet<string>;
  /** Form of the texts that the concept speaks of; a flag or a remark in their place is only text. */
  readonly value: RegExp;
}

interface ConceptRow {
  readonly category: HipaaCategory;
  readonly kind?: Concept['kind'];
  readonly codes?: readonly string[];
  readonly words?: readonly string[];
  readonly but?: readonly string[];
  readonly own?: readonly string[];
  readonly value?: string;
  readonly do: { readonly do: string };
}

interface Compiled {
  readonly byCode: ReadonlyMap<string, Concept>;
  readonly byWords: readonly { words: readonly RegExp[]; but: readonly RegExp[]; concept: Concept }[];
}

let compiled: Compiled | undefined;

/** The concept of an observation, by its codes, else by its words (rules/hl7/concepts.yaml). */
export function conceptOf({ codes, texts }: Pick<Observation, 'codes' | 'texts'>): Concept | undefined {
  const { byCode, byWords } = rules();
  for (const { code, system } of codes) {
    // LOINC codes hold a hyphen and a check digit and are unmistakable; DCM codes are bare numbers.
    const key = code.includes('-') ? code : `${system.toUpperCase()}:${code}`;
    const concept = byCode.get(key);
    if (concept !== undefined) return concept;
  }
  const words = texts.filter((text) => text !== '');
  const spoken = (words.length > 0 ? words : codes.map(({ code }) => code)).map(plain);
  return byWords.find(
    (row) =>
      spoken.some((text) => row.words.some((pattern) => pattern.test(text))) &&
      !spoken.some((text) => row.but.some((pattern) => pattern.test(text))),
  )?.concept;
}

/** `MOTHER_S  NAME` as `MOTHER S NAME`: words apart by one space each. */
const plain = (text: string): string =>
  text
    .replace(/’/g, "'")
    .replace(/[\s_]+/g, ' ')
    .trim();

const NUMBER = /^\s*(?:[<>=≤≥~]{0,2}\s*)?[-+]?\d+(?:[.,]\d+)?%?\s*$/;

/**
 * Whether a text is a number that was measured: it has a unit or a reference range, or a comparator (SN). Such a number is
 * no date and no identifier, whatever it looks like.
 */
export function isMeasured({ type, unit, range }: Observation, text: string, comparator = ''): boolean {
  if (type === 'NM' || type === 'SN') return unit !== '' || range !== '' || comparator !== '';
  return TEXTS.has(type) && (unit !== '' || range !== '') && NUMBER.test(text);
}

const TEXTS: ReadonlySet<string> = new Set(['ST', 'TX', 'FT', '']);

/** The age in years that a text shows, with its unit in it or apart (UCUM, braces and letter case left aside). */
export function yearsOf(text: string, unit: string): number | undefined {
  const match = /^\s*[<>]?=?\s*(\d+(?:\.\d+)?)\s*([A-Za-z]*)/.exec(text);
  if (match === null) return undefined;
  return Number(match[1]) / unitsOfYear(match[2] || unit);
}

/** Whether any version of the standard has a data type that OBX-2 names: `CM` and `VARIES` say nothing. */
export function isNamedType(type: string): boolean {
  return type === '' || isKnownType(type);
}

function rules(): Compiled {
  compiled ??= compile(readRulesYaml<{ concepts: Record<string, ConceptRow> }>('hl7/concepts.yaml'));
  return compiled;
}

function compile(file: { concepts: Record<string, ConceptRow> }): Compiled {
  const patterns = (sources: readonly string[] = []) => sources.map((source) => new RegExp(source, 'iu'));
  const byCode = new Map<string, Concept>();
  const byWords = Object.entries(file.concepts).map(([name, row]) => {
    const concept: Concept = {
      name,
      category: row.category,
      ...(row.kind && { kind: row.kind }),
      do: row.do,
      own: new Set(row.own),
      value: new RegExp(row.value ?? '\\S', 'u'),
    };
    for (const code of row.codes ?? []) byCode.set(code, concept);
    return { words: patterns(row.words), but: patterns(row.but), concept };
  });
  return { byCode, byWords };
}
