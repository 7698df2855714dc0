import { withAsciiDigits, withReadDigits } from './digits.ts';
import { isEnglishMonth, isWholeMonth, monthsOf, romanMonth } from './months.ts';
import { ORDINALS, ordinalOf, SPELLED_YEAR, spelledYear } from './spelled-numbers.ts';

/** With the time after it, glued or behind a T (`20190314T101530`). Letters may stand before it: `IM20190314`. */
const COMPACT =
  /(?<![\d.])((?:18|19|20)\d{2})(|[-/._] ?| [-/.] ?| )(\d{1,2})\2(\d{1,2})(?:\d{2,6}(?:\.\d+)?|T[\d:]+)?(?![\d])/g;
/** 12041971, day or month first: nobody writes it so but for a birth date, and only known days are looked up. */
const COMPACT_LAST = /(?<![\d.])(\d{2})(\d{2})((?:18|19|20)\d{2})(?![\d]|\.\d)/g;
const NUMERIC = /(?<![\d.])(\d{1,2})([-/._] {0,2}| [-/.] ?| )(\d{1,2})\2(\d{4}|\d{2})(?!\d)/g;
/** Six digits are a date after a word for one, or between the words of a file's name. */
const SIX =
  /(?:(?<=(?<!\p{L})(?:dob|d\.o\.b\.?|born|birth|birthdate|birthday|bday|date|dated|geb|geburtsdatum|né|née|nato|nata|nac)[ :=.]{0,3})|(?<=\p{L}[_-]))(\d{2})(\d{2})(\d{2})(?![\p{L}\d]|[.,-]\d)(?=[^_-]|[_-]\p{L}|$)/giu;
const GAP = '(?:[ /_.-]{0,2}|,?\\s{1,12})';
const YEAR = `(?:['’]?(\\d{4}|\\d{2})(?!\\d)|(${SPELLED_YEAR})(?!\\p{L}))`;
const DAY = `(?:(\\d{1,2})(?:st|nd|rd|th|er|[.ºª°])?|(${ORDINALS}))`;
const DAY_FIRST = new RegExp(
  `(?<![\\p{L}\\d])${DAY}${GAP}(?:of |de |del |di |d[’'])?(\\p{L}{3,14})\\.?,?${GAP}(?:de |del |of )?${YEAR}`,
  'giu',
);
const MONTH_FIRST = new RegExp(
  `(?<![\\p{L}\\d])(\\p{L}{3,14})\\.?${GAP}(?:the )?${DAY},?(?:[ /_.-]{1,2}|\\s{1,12})(?:of )?${YEAR}`,
  'giu',
);
const YEAR_FIRST =
  /(?<![\p{L}\d])((?:18|19|20)\d{2})[.,]?[ /_-]{0,2}(\p{L}{3,14})\.?[ /_-]{0,2}(\d{1,2})(?!\d)/giu;
const ROMAN = /(?<![\p{L}\d])(\d{1,2})[ .,/_-]{1,2}([ivx]{1,4})[ .,/_-]{1,2}(\d{4}|\d{2})(?!\d)/giu;
const IDEOGRAPHIC = /((?:18|19|20)\d{2}) ?[年년] ?(\d{1,2}) ?[月월] ?(\d{1,2})(?: ?[日일号])?/g;

/** A date found in a text: every reading of it as YYYYMMDD. */
export interface DateReading {
  readonly start: number;
  readonly end: number;
  readonly days: readonly number[];
}

/**
 * Dates of a text: numbers in any order, months as words of many languages, as Roman numerals and as ideographs, digits of
 * any script or misread by OCR. Day and
 * month are read both ways, two-digit years in both centuries: who looks a known day up errs by none of them.
 */
export function readDates(source: string): DateReading[] {
  const text = withAsciiDigits(source);
  if (!/\d/.test(text)) return SPELLED.test(text) ? readingsOf(text) : [];
  if (!DATE_HINT.test(text)) return [];
  const read = withReadDigits(text);
  return read === text ? readingsOf(text) : distinct([...readingsOf(text), ...readingsOf(read)]);
}

