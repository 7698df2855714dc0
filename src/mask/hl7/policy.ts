import { isNamedType } from '../../hl7/concepts.ts';
import { type TypeTable, typeTable } from '../../hl7/field-types.ts';
import type { Action } from '../../model/action.ts';
import type { HipaaCategory } from '../../model/category.ts';
import { parseHl7At } from '../../project/at.ts';
import type { Condition, Project } from '../../project/schema.ts';
import type { Observed } from './observations.ts';
import {
  type FieldRule,
  type Hl7Action,
  type Hl7Rules,
  hl7Rules,
  type PartRule,
  type TypeRule,
} from './rules.ts';
import { type FieldPlan, runningField, SegmentPlan } from './segment-plan.ts';
import { type Composite, isCleaned, type Leaf, type Treatment, withPart } from './treatments.ts';

interface UserRule {
  readonly segment: string;
  readonly field: number | '*';
  readonly component: number;
  readonly action: Action;
  readonly when?: Condition;
}

const REMOVE: Leaf = { kind: 'leaf', action: { do: 'remove' } };
const CLEAN: Leaf = { kind: 'leaf', action: { do: 'clean' } };
const UNSPECIFIED: Leaf = { kind: 'leaf', action: { do: 'unspecified' } };
const CODED: ReadonlySet<string> = new Set(['CE', 'CWE', 'CNE', 'CF']);

let plansMade = 0;
const policies = new WeakMap<Project, Hl7Policy>();

/** The compiled policy of a project; made once, since rules and tables do not change in a run. */
export function policyOf(project: Project): Hl7Policy {
  let policy = policies.get(project);
  if (policy === undefined) {
    policy = new Hl7Policy(project, hl7Rules());
    policies.set(project, policy);
  }
  return policy;
}

/** Rules of project.yaml first, then rules by field, then by data type; compiled for each version and segment once. */
export class Hl7Policy {
  readonly rules: Hl7Rules;
  readonly #fieldRules: readonly UserRule[];
  readonly #typeRules = new Map<string, { action: Action; when?: Condition }[]>();
  readonly #segments = new Map<string, Map<string, SegmentPlan>>();
  readonly #types = new Map<string, Treatment>();

  constructor(project: Project, rules: Hl7Rules) {
    this.rules = rules;
    const fieldRules: UserRule[] = [];
    for (const { at, action, when } of project.rules.hl7) {
      const parsed = parseHl7At(at);
      const condition = when === undefined ? {} : { when };
      if (parsed?.kind === 'field') {
        const { segment, field, component = 0 } = parsed;
        fieldRules.push({ segment, field, component, action, ...condition });
      } else if (parsed?.kind === 'type') {
        const rulesOfType = this.#typeRules.get(parsed.dataType) ?? [];
        this.#typeRules.set(parsed.dataType, [...rulesOfType, { action, ...condition }]);
      }
    }
    this.#fieldRules = fieldRules;
  }

  /** The segments of a version that were compiled so far. */
  version(version: string): Map<string, SegmentPlan> {
    let plans = this.#segments.get(version);
    if (plans === undefined) {
      plans = new Map();
      this.#segments.set(version, plans);
    }
    return plans;
  }

  segment(version: string, name: string): SegmentPlan {
    const plans = this.version(version);
    let plan = plans.get(name);
    if (plan === undefined) {
      plan = this.#compileSegment(typeTable(version), name);
      plans.set(name, plan);
    }
    return plan;
  }

  /**
   * The treatment of OBX-5: what OBX-3 says of it (rules/hl7/concepts.yaml), unless its data type says as much by itself,
   * else that of the data type that OBX-2 names.
   */
  ofObservation(version: string, { type, concept }: Pick<Observed, 'type' | 'concept'>): Treatment {
    const used = type === '' ? 'ST' : type;
    if (concept === undefined || concept.own.has(used)) {
      if (!isNamedType(used)) return UNSPECIFIED;
      return this.#treatmentOfType(typeTable(version), used);
    }
    const leaf: Leaf = { kind: 'leaf', action: concept.do as Hl7Action, only: concept.value };
    if (!CODED.has(used)) return leaf;
    // What names the coding system says nothing of the value.
    const parts = [undefined, leaf, leaf, CLEAN, leaf, leaf, CLEAN, CLEAN, CLEAN, leaf];
    return { kind: 'composite', parts, rest: CLEAN, kindAt: 0 };
  }

