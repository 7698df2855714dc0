import { conceptOf, isMeasured, type Observation, yearsOf } from '../../hl7/concepts.ts';
import { allowsYearAlone, type TypeTable, typeTable } from '../../hl7/field-types.ts';
import type { HipaaCategory } from '../../model/category.ts';
import { readRulesYaml } from '../../rules.ts';
import type { SecondField, SecondSegment } from './second-reader.ts';

interface IdentifierRules {
  readonly byType: Readonly<Record<string, Readonly<Record<number, HipaaCategory>>>>;
  readonly byIdentifierType: Readonly<Partial<Record<HipaaCategory, readonly string[]>>>;
  readonly byTelecom: Readonly<Partial<Record<HipaaCategory, readonly string[]>>>;
  readonly byField: Readonly<Record<string, HipaaCategory | 'none'>>;
  readonly asType: Readonly<Record<string, string>>;
}

/** Where a text stands in a segment: field and component from 1, subcomponent from 1. */
export interface Position {
  readonly field: number;
  readonly component: number;
  readonly subcomponent: number;
}

export interface FieldJudgement {
  /** Type of the innermost typed thing; `?` where no table knows. */
  readonly dataType: string;
  readonly typed?: HipaaCategory;
  /** A code of a local table may stand here (CE.1, CWE.4 ...). */
  readonly codePlace?: boolean;
}

let loaded: IdentifierRules | undefined;

function rules(): IdentifierRules {
  loaded ??= readRulesYaml<IdentifierRules>('hl7/identifiers.yaml');
  return loaded;
}

/** Judges places of one message by the tables of its version (MSH-12), or of all versions where it is not known. */
export class FieldJudge {
  /** Masked dates are a year alone in this version, and `YYYY0101` is the first of January (from v2.3 on). */
  readonly yearAlone: boolean;
  readonly #types: TypeTable;

  constructor(version: string) {
    this.#types = typeTable(version);
    this.yearAlone = allowsYearAlone(version);
  }

  /** Data type of a field; OBX-5 has that of OBX-2 (chapter 7.4.2). */
  typeOf(segment: SecondSegment, field: number): string {
    if (segment.name === 'OBX' && field === 5) return textAt(segment, 2).toUpperCase() || 'ST';
    const fields = this.#types.fields(segment.name);
    // A field that the version does not have may be one of a later version.
    const later = fields === undefined ? undefined : typeTable('').fields(segment.name);
    const type = fields?.[field - 1]?.type ?? later?.[field - 1]?.type ?? '?';
    return VAGUE.has(type) ? (rules().asType[`${segment.name}-${field}`] ?? type) : type;
  }

  /** What the place of a text says about it (rules/hl7/identifiers.yaml). */
  judge(segment: SecondSegment, repetition: readonly (readonly string[])[], at: Position): FieldJudgement {
    const type = this.typeOf(segment, at.field);
    const inner = this.#inner(type, at.component);
    // A time stamp stays one whatever its version calls the part that holds it.
    const dataType = inner === 'TS' || type === 'TS' ? 'TS' : this.#inner(inner, at.subcomponent);
    if (segment.name === 'OBX' && at.field === 5) {
      const observed = judgeObserved(observationOf(segment), repetition, at, dataType);
      if (observed !== undefined) return observed;
    }
    const own = rules().byField[`${segment.name}-${at.field}`];
    if (own === 'none') return { dataType };
    const typed = this.#typed(own, type, repetition, at);
    // An ID in a component is a code of an HL7 table (chapter 2A.3.35): `ISO` in an address of a server is not the address.
    const isTableCode = dataType === 'ID' && this.#types.components(inner) !== undefined;
    if (typed !== undefined && !isTableCode) return { dataType, typed };
    const isCode =
      (CODED.has(type) && CODE_PARTS.has(at.component)) ||
      (CODED.has(inner) && CODE_PARTS.has(at.subcomponent));
    return { dataType, ...(isCode && { codePlace: true }) };
  }

  /** The type of a component; of a type without components, the type itself. */
  #inner(type: string, component: number): string {
    return this.#types.components(type)?.[component - 1] ?? type;
  }

  /** The field's own category for the first component, else that of the type and of the part's type. */
  #typed(
    own: HipaaCategory | undefined,
    type: string,
    repetition: readonly (readonly string[])[],
    at: Position,
  ): HipaaCategory | undefined {
    if (at.component === 1) {
      if (NUMBERED.has(type)) return identifierCategory(own, repetition);
      if (type === 'XTN') return telecomCategory(repetition);
      if (own !== undefined) return own;
    }
    const direct = rules().byType[type]?.[at.component];
    if (direct !== undefined) return direct;
    const inner = this.#types.components(type)?.[at.component - 1];
    return inner === undefined || inner === type ? undefined : rules().byType[inner]?.[at.subcomponent];
  }
}

