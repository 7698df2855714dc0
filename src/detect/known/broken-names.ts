import { isFirstName, isPlainWord, isSurname } from '../words.ts';
import { isExcluded } from './equipment.ts';
import type { Token } from './fold.ts';
import type { Entry, Match } from './known-index.ts';

/** Letters that a name needs to count glued, split or spelled out. */
const LEAST = 6;
const MAX_PARTS = 3;
const GAP = /^(?:[\s._'’-]{1,3}|-\s{1,12})$/;
const SPELLING_GAP = /^[\s._,^-]{1,3}$/;

/** Long names of one word, found where they are not one: inside a longer word, split in parts, letter by letter. */
export class BrokenNames {
  /** By how they begin. */
  readonly #names = new Map<string, Entry[]>();
  /** Beginnings shorter than those: most words are none. */
  readonly #starts = new Set<string>();

  add(entry: Entry): void {
    if (!mayBeBroken(entry)) return;
    const start = entry.form.key.slice(0, LEAST);
    this.#names.set(start, [...(this.#names.get(start) ?? []), entry]);
    for (let length = 2; length < LEAST; length++) this.#starts.add(start.slice(0, length));
  }

  /** A name inside a longer word that is no word of the language: `wpemberton`, `GTVquibblethorpe`. */
  gluedAt(token: Token, excluded: ReadonlySet<string> | undefined): Match | undefined {
    const { text } = token;
    if (token.digits || text.length <= LEAST || this.#names.size === 0) return undefined;
    for (let at = 0; at + LEAST <= text.length; at++) {
      const entry = this.#names
        .get(text.slice(at, at + LEAST))
        ?.find(({ form }) => text.startsWith(form.key, at) && form.key.length < text.length);
      if (entry === undefined || isExcluded(entry, excluded) || isPlainWord(text)) continue;
      return { start: token.start, end: token.end, entry };
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
      if (last === undefined || token === undefined || token.digits || token.text.length < 2)
        return undefined;
      key += token.text;
      if (key.length < LEAST) continue;
      const entry = this.#names.get(key.slice(0, LEAST))?.find(({ form }) => form.key === key);
      if (entry === undefined || isExcluded(entry, excluded)) continue;
      const parts = tokens.slice(i, i + n + 1);
      if (areBroken(text, parts)) return { start: first.start, end: token.end, entry };
    }
    return undefined;
  }

  #begins(text: string): boolean {
    return text.length < LEAST ? this.#starts.has(text) : this.#names.has(text.slice(0, LEAST));
  }

  /** Names spelled out: `V A N D E R S L O O T`. */
  spelledOut(text: string, tokens: readonly Token[], excluded: ReadonlySet<string> | undefined): Match[] {
    if (this.#names.size === 0) return [];
    const found: Match[] = [];
    for (let i = 0; i < tokens.length; ) {
      // Most words are longer than a letter, and the sixth from here would be one.
      const letters =
        isLetter(tokens[i]) && isLetter(tokens[i + LEAST - 1]) ? lettersFrom(text, tokens, i) : [];
      if (letters.length >= LEAST) found.push(...this.#among(letters, excluded));
      i += Math.max(1, letters.length);
    }
    return found;
  }

  #among(letters: readonly Token[], excluded: ReadonlySet<string> | undefined): Match[] {
    const found: Match[] = [];
    const word = letters.map((letter) => letter.text).join('');
    for (let at = 0; at + LEAST <= word.length; at++) {
      const entry = this.#names
        .get(word.slice(at, at + LEAST))
        ?.find(({ form }) => word.startsWith(form.key, at));
      if (entry === undefined || isExcluded(entry, excluded)) continue;
      const last = letters[at + entry.form.key.length - 1];
      const first = letters[at];
      if (first && last) found.push({ start: first.start, end: last.end, entry });
    }
    return found;
  }
}

const mayBeBroken = ({ form, kind }: Entry): boolean =>
  kind === 'name' &&
  !form.weak &&
  form.raw.length === 1 &&
  form.key.length >= LEAST &&
  /^\p{L}+$/u.test(form.key);

const isLetter = (token: Token | undefined): boolean => token?.text.length === 1 && !token.digits;

/** The single letters that follow one another from token `i` on. */
function lettersFrom(text: string, tokens: readonly Token[], i: number): readonly Token[] {
  const letters: Token[] = [];
  for (let k = i; k < tokens.length; k++) {
    const token = tokens[k];
    if (token === undefined || !isLetter(token)) break;
    const before = letters.at(-1);
    if (before !== undefined && !SPELLING_GAP.test(text.slice(before.end, token.start))) break;
    letters.push(token);
  }
  return letters;
}

const isWordOrName = ({ text }: Token): boolean => isPlainWord(text) || isFirstName(text) || isSurname(text);

/** Whether what stands between the parts splits a word, and the parts are no words of their own. */
function areBroken(text: string, parts: readonly Token[]): boolean {
  if (parts.every(isWordOrName)) return false;
  return parts.every((part, k) => {
    const next = parts[k + 1];
    return next === undefined || GAP.test(text.slice(part.end, next.start));
  });
}
