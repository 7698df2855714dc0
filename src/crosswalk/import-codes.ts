import { type CsvRecord, parseCsv } from '../csv.ts';
import { PhiGateError } from '../errors.ts';
import type { PatientKey } from './codes.ts';

/** A line of the sponsor's list. */
export interface ImportedCode {
  readonly line: number;
  readonly patient: PatientKey;
  readonly code: string;
  /** Whole days, never 0; absent where the list leaves it to chance. */
  readonly dateOffsetDays?: number;
}

const COLUMNS = ['patient_id', 'issuer', 'code', 'date_offset_days'] as const;
/** Neither delimiters of HL7 nor the backslash of DICOM; as long as a Patient ID (LO) may be. */
const CODE = /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,63})$/;
const MAX_DAYS = 36_525;

/**
 * Reads the sponsor's list; `issuer` and `date_offset_days` may be missing as columns or empty.
 * @throws PhiGateError `usage` naming the line, never a value.
 */
export function readCodeList(csv: string): ImportedCode[] {
  const [header, ...records] = parseCsv(csv);
  const columns = header?.fields.map((name) => name.trim().toLowerCase()) ?? [];
  for (const name of columns) {
    if (!(COLUMNS as readonly string[]).includes(name))
      throw malformed(1, `unknown column; expected ${COLUMNS.join(', ')}`);
  }
  if (!columns.includes('patient_id') || !columns.includes('code')) {
    throw malformed(1, `a header line with ${COLUMNS.join(', ')} is expected`);
  }
  const entries = records.map((record) => readEntry(record, columns));
  const codes = new Set<string>();
  for (const { code, line } of entries) {
    if (codes.has(code)) throw malformed(line, 'the code stands on an earlier line already');
    codes.add(code);
  }
  return entries;
}

function readEntry({ line, fields }: CsvRecord, columns: readonly string[]): ImportedCode {
  if (fields.length !== columns.length) {
    throw malformed(line, `${columns.length} fields are expected, ${fields.length} found`);
  }
  const field = (name: (typeof COLUMNS)[number]): string => fields[columns.indexOf(name)]?.trim() ?? '';
  const code = field('code');
  if (field('patient_id') === '') throw malformed(line, 'the patient id is missing');
  if (!CODE.test(code))
    throw malformed(line, 'a code is 1 to 64 letters, digits, dots, dashes or underscores');
  const offset = field('date_offset_days');
  return {
    line,
    patient: { id: field('patient_id'), issuer: field('issuer') },
    code,
    ...(offset !== '' && { dateOffsetDays: readOffset(offset, line) }),
  };
}

function readOffset(text: string, line: number): number {
  const days = Number(text);
  if (!/^[+-]?\d+$/.test(text) || days === 0 || Math.abs(days) > MAX_DAYS) {
    throw malformed(line, `date_offset_days is a whole number of days, not 0, at most ${MAX_DAYS}`);
  }
  return days;
}

function malformed(line: number, what: string): PhiGateError {
  return new PhiGateError('usage', `code list, line ${line}: ${what}`, { locus: `line ${line}` });
}