/** Types that say nothing of what stands in them. */
const VAGUE: ReadonlySet<string> = new Set(['ID', 'IS', 'ST', 'CM', '?']);
/** Types with an identifier type code in their fifth part. */
const NUMBERED: ReadonlySet<string> = new Set(['CX', 'CK', 'CM_PAT_ID', 'CM_PAT_ID_0192']);

/** A number by its type code, else by its field, else R. A visit or an order is none of the patient's record numbers. */
function identifierCategory(
  own: HipaaCategory | undefined,
  repetition: readonly (readonly string[])[],
): HipaaCategory {
  const code = (repetition[4]?.[0] ?? '').trim().toUpperCase();
  const coded = categoryIn(rules().byIdentifierType, code);
  return coded === undefined || (coded === 'H' && own !== undefined) ? (own ?? 'R') : coded;
}

function telecomCategory(repetition: readonly (readonly string[])[]): HipaaCategory {
  const codes = [repetition[1]?.[0] ?? '', repetition[2]?.[0] ?? ''].map((code) => code.trim().toUpperCase());
  const found = codes
    .map((code) => categoryIn(rules().byTelecom, code))
    .find((letter) => letter !== undefined);
  return found ?? ((repetition[0]?.[0] ?? '').includes('@') ? 'F' : 'D');
}

function categoryIn(
  lists: Readonly<Partial<Record<HipaaCategory, readonly string[]>>>,
  code: string,
): HipaaCategory | undefined {
  if (code === '') return undefined;
  const entries = Object.entries(lists) as [HipaaCategory, readonly string[]][];
  return entries.find(([, codes]) => codes.includes(code))?.[0];
}

/** Types of a coded element, and the parts of it that are codes (chapter 2A). */
const CODED: ReadonlySet<string> = new Set(['CE', 'CWE', 'CNE', 'CF']);
const CODE_PARTS: ReadonlySet<number> = new Set([1, 4]);
/** Parts of a coded element that hold its codes and texts, and not the names of coding systems. */
const CODED_TEXTS: ReadonlySet<number> = new Set([1, 2, 4, 5, 9]);
const OLDEST = 90;

/**
 * OBX-5 by what OBX-3 says of it (rules/hl7/concepts.yaml), unless its data type says as much; an age counts above the
 * cap of 90 years. A number that was measured is a number in whatever type. `undefined`: the place says nothing more.
 */
function judgeObserved(
  observation: Observation,
  repetition: readonly (readonly string[])[],
  at: Position,
  dataType: string,
): FieldJudgement | undefined {
  const { type } = observation;
  const text = repetition[at.component - 1]?.[at.subcomponent - 1] ?? '';
  const concept = conceptOf(observation);
  if (concept === undefined) {
    const comparator = type === 'SN' ? (repetition[0]?.[0] ?? '') : '';
    return isMeasured(observation, text, comparator) ? { dataType: 'NM' } : undefined;
  }
  if (concept.own.has(type || 'ST')) return undefined;
  if (CODED.has(type) && !CODED_TEXTS.has(at.component)) return { dataType };
  if (concept.name === 'age') {
    const years = yearsOf(text, observation.unit) ?? 0;
    return { dataType, ...(years > OLDEST && { typed: 'C' }) };
  }
  return { dataType, ...(concept.value.test(text) && { typed: concept.category }) };
}

/** OBX-2, OBX-3, OBX-6 and OBX-7 (chapter 7.4.2), escapes as they stand. */
export function observationOf(segment: SecondSegment): Observation {
  const identifier = segment.fields[2]?.[0] ?? [];
  const part = (position: number): string => (identifier[position - 1]?.[0] ?? '').trim();
  return {
    type: textAt(segment, 2).toUpperCase(),
    codes: [1, 4]
      .map((position) => ({ code: part(position), system: part(position + 2) }))
      .filter(({ code }) => code !== ''),
    texts: [2, 5, 9].map(part).filter((text) => text !== ''),
    unit: textAt(segment, 6),
    range: textAt(segment, 7),
  };
}

/** Whether an observation shows an age of 90 years or more, the cap included (164.514(b)(2)(i)(C)). */
export function showsOldAge(segment: SecondSegment): boolean {
  if (segment.name !== 'OBX') return false;
  const observation = observationOf(segment);
  if (conceptOf(observation)?.name !== 'age') return false;
  return (segment.fields[4] ?? []).some((components) =>
    components.some(([text = '']) => (yearsOf(text, observation.unit) ?? 0) >= OLDEST),
  );
}

/** First subcomponent of the first component of a field. */
export function textAt(segment: SecondSegment, field: number): string {
  const value: SecondField | undefined = segment.fields[field - 1];
  return (value?.[0]?.[0]?.[0] ?? '').trim();
}
