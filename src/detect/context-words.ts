/** Words of a rule that stand around a match: whole, in any case; a trailing `*` stands for any ending. */
export class ContextWords {
  readonly regex: RegExp;
  readonly #words: ReadonlyMap<string, string>;

  constructor(words: readonly string[]) {
    this.regex = regexOf(words);
    this.#words = new Map(words.map((word) => [key(word), word]));
  }

  /** The first of them in a text, as the rule writes it; undefined where none is there. */
  wordIn(text: string): string | undefined {
    const match = this.regex.exec(text);
    return match === null ? undefined : (this.#words.get(key(match[0])) ?? '');
  }
}

const key = (word: string): string => word.replace(/\*$/, '').replace(/[ _]/g, '').toLowerCase();

function regexOf(words: readonly string[]): RegExp {
  const escaped = words.map((word) => {
    const open = word.endsWith('*');
    const text = (open ? word.slice(0, -1) : word)
      .replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
      .replace(/ /g, '[ _]?');
    return open ? text : `${text}(?![\\p{L}\\d])`;
  });
  return new RegExp(`(?<![\\p{L}\\d])(?:${escaped.join('|')})`, 'iu');
}
