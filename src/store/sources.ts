import { randomBytes } from 'node:crypto';
import { PhiGateError } from '../errors.ts';
import type { Format } from '../model/passage.ts';
import type { ReasonCode, SourceStatus } from '../model/result.ts';
import type { Cipher } from './cipher.ts';
import type { SqliteFile, SqlValue, Statement } from './sqlite.ts';

/** How far a source has come. A killed run goes on from here. */
export type SourcePhase = 'found' | 'surveyed' | 'masked' | 'audited' | 'done';

/** A source as the store knows it. */
export interface SourceRecord {
  /** Random, 16 hex digits; the same in every run while the path stays. */
  readonly id: string;
  /** Relative to the input, as bytes: a name need not be UTF-8. PHI; encrypted at rest. */
  readonly path: Buffer;
  readonly size: number;
  readonly mtimeNs: bigint;
  /** The last run that met the source in its input. */
  readonly run: string;
  readonly phase: SourcePhase;
  readonly format?: Format;
  readonly status?: SourceStatus;
  readonly reason?: ReasonCode;
  /** Lower-case hex. */
  readonly sha256In?: string;
  /** Relative to `DIR/data`. */
  readonly output?: string;
  readonly sha256Out?: string;
  /** Messages of a batch. */
  readonly parts?: { readonly released: number; readonly withheld: number };
  /** Value-free, whatever the run wants to remember. */
  readonly details?: unknown;
}

/** Fields to set; `null` clears one. */
export type SourcePatch = {
  readonly [Field in Exclude<keyof SourceRecord, 'id' | 'path' | 'run'>]?: SourceRecord[Field] | null;
};

interface SourceRow {
  seq: number;
  id: string;
  path: Buffer;
  size: number;
  mtime_ns: string;
  run: string;
  phase: SourcePhase;
  format: Format | null;
  status: SourceStatus | null;
  reason: ReasonCode | null;
  sha256_in: string | null;
  output: string | null;
  sha256_out: string | null;
  parts_released: number | null;
  parts_withheld: number | null;
  details: string | null;
}

const COLUMNS =
  'seq, id, path, size, mtime_ns, run, phase, format, status, reason, sha256_in, output, sha256_out, parts_released, parts_withheld, details';
const PAGE = 500;
const PURPOSE = 'source path';

export class SourcesTable {
  readonly #file: SqliteFile;
  readonly #cipher: Cipher;
  readonly #byLookup: Statement<SourceRow>;
  readonly #byId: Statement<SourceRow>;
  readonly #insert: Statement;
  readonly #seen: Statement;
  readonly #updates = new Map<string, Statement>();

