/**
 * The store's tables, one step a version: step N takes a store of version N to N + 1. A released step never changes.
 * Columns of type BLOB hold encrypted originals or keyed look-up hashes; TEXT and INTEGER hold nothing of a patient.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE sources (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    path_lookup BLOB NOT NULL UNIQUE,
    path BLOB NOT NULL,
    size INTEGER NOT NULL,
    mtime_ns TEXT NOT NULL,
    run TEXT NOT NULL,
    phase TEXT NOT NULL,
    format TEXT,
    status TEXT,
    reason TEXT,
    sha256_in TEXT,
    output TEXT,
    sha256_out TEXT,
    parts_released INTEGER,
    parts_withheld INTEGER,
    details TEXT
  ) STRICT;
  CREATE TABLE findings (seq INTEGER PRIMARY KEY, source TEXT NOT NULL, line TEXT NOT NULL) STRICT;
  CREATE INDEX findings_source ON findings (source);
  CREATE TABLE actions (source TEXT PRIMARY KEY, counts TEXT NOT NULL) STRICT;
  CREATE TABLE surveys (source TEXT PRIMARY KEY, survey BLOB NOT NULL) STRICT;
  CREATE TABLE fingerprints (lookup BLOB PRIMARY KEY, id TEXT NOT NULL UNIQUE) STRICT;
  CREATE TABLE runs (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    command TEXT NOT NULL,
    started_at TEXT NOT NULL,
    ended_at TEXT,
    project_sha256 TEXT,
    result TEXT
  ) STRICT;

  CREATE TABLE uids (
    id INTEGER PRIMARY KEY, lookup BLOB NOT NULL UNIQUE, code TEXT NOT NULL UNIQUE, original BLOB NOT NULL
  ) STRICT;
  CREATE TABLE codes (
    id INTEGER PRIMARY KEY, domain TEXT NOT NULL, lookup BLOB NOT NULL UNIQUE, code TEXT NOT NULL UNIQUE,
    original BLOB NOT NULL
  ) STRICT;
  CREATE TABLE patients (id INTEGER PRIMARY KEY, merged_into INTEGER REFERENCES patients (id)) STRICT;
  CREATE TABLE patient_keys (
    id INTEGER PRIMARY KEY,
    lookup BLOB NOT NULL UNIQUE,
    number BLOB NOT NULL,
    bare INTEGER NOT NULL,
    patient INTEGER NOT NULL REFERENCES patients (id),
    original BLOB NOT NULL
  ) STRICT;
  CREATE INDEX patient_keys_number ON patient_keys (number);
  CREATE INDEX patient_keys_patient ON patient_keys (patient);
  CREATE TABLE patient_codes (
    id INTEGER PRIMARY KEY,
    patient INTEGER NOT NULL REFERENCES patients (id),
    study BLOB NOT NULL,
    code TEXT NOT NULL UNIQUE,
    date_offset INTEGER NOT NULL,
    imported INTEGER NOT NULL,
    study_original BLOB
  ) STRICT;
  CREATE INDEX patient_codes_patient ON patient_codes (patient, study);
  `,
];
