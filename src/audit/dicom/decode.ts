import { TextDecoder } from 'node:util';

/**
 * The auditor's own reading of Specific Character Set (PS3.3 C.12.1.1.2, PS3.5 6.1): it shares nothing with the
 * masker's, so that an error of one does not hide text from the other.
 */

/** Decoded text; `sure` is false where bytes did not fit the declared character set and Latin-1 was read instead. */
export interface Decoded {
  readonly text: string;
  readonly sure: boolean;
}

/** Defined terms without code extensions, and the label of the Encoding Standard that decodes them. */
const SINGLE_BYTE: Readonly<Record<string, string>> = {
  'ISO_IR 6': 'latin1',
  'ISO_IR 100': 'latin1',
  'ISO_IR 101': 'iso-8859-2',
  'ISO_IR 109': 'iso-8859-3',
  'ISO_IR 110': 'iso-8859-4',
  'ISO_IR 144': 'iso-8859-5',
  'ISO_IR 127': 'iso-8859-6',
  'ISO_IR 126': 'iso-8859-7',
  'ISO_IR 138': 'iso-8859-8',
  'ISO_IR 148': 'iso-8859-9',
  'ISO_IR 203': 'iso-8859-15',
  'ISO_IR 13': 'shift_jis',
  'ISO_IR 166': 'windows-874',
  'ISO_IR 192': 'utf-8',
  GB18030: 'gb18030',
  GBK: 'gbk',
};

/** Escape sequences of PS3.3 C.12-3 and C.12-4, by the bytes after ESC, and how the bytes that follow are read. */
const ESCAPES: readonly { readonly bytes: string; readonly set: CodeSet }[] = [
  { bytes: '(B', set: { half: 'G0', label: 'latin1' } },
  { bytes: '(J', set: { half: 'G0', label: 'latin1' } },
  { bytes: '-A', set: { half: 'G1', label: 'latin1' } },
  { bytes: '-B', set: { half: 'G1', label: 'iso-8859-2' } },
  { bytes: '-C', set: { half: 'G1', label: 'iso-8859-3' } },
  { bytes: '-D', set: { half: 'G1', label: 'iso-8859-4' } },
  { bytes: '-L', set: { half: 'G1', label: 'iso-8859-5' } },
  { bytes: '-G', set: { half: 'G1', label: 'iso-8859-6' } },
  { bytes: '-F', set: { half: 'G1', label: 'iso-8859-7' } },
  { bytes: '-H', set: { half: 'G1', label: 'iso-8859-8' } },
  { bytes: '-M', set: { half: 'G1', label: 'iso-8859-9' } },
  { bytes: '-b', set: { half: 'G1', label: 'iso-8859-15' } },
  { bytes: '-T', set: { half: 'G1', label: 'windows-874' } },
  { bytes: ')I', set: { half: 'G1', label: 'shift_jis' } },
  { bytes: '$B', set: { half: 'G0', label: 'euc-jp', wide: true } },
  { bytes: '$@', set: { half: 'G0', label: 'euc-jp', wide: true } },
  { bytes: '$(D', set: { half: 'G0', label: 'euc-jp', wide: true, prefix: 0x8f } },
  { bytes: '$)C', set: { half: 'G1', label: 'euc-kr', wide: true } },
  { bytes: '$)A', set: { half: 'G1', label: 'gb18030', wide: true } },
];

interface CodeSet {
  readonly half: 'G0' | 'G1';
  readonly label: string;
  /** Two bytes a character. */
  readonly wide?: true;
  /** EUC-JP announces JIS X 0212 by this byte. */
  readonly prefix?: number;
}

const ESC = 0x1b;
const ASCII: CodeSet = { half: 'G0', label: 'latin1' };
const decoders = new Map<string, TextDecoder>();

/** The values of (0008,0005), spelling variants ("ISO-IR 100", "ISO 2022 IR 6") brought to the defined terms. */
export function characterSetTerms(value: string): string[] {
  return value.split('\\').map((term) => {
    const upper = term.replace(/\0/g, '').trim().toUpperCase();
    const extended = /^ISO[ _-]?2022[ _-]?IR[ _-]?(\d+)$/.exec(upper);
    if (extended !== null) return `ISO 2022 IR ${extended[1]}`;
    const single = /^ISO[ _-]?IR[ _-]?(\d+)$/.exec(upper);
    return single === null ? upper : `ISO_IR ${single[1]}`;
  });
}

/**
 * Decodes a text value under the terms of Specific Character Set. Escape sequences are followed wherever they stand,
 * declared or not; bytes that do not fit are read as Latin-1, so that no text is lost, and `sure` says so.
 */