  constructor(file: SqliteFile, cipher: Cipher) {
    this.#file = file;
    this.#cipher = cipher;
    this.#byLookup = file.prepare(`SELECT ${COLUMNS} FROM sources WHERE path_lookup = ?`);
    this.#byId = file.prepare(`SELECT ${COLUMNS} FROM sources WHERE id = ?`);
    this.#insert = file.prepare(
      "INSERT INTO sources (id, path_lookup, path, size, mtime_ns, run, phase) VALUES (?, ?, ?, ?, ?, ?, 'found')",
    );
    this.#seen = file.prepare('UPDATE sources SET run = ? WHERE id = ?');
  }

  /**
   * Notes that `run` met a file. A file whose size or modification time is not what it was starts again from phase
   * `found`, its survey, findings and actions are forgotten, and its `output` stays for the run to withdraw.
   */
  seen(
    found: { readonly path: Uint8Array; readonly size: number; readonly mtimeNs: bigint },
    run: string,
  ): { source: SourceRecord; change: 'new' | 'same' | 'changed' } {
    return this.#file.transaction(() => {
      const lookup = this.#cipher.lookup(PURPOSE, found.path);
      const row = this.#byLookup.get(lookup);
      if (!row) {
        const id = randomBytes(8).toString('hex');
        const path = this.#cipher.seal(PURPOSE, found.path);
        this.#insert.run(id, lookup, path, found.size, String(found.mtimeNs), run);
        return { source: this.#require(id), change: 'new' };
      }
      this.#seen.run(run, row.id);
      const same = row.size === found.size && row.mtime_ns === String(found.mtimeNs);
      if (!same) this.startAgain(row.id, found);
      return { source: this.#require(row.id), change: same ? 'same' : 'changed' };
    });
  }

  update(id: string, patch: SourcePatch): void {
    const assignments = Object.entries(patch).flatMap(([field, value]) => columnsOf(field, value));
    if (assignments.length === 0) return;
    const sql = assignments.map(([column]) => `${column} = ?`).join(', ');
    let statement = this.#updates.get(sql);
    if (!statement) {
      statement = this.#file.prepare(`UPDATE sources SET ${sql} WHERE id = ?`);
      this.#updates.set(sql, statement);
    }
    statement.run(...assignments.map(([, value]) => value), id);
  }

  get(id: string): SourceRecord | undefined {
    const row = this.#byId.get(id);
    return row && this.#record(row);
  }

  byPath(path: Uint8Array): SourceRecord | undefined {
    const row = this.#byLookup.get(this.#cipher.lookup(PURPOSE, path));
    return row && this.#record(row);
  }

  /** All sources in the order of their first sight; of one run only, where `run` is given. Rows may change meanwhile. */
  *all(run?: string): IterableIterator<SourceRecord> {
    const page = this.#file.prepare<SourceRow>(
      `SELECT ${COLUMNS} FROM sources WHERE seq > ? AND (? IS NULL OR run = ?) ORDER BY seq LIMIT ${PAGE}`,
    );
    for (let after = 0; ; ) {
      const rows = page.all(after, run ?? null, run ?? null);
      for (const row of rows) yield this.#record(row);
      const last = rows.at(-1);
      if (!last || rows.length < PAGE) return;
      after = last.seq;
    }
  }

  /** How many sources of a run ended how, and why. */
  counts(run: string): { status: SourceStatus | undefined; reason: ReasonCode | undefined; count: number }[] {
    return this.#file
      .prepare<{ status: SourceStatus | null; reason: ReasonCode | null; count: number }>(
        'SELECT status, reason, count(*) AS count FROM sources WHERE run = ? GROUP BY status, reason ORDER BY status, reason',
      )
      .all(run)
      .map(({ status, reason, count }) => ({
        status: status ?? undefined,
        reason: reason ?? undefined,
        count,
      }));
  }

  /** Sources that an earlier run met and `run` did not: gone from the input. */
  notSeen(run: string): SourceRecord[] {
    return this.#file
      .prepare<SourceRow>(`SELECT ${COLUMNS} FROM sources WHERE run <> ? ORDER BY seq`)
      .all(run)
      .map((row) => this.#record(row));
  }

  /** Forgets what earlier runs made of a source but the name of its output, so that it can be withdrawn; its codes stay. */
  startAgain(id: string, found: { readonly size: number; readonly mtimeNs: bigint }): void {
    this.update(id, {
      size: found.size,
      mtimeNs: found.mtimeNs,
      phase: 'found',
      format: null,
      status: null,
      reason: null,
      sha256In: null,
      parts: null,
      details: null,
    });
    for (const table of ['findings', 'actions', 'surveys']) {
      this.#file.prepare(`DELETE FROM ${table} WHERE source = ?`).run(id);
    }
  }

  #require(id: string): SourceRecord {
    const record = this.get(id);
    if (!record) throw new PhiGateError('internal', 'a source vanished from the store');
    return record;
  }

  #record(row: SourceRow): SourceRecord {
    const cipher = this.#cipher;
    return {
      id: row.id,
      // Opened when asked for: most readers of a record do not want to know whose file it is.
      get path() {
        return cipher.unseal(PURPOSE, row.path);
      },
      size: row.size,
      mtimeNs: BigInt(row.mtime_ns),
      run: row.run,
      phase: row.phase,
      ...(row.format && { format: row.format }),
      ...(row.status && { status: row.status }),
      ...(row.reason && { reason: row.reason }),
      ...(row.sha256_in && { sha256In: row.sha256_in }),
      ...(row.output && { output: row.output }),
      ...(row.sha256_out && { sha256Out: row.sha256_out }),
      ...(row.parts_released !== null && {
        parts: { released: row.parts_released, withheld: row.parts_withheld ?? 0 },
      }),
      ...(row.details !== null && { details: JSON.parse(row.details) as unknown }),
    };
  }
}

const COLUMN_OF: Readonly<Record<string, string>> = {
  size: 'size',
  phase: 'phase',
  format: 'format',
  status: 'status',
  reason: 'reason',
  sha256In: 'sha256_in',
  output: 'output',
  sha256Out: 'sha256_out',
};

function columnsOf(field: string, value: unknown): [column: string, value: SqlValue][] {
  if (value === undefined) return [];
  if (field === 'mtimeNs') return [['mtime_ns', String(value)]];
  if (field === 'details') return [['details', value === null ? null : JSON.stringify(value)]];
  if (field === 'parts') {
    const parts = value as SourceRecord['parts'] | null;
    return [
      ['parts_released', parts?.released ?? null],
      ['parts_withheld', parts?.withheld ?? null],
    ];
  }
  const column = COLUMN_OF[field];
  return column ? [[column, value as SqlValue]] : [];
}
