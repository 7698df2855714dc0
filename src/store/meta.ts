import type { SqliteFile } from './sqlite.ts';

/** Small facts about the store: its version, the key check, the policy of patient ids. No value of PHI. */
export class MetaTable {
  readonly #get;
  readonly #set;

  constructor(file: SqliteFile) {
    this.#get = file.prepare<{ value: string }>('SELECT value FROM meta WHERE key = ?');
    this.#set = file.prepare(
      'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
    );
  }

  get(key: string): string | undefined {
    return this.#get.get(key)?.value;
  }

  set(key: string, value: string): void {
    this.#set.run(key, value);
  }
}
