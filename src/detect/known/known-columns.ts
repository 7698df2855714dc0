import type { HipaaCategory } from '../../model/category.ts';
import { readRulesYaml } from '../../rules.ts';
import type { KnownIdentifier, KnownKind } from '../detector.ts';
import { keyOf } from './fold.ts';

/** What a column of a patient list holds, `none` where that is no identifier. */
export type Role = keyof typeof VALUES | 'family' | 'given' | 'middle' | 'street' | 'city' | 'zip' | 'none';

/** Columns whose cells are identifiers by themselves. */
const VALUES = {
  name: ['A', 'name'],
  date: ['C', 'date'],
  record: ['H', 'id'],
  account: ['J', 'id'],
  plan: ['I', 'id'],
  ssn: ['G', 'id'],
  code: ['R', 'id'],
  licence: ['K', 'id'],
  vehicle: ['L', 'id'],
  device: ['M', 'id'],
  phone: ['D', 'phone'],
  fax: ['E', 'phone'],
  email: ['F', 'email'],
  url: ['N', 'url'],
  uid: ['R', 'uid'],
  ip: ['O', 'id'],
  username: ['A', 'other'],
} as const satisfies Record<string, readonly [HipaaCategory, KnownKind]>;

let headings: ReadonlyMap<string, Role> | undefined;

/** What a heading says of its column, in a dozen languages; undefined where it says nothing that is known. */
export function roleOf(heading: string): Role | undefined {
  headings ??= readHeadings();
  return headings.get(keyOf(heading));
}

function readHeadings(): Map<string, Role> {
  const rows = readRulesYaml<Record<Role, string>>('words/known-columns.yaml');
  const roles = new Map<string, Role>();
  for (const [role, words] of Object.entries(rows) as [Role, string][]) {
    for (const word of words.split(' ')) {
      // What is nothing in one language may be an identifier in another.
      if (role !== 'none' || !roles.has(keyOf(word))) roles.set(keyOf(word), role);
    }
  }
  return roles;
}

/** The identifiers of one patient: a name from its parts, an address from its own, every other cell by itself. */
export function identifiersOfRow(roles: readonly Role[], cells: readonly string[]): KnownIdentifier[] {
  const all = (role: Role): string[] =>
    roles.flatMap((each, i) => (each === role && cells[i]?.trim() ? [cells[i].trim()] : []));
  const found: KnownIdentifier[] = [];
  const [families, givens, middles] = [all('family'), all('given'), all('middle')];
  if (families.length + givens.length > 0)
    found.push({
      value: [families, givens, middles].map((words) => words.join(' ')).join('^'),
      category: 'A',
      kind: 'name',
    });
  const address = [...all('street'), ...all('city'), ...all('zip')];
  if (address.length > 0) found.push({ value: address.join('^'), category: 'B', kind: 'address' });
  for (const [role, [category, kind]] of Object.entries(VALUES) as [
    keyof typeof VALUES,
    readonly [HipaaCategory, KnownKind],
  ][])
    for (const value of all(role)) found.push({ value, category, kind });
  return found;
}
