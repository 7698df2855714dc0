/** A regular expression as it stands in a source. */
export interface Literal {
  readonly source: string;
  readonly flags: string;
}

/** Strings and comments are passed over; a slash after one of these begins a literal, elsewhere it divides. */
const TOKEN =
  /\/\/[^\n]*|\/\*[\s\S]*?\*\/|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\[\s\S]|[^`\\])*`|(?<=(?:[=(,:?!&|[{;>]|=>|\breturn|\bcase|^)\s*)\/(?<source>(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n*])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])*)\/(?<flags>[a-z]*)/g;

/** Regular expressions in the text of a TypeScript file. */
export function literalsIn(text: string): Literal[] {
  return [...text.matchAll(TOKEN)].flatMap(({ groups }) => {
    if (groups?.source === undefined) return [];
    try {
      new RegExp(groups.source, groups.flags);
    } catch {
      return [];
    }
    return [{ source: groups.source, flags: groups.flags ?? '' }];
  });
}
