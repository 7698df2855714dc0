import type { Cipher } from './cipher.ts';
import type { SqliteFile, Statement } from './sqlite.ts';

/** The space that an original is looked up in: `uid`, or the domain of a code. */
export type CodeSpace = string;

export interface StoredCode {
  readonly space: CodeSpace;
  readonly original: string;
  readonly code: string;
}

interface CodeRow {
  domain: string;
  code: string;
  original: Buffer;
}

const UID = 'uid';

/** UIDs and codes that were issued, with their encrypted originals. Callers look up normalised values. */
export class CodesTable {
  readonly #file: SqliteFile;
  readonly #cipher: Cipher;
  readonly #getUid: Statement<{ code: string }>;
  readonly #getCode: Statement<{ code: string }>;
  readonly #insertUid: Statement;
  readonly #insertCode: Statement;

  constructor(file: SqliteFile, cipher: Cipher) {
    this.#file = file;
    this.#cipher = cipher;
    this.#getUid = file.prepare('SELECT code FROM uids WHERE lookup = ?');
    this.#getCode = file.prepare('SELECT code FROM codes WHERE lookup = ?');
    this.#insertUid = file.prepare('INSERT INTO uids (lookup, code, original) VALUES (?, ?, ?)');
    this.#insertCode = file.prepare('INSERT INTO codes (domain, lookup, code, original) VALUES (?, ?, ?, ?)');
  }

  /** Keyed hash of an original in its space; 16 bytes. */
  lookup(space: CodeSpace, original: string): Uint8Array {
    return this.#cipher.lookup(`code ${space}`, original);
  }

  get(space: CodeSpace, lookup: Uint8Array): string | undefined {
    return (space === UID ? this.#getUid : this.#getCode).get(lookup)?.code;
  }

  insert(space: CodeSpace, lookup: Uint8Array, code: string, original: string): void {
    const sealed = this.#cipher.seal(`code ${space}`, original);
    if (space === UID) this.#insertUid.run(lookup, code, sealed);
    else this.#insertCode.run(space, lookup, code, sealed);
  }

  /** Every code and UID that was ever issued here, those of patients aside. */
  issued(): string[] {
    return this.#file
      .prepare<{ code: string }>('SELECT code FROM uids UNION ALL SELECT code FROM codes')
      .all()
      .map(({ code }) => code);
  }

  byCode(code: string): StoredCode | undefined {
    const row = this.#file
      .prepare<CodeRow>(
        `SELECT '${UID}' AS domain, code, original FROM uids WHERE code = ?
         UNION ALL SELECT domain, code, original FROM codes WHERE code = ?`,
      )
      .get(code, code);
    return row && this.#stored(row);
  }

  /** All of them in the order they were issued. */
  all(): StoredCode[] {
    return this.#file
      .prepare<CodeRow>(
        `SELECT domain, code, original FROM (
           SELECT '${UID}' AS domain, code, original, 0 AS part, id FROM uids
           UNION ALL SELECT domain, code, original, 1 AS part, id FROM codes) ORDER BY part, id`,
      )
      .all()
      .map((row) => this.#stored(row));
  }

  #stored({ domain, code, original }: CodeRow): StoredCode {
    return { space: domain, code, original: this.#cipher.unsealText(`code ${domain}`, original) };
  }
}