  #compileSegment(table: TypeTable, name: string): SegmentPlan {
    const known = table.fields(name) !== undefined || this.rules.hasSegment(name);
    const rulesOfSegment = this.#fieldRules.filter((rule) => rule.segment === name);
    const added = rulesOfSegment.filter((rule) => rule.action.do === 'add' && rule.field !== '*');
    return new SegmentPlan(
      name,
      {
        unknown: !known && rulesOfSegment.length === 0,
        added: added.map((rule) => rule.field as number).sort((a, b) => a - b),
      },
      (position) => this.#compileField(table, name, position),
    );
  }

  #compileField(table: TypeTable, segment: string, position: number): FieldPlan {
    const standard = table.fields(segment)?.[position - 1];
    // A field that the version does not have may be one of a later version; the union says what it would be.
    const inUnion =
      table.fields(segment) === undefined ? undefined : typeTable('').fields(segment)?.[position - 1];
    const rule = this.rules.field(segment, position);
    const type = rule?.type ?? standard?.type ?? inUnion?.type ?? '';
    const builtIn = rule
      ? this.#treatmentOfField(table, rule, type)
      : type === ''
        ? REMOVE
        : this.#treatmentOfType(table, type);
    const userRules = this.#fieldRules.filter(
      (user) => user.segment === segment && (user.field === '*' || user.field === position),
    );
    const add = userRules.find((user) => user.action.do === 'add');
    const treatment = userRules.reduce((under, user) => this.#overlay(under, user), builtIn);
    return {
      id: plansMade++,
      attribute: `${segment}-${position}`,
      position,
      type,
      treatment,
      isKept: treatment.kind === 'leaf' && treatment.action.do === 'keep',
      runs: position === runningField(segment),
      harmless: isCleaned(treatment) && !(segment === 'OBX' && position === 5),
      required: standard?.required ?? false,
      surrogate: this.rules.surrogate(type),
      observed: segment === 'OBX' && position === 5 && !userRules.some((user) => user.component === 0),
      ...(rule?.category && { category: rule.category }),
      ...(rule?.category === undefined && this.#categoryOf(type)),
      ...(rule?.known && { known: rule.known }),
      ...(add?.action.do === 'add' && {
        add: { value: add.action.value, component: add.component, ...(add.when && { when: add.when }) },
      }),
    };
  }

  #categoryOf(type: string): { category?: HipaaCategory } {
    const category = this.rules.types.get(type)?.category;
    return category === undefined ? {} : { category };
  }

  #overlay(under: Treatment, { action, component, when }: UserRule): Treatment {
    if (action.do === 'add') return under;
    const leaf: Leaf = { kind: 'leaf', action, thorough: true };
    const chosen = component === 0 ? leaf : withPart(under, component, leaf);
    return when === undefined ? chosen : { kind: 'choice', when, chosen, otherwise: under };
  }

  #treatmentOfField(table: TypeTable, rule: FieldRule, type: string): Treatment {
    const { choose = [], ...rest } = rule;
    return choose.reduceRight<Treatment>(
      (otherwise, { when, ...chosen }) => ({
        kind: 'choice',
        when,
        chosen: this.#treatmentByRule(table, chosen, chosen.type ?? type),
        otherwise,
      }),
      this.#treatmentByRule(table, rest, type),
    );
  }

  #treatmentByRule(table: TypeTable, rule: FieldRule, type: string): Treatment {
    if (rule.do !== undefined) return { kind: 'leaf', action: rule as Hl7Action };
    if (rule.parts !== undefined) return this.#composite(table, rule.parts, undefined, 0);
    const treatment = type === '' ? CLEAN : this.#treatmentOfType(table, type);
    if (rule.identifier !== undefined) {
      return withPart(treatment, 1, {
        kind: 'leaf',
        action: { do: 'identifier', otherwise: rule.identifier },
      });
    }
    return rule.first === undefined
      ? treatment
      : withPart(treatment, 1, { kind: 'leaf', action: rule.first });
  }

  #treatmentOfType(table: TypeTable, type: string): Treatment {
    const key = `${table.version}/${type}`;
    let treatment = this.#types.get(key);
    if (treatment === undefined) {
      this.#types.set(key, CLEAN); // ends a type that contains itself
      treatment = this.#compileType(table, type);
      this.#types.set(key, treatment);
    }
    return treatment;
  }

  #compileType(table: TypeTable, type: string): Treatment {
    let treatment = this.#builtInType(table, type);
    for (const { action, when } of this.#typeRules.get(type) ?? []) {
      const chosen: Leaf = { kind: 'leaf', action, thorough: true };
      treatment = when === undefined ? chosen : { kind: 'choice', when, chosen, otherwise: treatment };
    }
    return treatment;
  }

  #builtInType(table: TypeTable, type: string): Treatment {
    const rule: TypeRule | undefined = this.rules.types.get(type);
    if (rule?.do !== undefined) return { kind: 'leaf', action: rule as Hl7Action };
    const components = table.components(type);
    if (rule?.parts !== undefined) {
      return this.#composite(table, rule.parts, components, rule['kind-at'] ?? 0);
    }
    if (components === undefined) return CLEAN;
    const parts = [undefined, ...components.map((component) => this.#treatmentOfType(table, component))];
    return { kind: 'composite', parts, rest: CLEAN, kindAt: 0 };
  }

  #composite(
    table: TypeTable,
    rules: Readonly<Record<string, PartRule>>,
    components: readonly string[] | undefined,
    kindAt: number,
  ): Composite {
    const ofPart = (rule: PartRule): Treatment =>
      'type' in rule ? this.#treatmentOfType(table, rule.type) : { kind: 'leaf', action: rule };
    const parts: Treatment[] = [];
    for (const [position, rule] of Object.entries(rules)) {
      if (position !== '*') parts[Number(position)] = ofPart(rule);
    }
    const rest = rules['*'];
    if (rest === undefined) {
      components?.forEach((type, index) => {
        parts[index + 1] ??= this.#treatmentOfType(table, type);
      });
    }
    return { kind: 'composite', parts, rest: rest === undefined ? CLEAN : ofPart(rest), kindAt };
  }
}
