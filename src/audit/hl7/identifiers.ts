import { type TypeTable, typeTable } from '../../hl7/field-types.ts';
import type { HipaaCategory } from '../../model/category.ts';
import { readRulesYaml } from '../../rules.ts';
import type { SecondField, SecondSegment } from './second-reader.ts';

interface IdentifierRules {
  readonly byType: Readonly<Record<string, Readonly<Record<number, HipaaCategory>>>>;
  readonly byIdentifierType: Readonly<Partial<Record<HipaaCategory, readonly string[]>>>;
  readonly byTelecom: Readonly<Partial<Record<HipaaCategory, readonly string[]>>>;
  readonly byField: Readonly<Record<string, HipaaCategory>>;
  readonly byObservation: Readonly<Record<string, HipaaCategory | 'age'>>;
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
}

let loaded: IdentifierRules | undefined;

function rules(): IdentifierRules {
  loaded ??= readRulesYaml<IdentifierRules>('hl7/identifiers.yaml');
  return loaded;
}

/** Judges places of one message by the tables of its version (MSH-12), or of all versions where it is not known. */
export class FieldJudge {
  readonly #types: TypeTable;

  constructor(version: string) {
    this.#types = typeTable(version);
  }

  /** Data type of a field; OBX-5 has that of OBX-2 (chapter 7.4.2). */
  typeOf(segment: SecondSegment, field: number): string {
    if (segment.name === 'OBX' && field === 5) return textAt(segment, 2) || 'ST';
    return this.#types.fields(segment.name)?.[field - 1]?.type ?? '?';
  }

  /** What the place of a text says about it (rules/hl7/identifiers.yaml). */
  judge(segment: SecondSegment, repetition: readonly (readonly string[])[], at: Position): FieldJudgement {
    const type = this.typeOf(segment, at.field);
    const inner = this.#inner(type, at.component);
    // A time stamp stays one whatever its version calls the part that holds it.
    const dataType = inner === 'TS' || type === 'TS' ? 'TS' : this.#inner(inner, at.subcomponent);
    const typed =
      observed(segment, at, repetition) ??
      this.#typedByType(segment, type, repetition, at) ??
      fieldCategory(segment, at.field, at.component);
    // An ID is a code of an HL7 table (chapter 2A.3.35): `ISO` in an address of a server is not the address.
    return { dataType, ...(typed !== undefined && dataType !== 'ID' && { typed }) };
  }

  /** The type of a component; of a type without components, the type itself. */
  #inner(type: string, component: number): string {
    return this.#types.components(type)?.[component - 1] ?? type;
  }

  #typedByType(
    segment: SecondSegment,
    type: string,
    repetition: readonly (readonly string[])[],
    at: Position,
  ): HipaaCategory | undefined {
    if (type === 'CX' && at.component === 1) return identifierCategory(segment, repetition, at.field);
    if (type === 'XTN' && at.component === 1) return telecomCategory(repetition);
    const direct = rules().byType[type]?.[at.component];
    if (direct !== undefined) return direct;
    const inner = this.#types.components(type)?.[at.component - 1];
    return inner === undefined || inner === type ? undefined : rules().byType[inner]?.[at.subcomponent];
  }
}

/** CX.1 by its type code, else by its field, else R. */
function identifierCategory(
  segment: SecondSegment,
  repetition: readonly (readonly string[])[],
  field: number,
): HipaaCategory {
  const code = (repetition[4]?.[0] ?? '').trim().toUpperCase();
  return categoryIn(rules().byIdentifierType, code) ?? rules().byField[`${segment.name}-${field}`] ?? 'R';
}

/** A field's own category counts for the first component: the others of an identifier say who issued it. */
function fieldCategory(segment: SecondSegment, field: number, component: number): HipaaCategory | undefined {
  return component === 1 ? rules().byField[`${segment.name}-${field}`] : undefined;
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

/** OBX-5 by the concept in OBX-3; an age counts above the cap of 90 years. */
function observed(
  segment: SecondSegment,
  at: Position,
  repetition: readonly (readonly string[])[],
): HipaaCategory | undefined {
  if (segment.name !== 'OBX' || at.field !== 5 || at.component !== 1) return undefined;
  const concept = rules().byObservation[textAt(segment, 3)];
  if (concept !== 'age') return concept;
  const years = Number(repetition[0]?.[0] ?? '');
  const unit = textAt(segment, 6).toLowerCase();
  return years > 90 && !/^(mo|wk|d|h|min|month|week|day|hour)/.test(unit) ? 'C' : undefined;
}

/** First subcomponent of the first component of a field. */
export function textAt(segment: SecondSegment, field: number): string {
  const value: SecondField | undefined = segment.fields[field - 1];
  return (value?.[0]?.[0]?.[0] ?? '').trim();
}