/** What every date has: six digits or more, or two parts of them, or a month beside them. */
const DATE_HINT = /\d{6}|[\dOolISB|][^\p{L}\d]{1,3}[\dOolISB|]|\p{L}{3}|[ivx年년]/iu;
const SPELLED = new RegExp(SPELLED_YEAR, 'i');

/** Each place once. */
function distinct(readings: readonly DateReading[]): DateReading[] {
  const seen = new Map(
    readings.map((reading) => [`${reading.start} ${reading.end} ${reading.days[0]}`, reading]),
  );
  return [...seen.values()];
}

function readingsOf(text: string): DateReading[] {
  const readings: DateReading[] = [];
  const read = (shape: RegExp, daysOf: (parts: readonly string[]) => (number | undefined)[]): void => {
    for (const match of text.matchAll(shape)) {
      const days = daysOf([...match].map((part) => part ?? '')).filter((day) => day !== undefined);
      if (days.length > 0) readings.push({ start: match.index, end: match.index + match[0].length, days });
    }
  };
  read(COMPACT, ([, year = '', separator, month = '', day = '']) =>
    separator === '' && (month.length < 2 || day.length < 2) ? [] : [dayOf(year, month, day)],
  );
  read(COMPACT_LAST, ([, a = '', b = '', year = '']) => [dayOf(year, a, b), dayOf(year, b, a)]);
  read(NUMERIC, ([, a = '', , b = '', year = '']) => anyOrder(a, b, year));
  if (/\d{6}/.test(text)) read(SIX, ([, a = '', b = '', c = '']) => anyOrder(a, b, c));
  if (/\p{L}{3}/u.test(text)) {
    read(DAY_FIRST, ([, day = '', nth = '', word = '', year = '', spelled = '']) =>
      named(day || ordinalOf(nth), word, year || spelledYear(spelled)),
    );
    read(MONTH_FIRST, ([, word = '', day = '', nth = '', year = '', spelled = '']) =>
      named(day || ordinalOf(nth), word, year || spelledYear(spelled)),
    );
    read(YEAR_FIRST, ([, year = '', word = '', day = '']) => named(day, word, year));
  }
  if (/[ivx]/i.test(text)) {
    read(ROMAN, ([, day = '', numeral = '', year = '']) =>
      // `7 x 60 mm` is a size.
      year.length === 2 && numeral === numeral.toLowerCase()
        ? []
        : years(year).map((full) => dayOf(full, romanMonth(numeral), day)),
    );
  }
  if (/[年년]/.test(text)) {
    read(IDEOGRAPHIC, ([, year = '', month = '', day = '']) => [dayOf(year, month, day)]);
  }
  return readings;
}

/** Month or day first; with two digits for the year, the year first as well. */
function anyOrder(a: string, b: string, c: string): (number | undefined)[] {
  const yearFirst = c.length === 2 && a.length === 2 ? years(a).map((full) => dayOf(full, b, c)) : [];
  return [...years(c).flatMap((full) => [dayOf(full, a, b), dayOf(full, b, a)]), ...yearFirst];
}

function named(day: string, word: string, year: string): (number | undefined)[] {
  if (year.length === 2 && !isEnglishMonth(word) && !isWholeMonth(word)) return [];
  return years(year).flatMap((full) => monthsOf(word).map((month) => dayOf(full, month, day)));
}

function years(year: string): string[] {
  return year.length === 4 ? [year] : [`19${year}`, `20${year}`];
}

/** YYYYMMDD as a number, undefined where the calendar has no such day. */
function dayOf(year: string, month: string | number, day: string): number | undefined {
  const [y, m, d] = [Number(year), Number(month), Number(day)];
  return m >= 1 && m <= 12 && d >= 1 && d <= 31 ? y * 10000 + m * 100 + d : undefined;
}
