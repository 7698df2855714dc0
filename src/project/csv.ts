import type { PatientKey } from '../crosswalk/codes.ts';
import { PhiGateError } from '../errors.ts';

/** Column names that make a first row a heading, whatever their case. */
const ID_HEADINGS = new Set(['patient_id', 'patientid', 'patient id', 'id', 'mrn']);

/**
 * The records of a CSV (RFC 4180): fields separated by commas, quoted where they hold commas, quotes or line ends. A
 * byte-order mark and empty lines are skipped.
 * @throws PhiGateError `usage` with the line of a quote that is not closed.
 */
export function parseCsv(text: string): string[][] {
  const source = text.replace(/^\uFEFF/, '');
  const records: string[][] = [];
  let record: string[] = [];
  let at = 0;
  while (at < source.length) {
    const field = source[at] === '"' ? quotedField(source, at) : plainField(source, at);
    record.push(field.value);
    at = field.end;
    if (source[at] === ',') {
      at += 1;
      if (at === source.length || isLineEnd(source[at])) record.push('');
    }
    if (at >= source.length || isLineEnd(source[at])) {
      if (record.length > 1 || record[0] !== '') records.push(record);
      record = [];
      at += source[at] === '\r' && source[at + 1] === '\n' ? 2 : 1;
    }
  }
  return records;
}

interface Field {
  readonly value: string;
  readonly end: number;
}

const isLineEnd = (char: string | undefined): boolean => char === '\n' || char === '\r';

function plainField(source: string, start: number): Field {
  let end = start;
  while (end < source.length && source[end] !== ',' && !isLineEnd(source[end])) end += 1;
  return { value: source.slice(start, end), end };
}

/** A quoted field; what stands between its closing quote and the next comma is refused rather than guessed at. */
function quotedField(source: string, start: number): Field {
  let value = '';
  for (let at = start + 1; at < source.length; at += 1) {
    if (source[at] !== '"') {
      value += source[at];
    } else if (source[at + 1] === '"') {
      value += '"';
      at += 1;
    } else if (at + 1 < source.length && source[at + 1] !== ',' && !isLineEnd(source[at + 1])) {
      throw brokenCsv(source, at, 'a closing quote is followed by text');
    } else {
      return { value, end: at + 1 };
    }
  }
  throw brokenCsv(source, start, 'a quote is not closed');
}

function brokenCsv(source: string, at: number, what: string): PhiGateError {
  const line = source.slice(0, at).split(/\r\n|\r|\n/).length;
  return new PhiGateError('usage', `the CSV cannot be read: ${what} in line ${line}`, {
    locus: `line ${line}`,
  });
}

/**
 * The patients of a cohort or opt-out list: the first column an id, the second, which may be missing, its issuer in any
 * case. A heading row is recognised by its first column (`patient_id`, `id`, `mrn`).
 */
export function readPatientList(csvText: string): PatientKey[] {
  return withoutHeading(parseCsv(csvText))
    .map(([id = '', issuer = '']) => patientKey(id, issuer))
    .filter((key) => key.id !== '');
}

/** A code and offset that the sponsor assigned to a patient. */
export interface ImportedCode {
  readonly patient: PatientKey;
  /** '' where the sponsor assigned an offset alone. */
  readonly code: string;
  /** Whole days to add to every date; undefined where the sponsor assigned a code alone. */
  readonly dateOffsetDays: number | undefined;
}

/**
 * Sponsor-assigned codes: `patient_id,issuer,code,date_offset_days`, with or without a heading row.
 * @throws PhiGateError `usage` with the row of an offset that is not a whole number, or of a patient without a code.
 */
export function readImportedCodes(csvText: string): ImportedCode[] {
  return withoutHeading(parseCsv(csvText)).map(([id = '', issuer = '', code = '', offset = ''], index) => {
    const days = offset.trim();
    if (days !== '' && !/^[+-]?\d{1,6}$/.test(days)) {
      throw rowError('imported codes', index, 'date_offset_days must be a whole number of days');
    }
    if (id.trim() === '' || (code.trim() === '' && days === '')) {
      throw rowError('imported codes', index, 'a row needs a patient id and a code or an offset');
    }
    return {
      patient: patientKey(id, issuer),
      code: code.trim(),
      dateOffsetDays: days === '' ? undefined : Number(days),
    };
  });
}

/** The day of an event of a patient, as YYYY-MM-DD. */
export interface PatientEvent {
  readonly patient: PatientKey;
  readonly date: string;
}

/**
 * Events that days are counted from: `patient_id,issuer,event_date`; the date as YYYY-MM-DD or YYYYMMDD.
 * @throws PhiGateError `usage` with the row of a date that is none.
 */
export function readEvents(csvText: string): PatientEvent[] {
  return withoutHeading(parseCsv(csvText)).map(([id = '', issuer = '', day = ''], index) => {
    const date = /^(\d{4})-?(\d{2})-?(\d{2})$/.exec(day.trim())?.slice(1).join('-') ?? '';
    const time = Date.parse(`${date}T00:00:00Z`);
    if (Number.isNaN(time) || !new Date(time).toISOString().startsWith(date)) {
      throw rowError('events', index, 'event_date must be a day as YYYY-MM-DD');
    }
    return { patient: patientKey(id, issuer), date };
  });
}

function patientKey(id: string, issuer: string): PatientKey {
  return { id: id.trim(), issuer: issuer.trim().toUpperCase() };
}

function withoutHeading(records: readonly string[][]): readonly string[][] {
  const first = records[0]?.[0]?.trim().toLowerCase() ?? '';
  return ID_HEADINGS.has(first) ? records.slice(1) : records;
}

function rowError(list: string, index: number, what: string): PhiGateError {
  const row = `record ${index + 1}`;
  return new PhiGateError('usage', `the CSV of ${list} cannot be used: ${row}: ${what}`, { locus: row });
}
