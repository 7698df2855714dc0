import type { Charset } from './charset.ts';
import type { Delimiters } from './delimiters.ts';
import { nextCharacter } from './spans.ts';

/** What is needed of a message to read and write its text. */
export interface TextSyntax {
  readonly bytes: Buffer;
  readonly delimiters: Delimiters;
  readonly charset: Charset;
}

/** Decoded text and, for each UTF-16 unit of it, the byte where it begins and the byte after it. */
export interface MappedText {
  readonly text: string;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  /** Spans of local escapes (`\Zxx\`): they hold what nobody can read. */
  readonly opaque: readonly (readonly [start: number, end: number])[];
}

const LONGEST_ESCAPE = 200; // `\X..\` may be long; past this a lone escape character is plain text
const MOST_SHORT_TEXTS = 4096;
const ESC = '\x1b';
const LETTER_C = 0x43;
const LETTER_M = 0x4d;
const LETTER_X = 0x58;

/**
 * Text of the bytes `[start, end)`, escape sequences undone (HL7 chapter 2.7): the delimiters, `\Xdd..\`, `\.br\` and its
 * kin as a line feed; highlighting gives nothing, nor does a local `\Z..\`.
 */
export function decodeText(syntax: TextSyntax, start: number, end: number): string {
  const { bytes, delimiters } = syntax;
  let isPlain = true;
  for (let at = start; at < end && isPlain; at++) {
    const byte = bytes[at] ?? 0;
    isPlain = byte < 0x80 && byte !== delimiters.escape && byte !== 0x1b;
  }
  if (!isPlain) return decodeMapped(syntax, start, end).text;
  return end - start <= 3 ? shortText(bytes, start, end) : bytes.toString('latin1', start, end);
}

/** Codes of up to three ASCII characters, by their bytes: they come again and again. */
const shortTexts = new Map<number, string>();

function shortText(bytes: Buffer, start: number, end: number): string {
  let key = 0;
  for (let at = start; at < end; at++) key = (key << 7) | (bytes[at] as number);
  key = (key << 2) | (end - start);
  let text = shortTexts.get(key);
  if (text === undefined) {
    text = bytes.toString('latin1', start, end);
    if (shortTexts.size >= MOST_SHORT_TEXTS) shortTexts.clear();
    shortTexts.set(key, text);
  }
  return text;
}

/** As {@link decodeText}, with the place of every character, so that a part of the text can be replaced alone. */
export function decodeMapped(syntax: TextSyntax, start: number, end: number): MappedText {
  const { bytes, delimiters, charset } = syntax;
  const starts: number[] = [];
  const ends: number[] = [];
  const opaque: [number, number][] = [];
  let text = '';
  const add = (piece: string, from: number, to: number) => {
    text += piece;
    for (let unit = 0; unit < piece.length; unit++) {
      starts.push(from);
      ends.push(to);
    }
  };
  for (let at = start; at < end; ) {
    const close = bytes[at] === delimiters.escape ? closingEscape(syntax, at, end) : -1;
    if (close >= 0) {
      const sequence = bytes.toString('latin1', at + 1, close);
      if (sequence.startsWith('Z')) opaque.push([at, close + 1]);
      const shifted = /^[CM]/.test(sequence) ? shiftedRun(syntax, at, close, end) : undefined;
      if (shifted !== undefined) {
        add(shifted.text, at, shifted.end);
        at = shifted.end;
        continue;
      }
      add(meaningOf(sequence, syntax), at, close + 1);
      at = close + 1;
      continue;
    }
    const next = characterEnd(syntax, at, end);
    const byte = bytes[at] ?? 0;
    const isAscii = next === at + 1 && byte < 0x80;
    add(isAscii ? String.fromCharCode(byte) : charset.decode(bytes.subarray(at, next)), at, next);
    at = next;
  }
  return { text, starts, ends, opaque };
}

/** Whether escapes in `[start, end)` stand for bytes (`\Xdd..\`, `\C..\`, `\M..\`), which a character set gives a meaning. */
export function holdsBytesInEscapes(
  { bytes, delimiters }: Pick<TextSyntax, 'bytes' | 'delimiters'>,
  start: number,
  end: number,
): boolean {
  if (delimiters.escape < 0) return false;
  for (let at = start; at < end; at++) {
    if (bytes[at] !== delimiters.escape) continue;
    const next = bytes[at + 1];
    if (next === LETTER_X || next === LETTER_C || next === LETTER_M) return true;
  }
  return false;
}

/**
 * Bytes of a new value: delimiters escaped, line ends as `\X0D\` or `\X0A\`, MLLP's framing bytes left out. Where the message has no escape
 * character, what would delimit becomes a space.
 */
export function encodeText(syntax: Pick<TextSyntax, 'delimiters' | 'charset'>, text: string): Uint8Array {
  const plain = plainCodesOf(syntax.delimiters);
  const bytes = Buffer.allocUnsafe(text.length);
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code > 0x7e || plain[code] !== 1) return encodeEscaped(syntax, text);
    bytes[at] = code;
  }
  return bytes;
}

function encodeEscaped(syntax: Pick<TextSyntax, 'delimiters' | 'charset'>, text: string): Uint8Array {
  const escaped = [...text].map((character) => escapeCharacter(character, syntax.delimiters)).join('');
  return syntax.charset.encode(escaped);
}

let lastPlain: { readonly delimiters: Delimiters; readonly codes: Uint8Array } | undefined;

