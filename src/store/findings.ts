import type { Finding } from '../model/finding.ts';
import type { SqliteFile, Statement } from './sqlite.ts';

const PAGE = 1000;

/** Findings as value-free JSON lines, by source. */
export class FindingsTable {
  readonly #file: SqliteFile;
  readonly #insert: Statement;
  readonly #delete: Statement;
  readonly #ofSource: Statement<{ line: string }>;

  constructor(file: SqliteFile) {
    this.#file = file;
    this.#insert = file.prepare('INSERT INTO findings (source, line) VALUES (?, ?)');
    this.#delete = file.prepare('DELETE FROM findings WHERE source = ?');
    this.#ofSource = file.prepare('SELECT line FROM findings WHERE source = ? ORDER BY seq');
  }

  /** Puts `findings` in the place of what the source had. */
  replace(sourceId: string, findings: Iterable<Finding>): void {
    this.#file.transaction(() => {
      this.#delete.run(sourceId);
      for (const finding of findings) this.#insert.run(sourceId, JSON.stringify(finding));
    });
  }

  of(sourceId: string): Finding[] {
    return this.#ofSource.all(sourceId).map(({ line }) => JSON.parse(line) as Finding);
  }

  /** Every finding of the sources of `run`, source by source in the order of the walk. */
  *all(run: string): IterableIterator<Finding> {
    const page = this.#file.prepare<{ line: string; source_seq: number; seq: number }>(
      `SELECT f.line, s.seq AS source_seq, f.seq FROM findings f JOIN sources s ON s.id = f.source
       WHERE s.run = ? AND (s.seq, f.seq) > (?, ?) ORDER BY s.seq, f.seq LIMIT ${PAGE}`,
    );
    for (let source = 0, after = 0; ; ) {
      const rows = page.all(run, source, after);
      for (const { line } of rows) yield JSON.parse(line) as Finding;
      const last = rows.at(-1);
      if (!last || rows.length < PAGE) return;
      source = last.source_seq;
      after = last.seq;
    }
  }
}
