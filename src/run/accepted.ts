import type { AcceptedRow } from '../model/result.ts';
import type { PartAccepted } from './line.ts';
import type { ResultFacts } from './result.ts';

/** What one rule let stand of a category in one source. */
export type AcceptedCount = Omit<AcceptedRow, 'sources'>;

/** Counts of a source's accepted hits; messages that stay behind do not count. */
export function countAccepted(
  accepted: readonly PartAccepted[],
  withheld: ReadonlySet<number> = new Set(),
): AcceptedCount[] {
  const counts = new Map<string, { -readonly [Key in keyof AcceptedCount]: AcceptedCount[Key] }>();
  for (const { rule, category, tier, part } of accepted) {
    if (part !== undefined && withheld.has(part)) continue;
    const key = `${category} ${rule}`;
    const count = counts.get(key) ?? { rule, category, leaks: 0, suspects: 0 };
    count[tier === 'leak' ? 'leaks' : 'suspects'] += 1;
    counts.set(key, count);
  }
  return [...counts.values()];
}

/** What rules of the project let stand in the release (in a scan: in what was read), by category and rule. */
export function acceptedRows({ sources, command }: Pick<ResultFacts, 'sources' | 'command'>): AcceptedRow[] {
  const rows = new Map<string, { -readonly [Key in keyof AcceptedRow]: AcceptedRow[Key] }>();
  for (const { status, accepted = [] } of sources) {
    if (command === 'run' && status !== 'released') continue;
    for (const { rule, category, leaks, suspects } of accepted) {
      const key = `${category} ${rule}`;
      const row = rows.get(key) ?? { rule, category, leaks: 0, suspects: 0, sources: 0 };
      row.leaks += leaks;
      row.suspects += suspects;
      row.sources += 1;
      rows.set(key, row);
    }
  }
  return [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}
