import type { Cipher } from './cipher.ts';
import type { SqliteFile, Statement } from './sqlite.ts';

/** An id and its issuer, both normalised; `issuer` is '' for a bare id. */
export interface StoredKey {
  readonly id: string;
  readonly issuer: string;
}

export interface StoredPatientCode {
  readonly patient: number;
  readonly code: string;
  readonly dateOffsetDays: number;
  readonly imported: boolean;
  /** Study Instance UID, where the link between studies is cut. */
  readonly study?: string;
}

interface CodeRow {
  patient: number;
  code: string;
  date_offset: number;
  imported: number;
  study_original: Buffer | null;
}

const KEY = 'patient key';
const NUMBER = 'patient number';
const STUDY = 'patient study';
const NO_STUDY = new Uint8Array(0);

/** Patients, the keys that name them and the codes they were given. */
export class PatientsTable {
  readonly #cipher: Cipher;
  readonly #file: SqliteFile;
  readonly #patientOf: Statement<{ patient: number }>;
  readonly #holders: Statement<{ patient: number }>;
  readonly #insertPatient: Statement;
  readonly #insertKey: Statement;
  readonly #codeOf: Statement<CodeRow>;
  readonly #insertCode: Statement;

  constructor(file: SqliteFile, cipher: Cipher) {
    this.#file = file;
    this.#cipher = cipher;
    this.#patientOf = file.prepare('SELECT patient FROM patient_keys WHERE lookup = ?');
    this.#holders = file.prepare('SELECT DISTINCT patient FROM patient_keys WHERE number = ? AND bare = 0');
    this.#insertPatient = file.prepare('INSERT INTO patients (merged_into) VALUES (NULL)');
    this.#insertKey = file.prepare(
      'INSERT INTO patient_keys (lookup, number, bare, patient, original) VALUES (?, ?, ?, ?, ?)',
    );
    // The oldest code stands: a patient that was joined from two keeps the first one's.
    this.#codeOf = file.prepare(
      `SELECT patient, code, date_offset, imported, study_original FROM patient_codes
       WHERE patient = ? AND study = ? ORDER BY id LIMIT 1`,
    );
    this.#insertCode = file.prepare(
      `INSERT INTO patient_codes (patient, study, code, date_offset, imported, study_original)
       VALUES (?, ?, ?, ?, ?, ?)`,
    );
  }

  /** Row of the patient that `key` names. */
  patientOf(key: StoredKey): number | undefined {
    return this.#patientOf.get(this.#lookup(key))?.patient;
  }

  /** Patients that have this number under an issuer. */
  holders(id: string): number[] {
    return this.#holders.all(this.#cipher.lookup(NUMBER, id)).map(({ patient }) => patient);
  }

  /** @returns the new patient's row. */
  create(): number {
    return this.#insertPatient.run().rowId;
  }

  addKey(patient: number, key: StoredKey): void {
    const number = this.#cipher.lookup(NUMBER, key.id);
    const sealed = this.#cipher.seal(KEY, JSON.stringify([key.id, key.issuer]));
    this.#insertKey.run(this.#lookup(key), number, key.issuer === '' ? 1 : 0, patient, sealed);
  }

  /** Gives keys and codes of `other` to `patient`. Codes of `other` stay known as issued. */
  merge(patient: number, other: number): void {
    this.#file.prepare('UPDATE patient_keys SET patient = ? WHERE patient = ?').run(patient, other);
    this.#file.prepare('UPDATE patient_codes SET patient = ? WHERE patient = ?').run(patient, other);
    this.#file.prepare('UPDATE patients SET merged_into = ? WHERE id = ?').run(patient, other);
  }

  /** The code in force of a patient, or of one of its studies. */
  codeOf(patient: number, study: string | undefined): StoredPatientCode | undefined {
    const row = this.#codeOf.get(patient, this.#study(study));
    return row && this.#code(row);
  }

  insertCode(code: StoredPatientCode): void {
    this.#insertCode.run(
      code.patient,
      this.#study(code.study),
      code.code,
      code.dateOffsetDays,
      code.imported ? 1 : 0,
      code.study === undefined ? null : this.#cipher.seal(STUDY, code.study),
    );
  }

  /** Codes of a patient in the order they were issued, superseded ones included. */
  codesOf(patient: number): StoredPatientCode[] {
    return this.#file
      .prepare<CodeRow>(
        'SELECT patient, code, date_offset, imported, study_original FROM patient_codes WHERE patient = ? ORDER BY id',
      )
      .all(patient)
      .map((row) => this.#code(row));
  }

  byCode(code: string): StoredPatientCode | undefined {
    const row = this.#file
      .prepare<CodeRow>(
        'SELECT patient, code, date_offset, imported, study_original FROM patient_codes WHERE code = ?',
      )
      .get(code);
    return row && this.#code(row);
  }

  /** Keys of a patient, smallest issuer and id first: the same whatever the order they were met in. */
  keysOf(patient: number): StoredKey[] {
    return this.#file
      .prepare<{ original: Buffer }>('SELECT original FROM patient_keys WHERE patient = ?')
      .all(patient)
      .map(({ original }) => {
        const [id = '', issuer = ''] = JSON.parse(this.#cipher.unsealText(KEY, original)) as string[];
        return { id, issuer };
      })
      .sort((a, b) => compare(a.issuer, b.issuer) || compare(a.id, b.id));
  }

  /** The patients in use, those merged into another left out. */
  all(): number[] {
    return this.#file
      .prepare<{ id: number }>('SELECT id FROM patients WHERE merged_into IS NULL ORDER BY id')
      .all()
      .map(({ id }) => id);
  }

  issued(): string[] {
    return this.#file
      .prepare<{ code: string }>('SELECT code FROM patient_codes')
      .all()
      .map(({ code }) => code);
  }

  #lookup(key: StoredKey): Uint8Array {
    return this.#cipher.lookup(KEY, `${key.issuer}\0${key.id}`);
  }

  #study(study: string | undefined): Uint8Array {
    return study === undefined ? NO_STUDY : this.#cipher.lookup(STUDY, study);
  }

  #code(row: CodeRow): StoredPatientCode {
    return {
      patient: row.patient,
      code: row.code,
      dateOffsetDays: row.date_offset,
      imported: row.imported === 1,
      ...(row.study_original && { study: this.#cipher.unsealText(STUDY, row.study_original) }),
    };
  }
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
