import { closeSync, openSync, unlinkSync } from 'node:fs';
import { PhiGateError } from '../errors.ts';
import { onDisk } from '../ports/output.ts';
import { MetaTable } from './meta.ts';
import type { SqliteFile } from './sqlite.ts';

/**
 * Brings a store to the newest version this program knows, in one transaction, after a copy of the old one was put
 * beside it (`store.sqlite.v<N>.backup`). A new file gets all tables.
 * @throws PhiGateError `usage` where a newer program wrote the store.
 */
export function migrate(file: SqliteFile, path: string, migrations: readonly string[]): void {
  const version = versionOf(file);
  if (version > migrations.length) {
    throw new PhiGateError(
      'usage',
      `the store has version ${version}, this program knows ${migrations.length}; use a newer phi-gate`,
    );
  }
  if (version === migrations.length) return;
  if (version > 0) backUp(file, `${path}.v${version}.backup`);
  file.transaction(() => {
    file.exec('CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT');
    for (const step of migrations.slice(version)) file.exec(step);
    new MetaTable(file).set('version', String(migrations.length));
  });
}

function versionOf(file: SqliteFile): number {
  const table = file.prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name = 'meta'").get();
  if (!table) return 0;
  const version = Number(new MetaTable(file).get('version'));
  if (!Number.isInteger(version) || version < 1) {
    throw new PhiGateError('crosswalk', 'the store names no version; bring it back from a backup');
  }
  return version;
}

function backUp(file: SqliteFile, path: string): void {
  onDisk(() => {
    closeSync(openSync(path, 'a', 0o600));
    unlinkSync(path);
    // VACUUM INTO takes an empty file and leaves its mode as it is.
    closeSync(openSync(path, 'wx', 0o600));
  });
  file.exec(`VACUUM INTO '${path.replaceAll("'", "''")}'`);
}
