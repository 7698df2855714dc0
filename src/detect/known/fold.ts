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

/** Lower case without accents, compatibility forms resolved: what two spellings of one name have in common. */
export function fold(text: string): string {
  const lower = text.toLowerCase();
  if (/^[\x00-\x7f]*$/.test(lower)) return lower;
  return lower
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[ßøłæœđðþı]/g, (letter) => SPECIAL[letter] ?? letter);
}

const RUN = /[\p{L}\p{M}]+|\p{Nd}+/gu;

/** Runs of letters and runs of digits, in order. */
export function tokenise(text: string): Token[] {
  const tokens: Token[] = [];
  RUN.lastIndex = 0;
  for (const match of text.matchAll(RUN)) {
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
