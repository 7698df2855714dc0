import { isFirstName, isPlainWord, isSurname } from '../words.ts';
import { isExcluded } from './equipment.ts';
import { fold, type Token } from './fold.ts';
import type { Form } from './forms.ts';
import type { Entry, Match } from './known-index.ts';
import { isOtherWord } from './other-words.ts';

/** Letters that a name needs to count within a longer word. */
const LEAST = 6;
/** Letters that a name needs to count in parts, or as one of the words that capitals part. */
const SHORTEST = 4;
/** Letters of a name that is found in a word of any length, and letters around a shorter one. */
const TELLING = 8;
const AROUND = 3;
const MAX_PARTS = 3;
const GAP = /^(?:[\s._'’-]{1,3}|-?\s{1,12})$/;

/** Long names of one word, found where they are not one: inside a longer word, or split in parts. */
export class BrokenNames {
  readonly #lookUp: (key: string) => Entry | undefined;
  /** By how they begin. */
  readonly #names = new Map<string, Entry[]>();
  /** Beginnings shorter than those: most words are none. */
  readonly #starts = new Set<string>();

  /** `lookUp`: the entry of a key. */
  constructor(lookUp: (key: string) => Entry | undefined) {
    this.#lookUp = lookUp;
  }

  add(entry: Entry): void {
    if (!mayBeBroken(entry)) return;
    for (let length = 1; length < Math.min(LEAST, entry.form.key.length); length++)
      this.#starts.add(entry.form.key.slice(0, length));
    if (entry.form.key.length < LEAST) return;
    const start = entry.form.key.slice(0, LEAST);
    this.#names.set(start, [...(this.#names.get(start) ?? []), entry]);
  }

  /** A name inside a longer word that is no word of the language: `wpemberton`, `GTVquibblethorpe`. */
  gluedAt(source: string, token: Token, excluded: ReadonlySet<string> | undefined): Match | undefined {
    const { text } = token;
    if (token.digits || text.length <= SHORTEST) return undefined;
    const entry = this.#partedByCapitals(source.slice(token.start, token.end), excluded);
    if (entry !== undefined) return { start: token.start, end: token.end, entry };
    if (text.length <= LEAST || this.#names.size === 0) return undefined;
    for (let at = 0; at + LEAST <= text.length; at++) {
      const entry = this.#names
        .get(text.slice(at, at + LEAST))
        ?.find(
          ({ form }) => text.startsWith(form.key, at) && isMostOf(form.key, text) && !isInflected(form, text),
        );
      if (entry === undefined || isExcluded(entry, excluded)) continue;
      if (isOtherWord(text)) return undefined;
      return { start: token.start, end: token.end, entry };
    }
    return undefined;
  }

  /** `DrSmith`, `ptOkonkwo`: a name among the words that capitals part. */
  #partedByCapitals(word: string, excluded: ReadonlySet<string> | undefined): Entry | undefined {
    if (word.slice(1) === word.slice(1).toLowerCase()) return undefined;
    const parts = word.split(/(?<=\p{Ll})(?=\p{Lu}\p{Ll})/u);
    if (parts.length < 2 || isOtherWord(fold(word))) return undefined;
    for (const part of parts) {
      const entry = part.length < SHORTEST ? undefined : this.#lookUp(fold(part));
      if (entry !== undefined && mayBeBroken(entry) && !entry.form.capitals && !isExcluded(entry, excluded))
        return entry;
    }
    return undefined;
  }

  /** A name in two or three parts, not all of them words or names by themselves: `Vander sloot`, but no `good man`. */
  splitAt(
    text: string,
    tokens: readonly Token[],
    i: number,
    excluded: ReadonlySet<string> | undefined,
  ): Match | undefined {
    const first = tokens[i];
    if (first === undefined || !this.#begins(first.text)) return undefined;
    let key = first.text;
    for (let n = 1; n < MAX_PARTS; n++) {
      const [last, token] = [tokens[i + n - 1], tokens[i + n]];
      if (last === undefined || token === undefined || token.digits) return undefined;
      key += token.text;
      if (key.length < SHORTEST) continue;
      const entry = this.#lookUp(key);
      if (entry === undefined || !mayBeBroken(entry) || isExcluded(entry, excluded)) continue;
      const parts = tokens.slice(i, i + n + 1);
      if (areBroken(text, parts)) return { start: first.start, end: token.end, entry };
    }
    return undefined;
  }

  #begins(text: string): boolean {
    return text.length < LEAST ? this.#starts.has(text) : this.#names.has(text.slice(0, LEAST));
  }
}

/** Whether little stands around a name, or the name is so long that chance made it in nothing else. */
const isMostOf = (key: string, text: string): boolean =>
  key.length < text.length && (key.length >= TELLING || text.length - key.length <= AROUND);

/** `malleted`: a name that is a word, as its verb or plural goes. */
const isInflected = ({ key, capitals }: Form, text: string): boolean =>
  capitals && text.startsWith(key) && /^(?:s|es|d|ed|ing|er|ers|ly)$/.test(text.slice(key.length));

const mayBeBroken = ({ form, kind }: Entry): boolean =>
  kind === 'name' &&
  !form.weak &&
  form.raw.length === 1 &&
  form.key.length >= SHORTEST &&
  !form.nickname &&
  /^\p{L}+$/u.test(form.key);

const isWordOrName = ({ text }: Token): boolean => isPlainWord(text) || isFirstName(text) || isSurname(text);

/** A hyphen at the end of a line, and the rest of the word on the next. */
const HYPHENATED = /^[-‐]\r?\n\s{0,12}$/;

/** A line that ends within a word. */
const WRAPPED = /^\r?\n$/;

/** `Hop` / `son`: a capital at the beginning alone. */
function isCapitalised(text: string, [first, second]: readonly Token[]): boolean {
  if (first === undefined || second === undefined) return false;
  return (
    /^\p{Lu}\p{M}*\p{Ll}/u.test(text.slice(first.start, first.end)) &&
    /^\p{Ll}/u.test(text.slice(second.start))
  );
}

/**
 * Whether what stands between the parts splits a word: a hyphen that ends a line, or anything where the parts are no words
 * of their own. A single letter is a part at the end of a line alone.
 */
function areBroken(text: string, parts: readonly Token[]): boolean {
  const gaps = parts.slice(1).map((part, k) => text.slice((parts[k] as Token).end, part.start));
  if (gaps.length === 1 && HYPHENATED.test(gaps[0] ?? '')) return true;
  if (gaps.length === 1 && WRAPPED.test(gaps[0] ?? '') && isCapitalised(text, parts)) return true;
  if (parts.every(isWordOrName) || !gaps.every((gap) => GAP.test(gap))) return false;
  return parts.every((part) => part.text.length > 1) || gaps.every((gap) => /[\r\n]/.test(gap));
}
