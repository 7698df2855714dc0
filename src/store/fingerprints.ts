import { randomBytes } from 'node:crypto';
import type { Cipher } from './cipher.ts';
import type { SqliteFile, Statement } from './sqlite.ts';

/**
 * A random id for each distinct value that was found. It is not derived from the value (164.514(c)), so it may stand in
 * the release folder; the store keeps a keyed hash beside it, so that a value keeps its id in a resumed run.
 */
export class FingerprintsTable {
  readonly #cipher: Cipher;
  readonly #get: Statement<{ id: string }>;
  readonly #insert: Statement;

  constructor(file: SqliteFile, cipher: Cipher) {
    this.#cipher = cipher;
    this.#get = file.prepare('SELECT id FROM fingerprints WHERE lookup = ?');
    this.#insert = file.prepare('INSERT INTO fingerprints (lookup, id) VALUES (?, ?)');
  }

  /** 16 hex digits. */
  of(value: string): string {
    const lookup = this.#cipher.lookup('fingerprint', value);
    const known = this.#get.get(lookup);
    if (known) return known.id;
    const id = randomBytes(8).toString('hex');
    this.#insert.run(lookup, id);
    return id;
  }
}
