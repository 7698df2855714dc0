import { TextDecoder } from 'node:util';
import { type Extension, encodeExtended, encodeIn } from './encode-text.ts';

/**
 * Character sets of PS3.5 6.1 and PS3.3 C.12.1.1.2: defined terms of (0008,0005) and the escape sequences of ISO 2022.
 * Decoding is by Node's TextDecoder; only Latin-1, ASCII and the single-byte halves of ISO 2022 need a hand of ours.
 */

/** Text, and whether every byte of it could be read. What could not be decoded stands as U+FFFD. */
export interface Decoded {
  readonly text: string;
  readonly complete: boolean;
}

/** Terms that stand alone: single-byte sets and the multi-byte sets without code extensions. */
const ENCODINGS: Record<string, string> = {
  '': 'ascii',
  'ISO_IR 6': 'ascii',
  'ISO_IR 100': 'latin1',
  'ISO_IR 101': 'iso-8859-2',
  'ISO_IR 109': 'iso-8859-3',
  'ISO_IR 110': 'iso-8859-4',
  'ISO_IR 144': 'iso-8859-5',
  'ISO_IR 127': 'iso-8859-6',
  'ISO_IR 126': 'iso-8859-7',
  'ISO_IR 138': 'iso-8859-8',
  'ISO_IR 148': 'windows-1254',
  'ISO_IR 203': 'iso-8859-15',
  'ISO_IR 13': 'shift_jis',
  'ISO_IR 166': 'windows-874',
  'ISO_IR 192': 'utf-8',
  GB18030: 'gb18030',
  GBK: 'gbk',
};

/** Escape sequence (after ESC) -> how the bytes that follow read. */
const ESCAPES: readonly (readonly [sequence: string, half: 'G0' | 'G1', encoding: string])[] = [
  ['(B', 'G0', 'ascii'],
  ['(J', 'G0', 'ascii'],
  [')I', 'G1', 'shift_jis'],
  ['-A', 'G1', 'latin1'],
  ['-B', 'G1', 'iso-8859-2'],
  ['-C', 'G1', 'iso-8859-3'],
  ['-D', 'G1', 'iso-8859-4'],
  ['-L', 'G1', 'iso-8859-5'],
  ['-G', 'G1', 'iso-8859-6'],
  ['-F', 'G1', 'iso-8859-7'],
  ['-H', 'G1', 'iso-8859-8'],
  ['-M', 'G1', 'windows-1254'],
  ['-b', 'G1', 'iso-8859-15'],
  ['-T', 'G1', 'windows-874'],
  ['$B', 'G0', 'jis-x-0208'],
  ['$@', 'G0', 'jis-x-0208'],
  ['$(D', 'G0', 'jis-x-0212'],
  ['$)C', 'G1', 'euc-kr'],
  ['$)A', 'G1', 'gbk'],
];

const decoders = new Map<string, TextDecoder>();

/** Decodes bytes of one set. */
export function decodeWith(encoding: string, bytes: Uint8Array): Decoded {
  if (encoding === 'latin1')
    return {
      text: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1'),
      complete: true,
    };
  if (encoding === 'ascii') return decodeAscii(bytes);
  if (encoding === 'jis-x-0208')
    return decodeWith(
      'euc-jp',
      bytes.map((byte) => byte | 0x80),
    );
  if (encoding === 'jis-x-0212') return decodeWith('euc-jp', withSingleShift3(bytes));
  let decoder = decoders.get(encoding);
  if (decoder === undefined) {
    decoder = new TextDecoder(encoding, { ignoreBOM: true });
    decoders.set(encoding, decoder);
  }
  const text = decoder.decode(bytes);
  return { text, complete: !text.includes('\uFFFD') };
}

function decodeAscii(bytes: Uint8Array): Decoded {
  let complete = true;
  let text = '';
  for (const byte of bytes) {
    if (byte > 0x7f) complete = false;
    text += byte > 0x7f ? '\uFFFD' : String.fromCharCode(byte);
  }
  return { text, complete };
}

/** EUC-JP writes JIS X 0212 behind single shift three. */
function withSingleShift3(bytes: Uint8Array): Uint8Array {
  const shifted: number[] = [];
  for (let i = 0; i + 1 < bytes.length; i += 2)
    shifted.push(0x8f, (bytes[i] ?? 0) | 0x80, (bytes[i + 1] ?? 0) | 0x80);
  return Uint8Array.from(shifted);
}

/** The character sets in force for a data set, from the values of (0008,0005). */
export class CharacterSets {
  readonly terms: readonly string[];
  /** Terms that no edition of the standard known here defines; text in them is not decodable. */
  readonly unknown: readonly string[];
  readonly #first: string;
  readonly #extended: boolean;

  constructor(values: readonly string[]) {
    this.terms = values.map((value) => normaliseTerm(value));
    this.unknown = this.terms.filter(
      (term) => ENCODINGS[single(term)] === undefined && EXTENSION_ENCODINGS[term] === undefined,
    );
    this.#first =
      ENCODINGS[single(this.terms[0] ?? '')] ??
      (EXTENSION_ENCODINGS[this.terms[0] ?? ''] === undefined ? 'unknown' : 'ascii');
    this.#extended = this.terms.length > 1 || this.terms.some((term) => term.startsWith('ISO 2022'));
  }

