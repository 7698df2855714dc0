import { typeTable } from '../hl7/field-types.ts';
import type { HipaaCategory } from '../model/category.ts';
import { readRulesYaml } from '../rules.ts';
import { type DicomStep, type Hl7At, parseDicomAt, parseHl7At } from './at.ts';
import { attributesOf } from './dictionary.ts';

/** A kind of identifier that a place of a rule holds. */
export interface PlaceIdentifier {
  readonly category: HipaaCategory;
  /** One of the 16 direct identifiers that a limited data set may not hold (164.514(e)(2)). */
  readonly direct: boolean;
}

interface DicomFile {
  readonly byVr: Readonly<Record<string, HipaaCategory>>;
  readonly classUids: readonly string[];
  readonly untyped: readonly string[];
  readonly byKeyword: Readonly<Partial<Record<HipaaCategory, readonly string[]>>>;
  readonly byTag: Readonly<Record<string, HipaaCategory>>;
}

interface Hl7File {
  readonly byType: Readonly<Record<string, Readonly<Record<string, HipaaCategory>>>>;
  readonly byIdentifierType: Readonly<Partial<Record<HipaaCategory, readonly string[]>>>;
  readonly byTelecom: Readonly<Partial<Record<HipaaCategory, readonly string[]>>>;
  readonly byField: Readonly<Record<string, HipaaCategory>>;
}

let dicom:
  | { file: DicomFile; byKeyword: ReadonlyMap<string, HipaaCategory>; never: ReadonlySet<string> }
  | undefined;
let hl7: Hl7File | undefined;

function dicomRules(): NonNullable<typeof dicom> {
  if (dicom !== undefined) return dicom;
  const file = readRulesYaml<DicomFile>('dicom/identifiers.yaml');
  const letters = Object.entries(file.byKeyword) as [HipaaCategory, readonly string[]][];
  dicom = {
    file,
    byKeyword: new Map(
      letters.flatMap(([letter, keywords]) => keywords.map((word) => [word, letter] as const)),
    ),
    never: new Set([...file.classUids, ...file.untyped]),
  };
  return dicom;
}

function hl7Rules(): Hl7File {
  hl7 ??= readRulesYaml<Hl7File>('hl7/identifiers.yaml');
  return hl7;
}

/**
 * The category of 164.514(b)(2)(i) that an attribute promises by its keyword or VR; undefined for free text, codes and
 * numbers. An age is one of C: it may be over 89.
 */
export function attributeIdentifier(keyword: string | undefined, vr: string): HipaaCategory | undefined {
  const { file, byKeyword, never } = dicomRules();
  if (keyword !== undefined && never.has(keyword)) return undefined;
  if (vr === 'AS') return 'C';
  return (keyword === undefined ? undefined : byKeyword.get(keyword)) ?? file.byVr[vr];
}

/** What stands in the place of a DICOM attribute, by the attribute's name. */
export interface NamedIdentifier extends PlaceIdentifier {
  readonly keyword: string;
}

/** Identifiers among the attributes that the `at` of a DICOM rule names. */
export function dicomIdentifiersAt(at: string): NamedIdentifier[] {
  const step = parseDicomAt(at)?.at(-1);
  if (step === undefined) return [];
  const candidates: readonly Candidate[] = [...laterEditions(step), ...attributesOf(step)];
  return candidates.flatMap(({ keyword, vr, category }) => {
    const letter = category ?? attributeIdentifier(keyword, vr);
    return letter === undefined
      ? []
      : [{ keyword, category: letter, direct: isDirect(letter, /Address|^GPS/.test(keyword)) }];
  });
}

interface Candidate {
  readonly keyword: string;
  readonly vr: string;
  readonly category?: HipaaCategory;
}

/** Attributes that the dictionary of this package does not know yet. */
function laterEditions(step: DicomStep): Candidate[] {
  if (step.kind !== 'tag') return [];
  const category = dicomRules().file.byTag[step.pattern];
  return category === undefined ? [] : [{ keyword: step.pattern, vr: '', category }];
}

/** Identifiers that the place of an HL7 rule is made for; a text or an observation is made for none. */
export function hl7IdentifiersAt(at: string): PlaceIdentifier[] {
  const place = parseHl7At(at);
  if (place === undefined) return [];
  if (place.kind === 'type') return typeIdentifiers(place.dataType);
  const fields = typeTable('').fields(place.segment) ?? [];
  if (place.field !== '*') return fieldIdentifiers(place, place.field, fields[place.field - 1]?.type ?? '');
  const known = Object.keys(hl7Rules().byField)
    .filter((name) => name.startsWith(`${place.segment}-`))
    .map((name) => Number(name.slice(4)));
  const numbers = new Set([...known, ...fields.map((_, index) => index + 1)]);
  return [...numbers].flatMap((field) => fieldIdentifiers(place, field, fields[field - 1]?.type ?? ''));
}

type FieldAt = Extract<Hl7At, { kind: 'field' }>;

function fieldIdentifiers({ segment, component }: FieldAt, field: number, types: string): PlaceIdentifier[] {
  const own = hl7Rules().byField[`${segment}-${field}`];
  const byField = own === undefined ? [] : [{ category: own, direct: isDirect(own, false) }];
  const byType = types.split('|').flatMap((type) => {
    // A number is what its field says it is, where the field says so.
    if (type === 'CX') return component === undefined || component === 1 ? numberIdentifiers(byField) : [];
    return typeIdentifiers(type, component);
  });
  const counts = component === undefined || component === 1;
  return [...byType, ...(counts ? byField : [])];
}

const numberIdentifiers = (byField: readonly PlaceIdentifier[]): readonly PlaceIdentifier[] =>
  byField.length > 0 ? byField : [{ category: 'R', direct: false }];

/** Identifiers in a data type, or in one component of it (HL7 v2 chapter 2A). */
function typeIdentifiers(type: string, component?: number): PlaceIdentifier[] {
  const { byType, byIdentifierType, byTelecom } = hl7Rules();
  const parts = Object.entries(byType[type] ?? {}).filter(
    ([part]) => component === undefined || part === String(component),
  );
  const found = parts.map(([part, category]) => ({
    category,
    direct: isDirect(category, isPostal(type, part)),
  }));
  const isFirst = component === undefined || component === 1;
  const more = type === 'CX' && isFirst ? byIdentifierType : type === 'XTN' && isFirst ? byTelecom : {};
  for (const category of Object.keys(more) as HipaaCategory[])
    found.push({ category, direct: isDirect(category, false) });
  if (byType[type] !== undefined) return found;
  // A type of types, such as a range of time stamps; a coded entry that has a date among its parts is none.
  const inner = typeTable('').components(type) ?? [];
  if (byType[inner[0] ?? ''] === undefined) return found;
  const named = component === undefined ? inner : inner.slice(component - 1, component);
  return named
    .filter((part) => byType[part] !== undefined && part !== type)
    .flatMap((part) => typeIdentifiers(part));
}

const STREET_PARTS: Readonly<Record<string, readonly string[]>> = {
  AD: ['1', '2', '8'],
  XAD: ['1', '2', '8'],
  SAD: ['1', '2', '3'],
  LA2: ['9', '10'],
};

const isPostal = (type: string, part: string): boolean => STREET_PARTS[type]?.includes(part) ?? false;

/** Dates, ages, city, state, ZIP and codes may stay in a limited data set; of an address the street may not. */
function isDirect(category: HipaaCategory, isStreet: boolean): boolean {
  return category === 'B' ? isStreet : category !== 'C' && category !== 'R';
}
