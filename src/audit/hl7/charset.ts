import { TextDecoder } from 'node:util';

/** MSH-18 (HL7 table 0211) and the label of the Encoding Standard that decodes it. */
const LABELS: Readonly<Record<string, string>> = {
  ASCII: 'ascii',
  '8859/1': 'windows-1252',
  '8859/2': 'iso-8859-2',
  '8859/3': 'iso-8859-3',
  '8859/4': 'iso-8859-4',
  '8859/5': 'iso-8859-5',
  '8859/6': 'iso-8859-6',
  '8859/7': 'iso-8859-7',
  '8859/8': 'iso-8859-8',
  '8859/9': 'windows-1254',
  '8859/15': 'iso-8859-15',
  'ISO IR6': 'ascii',
  'ISO IR14': 'shift_jis',
  'ISO IR87': 'iso-2022-jp',
  'GB 18030-2000': 'gb18030',
  'KS X 1001': 'euc-kr',
  'BIG-5': 'big5',
  UNICODE: 'utf-8',
  'UNICODE UTF-8': 'utf-8',
  'UTF-8': 'utf-8',
  UTF8: 'utf-8',
  'UNICODE UTF-16': 'utf-16le',
};

/** Text of a message, and whether its bytes fit the character set that it declares. */
export interface DecodedMessage {
  readonly text: string;
  readonly sure: boolean;
}

/**
 * Decodes a message by MSH-18, whose repetitions are `declared`. Without one, or where the bytes contradict it: UTF-8
 * where the bytes are UTF-8, else windows-1252, so that no text is lost; `sure` is false where that was a guess about
 * non-ASCII bytes.
 */
export function decodeMessage(bytes: Uint8Array, declared: readonly string[]): DecodedMessage {
  const raw = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const labels = declared.map((name) => LABELS[normal(name)]);
  const label = labels.find((known) => known === 'iso-2022-jp') ?? labels[0];
  if (!/[\u0080-\u00ff\u001b]/.test(raw)) return { text: raw, sure: true };
  const text = label === undefined || label === 'ascii' ? undefined : decodeAs(label, bytes);
  if (text !== undefined) return { text, sure: true };
  return { text: decodeAs('utf-8', bytes) ?? decodeAs('windows-1252', bytes) ?? raw, sure: false };
}

function normal(name: string): string {
  return name
    .trim()
    .toUpperCase()
    .replace(/_/g, '-')
    .replace(/^ISO[- ]?8859[-/]|^8859-/, '8859/');
}

/** Text after a UTF-16 byte-order mark, undefined where there is none; a UTF-8 mark says no more than MSH-18 does. */
export function decodeByMark(bytes: Uint8Array): string | undefined {
  const [a, b] = bytes;
  if (a === 0xff && b === 0xfe) return decodeAs('utf-16le', bytes.subarray(2));
  if (a === 0xfe && b === 0xff) return decodeAs('utf-16be', bytes.subarray(2));
  return undefined;
}

/** The bytes as an encoding of the Encoding Standard, undefined where they do not fit. */
export function decodeAs(label: string, bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder(label, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
