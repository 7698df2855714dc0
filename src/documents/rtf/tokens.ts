/** A token of an RTF file (Rich Text Format Specification 1.9.1, "RTF Syntax"). */
export type RtfToken =
  | { readonly kind: 'open' | 'close' }
  | { readonly kind: 'word'; readonly name: string; readonly value: number | undefined }
  /** A control symbol: a backslash and one character that is no letter. */
  | { readonly kind: 'symbol'; readonly name: string }
  /** Bytes of text in the code page at hand, `\'hh` and bytes as they stand; line ends of the file left out. */
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  /** What `\bin` announces. */
  | { readonly kind: 'binary'; readonly bytes: Uint8Array };

const OPEN = 0x7b;
const CLOSE = 0x7d;
const BACKSLASH = 0x5c;
const SPACE = 0x20;
const MINUS = 0x2d;
const QUOTE = 0x27;
/** The specification names 32; a longer word is one all the same. */
const LONGEST_NUMBER = 10;

/** Takes an RTF file apart. Never throws: what makes no token is text, and a file that breaks off gives what there is. */
export function* rtfTokens(bytes: Uint8Array): Generator<RtfToken> {
  let at = 0;
  while (at < bytes.length) {
    const byte = bytes[at] as number;
    if (byte === OPEN || byte === CLOSE) {
      yield { kind: byte === OPEN ? 'open' : 'close' };
      at += 1;
    } else if (byte !== BACKSLASH) {
      const end = endOfText(bytes, at);
      const text = withoutLineEnds(bytes.subarray(at, end));
      if (text.length > 0) yield { kind: 'bytes', bytes: text };
      at = end;
    } else if (isLetter(bytes[at + 1])) {
      const { name, value, end } = controlWord(bytes, at + 1);
      at = end;
      if (name === 'bin' && value !== undefined && value > 0) {
        yield { kind: 'binary', bytes: bytes.subarray(at, at + value) };
        at += value;
      } else yield { kind: 'word', name, value };
    } else if (bytes[at + 1] === QUOTE) {
      const code = hexByte(bytes, at + 2);
      if (code === undefined) at += 2;
      else {
        yield { kind: 'bytes', bytes: Uint8Array.of(code) };
        at += 4;
      }
    } else {
      if (at + 1 < bytes.length) yield { kind: 'symbol', name: String.fromCharCode(bytes[at + 1] as number) };
      at += 2;
    }
  }
}

function endOfText(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length) {
    const byte = bytes[at];
    if (byte === OPEN || byte === CLOSE || byte === BACKSLASH) break;
    at += 1;
  }
  return at;
}

const withoutLineEnds = (bytes: Uint8Array): Uint8Array =>
  bytes.some(isLineEnd) ? bytes.filter((byte) => !isLineEnd(byte)) : bytes;

const isLineEnd = (byte: number): boolean => byte === 0x0a || byte === 0x0d || byte === 0;

const isLetter = (byte: number | undefined): boolean =>
  byte !== undefined && (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a;

const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= 0x30 && byte <= 0x39;

/** Letters, a number with its sign, and one space that belongs to the word. */
function controlWord(
  bytes: Uint8Array,
  start: number,
): { name: string; value: number | undefined; end: number } {
  let at = start;
  while (isLetter(bytes[at])) at += 1;
  const name = Buffer.from(bytes.subarray(start, at)).toString('latin1');
  const from = at;
  if (bytes[at] === MINUS && isDigit(bytes[at + 1])) at += 1;
  while (isDigit(bytes[at]) && at - from <= LONGEST_NUMBER) at += 1;
  const value = at > from ? Number(Buffer.from(bytes.subarray(from, at)).toString('latin1')) : undefined;
  return { name, value, end: bytes[at] === SPACE ? at + 1 : at };
}

function hexByte(bytes: Uint8Array, at: number): number | undefined {
  const digits = Buffer.from(bytes.subarray(at, at + 2)).toString('latin1');
  return /^[0-9a-fA-F]{2}$/.test(digits) ? Number.parseInt(digits, 16) : undefined;
}
