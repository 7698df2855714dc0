import { CATEGORIES, type HipaaCategory } from '../model/category.ts';
import { parseDicomAt } from './at.ts';
import { dicomIdentifiersAt, hl7IdentifiersAt, type PlaceIdentifier } from './identifiers.ts';
import { ruleLabel } from './rule-label.ts';
import type { Project, Rule } from './schema.ts';

/** A rule that keeps identifiers, and which. */
export interface KeptByRule {
  /** The rule by its `at`. */
  readonly rule: string;
  readonly categories: readonly HipaaCategory[];
  /** Those that a limited data set may not hold. */
  readonly direct: readonly HipaaCategory[];
}

/** The rules that keep what is an identifier by the place in which it stands, whatever the files hold. */
export function keptByRules({ rules }: Project): KeptByRule[] {
  return [
    ...rules.dicom.map((rule, index) => kept(rule, dicomKept(rule, rules.dicom.slice(index + 1)))),
    ...rules.hl7.map((rule, index) => kept(rule, hl7Kept(rule, rules.hl7.slice(index + 1)))),
  ].filter(({ categories }) => categories.length > 0);
}

function kept({ at }: Rule, found: readonly PlaceIdentifier[]): KeptByRule {
  const letters = (of: readonly PlaceIdentifier[]) => [...new Set(of.map(({ category }) => category))].sort();
  return {
    rule: ruleLabel(at),
    categories: letters(found),
    direct: letters(found.filter(({ direct }) => direct)),
  };
}

function dicomKept(rule: Rule, later: readonly Rule[]): readonly PlaceIdentifier[] {
  if (rule.action.do !== 'keep') return [];
  const overruled = new Set(later.filter(decidesAlways).flatMap(({ at }) => namesOf(at)));
  return dicomIdentifiersAt(rule.at).filter(({ keyword }) => !overruled.has(keyword));
}

function hl7Kept(rule: Rule, later: readonly Rule[]): readonly PlaceIdentifier[] {
  if (rule.action.do !== 'keep') return [];
  return later.some((other) => other.at === rule.at && decidesAlways(other)) ? [] : hl7IdentifiersAt(rule.at);
}

/** Whether a rule takes its places away from the rules before it, in every file. */
const decidesAlways = ({ when, action }: Rule): boolean =>
  when === undefined && action.do !== 'keep' && action.do !== 'add';

/** Identifiers that a rule names at any depth: one of a path decides on that path alone. */
const namesOf = (at: string): string[] =>
  parseDicomAt(at)?.length === 1 ? dicomIdentifiersAt(at).map(({ keyword }) => keyword) : [];

/** `names (A), telephone numbers (D)`: categories with the letters of their clauses. */
export function categoryWords(categories: readonly HipaaCategory[]): string {
  return categories
    .map((category) => {
      const name: string = CATEGORIES[category];
      // The abbreviation in IP addresses stays as it is.
      const lower = /^[A-Z][a-z-]/.test(name) ? `${name.charAt(0).toLowerCase()}${name.slice(1)}` : name;
      return `${lower} (${category})`;
    })
    .join(', ');
}
