import { withAsciiDigits } from './digits.ts';

/** A run of letters or of digits in a text: UTF-16 offsets, text folded. */
export interface Token {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly digits: boolean;
}

const SPECIAL: Readonly<Record<string, string>> = {
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  æ: 'ae',
  œ: 'oe',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
};

/** Cyrillic and Greek letters that look like a Latin one (Unicode UTS 39), either case by itself. */
const LOOK_ALIKES = new Map(
  [
    ['a', '\u0410\u0430\u0391\u03b1'],
    ['b', '\u0412\u0392'],
    ['c', '\u0421\u0441'],
    ['d', '\u0501'],
    ['e', '\u0415\u0435\u0395'],
    ['h', '\u041d\u04bb\u0397'],
    ['i', '\u0406\u0456\u0399\u03b9'],
    ['j', '\u0408\u0458'],
    ['k', '\u041a\u043a\u039a\u03ba'],
    ['m', '\u041c\u043c\u039c'],
    ['n', '\u039d\u03b7'],
    ['o', '\u041e\u043e\u039f\u03bf'],
    ['p', '\u0420\u0440\u03a1\u03c1'],
    ['q', '\u051a\u051b'],
    ['s', '\u0405\u0455'],
    ['t', '\u0422\u0442\u03a4\u03c4'],
    ['u', '\u03c5'],
    ['v', '\u0475\u03bd'],
    ['w', '\u051c\u051d'],
    ['x', '\u0425\u0445\u03a7\u03c7'],
    ['y', '\u0423\u0443\u03a5'],
    ['z', '\u0396'],
  ].flatMap(([latin = '', others = '']) => [...others].map((letter) => [letter, latin] as const)),
);
const OTHER_ALPHABET = /[\u0370-\u03ff\u0400-\u052f]/g;
/** Soft hyphen, zero-width space, joiners, word joiner, byte-order mark: nobody sees them. */
const INVISIBLE = '\\u00ad\\u200b-\\u200d\\u2060\\ufeff';
const INVISIBLES = new RegExp(`[${INVISIBLE}]+`, 'g');

/**
 * Lower case without accents, compatibility forms resolved: what two spellings of one name have in common. In a word that
 * mixes alphabets, letters that look like Latin ones are taken for them; a Russian or Greek word stays as it is.
 */
export function fold(text: string): string {
  if (/^[\x00-\x7f]*$/.test(text)) return text.toLowerCase();
  const seen = text.replace(INVISIBLES, '');
  const digits = /\p{Nd}/u.test(seen) ? withAsciiDigits(seen) : seen;
  const latin = /[A-Za-z]/.test(digits)
    ? digits.replace(OTHER_ALPHABET, (letter) => LOOK_ALIKES.get(letter) ?? letter)
    : digits;
  return latin
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[ßøłæœđðþı]/g, (letter) => SPECIAL[letter] ?? letter);
}

const RUN = /[\p{L}\p{M}]+|\p{Nd}+/gu;
const RUN_WITH_INVISIBLES = new RegExp(
  `[\\p{L}\\p{M}](?:[\\p{L}\\p{M}${INVISIBLE}]*[\\p{L}\\p{M}])?|\\p{Nd}(?:[\\p{Nd}${INVISIBLE}]*\\p{Nd})?`,
  'gu',
);

/** Runs of letters and runs of digits, in order; what nobody sees splits none. */
export function tokenise(text: string): Token[] {
  const tokens: Token[] = [];
  const runs = text.search(INVISIBLES) < 0 ? RUN : RUN_WITH_INVISIBLES;
  for (const match of text.matchAll(runs)) {
    const run = match[0];
    const digits = /^\p{Nd}/u.test(run);
    tokens.push({ text: fold(run), start: match.index, end: match.index + run.length, digits });
  }
  return tokens;
}

/** Letters and digits alone, folded: the key under which every spelling of a value is found. */
export function keyOf(text: string): string {
  return tokenise(text)
    .map((token) => token.text)
    .join('');
}

/** Han, kana, hangul: written without spaces between words. */
export const isIdeographic = (text: string): boolean =>
  /[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]/.test(text);
