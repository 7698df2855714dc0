import type { PatientKey } from '../crosswalk/codes.ts';
import { parseCsv } from '../csv.ts';
import { PhiGateError } from '../errors.ts';

/** Column names that make a first row a heading, whatever their case. */
const ID_HEADINGS = new Set(['patient_id', 'patientid', 'patient id', 'id', 'mrn']);

/**
 * The patients of a cohort or opt-out list: the first column an id, the second, which may be missing, its issuer in any
 * case. A heading row is recognised by its first column (`patient_id`, `id`, `mrn`).
 */
export function readPatientList(csvText: string): PatientKey[] {
  return withoutHeading(parseCsv(csvText).map(({ fields }) => fields))
    .map(([id = '', issuer = '']) => patientKey(id, issuer))
    .filter((key) => key.id !== '');
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
  return withoutHeading(parseCsv(csvText).map(({ fields }) => fields)).map(
    ([id = '', issuer = '', day = ''], index) => {
      const date = /^(\d{4})-?(\d{2})-?(\d{2})$/.exec(day.trim())?.slice(1).join('-') ?? '';
      const time = Date.parse(`${date}T00:00:00Z`);
      if (Number.isNaN(time) || !new Date(time).toISOString().startsWith(date)) {
        throw rowError('events', index, 'event_date must be a day as YYYY-MM-DD');
      }
      return { patient: patientKey(id, issuer), date };
    },
  );
}

function patientKey(id: string, issuer: string): PatientKey {
  return { id: id.trim(), issuer: issuer.trim().toUpperCase() };
}

function withoutHeading(records: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const first = records[0]?.[0]?.trim().toLowerCase() ?? '';
  return ID_HEADINGS.has(first) ? records.slice(1) : records;
}

function rowError(list: string, index: number, what: string): PhiGateError {
  const row = `record ${index + 1}`;
  return new PhiGateError('usage', `the CSV of ${list} cannot be used: ${row}: ${what}`, { locus: row });
}
