import type { Message } from '../../hl7/message.ts';
import { isInstanceUid } from './values.ts';

const POINT = 0x2e;
const SHORTEST_NAMED = 4; // shorter values count in identifier-typed places only
const LONGEST_DECIMAL = 6;

/** ASCII too short to be told from a code, and decimal numbers: no cleaner needs to look at them. */
export function isHarmless({ bytes, delimiters }: Message, start: number, end: number): boolean {
  const length = end - start;
  if (length > LONGEST_DECIMAL) return false;
  let isDecimal = false;
  let isNumber = true;
  for (let at = start; at < end; at++) {
    const byte = bytes[at] ?? 0;
    if (byte > 0x7e || byte === delimiters.escape) return false;
    if (byte === POINT) isDecimal = true;
    else if (byte < 0x30 || byte > 0x39) isNumber = false;
  }
  return length < SHORTEST_NAMED || (isNumber && isDecimal);
}

/** Whether a field is nothing but up to three ASCII letters and digits: harmless, and quickly told. */
export function isShortWord(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start >= SHORTEST_NAMED) return false;
  for (let at = start; at < end; at++) {
    const byte = (bytes[at] as number) | 0x20;
    if (!(byte >= 0x61 && byte <= 0x7a) && !(byte >= 0x30 && byte <= 0x39)) return false;
  }
  return true;
}

/** A UID alone is replaced wherever it stands: what it names keeps its links. */
export function isUid({ bytes }: Message, start: number, end: number): boolean {
  return bytes[start + 1] === POINT && isInstanceUid(bytes.toString('latin1', start, end));
}
