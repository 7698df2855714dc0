/** What a token is made of. */
export const TokenKind = { word: 0, mark: 1, newline: 2 } as const;

/** Tokens of a text: runs of letters and digits, single other characters, line ends. UTF-16 offsets, end exclusive. */
export interface Tokens {
  readonly count: number;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly kinds: Uint8Array;
}

const LETTER_OR_MARK = /[\p{L}\p{M}\p{N}]/u;

/** Splits a text into tokens; blanks are none, each line end is one. */
export function tokenize(text: string): Tokens {
  const starts = new Int32Array(text.length);
  const ends = new Int32Array(text.length);
  const kinds = new Uint8Array(text.length);
  let count = 0;
  for (let at = 0; at < text.length; ) {
    const code = text.charCodeAt(at);
    let end = at + 1;
    if (code === 10 || code === 13) {
      if (code === 13 && text.charCodeAt(end) === 10) end++;
      kinds[count] = TokenKind.newline;
    } else if (isBlank(code)) {
      at = end;
      continue;
    } else if (isWordCharacter(text, at, code)) {
      while (end < text.length && isWordCharacter(text, end, text.charCodeAt(end))) end++;
      kinds[count] = TokenKind.word;
    } else {
      kinds[count] = TokenKind.mark;
    }
    starts[count] = at;
    ends[count] = end;
    count++;
    at = end;
  }
  return { count, starts, ends, kinds };
}

const isBlank = (code: number): boolean =>
  code <= 32 || code === 0xa0 || code === 0x3000 || (code >= 0x2000 && code <= 0x200f) || code === 0xfeff;

function isWordCharacter(text: string, at: number, code: number): boolean {
  if (code < 128)
    return (code >= 48 && code <= 57) || (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
  if (code >= 0xd800 && code <= 0xdfff) {
    const start = code >= 0xdc00 ? at - 1 : at;
    return LETTER_OR_MARK.test(String.fromCodePoint(text.codePointAt(start) ?? 0));
  }
  return LETTER_OR_MARK.test(text[at] ?? '');
}
