import { PhiGateError } from '../errors.ts';
import type { Random } from '../ports/random.ts';
import type { Project } from '../project/schema.ts';
import type { ProjectKeys } from '../store/keys.ts';
import type { Store } from '../store/store.ts';
import type { CodeBook, Crosswalk, Need, PatientCodes, PatientKey } from './codes.ts';
import { type ImportedCode, readCodeList } from './import-codes.ts';
import { CODE_PREFIX, type CodeMaker, keyedCodes, randomCodes } from './issue.ts';
import { joinPatients } from './patient-graph.ts';
import { isDummyId, normalisePatientKey, type PatientKeyPolicy, trim } from './patient-key.ts';

/** The decisions of project.yaml that codes depend on. */
export type CrosswalkPolicy = Pick<Project, 'codes' | 'link' | 'leadingZeros' | 'defaultIssuer'>;

export interface CrosswalkOptions {
  readonly project: CrosswalkPolicy;
  /**
   * Whether a new code must not be used, because it equals a known identifier. Asked for each new code, so it may look
   * into a set that fills up after the crosswalk was opened.
   */
  readonly forbid?: (code: string) => boolean;
}

/** What joining found. */
export interface JoinSummary {
  readonly patients: number;
  /** Bare ids that several issuers use for different patients. */
  readonly ambiguous: number;
  /** Codes of earlier runs no longer in force, because two patients proved to be one: outputs that show them are old. */
  readonly superseded: readonly string[];
}

export interface PatientGraph {
  /**
   * Takes in which keys name one patient. Each group is one patient in several ways; placeholders ('', zeros, UNKNOWN,
   * ANON...) join nobody. All groups of the run go in one call, before anything is resolved: the result then does not
   * depend on the order of sources.
   */
  join(groups: readonly (readonly PatientKey[])[]): JoinSummary;
  /** A number that is the same for all keys of a patient; undefined for a key that nobody has met. */
  find(key: PatientKey): number | undefined;
}

/** The crosswalk of a work folder, with what only its owner may do. */
export interface ProjectCrosswalk extends Crosswalk, PatientGraph {
  /**
   * Takes codes and offsets that the sponsor assigned, CSV `patient_id,issuer,code,date_offset_days` with a header line.
   * Goes before the first run; the same list again changes nothing. An empty offset is drawn at random.
   * @returns how many patients the list holds.
   * @throws PhiGateError `usage` naming the line, where it is malformed or contradicts itself or codes already issued.
   */
  importCodes(csv: string): number;
}

const MAX_ATTEMPTS = 200;
const CACHE_LIMIT = 500_000;

/**
 * Opens the crosswalk that lives in `store`. Not to be opened twice over one store at the same time.
 * @throws PhiGateError `usage` where the policy for patient ids is not that of the first run.
 */
export function openCrosswalk(
  store: Store,
  keys: ProjectKeys,
  options: CrosswalkOptions,
  random: Random,
): ProjectCrosswalk {
  const maker = options.project.codes === 'keyed-hash' ? keyedCodes(keys.codes) : randomCodes(random);
  return new StoredCrosswalk(store, maker, options);
}

class StoredCrosswalk implements ProjectCrosswalk {
  readonly #store: Store;
  readonly #maker: CodeMaker;
  readonly #forbid: (code: string) => boolean;
  readonly #keyPolicy: PatientKeyPolicy;
  readonly #linkCut: boolean;
  readonly #issued = new Set<string>();
  readonly #codes = new Map<string, string>();
  readonly #patients = new Map<string, PatientCodes>();

  constructor(store: Store, maker: CodeMaker, { project, forbid }: CrosswalkOptions) {
    this.#store = store;
    this.#maker = maker;
    this.#forbid = forbid ?? (() => false);
    this.#keyPolicy = { leadingZeros: project.leadingZeros, defaultIssuer: project.defaultIssuer };
    this.#linkCut = project.link === 'cut';
    this.#pinKeyPolicy();
    this.#reload();
    store.onRollback(() => this.#reload());
  }

  resolve(needs: readonly Need[]): CodeBook {
    const book = new Book(this.#keyPolicy, this.#linkCut);
    const missing = needs.filter((need) => !this.#fromCache(need, book));
    if (missing.length > 0) {
      this.#store.transaction(() => {
        for (const need of missing) this.#resolveOne(need, book);
      });
    }
    return book;
  }

  isIssued(value: string): boolean {
    return this.#issued.has(value);
  }

  join(groups: readonly (readonly PatientKey[])[]): JoinSummary {
    return this.#store.transaction(() => {
      const patients = this.#store.patients;
      const { patients: joined, ambiguous } = joinPatients(
        groups.map((group) => group.filter((key) => !isDummyId(key.id)).map((key) => this.#normalise(key))),
        patients,
      );
      const superseded: string[] = [];
      for (const { keys, earlier } of joined) superseded.push(...this.#settle(keys, earlier));
      if (superseded.length > 0) this.#patients.clear();
      return { patients: joined.length, ambiguous: ambiguous.length, superseded };
    });
  }

  find(key: PatientKey): number | undefined {
    return this.#store.patients.patientOf(this.#normalise(key));
  }

  importCodes(csv: string): number {
    if (this.#linkCut) {
      throw new PhiGateError(
        'usage',
        'a code list needs `link: keep`: with the link cut a patient has no one code',
      );
    }
    const list = readCodeList(csv);
    this.#store.transaction(() => {
      for (const entry of list) this.#importOne(entry);
    });
    return list.length;
  }

