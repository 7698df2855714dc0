const ESC = 0x1b;
const PARENTHESIS = 0x28;
const DOLLAR = 0x24;

/** How bytes may hide delimiters inside characters; see rules/hl7/charsets.yaml. */
export interface ByteLayout {
  /** A byte from 0x81 to 0xFE takes the next one with it. */
  readonly wide: boolean;
  /** ISO 2022: `ESC $ x` begins a set of two-byte characters, `ESC ( x` ends it. */
  readonly stateful: boolean;
}

/**
 * The pieces between `delimiter` in `[start, end)`, as `[start0, end0, start1, end1, ...]`; always one piece at least. At most
 * `most` pieces need be given; those behind them may be left out.
 */
export function splitSpan(
  bytes: Uint8Array,
  start: number,
  end: number,
  delimiter: number,
  layout: ByteLayout,
  most = Number.POSITIVE_INFINITY,
): number[] {
  if (layout.wide || layout.stateful) return splitWide(bytes, start, end, delimiter, layout);
  const spans: number[] = [start];
  let count = 1;
  for (let at = start; at < end; at++) {
    if (bytes[at] !== delimiter) continue;
    spans.push(at);
    if (count === most) return spans;
    spans.push(at + 1);
    count++;
  }
  spans.push(end);
  return spans;
}

function splitWide(
  bytes: Uint8Array,
  start: number,
  end: number,
  delimiter: number,
  layout: ByteLayout,
): number[] {
  const spans: number[] = [start];
  for (let at = start; at < end; ) {
    const next = nextCharacter(bytes, at, end, layout);
    if (next === at + 1 && bytes[at] === delimiter) spans.push(at, next);
    at = next;
  }
  spans.push(end);
  return spans;
}

/**
 * First byte after the character at `at`; a run in a two-byte set of ISO 2022 counts as one. A run that nothing ends, or that
 * another one begins in, is none: its writer has left out the escape that must come before a delimiter (chapter 2.14.9).
 */
export function nextCharacter(bytes: Uint8Array, at: number, end: number, layout: ByteLayout): number {
  const byte = bytes[at] ?? 0;
  if (layout.wide && byte >= 0x81 && byte <= 0xfe) return Math.min(at + 2, end);
  if (!layout.stateful || byte !== ESC || bytes[at + 1] !== DOLLAR) return at + 1;
  for (let next = at + 2; next + 2 < end; next++) {
    if (bytes[next] !== ESC) continue;
    if (bytes[next + 1] === PARENTHESIS) return next + 3;
    if (bytes[next + 1] === DOLLAR) break;
  }
  return at + 1;
}

/** Whether `delimiter` stands in `[start, end)`, outside of characters. */
export function hasDelimiter(
  bytes: Uint8Array,
  start: number,
  end: number,
  delimiter: number,
  layout: ByteLayout,
): boolean {
  if (layout.wide || layout.stateful) return splitWide(bytes, start, end, delimiter, layout).length > 2;
  for (let at = start; at < end; at++) if (bytes[at] === delimiter) return true;
  return false;
}
