const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');

const COMPACT =
  /(?<![\d.])((?:18|19|20)\d{2})([-/. ]?)(\d{1,2})\2(\d{1,2})(?:\d{2,6}(?:\.\d+)?|T[\d:]+)?(?![\d])/g;
/** 12041971, day or month first: nobody writes it so but for a birth date, and only known days are looked up. */
const COMPACT_LAST = /(?<![\d.])(\d{2})(\d{2})((?:18|19|20)\d{2})(?![\d]|\.\d)/g;
const NUMERIC = /(?<![\d.])(\d{1,2})([-/. ])(\d{1,2})\2(\d{4}|\d{2})(?!\d)/g;
const NAMED =
  /(?<![\p{L}\d])(?:(\d{1,2})(?:st|nd|rd|th|\.)?[ -/]{0,2}(?:of )?)?(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-zé]{0,6}\.?[ -/]{0,2}(?:(\d{1,2})(?:st|nd|rd|th)?,?[ -/]{0,2})?(\d{4}|\d{2})(?!\d)/giu;

/** A date found in a text: every reading of it as YYYYMMDD. */
export interface DateReading {
  readonly start: number;
  readonly end: number;
  readonly days: readonly number[];
}

/** Dates of a text in the usual forms; day and month are read both ways, two-digit years in both centuries. */
export function readDates(text: string): DateReading[] {
  if (!/\d/.test(text)) return [];
  const readings: DateReading[] = [];
  const add = (match: RegExpExecArray | RegExpMatchArray, ...days: (number | undefined)[]): void => {
    const real = days.filter((day): day is number => day !== undefined);
    const start = match.index ?? 0;
    if (real.length > 0) readings.push({ start, end: start + match[0].length, days: real });
  };
  for (const match of text.matchAll(COMPACT)) {
    const [, year = '', separator, month = '', day = ''] = match;
    if (separator === '' && (month.length < 2 || day.length < 2)) continue;
    add(match, dayOf(year, month, day));
  }
  for (const match of text.matchAll(COMPACT_LAST)) {
    const [, a = '', b = '', year = ''] = match;
    add(match, dayOf(year, a, b), dayOf(year, b, a));
  }
  for (const match of text.matchAll(NUMERIC)) {
    const [, a = '', , b = '', year = ''] = match;
    const yearFirst = year.length === 2 && a.length === 2 ? years(a).map((full) => dayOf(full, b, year)) : [];
    add(match, ...years(year).flatMap((full) => [dayOf(full, a, b), dayOf(full, b, a)]), ...yearFirst);
  }
  for (const match of text.matchAll(NAMED)) {
    const [, before, name = '', after, year = ''] = match;
    const month = String(MONTHS.indexOf(name.toLowerCase()) + 1);
    const day = before ?? after;
    if (day !== undefined) add(match, ...years(year).map((full) => dayOf(full, month, day)));
  }
  return readings;
}

function years(year: string): string[] {
  return year.length === 4 ? [year] : [`19${year}`, `20${year}`];
}

/** YYYYMMDD as a number, undefined where the calendar has no such day. */
function dayOf(year: string, month: string, day: string): number | undefined {
  const [y, m, d] = [Number(year), Number(month), Number(day)];
  return m >= 1 && m <= 12 && d >= 1 && d <= 31 ? y * 10000 + m * 100 + d : undefined;
}
