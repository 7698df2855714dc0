import type { SqliteFile, Statement } from './sqlite.ts';

export interface ActionCount {
  readonly attribute: string;
  readonly action: string;
  readonly count: number;
}

interface Taken {
  readonly attribute: string;
  readonly action: string;
}

/** What masking did, counted by attribute, a row a source: one that is masked again replaces its own counts. */
export class ActionsTable {
  readonly #put: Statement;
  readonly #of: Statement<{ counts: string }>;
  readonly #all: Statement<{ counts: string; sources: number }>;

  constructor(file: SqliteFile) {
    this.#put = file.prepare(
      'INSERT INTO actions (source, counts) VALUES (?, ?) ON CONFLICT (source) DO UPDATE SET counts = excluded.counts',
    );
    this.#of = file.prepare('SELECT counts FROM actions WHERE source = ?');
    // Slices of a series have the same counts: grouping them keeps this short.
    this.#all = file.prepare(
      `SELECT a.counts, count(*) AS sources FROM actions a JOIN sources s ON s.id = a.source
       WHERE s.run = ? GROUP BY a.counts`,
    );
  }

  put(sourceId: string, taken: Iterable<Taken>): void {
    this.#count(sourceId, new Map(), taken);
  }

  /** More of the same source, after masking. */
  add(sourceId: string, taken: Iterable<Taken>): void {
    const before = this.#of.get(sourceId)?.counts ?? '[]';
    this.#count(sourceId, new Map(JSON.parse(before) as [string, number][]), taken);
  }

  #count(sourceId: string, counts: Map<string, number>, taken: Iterable<Taken>): void {
    for (const { attribute, action } of taken) {
      const key = JSON.stringify([attribute, action]);
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    this.#put.run(sourceId, JSON.stringify([...counts].sort(([a], [b]) => (a < b ? -1 : 1))));
  }

  /** Sums over the sources of `run`, by attribute and action. */
  totals(run: string): ActionCount[] {
    const totals = new Map<string, number>();
    for (const { counts, sources } of this.#all.all(run)) {
      for (const [key, count] of JSON.parse(counts) as [string, number][]) {
        totals.set(key, (totals.get(key) ?? 0) + count * sources);
      }
    }
    return [...totals]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, count]) => {
        const [attribute = '', action = ''] = JSON.parse(key) as string[];
        return { attribute, action, count };
      });
  }
}
