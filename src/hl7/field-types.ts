import { readRulesJson } from '../rules.ts';

type History = readonly (readonly [version: string, types: string])[];

interface SegmentFields {
  readonly source: string;
  readonly edition: string;
  readonly versions: readonly string[];
  readonly segments: Record<string, History>;
  readonly types: Record<string, History>;
}

/** What the standard says of a field in a version. */
export interface FieldType {
  /** `XPN`, `ST`...; `?` where it is not known. */
  readonly type: string;
  readonly required: boolean;
}

/** Data types by position, for one version of the standard or, where the version is not known, for all of them. */
export interface TypeTable {
  readonly version: string;
  /** Fields of a segment from 1 on (index 0); `undefined` where the version does not know the segment. */
  fields(segment: string): readonly FieldType[] | undefined;
  /** Types of the components of a data type; `undefined` where it has none. */
  components(type: string): readonly string[] | undefined;
}

/** Before this version a year alone is no valid TS. */
const YEAR_PRECISION_SINCE = '2.3';

/**
 * Where versions disagree the type that can hold more about a person counts: the union must never see a text where another
 * version sees a name.
 */
const RISKIEST_FIRST =
  'XPN PN XCN CN CN_PERSON CNN PPN NDL CM_NDL XAD AD SAD XTN TN CX CK CK_ACCOUNT_NO CM_PAT_ID CM_PAT_ID_0192 DLN CM_LICENSE_NO XON PL CM_INTERNAL_LOCATION TS DTM DT DR EIP CM_EIP EI CM_PLACER CM_FILLER HD FT TX'.split(
    ' ',
  );

/** What the tables say of a field that a version has withdrawn or never spelt out; messages fill it all the same. */
const VAGUE: ReadonlySet<string> = new Set(['ST', 'CM', 'VARIES', '?']);

/** Types without components (chapter 2A); `GTS` and `NUL` are among them. */
const PRIMITIVE: ReadonlySet<string> = new Set('ST TX FT GTS ID IS SI NM TM DT DTM TN NUL SNM'.split(' '));

let loaded: SegmentFields | undefined;
const tables = new Map<string, TypeTable>();

/** The table of a version as MSH-12 names it (`2.5.1`); the union of all versions where it is not known. */
export function typeTable(version: string): TypeTable {
  const known = rules().versions.includes(version) ? version : '';
  let table = tables.get(known);
  if (table === undefined) {
    table = known === '' ? unionTable() : versionTable(known);
    tables.set(known, table);
  }
  return table;
}

/** Whether any version of the standard has a segment of the name. */
export function isKnownSegment(name: string): boolean {
  return rules().segments[name] !== undefined;
}

/** Whether any version of the standard has a data type of the name; `CM` and `VARIES` stand for any type. */
export function isKnownType(type: string): boolean {
  return PRIMITIVE.has(type) || (rules().types[type] !== undefined && !VAGUE.has(type));
}

/** Whether a version allows a year alone in TS and DTM (from v2.3 on; assumed where the version is not known). */
export function allowsYearAlone(version: string): boolean {
  const { versions } = rules();
  return !versions.includes(version) || versions.indexOf(version) >= versions.indexOf(YEAR_PRECISION_SINCE);
}

/** Source and edition, for the report. */
export function fieldTypesEdition(): { source: string; edition: string } {
  return { source: rules().source, edition: rules().edition };
}

function versionTable(version: string): TypeTable {
  const fields = new Map<string, readonly FieldType[] | undefined>();
  return {
    version,
    fields(segment) {
      if (!fields.has(segment)) fields.set(segment, fieldsOf(segment, version));
      return fields.get(segment);
    },
    components: (type) => split(at(rules().types[type], version)) ?? lastComponents(type),
  };
}

/** Where a version says no more than "text" another version's type counts: the field was, or will be, of that type. */
function fieldsOf(segment: string, version: string): readonly FieldType[] | undefined {
  const history = rules().segments[segment];
  const union = unionFields(history);
  return parseFields(at(history, version))?.map((field, index) => {
    return {
      type: VAGUE.has(field.type) ? (union?.[index]?.type ?? field.type) : field.type,
      required: field.required,
    };
  });
}

function unionTable(): TypeTable {
  const fields = new Map<string, readonly FieldType[] | undefined>();
  return {
    version: '',
    fields(segment) {
      if (!fields.has(segment)) fields.set(segment, unionFields(rules().segments[segment]));
      return fields.get(segment);
    },
    components: lastComponents,
  };
}

function unionFields(history: History | undefined): readonly FieldType[] | undefined {
  const union: FieldType[] = [];
  for (const [, types] of history ?? []) {
    parseFields(types)?.forEach((field, index) => {
      union[index] = riskier(union[index], field);
    });
  }
  return history === undefined ? undefined : union;
}

function riskier(a: FieldType | undefined, b: FieldType): FieldType {
  if (a === undefined) return b;
  return rank(b.type) <= rank(a.type) ? b : a; // the later one, where both are alike
}

function rank(type: string): number {
  if (VAGUE.has(type)) return RISKIEST_FIRST.length + 1;
  const index = RISKIEST_FIRST.indexOf(type);
  return index < 0 ? RISKIEST_FIRST.length : index;
}

/** Components of the latest version that has the type: a message may name a type that is newer than itself (OBX-2). */
function lastComponents(type: string): readonly string[] | undefined {
  return split(rules().types[type]?.findLast(([, types]) => types !== '')?.[1]);
}

function at(history: History | undefined, version: string): string | undefined {
  const { versions } = rules();
  const position = versions.indexOf(version);
  return history?.findLast(([since]) => versions.indexOf(since) <= position)?.[1];
}

function parseFields(types: string | undefined): readonly FieldType[] | undefined {
  return split(types)?.map((text) => ({ type: text.replace('!', ''), required: text.endsWith('!') }));
}

function split(types: string | undefined): readonly string[] | undefined {
  return types === undefined || types === '' ? undefined : types.split(' ');
}

function rules(): SegmentFields {
  loaded ??= readRulesJson<SegmentFields>('hl7/segment-fields.json');
  return loaded;
}
