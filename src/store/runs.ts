import type { RunResult } from '../model/result.ts';
import type { SqliteFile, Statement } from './sqlite.ts';

export interface RunRecord {
  readonly id: string;
  readonly command: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly endedAt?: string;
  readonly projectSha256?: string;
  readonly result?: RunResult;
}

interface RunRow {
  id: string;
  command: string;
  started_at: string;
  ended_at: string | null;
  project_sha256: string | null;
  result: string | null;
}

const COLUMNS = 'id, command, started_at, ended_at, project_sha256, result';

/** Runs over this work folder and the result each ended with. */
export class RunsTable {
  readonly #insert: Statement;
  readonly #end: Statement;
  readonly #last: Statement<RunRow>;
  readonly #all: Statement<RunRow>;

  constructor(file: SqliteFile) {
    this.#insert = file.prepare(
      'INSERT INTO runs (id, command, started_at, project_sha256) VALUES (?, ?, ?, ?)',
    );
    this.#end = file.prepare('UPDATE runs SET ended_at = ?, result = ? WHERE id = ?');
    this.#last = file.prepare(`SELECT ${COLUMNS} FROM runs ORDER BY seq DESC LIMIT 1`);
    this.#all = file.prepare(`SELECT ${COLUMNS} FROM runs ORDER BY seq`);
  }

  start(run: Pick<RunRecord, 'id' | 'command' | 'startedAt' | 'projectSha256'>): void {
    this.#insert.run(run.id, run.command, run.startedAt, run.projectSha256 ?? null);
  }

  end(id: string, result: RunResult): void {
    this.#end.run(result.endedAt, JSON.stringify(result), id);
  }

  /** The latest run, ended or not. */
  last(): RunRecord | undefined {
    const row = this.#last.get();
    return row && record(row);
  }

  all(): RunRecord[] {
    return this.#all.all().map(record);
  }
}

function record(row: RunRow): RunRecord {
  return {
    id: row.id,
    command: row.command,
    startedAt: row.started_at,
    ...(row.ended_at && { endedAt: row.ended_at }),
    ...(row.project_sha256 && { projectSha256: row.project_sha256 }),
    ...(row.result && { result: JSON.parse(row.result) as RunResult }),
  };
}
