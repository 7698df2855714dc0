const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
const REFERENCE = /&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(\w{1,8}));/g;
const LAST = 0x10ffff;

/** Text with its references to characters resolved (XML 1.0 4.1), and where each of its units stands in the source. */
export interface Resolved {
  readonly text: string;
  /** Offset in the source of each UTF-16 unit of the text, and of its end. */
  readonly places: readonly number[];
}

/** Resolves character references and the five names of XML; others stay as they are. */
export function resolveReferences(source: string, from: number): Resolved {
  let text = '';
  const places: number[] = [];
  const add = (characters: string, at: number, step: 0 | 1) => {
    for (let i = 0; i < characters.length; i += 1) places.push(at + i * step);
    text += characters;
  };
  let at = 0;
  for (const match of source.matchAll(REFERENCE)) {
    add(source.slice(at, match.index), from + at, 1);
    add(characterOf(match) ?? match[0], from + match.index, characterOf(match) === undefined ? 1 : 0);
    at = match.index + match[0].length;
  }
  add(source.slice(at), from + at, 1);
  places.push(from + source.length);
  return { text, places };
}

function characterOf([, decimal, hex, name]: RegExpMatchArray): string | undefined {
  if (name !== undefined) return NAMED[name];
  const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
  return code > 0 && code <= LAST && (code < 0xd800 || code > 0xdfff)
    ? String.fromCodePoint(code)
    : undefined;
}

/** A text as it may stand between tags. */
export const escapeText = (text: string): string =>
  text.replace(/[&<>]/g, (character) => ({ '&': '&amp;', '<': '&lt;' })[character] ?? '&gt;');
