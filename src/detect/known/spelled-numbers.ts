const UNITS = 'one two three four five six seven eight nine'.split(' ');
const TEENS = 'ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(' ');
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const FIRST =
  'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth'.split(
    ' ',
  );

/** The days of a month as ordinals, longest first. */
const DAYS = [
  ...FIRST,
  ...FIRST.slice(0, 9).map((unit) => `twenty[- ]${unit}`),
  'thirtieth',
  'thirty[- ]first',
];

/** A pattern for the ordinals of a month's days: `third`, `twenty-first`. */
export const ORDINALS = [...DAYS].reverse().join('|');

/** The number of an ordinal, '' for what is none. */
export function ordinalOf(word: string): string {
  const written = word.toLowerCase().replace(' ', '-');
  const at = DAYS.findIndex((day) => day.replace('[- ]', '-') === written);
  return at < 0 ? '' : String(at + 1);
}

const TWO_DIGITS = `(?:oh|o)[- ](?:${UNITS.join('|')})|(?:${TENS.join('|')})(?:[- ](?:${UNITS.join('|')}))?|${TEENS.join('|')}`;

/** A pattern for years as they are spoken: `nineteen sixty-one`, `two thousand and five`, `twenty ten`. */
export const SPELLED_YEAR = `(?:nineteen|twenty)[- ](?:${TWO_DIGITS})|two thousand(?:(?: and)? (?:${[...TEENS, ...UNITS].join('|')}))?`;

/** Four digits of a year that is spelled out, '' for what is none. */
export function spelledYear(words: string): string {
  const parts = words.toLowerCase().split(/[- ]/);
  if (parts[0] === '' || parts.length < 2) return '';
  const isThousands = parts[1] === 'thousand';
  const century = isThousands ? 2000 : parts[0] === 'nineteen' ? 1900 : 2000;
  const rest = parts.slice(isThousands ? 2 : 1).filter((part) => part !== 'and');
  return String(century + rest.reduce((sum, part) => sum + numberOf(part), 0));
}

function numberOf(word: string): number {
  if (TEENS.includes(word)) return 10 + TEENS.indexOf(word);
  if (TENS.includes(word)) return 20 + 10 * TENS.indexOf(word);
  return UNITS.indexOf(word) + 1;
}
