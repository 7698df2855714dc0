import type { CodeDomain } from '../../crosswalk/codes.ts';
import type { KnownKind } from '../../detect/detector.ts';
import { isPublicSystem } from '../../hl7/coding-systems.ts';
import type { Action } from '../../model/action.ts';
import type { HipaaCategory } from '../../model/category.ts';
import type { Condition } from '../../project/schema.ts';
import { readRulesYaml } from '../../rules.ts';

/** What an id number names: the patient, or something of a domain; `remove`: nothing that may have a code. */
export type IdentifierKind = 'patient' | 'remove' | CodeDomain;

/** An action on text, of project.yaml or one that HL7's own structure asks for (rules/hl7/types.yaml explains them). */
export type Hl7Action =
  | Action
  | {
      readonly do:
        | 'city'
        | 'state'
        | 'country'
        | 'oid'
        | 'oid-type'
        | 'telecom-code'
        | 'number'
        | 'attachment'
        | 'routing'
        | 'sex'
        | 'unspecified'
        | 'equipment';
    }
  | { readonly do: 'zip'; readonly 'country-at': number }
  | { readonly do: 'code'; readonly 'system-at': number }
  | { readonly do: 'identifier'; readonly otherwise: IdentifierKind };

/** An action, or a data type whose actions apply. */
export type PartRule = Hl7Action | { readonly type: string };

export interface TypeRule {
  readonly category?: HipaaCategory;
  readonly do?: Hl7Action['do'];
  /** Position of the identifier type code among the parts. */
  readonly 'kind-at'?: number;
  readonly parts?: Readonly<Record<string, PartRule>>;
}

export interface FieldRule {
  readonly category?: HipaaCategory;
  readonly do?: Hl7Action['do'];
  readonly type?: string;
  readonly identifier?: IdentifierKind;
  readonly first?: Hl7Action;
  readonly parts?: Readonly<Record<string, PartRule>>;
  readonly known?: KnownKind;
  /** Rules that come first where their condition holds in the message. */
  readonly choose?: readonly (Pick<FieldRule, 'do' | 'type'> & { readonly when: Condition })[];
}

interface TypesFile {
  readonly types: Readonly<Record<string, TypeRule>>;
  readonly 'identifier-types': Readonly<Record<IdentifierKind, readonly string[]>>;
  readonly 'known-oids': readonly string[];
  readonly states: readonly string[];
  readonly 'oid-types': readonly string[];
  readonly 'telecom-codes': readonly string[];
  readonly surrogates: Readonly<Record<string, string>>;
}

interface FieldsFile {
  readonly fields: Readonly<Record<string, FieldRule>>;
  readonly onwards: Readonly<Record<string, FieldRule>>;
}

/** The built-in rules of rules/hl7/, ready to be asked. */
export interface Hl7Rules {
  readonly types: ReadonlyMap<string, TypeRule>;
  field(segment: string, field: number): FieldRule | undefined;
  /** Whether any field of the segment has a rule: a Z-segment that has one is not unknown. */
  hasSegment(segment: string): boolean;
  identifierKind(typeCode: string): IdentifierKind | undefined;
  isPublicSystem(name: string): boolean;
  isKnownOid(oid: string): boolean;
  isState(name: string): boolean;
  isOidType(name: string): boolean;
  isTelecomCode(code: string): boolean;
  surrogate(type: string): string;
}

let loaded: Hl7Rules | undefined;

/** The rules that ship, read once. */
export function hl7Rules(): Hl7Rules {
  loaded ??= load(readRulesYaml<TypesFile>('hl7/types.yaml'), readRulesYaml<FieldsFile>('hl7/fields.yaml'));
  return loaded;
}

function load(file: TypesFile, fields: FieldsFile): Hl7Rules {
  const kinds = new Map<string, IdentifierKind>();
  for (const [kind, codes] of Object.entries(file['identifier-types'])) {
    for (const code of codes) kinds.set(code, kind as IdentifierKind);
  }
  const states = new Set(file.states);
  const oidTypes = new Set(file['oid-types']);
  const telecomCodes = new Set(file['telecom-codes']);
  const segments = new Set(Object.keys(fields.fields).map((at) => at.slice(0, 3)));
  return {
    types: new Map(Object.entries(file.types)),
    field: (segment, field) => fields.fields[`${segment}-${field}`] ?? onwardRule(fields, segment, field),
    hasSegment: (segment) => segments.has(segment),
    identifierKind: (code) =>
      code === '' ? undefined : (kinds.get(code) ?? kinds.get(code.trim().toUpperCase())),
    isPublicSystem,
    isKnownOid: (oid) => file['known-oids'].some((root) => oid === root || oid.startsWith(`${root}.`)),
    isState: (name) => states.has(name.trim().toUpperCase()),
    isOidType: (name) => oidTypes.has(name.trim().toUpperCase()),
    isTelecomCode: (code) => telecomCodes.has(code.trim().toUpperCase()),
    surrogate: (type) => file.surrogates[type] ?? file.surrogates.default ?? 'ANON',
  };
}

function onwardRule(fields: FieldsFile, segment: string, field: number): FieldRule | undefined {
  for (const [at, rule] of Object.entries(fields.onwards)) {
    const [name, first] = at.split('-');
    if (name === segment && field >= Number(first)) return rule;
  }
  return undefined;
}
