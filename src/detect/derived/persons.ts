import { fold } from '../known/fold.ts';
import { nameComponents } from '../known/forms.ts';

/** What belongs to one person: codes are made from name, birth date and number together. */
export interface KnownPerson {
  /** Components joined by `^`, family name first. */
  readonly name: string;
  /** YYYYMMDD. */
  readonly birth: string;
  /** The person's record number, '' where none is known. */
  readonly id: string;
}

/** Name, birth date and number put together as they are before they are hashed: a bounded number of ways. */
export function jointSpellings({ name, birth, id }: KnownPerson): string[] {
  if (birth.length !== 8) return [];
  const [family = '', given = ''] = nameComponents(name).map((words) => words.join(' '));
  const dates = [birth, `${birth.slice(0, 4)}-${birth.slice(4, 6)}-${birth.slice(6)}`];
  const names =
    family === '' || given === ''
      ? []
      : [name, `${family}${given}`, `${given}${family}`, `${given} ${family}`];
  const parts = id === '' ? names : [...names, id];
  const marks = ['', '|', '_', ' '];
  const joined = parts.flatMap((part) =>
    dates.flatMap((date) => marks.flatMap((mark) => [`${part}${mark}${date}`, `${date}${mark}${part}`])),
  );
  const withId = id === '' ? [] : names.flatMap((one) => ['', '|', '_'].map((mark) => `${id}${mark}${one}`));
  return [
    ...new Set([...joined, ...withId].flatMap((text) => [text, text.toUpperCase(), text.toLowerCase()])),
  ];
}

/** With two digits for the year, wherever it stands. */
const shortYear = (date: string): string =>
  /^(?:19|20)/.test(date) ? date.slice(2) : date.slice(0, 4) + date.slice(6);

/** Initials with a birth year or birth date, in capitals, and whether the whole date is in them. */
export function initialForms({ name, birth }: KnownPerson): [form: string, whole: boolean][] {
  const [f = '', g = '', m = ''] = nameComponents(name).map((words) =>
    fold(words[0] ?? '')
      .charAt(0)
      .toUpperCase(),
  );
  if (birth.length !== 8 || f === '' || g === '') return [];
  const initials = [f + g, g + f, ...(m === '' ? [] : [f + g + m, g + m + f])];
  const [year, date] = [birth.slice(0, 4), birth];
  const american = `${birth.slice(4)}${year}`;
  const european = `${birth.slice(6)}${birth.slice(4, 6)}${year}`;
  return initials.flatMap((letters) => [
    ...[`${letters}${year}`, `${year}${letters}`].map((form) => [form, false] as [string, boolean]),
    ...[date, american, european, ...[date, american, european].map(shortYear)].flatMap((day) =>
      [`${letters}${day}`, `${day}${letters}`].map((form) => [form, true] as [string, boolean]),
    ),
  ]);
}