  #importOne(entry: ImportedCode): void {
    const patients = this.#store.patients;
    const refuse = (what: string): never => {
      throw new PhiGateError('usage', `code list: ${what}`, { locus: `line ${entry.line}` });
    };
    if (isDummyId(entry.patient.id)) refuse(`line ${entry.line} names no patient`);
    const patient = this.#patientRow(this.#normalise(entry.patient));
    const current = patients.codeOf(patient, undefined);
    if (current) {
      const same = current.code === entry.code;
      if (!same) refuse(`the patient of line ${entry.line} has another code already; use a new work folder`);
      if (entry.dateOffsetDays !== undefined && entry.dateOffsetDays !== current.dateOffsetDays) {
        refuse(`the patient of line ${entry.line} has another date offset already; use a new work folder`);
      }
      return;
    }
    if (this.#issued.has(entry.code)) refuse(`the code of line ${entry.line} belongs to somebody else`);
    if (this.#forbid(entry.code)) refuse(`the code of line ${entry.line} is an identifier of the data`);
    const dateOffsetDays =
      entry.dateOffsetDays ?? this.#maker.dateOffset(this.#patientOriginal(patient, undefined));
    patients.insertCode({ patient, code: entry.code, dateOffsetDays, imported: true });
    this.#issued.add(entry.code);
  }

  #fromCache(need: Need, book: Book): boolean {
    const key = book.keyOf(need);
    if (need.kind === 'patient') {
      const codes = this.#patients.get(key);
      if (codes) book.patients.set(key, codes);
      return codes !== undefined;
    }
    const code = this.#codes.get(key);
    if (code !== undefined) book.codes.set(key, code);
    return code !== undefined;
  }

  #resolveOne(need: Need, book: Book): void {
    const key = book.keyOf(need);
    if (need.kind === 'patient') {
      const codes = this.#patientCodes(this.#normalise(need.patient), this.#linkCut ? need.study : undefined);
      remember(this.#patients, key, codes);
      book.patients.set(key, codes);
      return;
    }
    const code = need.kind === 'uid' ? this.#uid(book.uidOriginal(need)) : this.#code(need);
    remember(this.#codes, key, code);
    book.codes.set(key, code);
  }

  #uid(original: string): string {
    const { codes } = this.#store;
    const lookup = codes.lookup('uid', original);
    const known = codes.get('uid', lookup);
    if (known !== undefined) return known;
    const uid = this.#unused((attempt) => this.#maker.uid(original, attempt));
    codes.insert('uid', lookup, uid, original);
    return uid;
  }

