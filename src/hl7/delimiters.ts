/** The byte that each level is separated by (HL7 chapter 2, MSH-1 and MSH-2); `NONE` where the message names none. */
export interface Delimiters {
  readonly field: number;
  readonly component: number;
  readonly repetition: number;
  readonly escape: number;
  readonly subcomponent: number;
  /** From v2.7 on. */
  readonly truncation: number;
}

/** Never equal to a byte. */
export const NONE = -1;

/** Those that chapter 2 recommends, and nearly every message has: `|^~\\&`. */
export const USUAL_DELIMITERS: Delimiters = {
  field: 0x7c,
  component: 0x5e,
  repetition: 0x7e,
  escape: 0x5c,
  subcomponent: 0x26,
  truncation: NONE,
};

const MOST_ENCODING_CHARACTERS = 5;
const HEADER_NAME_LENGTH = 3;

/**
 * The delimiters of a header segment (MSH, BHS, FHS) that begins at `start`; a missing one is not used, as chapter 2
 * has it. `undefined` where MSH-2 is empty, longer than 5, repeats a character or holds letters or digits.
 */
export function readDelimiters(bytes: Uint8Array, start: number, end: number): Delimiters | undefined {
  if (hasUsual(bytes, start + HEADER_NAME_LENGTH, end)) return USUAL_DELIMITERS;
  const field = bytes[start + HEADER_NAME_LENGTH] ?? NONE;
  if (!isDelimiter(field)) return undefined;
  const first = start + HEADER_NAME_LENGTH + 1;
  let last = first;
  while (last < end && bytes[last] !== field) last++;
  const encoding = bytes.subarray(first, last);
  if (encoding.length === 0 || encoding.length > MOST_ENCODING_CHARACTERS) return undefined;
  if (!encoding.every(isDelimiter) || new Set(encoding).size !== encoding.length) return undefined;
  const [component = NONE, repetition = NONE, escapeMark = NONE, subcomponent = NONE, truncation = NONE] =
    encoding;
  return { field, component, repetition, escape: escapeMark, subcomponent, truncation };
}

/** Whether MSH-1 at `at` and MSH-2 are {@link USUAL_DELIMITERS}, and MSH-3 follows. */
function hasUsual(bytes: Uint8Array, at: number, end: number): boolean {
  return (
    at + 5 < end &&
    bytes[at] === 0x7c &&
    bytes[at + 1] === 0x5e &&
    bytes[at + 2] === 0x7e &&
    bytes[at + 3] === 0x5c &&
    bytes[at + 4] === 0x26 &&
    bytes[at + 5] === 0x7c
  );
}

/** Whether a byte may delimit: printable ASCII or a control character, no letter, digit, space or line end. */
export function isDelimiter(byte: number): boolean {
  if (byte < 0 || byte > 0x7e || byte === 0x0d || byte === 0x0a || byte === 0x20) return false;
  const isDigit = byte >= 0x30 && byte <= 0x39;
  const isLetter = (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a);
  return !isDigit && !isLetter;
}
