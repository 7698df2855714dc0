import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PhiGateError } from '../errors.ts';
import { ActionsTable } from './actions.ts';
import { type Cipher, createCipher } from './cipher.ts';
import { CodesTable } from './codes.ts';
import { FindingsTable } from './findings.ts';
import { FingerprintsTable } from './fingerprints.ts';
import { keyCheck, type ProjectKeys } from './keys.ts';
import { MetaTable } from './meta.ts';
import { migrate } from './migrate.ts';
import { PatientsTable } from './patients.ts';
import { RunsTable } from './runs.ts';
import { MIGRATIONS } from './schema.ts';
import { SourcesTable } from './sources.ts';
import { SqliteFile } from './sqlite.ts';
import { SurveysTable } from './surveys.ts';
import { WORK_FILES } from './work-folder.ts';

/** The state of a project: one SQLite file, a table a repository. Originals in it are encrypted. */
export interface Store {
  readonly cipher: Cipher;
  readonly sources: SourcesTable;
  readonly findings: FindingsTable;
  readonly actions: ActionsTable;
  readonly surveys: SurveysTable;
  readonly fingerprints: FingerprintsTable;
  readonly runs: RunsTable;
  readonly codes: CodesTable;
  readonly patients: PatientsTable;
  readonly meta: MetaTable;
  /**
   * Runs `action`, which must not be async, in one transaction; inside another it becomes part of that. What is in an
   * open transaction is lost by a kill: commit codes before a file that shows them is released.
   */
  transaction<T>(action: () => T): T;
  /** Calls `listener` after a transaction was undone. */
  onRollback(listener: () => void): void;
  close(): void;
}

export interface OpenStoreOptions {
  /** Refuse to make a new store. Default false. */
  readonly mustExist?: boolean;
}

/**
 * Opens `store.sqlite` in the work folder, making or migrating it where needed.
 * @throws PhiGateError `usage` for a newer store or a missing one, `crosswalk` for a wrong key or damaged file, `disk`.
 */
export function openStore(workDir: string, keys: ProjectKeys, options: OpenStoreOptions = {}): Store {
  const path = join(workDir, WORK_FILES.store);
  if (options.mustExist && !existsSync(path)) {
    throw new PhiGateError('usage', 'the work folder holds no store; give the work folder of a run');
  }
  const file = new SqliteFile(path);
  try {
    migrate(file, path, MIGRATIONS);
    const meta = new MetaTable(file);
    checkKey(meta, keys);
    return repositories(file, createCipher(keys), meta);
  } catch (error) {
    file.close();
    throw error;
  }
}

function repositories(file: SqliteFile, cipher: Cipher, meta: MetaTable): Store {
  return {
    cipher,
    sources: new SourcesTable(file, cipher),
    findings: new FindingsTable(file),
    actions: new ActionsTable(file),
    surveys: new SurveysTable(file, cipher),
    fingerprints: new FingerprintsTable(file, cipher),
    runs: new RunsTable(file),
    codes: new CodesTable(file, cipher),
    patients: new PatientsTable(file, cipher),
    meta,
    transaction: (action) => file.transaction(action),
    onRollback: (listener) => file.onRollback(listener),
    close: () => file.close(),
  };
}

function checkKey(meta: MetaTable, keys: ProjectKeys): void {
  const expected = meta.get('key-check');
  const actual = keyCheck(keys);
  if (expected === undefined) meta.set('key-check', actual);
  else if (expected !== actual) {
    throw new PhiGateError(
      'crosswalk',
      'the key does not belong to this work folder; use the key that its first run was made with',
    );
  }
}