  #code({ domain, value }: Need & { kind: 'code' }): string {
    const { codes } = this.#store;
    const original = trim(value);
    const lookup = codes.lookup(domain, original);
    const known = codes.get(domain, lookup);
    if (known !== undefined) return known;
    const code = this.#unused((attempt) => this.#maker.code(CODE_PREFIX[domain], original, attempt));
    codes.insert(domain, lookup, code, original);
    return code;
  }

  #patientCodes(key: PatientKey, study: string | undefined): PatientCodes {
    const { patients } = this.#store;
    const patient = this.#patientRow(key);
    const trimmed = study === undefined ? undefined : trim(study);
    const known = patients.codeOf(patient, trimmed);
    if (known) return { code: known.code, dateOffsetDays: known.dateOffsetDays };
    const original = this.#patientOriginal(patient, trimmed);
    const code = this.#unused((attempt) => this.#maker.code(CODE_PREFIX.patient, original, attempt));
    const dateOffsetDays = this.#maker.dateOffset(original);
    patients.insertCode({
      patient,
      code,
      dateOffsetDays,
      imported: false,
      ...(trimmed !== undefined && { study: trimmed }),
    });
    return { code, dateOffsetDays };
  }

  /** The patient of a key, made where nobody joined it: a placeholder, or a key that no survey told of. */
  #patientRow(key: PatientKey): number {
    const { patients } = this.#store;
    const known = patients.patientOf(key);
    if (known !== undefined) return known;
    if (isDummyId(key.id)) return this.#create([key]);
    this.join([[key]]);
    const joined = patients.patientOf(key);
    if (joined === undefined) throw new PhiGateError('internal', 'a patient was joined and not found again');
    return joined;
  }

  /** Writes one joined patient. @returns the codes that are no longer in force. */
  #settle(keys: readonly PatientKey[], earlier: readonly number[]): string[] {
    const { patients } = this.#store;
    const [first, ...others] = earlier;
    if (first === undefined) {
      this.#create(keys);
      return [];
    }
    const rows = [first, ...others];
    const before = rows.map((row) => patients.codesOf(row)).filter((codes) => codes.length > 0);
    for (const other of others) patients.merge(first, other);
    for (const key of keys) if (patients.patientOf(key) === undefined) patients.addKey(first, key);
    if (before.length < 2) return [];
    return before
      .flat()
      .flatMap(({ code, study }) => (patients.codeOf(first, study)?.code === code ? [] : [code]));
  }

  #create(keys: readonly PatientKey[]): number {
    const { patients } = this.#store;
    const patient = patients.create();
    for (const key of keys) patients.addKey(patient, key);
    return patient;
  }

  /** What a keyed hash is taken of: the smallest key, so that the order of sources does not matter. */
  #patientOriginal(patient: number, study: string | undefined): string {
    const [key] = this.#store.patients.keysOf(patient);
    return `${key?.issuer ?? ''}\0${key?.id ?? ''}\0${study ?? ''}`;
  }

  #unused(make: (attempt: number) => string | undefined): string {
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      const code = make(attempt);
      if (code === undefined || this.#issued.has(code) || this.#forbid(code)) continue;
      this.#issued.add(code);
      return code;
    }
    throw new PhiGateError(
      'crosswalk',
      'no unused code was found; the source of random numbers may be broken',
    );
  }

  #normalise(key: PatientKey): PatientKey {
    return normalisePatientKey(key, this.#keyPolicy);
  }

  /** Another policy would give patients of earlier runs new codes without a word. */
  #pinKeyPolicy(): void {
    const { leadingZeros, defaultIssuer } = this.#keyPolicy;
    const issuer = normalisePatientKey({ id: '', issuer: defaultIssuer }, this.#keyPolicy).issuer;
    // Hashed: an issuer's name says which hospital it is.
    const lookup = this.#store.cipher.lookup('patient key policy', `${leadingZeros}\0${issuer}`);
    const policy = Buffer.from(lookup).toString('hex');
    const pinned = this.#store.meta.get('patient-key-policy');
    if (pinned === undefined || this.#store.patients.all().length === 0) {
      if (pinned !== policy) this.#store.meta.set('patient-key-policy', policy);
    } else if (pinned !== policy) {
      throw new PhiGateError(
        'usage',
        '`leadingZeros` or `defaultIssuer` differ from the first run of this work folder; set them back, or use a new one',
      );
    }
  }

  #reload(): void {
    this.#codes.clear();
    this.#patients.clear();
    this.#issued.clear();
    for (const code of this.#store.codes.issued()) this.#issued.add(code);
    for (const code of this.#store.patients.issued()) this.#issued.add(code);
  }
}

/** Replacements for the needs of one call. */
class Book implements CodeBook {
  readonly codes = new Map<string, string>();
  readonly patients = new Map<string, PatientCodes>();
  readonly #keyPolicy: PatientKeyPolicy;
  readonly #linkCut: boolean;

  constructor(keyPolicy: PatientKeyPolicy, linkCut: boolean) {
    this.#keyPolicy = keyPolicy;
    this.#linkCut = linkCut;
  }

  patient(patient: PatientKey, study?: string): PatientCodes {
    return known(this.patients.get(this.keyOf(withStudy({ kind: 'patient', patient }, study))));
  }

  uid(uid: string, study?: string): string {
    return known(this.codes.get(this.keyOf(withStudy({ kind: 'uid', uid }, study))));
  }

  code(domain: Extract<Need, { kind: 'code' }>['domain'], value: string): string {
    return known(this.codes.get(this.keyOf({ kind: 'code', domain, value })));
  }

  /** The same for needs that have the same replacement. */
  keyOf(need: Need): string {
    if (need.kind === 'uid') return `uid ${this.uidOriginal(need)}`;
    if (need.kind === 'code') return `${need.domain} ${trim(need.value)}`;
    const { id, issuer } = normalisePatientKey(need.patient, this.#keyPolicy);
    return `${issuer}\0${id}\0${this.#linkCut && need.study !== undefined ? `\0${trim(need.study)}` : ''}`;
  }

  /** The UID, with its study where the link between studies is cut. */
  uidOriginal({ uid, study }: Need & { kind: 'uid' }): string {
    return this.#linkCut && study !== undefined ? `${trim(uid)}\0${trim(study)}` : trim(uid);
  }
}

function withStudy<T extends Need>(need: T, study: string | undefined): T {
  return study === undefined ? need : { ...need, study };
}

function known<T>(value: T | undefined): T {
  if (value === undefined)
    throw new PhiGateError('internal', 'a code was asked for that the plan did not name');
  return value;
}

function remember<T>(cache: Map<string, T>, key: string, value: T): void {
  if (cache.size >= CACHE_LIMIT) cache.clear();
  cache.set(key, value);
}
