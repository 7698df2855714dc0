import { TextDecoder } from 'node:util';

const OPEN = 0x28;
const CLOSE = 0x29;
const BACKSLASH = 0x5c;
const LESS = 0x3c;
const GREATER = 0x3e;
const SHORTEST = 4;

/**
 * Literal and hex strings (PDF 7.3.4) in the bytes of objects, decoded as text strings (7.9.2); those that are no text are left
 * out. Never throws.
 */
export function* pdfStrings(bytes: Uint8Array): Generator<string> {
  for (let at = 0; at < bytes.length; ) {
    const found = bytes[at] === OPEN ? literal(bytes, at + 1) : hex(bytes, at);
    if (found === undefined) {
      at += bytes[at] === LESS && bytes[at + 1] === LESS ? 2 : 1;
      continue;
    }
    const text = textOf(found.value);
    if (isText(text)) yield text;
    at = found.end;
  }
}

interface Found {
  readonly value: Uint8Array;
  readonly end: number;
}

/** What a backslash stands for before a letter; digits and line ends apart. */
const ESCAPES: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, b: 8, f: 12 };

function literal(bytes: Uint8Array, start: number): Found {
  const value: number[] = [];
  let depth = 1;
  let at = start;
  for (; at < bytes.length; at += 1) {
    const byte = bytes[at] as number;
    if (byte === BACKSLASH) {
      const octal = /^[0-7]{1,3}/.exec(latin1(bytes, at + 1, at + 4))?.[0];
      const next = bytes[at + 1] ?? 0;
      if (octal !== undefined) value.push(Number.parseInt(octal, 8) & 0xff);
      else if (next !== 0x0a && next !== 0x0d) value.push(ESCAPES[String.fromCharCode(next)] ?? next);
      at += octal?.length ?? 1;
      continue;
    }
    if (byte === OPEN) depth += 1;
    if (byte === CLOSE) depth -= 1;
    if (depth === 0) break;
    value.push(byte);
  }
  return { value: Uint8Array.from(value), end: at + 1 };
}

function hex(bytes: Uint8Array, at: number): Found | undefined {
  if (bytes[at] !== LESS || bytes[at + 1] === LESS) return undefined;
  const end = bytes.indexOf(GREATER, at);
  if (end < 0 || end - at > 1 << 16) return undefined;
  const digits = latin1(bytes, at + 1, end).replace(/\s+/g, '');
  return /^[0-9a-fA-F]+$/.test(digits) ? { value: Buffer.from(digits, 'hex'), end: end + 1 } : undefined;
}

function textOf(value: Uint8Array): string {
  const [a, b, c] = value;
  const wide = a === 0xfe && b === 0xff;
  const narrow = a === 0xef && b === 0xbb && c === 0xbf ? 'utf-8' : 'windows-1252';
  return new TextDecoder(wide ? 'utf-16be' : narrow).decode(value);
}

/** Keys, digests and ids are bytes of any kind. */
const isText = (text: string): boolean =>
  text.trim().length >= SHORTEST &&
  /[\p{L}\p{N}]{2}/u.test(text) &&
  !/[\0-\x08\x0e-\x1f\x7f\ufffd]/.test(text);

const latin1 = (bytes: Uint8Array, start: number, end: number): string =>
  Buffer.from(bytes.subarray(start, end)).toString('latin1');
