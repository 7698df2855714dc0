import type { PatientKey } from './codes.ts';
import { DisjointSets } from './disjoint-sets.ts';

/** What an earlier run already decided. */
export interface EarlierPatients {
  /** Row of the patient that a key names. */
  patientOf(key: PatientKey): number | undefined;
  /** Rows of the patients that have this number under an issuer. */
  holders(id: string): readonly number[];
}

export interface JoinedPatient {
  readonly keys: readonly PatientKey[];
  /** Rows of earlier runs that turn out to be this patient, lowest first. */
  readonly earlier: readonly number[];
}

export interface Joined {
  readonly patients: readonly JoinedPatient[];
  /** Bare ids that several issuers use for different patients: each stays a patient of its own. */
  readonly ambiguous: readonly PatientKey[];
}

/**
 * Who is who. Each group names one patient in several ways; keys are normalised and no dummies. The result does not
 * depend on the order of groups or keys.
 *
 * Keys with an issuer join as the groups say. A bare id stands for the one patient that has this number under an issuer,
 * or for a patient of its own where nobody has. Where several patients have the number, it says who is meant only if
 * every group that names it also names one and the same patient with an issuer; else it is ambiguous and joins nothing.
 * Joining makes numbers less ambiguous and never more, so repeating until nothing changes ends in one result.
 */
export function joinPatients(groups: readonly (readonly PatientKey[])[], earlier: EarlierPatients): Joined {
  const sets = new DisjointSets();
  const keys = new Map<string, PatientKey>();
  const bareIds = new Map<string, BareId>();
  const numbers = new Map<string, Set<string>>();

  for (const group of groups) {
    for (const key of group) {
      const node = nodeOf(key);
      if (keys.has(node)) continue;
      keys.set(node, key);
      sets.add(node);
      const patient = earlier.patientOf(key);
      if (patient !== undefined) sets.union(node, rowNode(patient));
      if (key.issuer !== '') addTo(numbers, key.id, node);
    }
    const issued = group.filter((key) => key.issuer !== '').map(nodeOf);
    for (const node of issued) sets.union(issued[0] ?? node, node);
    noteBareIds(group, issued, bareIds);
  }
  recallBareIds(numbers, earlier, bareIds, sets);
  for (const [node, bare] of bareIds) {
    for (const holder of numbers.get(bare.id) ?? []) bare.holders.add(holder);
    for (const row of earlier.holders(bare.id)) bare.holders.add(rowNode(row));
    sets.add(node);
  }
  const ambiguous = settle(bareIds, sets);
  return {
    patients: sets
      .sets()
      .map((nodes) => patientOf(nodes, keys))
      .filter(({ keys }) => keys.length > 0),
    ambiguous: ambiguous.map((node) => keys.get(node)).filter((key) => key !== undefined),
  };
}

/** A bare id, who has its number under an issuer, and in what company it was met. */
interface BareId {
  readonly id: string;
  readonly holders: Set<string>;
  /** Nodes with an issuer in each group that names it; an empty list where there are none. */
  readonly company: string[][];
  readonly bareCompany: Set<string>;
}

function noteBareIds(group: readonly PatientKey[], issued: string[], bareIds: Map<string, BareId>): void {
  const bare = group.filter((key) => key.issuer === '');
  for (const key of bare) {
    const node = nodeOf(key);
    const entry = bareIds.get(node) ?? {
      id: key.id,
      holders: new Set<string>(),
      company: [],
      bareCompany: new Set<string>(),
    };
    bareIds.set(node, entry);
    entry.company.push(issued);
    for (const other of bare) if (other.id !== key.id) entry.bareCompany.add(nodeOf(other));
  }
}

/** A bare id that only an earlier run met joins as one that stands alone would. */
function recallBareIds(
  numbers: ReadonlyMap<string, unknown>,
  earlier: EarlierPatients,
  bareIds: Map<string, BareId>,
  sets: DisjointSets,
): void {
  for (const id of numbers.keys()) {
    const key = { id, issuer: '' };
    const node = nodeOf(key);
    if (bareIds.has(node)) continue;
    const patient = earlier.patientOf(key);
    if (patient === undefined) continue;
    sets.union(node, rowNode(patient));
    noteBareIds([key], [], bareIds);
  }
}

/** Joins every bare id that is clear, until no more becomes clear. @returns the nodes that stay ambiguous. */
function settle(bareIds: ReadonlyMap<string, BareId>, sets: DisjointSets): string[] {
  const settled = new Set<string>();
  const withHolder = new Set<string>();
  for (let before = -1; before !== settled.size + withHolder.size; ) {
    before = settled.size + withHolder.size;
    for (const [node, bare] of bareIds) {
      if (withHolder.has(node)) continue;
      const oneHolder = countSets(bare.holders, sets) <= 1;
      // Clear by its company alone, it stays in the loop: its holders may yet prove to be one patient.
      if (!oneHolder && (settled.has(node) || !isToldByCompany(bare, sets))) continue;
      const others = [...bare.bareCompany].filter((other) => settled.has(other));
      for (const other of [...bare.company.flat(), ...others]) sets.union(node, other);
      settled.add(node);
      if (!oneHolder) continue;
      for (const holder of bare.holders) sets.union(node, holder);
      withHolder.add(node);
    }
  }
  return [...bareIds.keys()].filter((node) => !settled.has(node));
}

/** Every group that names it also names one and the same patient with an issuer. */
function isToldByCompany({ company }: BareId, sets: DisjointSets): boolean {
  return company.every((nodes) => nodes.length > 0) && countSets(company.flat(), sets) === 1;
}

function countSets(nodes: Iterable<string>, sets: DisjointSets): number {
  const roots = new Set<string>();
  for (const node of nodes) roots.add(sets.find(node));
  return roots.size;
}

function patientOf(nodes: readonly string[], keys: ReadonlyMap<string, PatientKey>): JoinedPatient {
  return {
    keys: nodes.map((node) => keys.get(node)).filter((key) => key !== undefined),
    earlier: nodes
      .filter((node) => node.startsWith('row '))
      .map((node) => Number(node.slice(4)))
      .sort((a, b) => a - b),
  };
}

function addTo(map: Map<string, Set<string>>, key: string, value: string): void {
  const set = map.get(key);
  if (set) set.add(value);
  else map.set(key, new Set([value]));
}

const nodeOf = (key: PatientKey): string => `key ${key.issuer}\0${key.id}`;
const rowNode = (row: number): string => `row ${row}`;
