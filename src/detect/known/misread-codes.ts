import type { PassageHints } from '../../model/passage.ts';
import { isNumericPlace } from '../places.ts';
import { hasCue, isAkin } from './backing.ts';
import { isExcluded } from './equipment.ts';
import { fold } from './fold.ts';
import { isCodeGap } from './gaps.ts';
import type { Entry, Match } from './known-index.ts';
import { digitSkeletonOf } from './skeleton.ts';

/** Characters that a code takes to be known misread, or with a wrong digit. */
const LEAST = 6;
const WRONG_DIGIT = 7;
/** A wrong digit without a word for a number before it: so long that chance makes few. */
const WRONG_DIGIT_ALONE = 9;
/** Digits of the numbers that a `number` holds exactly. */
const EXACT = 15;
const ZERO = 48;
const NINE = 57;
const LONGEST = 24;
const MAX_WORDS = 6;

const WORD = /[\p{L}\p{Nd}|]+/gu;
/** In fields between bars, a bar is a digit between digits alone. */
const FIELD_WORD = /[\p{L}\p{Nd}]+(?:(?<=\p{Nd})\|(?=\p{Nd})[\p{L}\p{Nd}]+)*/gu;
const NUMBER = /(?<![\p{L}\p{N}.])\(?\p{Nd}+(?:[-. )]{1,2}\p{Nd}+){0,4}(?![\p{L}\p{N}]|\.\p{N})/gu;
/** Only a part of a number is shown: `ending in 4821`, `xxxx4821`, `last four: 4821`. */
const LAST_FOUR =
  /(?:(?<!\p{L})(?:ending(?: (?:in|with))?|ends (?:in|with)|last (?:4|four)(?: digits)?(?: (?:of|are|is))?(?: \p{L}{2,8})?)[\s:#=-]{0,3}|[x*•#.…]{2,12}[- ]?)(\d{4})(?!\d|[.,]\d)/giu;

/** Numbers and codes of known people that are misread by OCR, have a digit wrong or show their end alone. */
export class MisreadCodes {
  readonly #keys = new Set<string>();
  readonly #skeletons = new Map<string, Entry>();
  /** Numbers by how many digits they have, and by value. */
  readonly #numbers: Map<number, Entry>[] = [];
  readonly #ends = new Map<string, Entry>();

  add(entry: Entry): void {
    const { form, kind } = entry;
    if (form.shape !== 'code' || form.weak || form.key.length < LEAST || form.key.length > LONGEST) return;
    this.#keys.add(form.key);
    this.#skeletons.set(digitSkeletonOf(form.key), entry);
    if (/\d{6}$/.test(form.key)) this.#ends.set(form.key.slice(-4), entry);
    if (
      /^\d+$/.test(form.key) &&
      form.key.length >= WRONG_DIGIT &&
      form.key.length <= EXACT &&
      kind !== 'other'
    ) {
      const numbers = this.#numbers[form.key.length] ?? new Map<number, Entry>();
      this.#numbers[form.key.length] = numbers.set(Number(form.key), entry);
    }
  }

  /** Misread codes outside of what was found already. */
  find(
    text: string,
    covered: readonly Match[],
    hints: PassageHints | undefined,
    excluded: ReadonlySet<string> | undefined,
  ): Match[] {
    if (this.#skeletons.size === 0 || !/\d/.test(text) || (hints && isNumericPlace(hints))) return [];
    const found = [...this.#misread(text), ...this.#wrong(text, hints), ...this.#shown(text)];
    return found
      .filter((match, i) => !found.some((other, k) => k !== i && isWithin(match, other, i > k)))
      .filter(({ entry }) => !isExcluded(entry, excluded))
      .filter((match) => !covered.some(({ start, end }) => start < match.end && match.start < end));
  }

  /** Letters for digits and digits for letters: only where both stand in one word, or a digit's place has a letter. */
  *#misread(text: string): Generator<Match> {
    const words = [...text.matchAll(text.split('|', 4).length > 3 ? FIELD_WORD : WORD)];
    const digits = words.map(([word]) => /\d|[^\x00-\x7f]/.test(word));
    for (const [i, first] of words.entries()) {
      // A code has its digits in its first words.
      if (!digits[i] && !digits[i + 1] && !digits[i + 2]) continue;
      let key = '';
      for (let n = i; n < words.length && n < i + MAX_WORDS; n++) {
        const word = words[n] as RegExpMatchArray & { index: number };
        const last = words[n - 1];
        if (n > i && last && !isCodeGap(text.slice(last.index + last[0].length, word.index), false)) break;
        key += fold(word[0]);
        if (key.length > LONGEST) break;
        if (key.length < LEAST || !hasDigits(key)) continue;
        const entry = this.#skeletons.get(digitSkeletonOf(key));
        if (entry === undefined || this.#keys.has(key)) continue;
        yield { start: first.index, end: word.index + word[0].length, entry, misspelt: true };
      }
    }
  }

  /** One digit wrong, or two neighbours swapped. */
  *#wrong(text: string, hints: PassageHints | undefined): Generator<Match> {
    if (this.#numbers.length === 0) return;
    for (const match of text.matchAll(NUMBER)) {
      const key = fold(match[0]).replace(/\D/g, '');
      if (key.length < WRONG_DIGIT || key.length > EXACT || this.#keys.has(key)) continue;
      const before = text.slice(Math.max(0, match.index - 24), match.index);
      const isTyped = hints?.typed !== undefined;
      if (key.length < WRONG_DIGIT_ALONE && !isTyped && !hasCue('id', before, true)) continue;
      const entry = this.#oneOff(key);
      if (entry === undefined || (isTyped && !isAkin(hints?.typed, entry.category))) continue;
      yield { start: match.index, end: match.index + match[0].length, entry, misspelt: true };
    }
  }

  /** In numbers: no text is made for what is looked up in vain. */
  #oneOff(key: string): Entry | undefined {
    const known = this.#numbers[key.length];
    if (known === undefined) return undefined;
    const value = Number(key);
    for (let i = key.length - 1, unit = 1; i >= 0; i--, unit *= 10) {
      const here = key.charCodeAt(i) - ZERO;
      for (let digit = 0; digit < 10; digit++) {
        const entry = known.get(value + (digit - here) * unit);
        if (entry !== undefined) return entry;
      }
      if (i === 0) break;
      const above = key.charCodeAt(i - 1) - ZERO;
      const entry = known.get(value + (above - here) * unit + (here - above) * unit * 10);
      if (entry !== undefined) return entry;
    }
    return undefined;
  }

  *#shown(text: string): Generator<Match> {
    for (const match of text.matchAll(LAST_FOUR)) {
      const entry = this.#ends.get(match[1] ?? '');
      if (entry !== undefined)
        yield { start: match.index, end: match.index + match[0].length, entry, misspelt: true };
    }
  }
}

/** Whether a match lies in another one; of two in the same place the later does. */
const isWithin = (match: Match, other: Match, later: boolean): boolean =>
  other.start <= match.start &&
  match.end <= other.end &&
  (later || other.end - other.start > match.end - match.start);

/** As many digits as letters or more, as a number has that was misread here and there. Keys are folded. */
function hasDigits(key: string): boolean {
  let digits = 0;
  for (let i = 0; i < key.length; i++) if (key.charCodeAt(i) <= NINE && key.charCodeAt(i) >= ZERO) digits++;
  return digits * 2 >= key.length;
}
