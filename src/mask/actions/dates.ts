import type { Project } from '../../project/schema.ts';

/** How the dates of one patient are masked. */
export interface DateMask {
  readonly rule: Project['dates'];
  /** Whole days to add where the rule is `shift`. */
  readonly offsetDays: number;
  /**
   * What becomes of the time of day that follows a date (`HHMM[SS[.FFFF]]`, without the zone); absent: it stays. An
   * empty result cuts the value at the day.
   */
  readonly time?: (timeOfDay: string) => string;
}

/** The form that a year alone takes: `YYYY0101` for DICOM DA and HL7 before v2.3, `YYYY` for DICOM DT and HL7 since. */
export type YearForm = 'YYYY' | 'YYYY0101';

interface ParsedDate {
  readonly year: number;
  readonly month?: number;
  readonly day?: number;
  readonly time: string;
  readonly zone: string;
}

const COMPACT =
  /^(\d{4})(?:(\d{2})(?:(\d{2})(\d{2}(?:\d{2}(?:\d{2}(?:\.\d*)?)?)?)?)?)?([+-]\d{2}:?\d{2}|Z)?$/;
const SEPARATED = /^(\d{4})[.\-/](\d{1,2})[.\-/](\d{1,2})$/;
const OLDEST_AGE = 89;

/**
 * Masks a DICOM DA (PS3.5 6.2, the `YYYY.MM.DD` of ACR-NEMA too). `''` where the rule removes it or it is no date.
 */
export function maskDicomDate(text: string, mask: DateMask): string {
  return maskDate(text, mask, 'YYYY0101');
}

/** Masks a DICOM DT (PS3.5 6.2): precision and zone stay where it is shifted. `''` where removed or no date. */
export function maskDicomDateTime(text: string, mask: DateMask): string {
  return maskDate(text, mask, 'YYYY');
}

/** Masks an HL7 DT, TS or DTM (chapter 2A): precision and zone stay where it is shifted. `''` where removed or no date. */
export function maskHl7Time(text: string, mask: DateMask, yearForm: YearForm): string {
  return maskDate(text, mask, yearForm);
}

/**
 * Whether a birth year shows an age over 89 (45 CFR 164.514(b)(2)(i)(C)): a person born in it may have turned 90 in the
 * year of `now`. Text that is no date shows none.
 */
export function showsAgeOver89(text: string, now: Date): boolean {
  const date = parseDate(text);
  return date !== undefined && now.getUTCFullYear() - date.year > OLDEST_AGE;
}

/** A birth date by the date rule, `''` where its year shows an age over 89 and `capAges` holds. */
export function maskBirthDate(
  text: string,
  mask: DateMask,
  yearForm: YearForm,
  now: Date,
  capAges: boolean,
): string {
  return capAges && showsAgeOver89(text, now) ? '' : maskDate(text, mask, yearForm);
}

/** The calendar day `days` after `year-month-day`, as `YYYYMMDD`; `undefined` past the years 1 to 9999. */
export function addDays(year: number, month: number, day: number, days: number): string | undefined {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day + days);
  const shifted = date.getUTCFullYear();
  if (Number.isNaN(shifted) || shifted < 1 || shifted > 9999) return undefined;
  return digits(shifted, 4) + digits(date.getUTCMonth() + 1, 2) + digits(date.getUTCDate(), 2);
}

/** The date of a text as `YYYYMMDD`, `YYYYMM` or `YYYY`; `undefined` where it is none. Time and zone are left out. */
export function calendarDate(text: string): string | undefined {
  const date = parseDate(text);
  if (date === undefined) return undefined;
  const { year, month, day } = date;
  return digits(year, 4) + (month ? digits(month, 2) : '') + (day ? digits(day, 2) : '');
}

function maskDate(text: string, mask: DateMask, yearForm: YearForm): string {
  if (mask.rule === 'keep' && mask.time === undefined) return text;
  const date = parseDate(text);
  if (date === undefined || mask.rule === 'remove') return '';
  if (mask.rule === 'year') return digits(date.year, 4) + (yearForm === 'YYYY0101' ? '0101' : '');
  const day = calendarDay(date, mask.rule === 'shift' ? mask.offsetDays : 0);
  if (day === undefined || date.time === '') return day ?? '';
  const time = mask.time ? mask.time(date.time) : date.time;
  return time === '' ? day : day + time + date.zone;
}

/** Where month or day are missing the middle of the time that is left is moved, and cut to the same precision again. */
function calendarDay({ year, month, day }: ParsedDate, offsetDays: number): string | undefined {
  const length = day !== undefined ? 8 : month !== undefined ? 6 : 4;
  return addDays(year, month ?? 7, day ?? (month === undefined ? 1 : 15), offsetDays)?.slice(0, length);
}

function parseDate(text: string): ParsedDate | undefined {
  const trimmed = text.replace(/[\s\0]+$/, '').replace(/^\s+/, '');
  const match = COMPACT.exec(trimmed) ?? SEPARATED.exec(trimmed);
  if (match === null) return undefined;
  const [, year, month, day, time = '', zone = ''] = match;
  const parsed = { year: Number(year), month: whole(month), day: whole(day), time, zone };
  return isCalendarDate(parsed) ? parsed : undefined;
}

function isCalendarDate({ year, month = 1, day = 1 }: ParsedDate): boolean {
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysOf(year, month);
}

function daysOf(year: number, month: number): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month, 0);
  return date.getUTCDate();
}

function whole(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text);
}

function digits(value: number, length: number): string {
  return String(value).padStart(length, '0');
}
