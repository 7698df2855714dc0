import type { Cipher } from './cipher.ts';
import type { SqliteFile, Statement } from './sqlite.ts';

const PURPOSE = 'survey';
const MASKED = 'masked ';

/** What the first look at each source told, encrypted: a resumed run need not read the source again. */
export class SurveysTable {
  readonly #cipher: Cipher;
  readonly #put: Statement;
  readonly #get: Statement<{ survey: Buffer }>;

  constructor(file: SqliteFile, cipher: Cipher) {
    this.#cipher = cipher;
    this.#put = file.prepare(
      'INSERT INTO surveys (source, survey) VALUES (?, ?) ON CONFLICT (source) DO UPDATE SET survey = excluded.survey',
    );
    this.#get = file.prepare('SELECT survey FROM surveys WHERE source = ?');
  }

  /** `survey` is JSON of the run's own making. */
  put(sourceId: string, survey: string): void {
    this.#put.run(sourceId, this.#cipher.seal(PURPOSE, survey));
  }

  get(sourceId: string): string | undefined {
    const row = this.#get.get(sourceId);
    return row && this.#cipher.unsealText(PURPOSE, row.survey);
  }

  /** Whose the masked source is, before and after, as JSON: kept until the source is audited again. */
  putMasked(sourceId: string, persons: string): void {
    this.#put.run(`${MASKED}${sourceId}`, this.#cipher.seal(MASKED, persons));
  }

  getMasked(sourceId: string): string | undefined {
    const row = this.#get.get(`${MASKED}${sourceId}`);
    return row && this.#cipher.unsealText(MASKED, row.survey);
  }
}