export function decodeText(bytes: Uint8Array, terms: readonly string[]): Decoded {
  if (isPlainAscii(bytes)) return { text: latin1(bytes), sure: true };
  const first = labelOf(terms[0] ?? '');
  if (bytes.includes(ESC)) return decodeExtended(bytes, first ?? 'latin1');
  if (first === undefined || (terms[0] ?? '') === '') return { text: guessed(bytes), sure: false };
  const text = decodeAs(first, bytes);
  return text === undefined ? { text: guessed(bytes), sure: false } : { text, sure: true };
}

/** UTF-8 where the bytes are UTF-8, else Latin-1: what undeclared text most often is. */
function guessed(bytes: Uint8Array): string {
  return decodeAs('utf-8', bytes) ?? latin1(bytes);
}

function labelOf(term: string): string | undefined {
  if (term === '') return 'latin1';
  const plain = term.replace(/^ISO 2022 IR (\d+)$/, 'ISO_IR $1');
  return (
    SINGLE_BYTE[plain] ??
    { 'ISO_IR 87': 'latin1', 'ISO_IR 159': 'latin1', 'ISO_IR 149': 'euc-kr', 'ISO_IR 58': 'gb18030' }[plain]
  );
}

/** ISO 2022: text delimiters and control characters switch back to the first character set (PS3.5 6.1.2.5.3). */
function decodeExtended(bytes: Uint8Array, firstLabel: string): Decoded {
  let g0 = ASCII;
  const initial: CodeSet =
    firstLabel === 'euc-kr' || firstLabel === 'gb18030'
      ? { half: 'G1', label: firstLabel, wide: true }
      : { half: 'G1', label: firstLabel };
  let g1 = initial;
  let text = '';
  let sure = true;
  for (let at = 0; at < bytes.length; ) {
    const byte = bytes[at] ?? 0;
    if (byte === ESC) {
      const escaped = ESCAPES.find(
        ({ bytes: after }) => after === latin1(bytes.subarray(at + 1, at + 1 + after.length)),
      );
      if (escaped === undefined) sure = false;
      else if (escaped.set.half === 'G0') g0 = escaped.set;
      else g1 = escaped.set;
      at += 1 + (escaped?.bytes.length ?? 0);
      continue;
    }
    const resets =
      byte < 0x20 || (g0.wide === undefined && (byte === 0x5c || byte === 0x5e || byte === 0x3d));
    if (resets) {
      g0 = ASCII;
      g1 = initial;
    }
    const set = byte >= 0x80 ? g1 : g0;
    const end = runEnd(bytes, at, set);
    const run = bytes.subarray(at, end);
    const decoded = byte < 0x20 ? latin1(run) : decodeRun(run, set);
    sure &&= decoded !== undefined;
    text += decoded ?? latin1(run);
    at = end;
  }
  return { text, sure };
}

/** A run ends where the half of the code table changes, at a control character, and at a delimiter. */
function runEnd(bytes: Uint8Array, from: number, set: CodeSet): number {
  const high = (bytes[from] ?? 0) >= 0x80;
  let end = from + 1;
  while (end < bytes.length) {
    const byte = bytes[end] ?? 0;
    if (byte < 0x20 || byte >= 0x80 !== high) break;
    if (!high && set.wide === undefined && (byte === 0x5c || byte === 0x5e || byte === 0x3d)) break;
    end += 1;
  }
  return end;
}

function decodeRun(run: Uint8Array, set: CodeSet): string | undefined {
  if (set.wide === undefined || set.half === 'G1') return decodeAs(set.label, run);
  const shifted: number[] = [];
  for (let at = 0; at + 1 < run.length; at += 2) {
    if (set.prefix !== undefined) shifted.push(set.prefix);
    shifted.push((run[at] ?? 0) | 0x80, (run[at + 1] ?? 0) | 0x80);
  }
  return run.length % 2 === 0 ? decodeAs(set.label, Uint8Array.from(shifted)) : undefined;
}

function decodeAs(label: string, bytes: Uint8Array): string | undefined {
  if (label === 'latin1') return latin1(bytes);
  try {
    let decoder = decoders.get(label);
    decoder ??= new TextDecoder(label, { fatal: true });
    decoders.set(label, decoder);
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

function isPlainAscii(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte < 0x80 && byte !== ESC);
}

/** The bytes as UTF-8 where they are UTF-8 with at least one character beyond ASCII, else undefined. */
export function decodeAsUtf8(bytes: Uint8Array): string | undefined {
  return isPlainAscii(bytes) ? undefined : decodeAs('utf-8', bytes);
}