/** 1 for each printable ASCII character that delimits nothing. */
function plainCodesOf(delimiters: Delimiters): Uint8Array {
  if (lastPlain?.delimiters !== delimiters) {
    const codes = new Uint8Array(0x7f).fill(1, 0x20);
    for (const delimiter of Object.values(delimiters)) codes[delimiter] = 0;
    lastPlain = { delimiters, codes };
  }
  return lastPlain.codes;
}

function escapeCharacter(character: string, delimiters: Delimiters): string {
  const code = character.codePointAt(0) ?? 0;
  if (code === 0x0b || code === 0x1c) return '';
  const name = escapeName(code, delimiters);
  if (name === undefined) return character;
  if (delimiters.escape < 0) return ' ';
  const mark = String.fromCharCode(delimiters.escape);
  return mark + name + mark;
}

function escapeName(code: number, delimiters: Delimiters): string | undefined {
  if (code === delimiters.field) return 'F';
  if (code === delimiters.component) return 'S';
  if (code === delimiters.repetition) return 'R';
  if (code === delimiters.escape) return 'E';
  if (code === delimiters.subcomponent) return 'T';
  if (code === delimiters.truncation) return 'P';
  if (code === 0x0d) return 'X0D';
  if (code === 0x0a) return 'X0A';
  return undefined;
}

function closingEscape({ bytes, delimiters }: TextSyntax, at: number, end: number): number {
  const limit = Math.min(end, at + LONGEST_ESCAPE);
  for (let next = at + 1; next < limit; next++) {
    const byte = bytes[next] ?? 0;
    if (byte === delimiters.escape) return isEscape(bytes.toString('latin1', at + 1, next)) ? next : -1;
  }
  return -1;
}

function isEscape(sequence: string): boolean {
  return /^(?:[FSTREPHN]|X(?:[0-9A-Fa-f]{2})+|C[0-9A-Fa-f]{4}|M[0-9A-Fa-f]{4,6}|Z.*|\.[a-z]{2}\s*[+-]?\d*)$/.test(
    sequence,
  );
}

function meaningOf(sequence: string, { delimiters, charset }: TextSyntax): string {
  const code = delimiterOf(sequence, delimiters);
  if (code >= 0) return String.fromCharCode(code);
  if (sequence.startsWith('X')) {
    const bytes = Buffer.from(sequence.slice(1), 'hex');
    return bytes.every((byte) => byte < 0x80) ? bytes.toString('latin1') : hexadecimal(bytes, charset);
  }
  return /^\.(br|sp|ce)/.test(sequence) ? '\n' : '';
}

/**
 * What bytes of an escape say: UTF-8 where they are that, which hardly any text of a one-byte set is; else what the
 * character set of the message says, and at last windows-1252, so that nothing stays unread.
 */
function hexadecimal(bytes: Uint8Array, { label, wide, stateful }: Charset): string {
  const labels = wide || stateful ? [label, 'utf-8'] : ['utf-8', label];
  for (const one of [...labels, 'windows-1252']) {
    try {
      return new TextDecoder(one, { fatal: true }).decode(bytes);
    } catch {
      // The next one.
    }
  }
  return '';
}

function delimiterOf(sequence: string, delimiters: Delimiters): number {
  if (sequence === 'F') return delimiters.field;
  if (sequence === 'S') return delimiters.component;
  if (sequence === 'R') return delimiters.repetition;
  if (sequence === 'E') return delimiters.escape;
  if (sequence === 'T') return delimiters.subcomponent;
  return sequence === 'P' ? delimiters.truncation : -1;
}

/** `\M2442\..\C2842\`: the text between is in a set of ISO 2022 (JIS X 0208 and the like), one unit to the last shift. */
function shiftedRun(
  syntax: TextSyntax,
  at: number,
  close: number,
  end: number,
): { text: string; end: number } | undefined {
  const { bytes, delimiters } = syntax;
  const parts: Buffer[] = [designator(bytes.toString('latin1', at + 1, close))];
  let next = close + 1;
  while (next < end) {
    const shut = bytes[next] === delimiters.escape ? closingEscape(syntax, next, end) : -1;
    const sequence = shut < 0 ? '' : bytes.toString('latin1', next + 1, shut);
    if (/^[CM]/.test(sequence)) {
      parts.push(designator(sequence));
      next = shut + 1;
      if (sequence.startsWith('C')) break;
    } else if (shut >= 0) {
      parts.push(Buffer.from(meaningOf(sequence, syntax), 'latin1'));
      next = shut + 1;
    } else parts.push(bytes.subarray(next, ++next));
  }
  return { text: new TextDecoder('iso-2022-jp').decode(Buffer.concat(parts)), end: next };
}

function designator(sequence: string): Buffer {
  return Buffer.concat([Buffer.from(ESC), Buffer.from(sequence.slice(1), 'hex')]);
}

function characterEnd({ bytes, charset }: TextSyntax, at: number, end: number): number {
  const byte = bytes[at] ?? 0;
  if (byte < 0x80 && byte !== 0x1b) return at + 1;
  if (charset.label === 'utf-8') return Math.min(end, at + utf8Length(byte));
  if (charset.label === 'gb18030' && isDigit(bytes[at + 1] ?? 0)) return Math.min(end, at + 4);
  return nextCharacter(bytes, at, end, charset);
}

function utf8Length(byte: number): number {
  if (byte >= 0xf0) return 4;
  if (byte >= 0xe0) return 3;
  return byte >= 0xc0 ? 2 : 1;
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}
