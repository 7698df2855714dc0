import { closeSync, openSync } from 'node:fs';
import Database from 'libsql';
import { PhiGateError } from '../errors.ts';
import { onDisk } from '../ports/output.ts';

export type SqlValue = string | number | Uint8Array | null;

/** A prepared statement whose errors are typed. */
export class Statement<Row = unknown> {
  readonly #statement: Database.Statement;

  constructor(statement: Database.Statement) {
    this.#statement = statement;
  }

  /** @returns how many rows changed, and the row id of an insertion. */
  run(...values: SqlValue[]): { changes: number; rowId: number } {
    // One array, always: libsql takes a lone Buffer or null for an object of named parameters.
    const result = guarded(() => this.#statement.run(values));
    return { changes: result.changes, rowId: Number(result.lastInsertRowid) };
  }

  get(...values: SqlValue[]): Row | undefined {
    return guarded(() => this.#statement.get(values)) as Row | undefined;
  }

  all(...values: SqlValue[]): Row[] {
    const rows = guarded(() => this.#statement.all(values)) as Record<string, unknown>[];
    for (const row of rows) blobsAsBuffers(row);
    return rows as Row[];
  }
}

/** One SQLite file in WAL mode, with transactions that nest by joining the outer one. */
export class SqliteFile {
  readonly #database: Database.Database;
  readonly #rollbackListeners: (() => void)[] = [];
  #depth = 0;
  #doomed = false;

  /** Opens or makes the file with mode 0600; its -wal and -shm get the same. @throws PhiGateError `crosswalk`, `disk`. */
  constructor(path: string) {
    onDisk(() => closeSync(openSync(path, 'a', 0o600)));
    this.#database = guarded(() => new Database(path));
    this.exec('PRAGMA busy_timeout = 5000');
    this.exec('PRAGMA journal_mode = WAL');
    // NORMAL loses nothing to kill -9; a power cut may take the last transactions, and leaves the file sound.
    this.exec('PRAGMA synchronous = NORMAL');
    this.exec('PRAGMA wal_autocheckpoint = 4000');
    this.exec('PRAGMA foreign_keys = ON');
  }

  exec(sql: string): void {
    guarded(() => this.#database.exec(sql));
  }

  prepare<Row>(sql: string): Statement<Row> {
    return new Statement<Row>(guarded(() => this.#database.prepare(sql)));
  }

  /**
   * Runs `action` in a transaction; within another one it becomes part of that. When `action` throws, all of the
   * outermost transaction is undone, even if somebody catches the error in between: half of a step is never kept.
   */
  transaction<T>(action: () => T): T {
    if (this.#depth > 0) return this.#joined(action);
    this.exec('BEGIN IMMEDIATE');
    this.#depth = 1;
    this.#doomed = false;
    try {
      const result = action();
      if (this.#doomed)
        throw new PhiGateError('internal', 'a transaction went on after a step in it had failed');
      this.exec('COMMIT');
      return result;
    } catch (error) {
      this.#rollback();
      throw error;
    } finally {
      this.#depth = 0;
    }
  }

  /** Calls `listener` after a transaction was undone, so that caches can forget what it wrote. */
  onRollback(listener: () => void): void {
    this.#rollbackListeners.push(listener);
  }

  close(): void {
    guarded(() => this.#database.close());
  }

  #joined<T>(action: () => T): T {
    this.#depth++;
    try {
      return action();
    } catch (error) {
      this.#doomed = true;
      throw error;
    } finally {
      this.#depth--;
    }
  }

  #rollback(): void {
    try {
      this.#database.exec('ROLLBACK');
    } catch {
      // SQLite has already undone it (disk full does that); the first error is the one to tell.
    }
    for (const listener of this.#rollbackListeners) listener();
  }
}

/** libsql gives blobs as Buffer from `get`, and as ArrayBuffer from `all`. */
function blobsAsBuffers(row: Record<string, unknown>): void {
  for (const [column, value] of Object.entries(row)) {
    if (value instanceof ArrayBuffer) row[column] = Buffer.from(value);
  }
}

function guarded<T>(action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw storeError(error);
  }
}

/** SQLite's messages may quote values: only its code is told. */
function storeError(error: unknown): PhiGateError {
  if (error instanceof PhiGateError) return error;
  const code = String((error as { code?: unknown }).code ?? '');
  if (/^SQLITE_(FULL|IOERR|READONLY|CANTOPEN)/.test(code)) {
    return new PhiGateError('disk', `the store cannot be written (${code}); check space and permissions`);
  }
  if (/^SQLITE_(NOTADB|CORRUPT)/.test(code)) {
    return new PhiGateError('crosswalk', `the store is damaged (${code}); bring it back from a backup`);
  }
  if (code.startsWith('SQLITE_BUSY')) {
    return new PhiGateError(
      'crosswalk',
      'the store is in use by another process; try again when it has ended',
    );
  }
  return new PhiGateError('crosswalk', `the store refused a step (${code || 'cannot be opened'})`);
}
