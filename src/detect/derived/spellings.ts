import type { KnownIdentifier } from '../detector.ts';
import { readDates } from '../known/dates.ts';
import { nameComponents } from '../known/forms.ts';

/** `YYYYMMDD` and `YYYY-MM-DD`. */
const UUID_DATES = 2;

/** Ways a value is written before it is hashed: a bounded number of them for each. */
export function spellingsOf({ kind, value }: KnownIdentifier): string[] {
  if (kind === 'date') return dateSpellings(value);
  return inCases(kind === 'name' ? [...plainSpellings(value), ...nameSpellings(value)] : idSpellings(value));
}

/** The few that are made into UUIDs, eight for each. */
export function uuidSpellings({ kind, value }: KnownIdentifier): string[] {
  if (kind === 'date') return dateSpellings(value).slice(0, UUID_DATES);
  return kind === 'name' ? [value, value.toUpperCase()] : inCases(idSpellings(value));
}

/** Those that base64 is read for, in capitals: longer names are found where all base64 is decoded. */
export function encodedSpellings({ kind, value }: KnownIdentifier): string[] {
  if (kind === 'date') return dateSpellings(value);
  return [...new Set((kind === 'name' ? plainSpellings(value) : idSpellings(value)).map(upper))];
}

const upper = (text: string): string => text.toUpperCase();

const inCases = (texts: readonly string[]): string[] => [
  ...new Set(texts.flatMap((text) => [text, text.toUpperCase(), text.toLowerCase()])),
];

/** As it stands, without separators, with spaces. */
function plainSpellings(value: string): string[] {
  return [value, value.replace(/[\s^,.-]+/g, ''), value.replace(/\^+/g, ' ').trim()];
}

/** Without leading zeros too. */
function idSpellings(value: string): string[] {
  const bare = value.replace(/[\s^,._/-]+/g, '');
  return [...plainSpellings(value), bare, bare.replace(/^0+(?=.)/, '')];
}

/** Family and given name in either order, with the separators of charts, logins and files. */
function nameSpellings(value: string): string[] {
  const [family = '', given = '', middle = ''] = nameComponents(value.split('=')[0] ?? '').map((words) =>
    words.join(' '),
  );
  if (family === '' || given === '') return [];
  const both = [' ', '', '.', '_'].map((mark) => `${given}${mark}${family}`);
  const whole = middle === '' ? [] : [`${given} ${middle} ${family}`];
  return [...both, ...whole, ...[' ', '', ', ', ',', '^', '_'].map((mark) => `${family}${mark}${given}`)];
}

/** A day as DICOM, ISO 8601, North America and Europe write it; masked forms (YYYY0101) are none. */
function dateSpellings(value: string): string[] {
  const [day] = readDates(value).flatMap((reading) => reading.days);
  if (day === undefined || day % 10000 === 101) return [];
  const text = String(day);
  const [y, m, d] = [text.slice(0, 4), text.slice(4, 6), text.slice(6)];
  const orders = [
    [y, m, d],
    [m, d, y],
    [d, m, y],
  ];
  const marks = ['', '-', '/', '.'];
  return [...new Set(orders.flatMap((parts) => marks.map((mark) => parts.join(mark))))];
}