  /**
   * Decodes one element's bytes. With code extensions the state goes back to the first set at delimiters (PS3.5
   * 6.1.2.5.3), `^` and `=` included for person names.
   */
  decode(bytes: Uint8Array, isPersonName = false): Decoded {
    if (isPlainAscii(bytes))
      return {
        text: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1'),
        complete: true,
      };
    if (this.#first === 'unknown') return decodeAscii(bytes);
    if (!this.#extended || !bytes.includes(0x1b)) return decodeWith(this.#first, bytes);
    return decodeExtended(bytes, this.#first, isPersonName);
  }

  /** Bytes of a text in these sets; undefined where a character is in none of them. UTF-8 and its like take all. */
  encode(text: string): Uint8Array | undefined {
    if (/^[\x00-\x7f]*$/.test(text)) return Buffer.from(text, 'latin1');
    if (this.#first === 'utf-8') return Buffer.from(text, 'utf8');
    if (!this.#extended) return encodeIn(this.#first, text);
    return encodeExtended(text, this.#first, this.terms.flatMap(extensionOf));
  }
}

/** How a term is switched to. */
function extensionOf(term: string): Extension[] {
  const encoding = EXTENSION_ENCODINGS[term] ?? ENCODINGS[single(term)];
  const found = ESCAPES.find(([, , name]) => name === encoding && name !== 'ascii');
  return found === undefined ? [] : [{ sequence: found[0], half: found[1], encoding: found[2] }];
}

/** Terms that name only an extension and have no single-byte first set of their own. */
const EXTENSION_ENCODINGS: Readonly<Record<string, string>> = {
  'ISO 2022 IR 87': 'jis-x-0208',
  'ISO 2022 IR 159': 'jis-x-0212',
  'ISO 2022 IR 149': 'euc-kr',
  'ISO 2022 IR 58': 'gbk',
};

/** `ISO 2022 IR 100` names, as first set, what `ISO_IR 100` does. */
const single = (term: string): string => term.replace(/^ISO 2022 IR /, 'ISO_IR ');

/** Writers spell the terms in many ways: `iso_ir_100`, `ISO-IR 100`, `ISO IR 100`, `ISO2022 IR 87`. */
function normaliseTerm(value: string): string {
  const term = value
    .replace(/[\0 ]+$/, '')
    .trim()
    .toUpperCase();
  const plain = /^ISO[ _-]?IR[ _-]?(\d+)$/.exec(term);
  if (plain) return `ISO_IR ${plain[1]}`;
  const extended = /^ISO[ _-]?2022[ _-]?IR[ _-]?(\d+)$/.exec(term);
  return extended ? `ISO 2022 IR ${extended[1]}` : term;
}

function isPlainAscii(bytes: Uint8Array): boolean {
  for (const byte of bytes) if (byte > 0x7e || byte === 0x1b) return false;
  return true;
}

function decodeExtended(bytes: Uint8Array, first: string, isPersonName: boolean): Decoded {
  let text = '';
  let complete = true;
  let g0 = first === 'utf-8' ? 'utf-8' : 'ascii';
  let g1 = first;
  let run: number[] = [];
  let runEncoding = g0;
  const flush = () => {
    if (run.length === 0) return;
    const decoded = decodeWith(runEncoding, Uint8Array.from(run));
    text += decoded.text;
    complete &&= decoded.complete;
    run = [];
  };
  for (let i = 0; i < bytes.length; i += 1) {
    const byte = bytes[i] ?? 0;
    if (byte === 0x1b) {
      flush();
      const shift = ESCAPES.find(([sequence]) => matches(bytes, i + 1, sequence));
      if (shift === undefined) {
        complete = false;
        text += '\uFFFD';
        continue;
      }
      const [sequence, half, encoding] = shift;
      if (half === 'G0') g0 = encoding;
      else g1 = encoding;
      i += sequence.length;
      continue;
    }
    // Inside a two-byte set the codes of `^` and `=` are halves of characters; only control characters end it.
    const twoByteG0 = g0.startsWith('jis-x-');
    if (isDelimiter(byte, isPersonName && !twoByteG0)) {
      flush();
      text += String.fromCharCode(byte);
      g0 = first === 'utf-8' ? 'utf-8' : 'ascii';
      g1 = first;
      continue;
    }
    const encoding = byte > 0x7f ? g1 : g0;
    if (encoding !== runEncoding) flush();
    runEncoding = encoding;
    run.push(byte);
  }
  flush();
  return { text, complete };
}

function matches(bytes: Uint8Array, at: number, sequence: string): boolean {
  for (let i = 0; i < sequence.length; i += 1) if (bytes[at + i] !== sequence.charCodeAt(i)) return false;
  return true;
}

/** Control characters and `\` reset the state; in person names `^` and `=` do as well. */
function isDelimiter(byte: number, isPersonName: boolean): boolean {
  return (
    byte === 0x0a ||
    byte === 0x0c ||
    byte === 0x0d ||
    byte === 0x09 ||
    (isPersonName && (byte === 0x5e || byte === 0x3d))
  );
}
