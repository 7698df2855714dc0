import { fold } from './fold.ts';

/** Characters that a value spelled out takes: a name of its whole row, or any value in a part of it. */
const WHOLE = 4;
const PART = 6;
const MOST = 60;

/** Single letters and digits, each with a sign or two between. */
const ROW =
  /(?<![\p{L}\p{N}])[\p{L}\p{N}]\p{M}*(?:[\s._,^*/|-]{1,3}[\p{L}\p{N}]\p{M}*(?![\p{L}\p{N}\p{M}])){3,}/gu;
const SIGN = /[\p{L}\p{N}]\p{M}*/gu;

/** A value that was found letter by letter: UTF-16 offsets. */
export interface SpelledOut<Value> {
  readonly start: number;
  readonly end: number;
  readonly value: Value;
}

/**
 * Values spelled out, `V A N D E R S L O O T` or `4 8 2 9 1 3`. `lookUp` gives the value of a key; the row as a whole is
 * tried first, then its parts, the longest first.
 */
export function spelledOut<Value>(
  text: string,
  lookUp: (key: string) => Value | undefined,
): SpelledOut<Value>[] {
  const found: SpelledOut<Value>[] = [];
  for (const row of text.matchAll(ROW)) {
    const signs = [...row[0].matchAll(SIGN)].slice(0, MOST);
    const key = signs.map(([sign]) => fold(sign).charAt(0)).join('');
    for (let from = 0; from + WHOLE <= key.length; from++) {
      for (let length = key.length - from; length >= WHOLE; length--) {
        const isWhole = length === key.length;
        if (!isWhole && length < PART) break;
        const value = lookUp(key.slice(from, from + length));
        if (value === undefined) continue;
        const [first, last] = [signs[from], signs[from + length - 1]];
        if (first === undefined || last === undefined) continue;
        const start = row.index + first.index;
        found.push({ start, end: row.index + last.index + last[0].length, value });
        from += length - 1;
        break;
      }
    }
  }
  return found;
}
