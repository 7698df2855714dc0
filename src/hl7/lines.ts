/** A line of an HL7 file, without what frames it. */
export interface Line {
  /** First byte of the line, framing and white space included. */
  readonly outerStart: number;
  /** First byte after a start block and a byte-order mark. */
  readonly textStart: number;
  /** First byte that is not white space. */
  readonly start: number;
  /** First byte of the line end or end block. */
  readonly end: number;
  /** First byte after the line end. */
  readonly next: number;
  /** An MLLP end block follows: the frame ends at `next`. */
  readonly framed: boolean;
}

const CR = 0x0d;
const LF = 0x0a;
const START_BLOCK = 0x0b;
const END_BLOCK = 0x1c;

/**
 * The lines of a file, blank ones too: they end at CR, LF or CRLF, whichever comes. MLLP's start block 0x0B and end block
 * 0x1C (HL7 implementation support guide, appendix C) and a UTF-8 byte-order mark frame a line and are no part of it.
 */
export function* readLines(bytes: Buffer): Generator<Line> {
  for (let at = 0; at < bytes.length; ) {
    const line = readLine(bytes, at);
    yield line;
    at = line.next;
  }
}

/** The line that begins at `outerStart`. */
export function readLine(bytes: Buffer, outerStart: number): Line {
  let textStart = outerStart;
  while (bytes[textStart] === START_BLOCK) textStart++;
  if (bytes[textStart] === 0xef && bytes[textStart + 1] === 0xbb && bytes[textStart + 2] === 0xbf)
    textStart += 3;
  let end = textStart;
  while (end < bytes.length && !isLineEnd(bytes, end)) end++;
  let start = textStart;
  while (start < end && (bytes[start] === 0x20 || bytes[start] === 0x09)) start++;
  const framed = bytes[end] === END_BLOCK;
  const afterBlock = framed ? end + 1 : end;
  return { outerStart, textStart, start, end, next: afterLineEnd(bytes, afterBlock), framed };
}

/** An end block counts where a line end, a start block or the end of the file follows; elsewhere it is content. */
function isLineEnd(bytes: Buffer, at: number): boolean {
  const byte = bytes[at];
  if (byte === CR || byte === LF) return true;
  if (byte !== END_BLOCK) return false;
  const next = bytes[at + 1];
  return next === undefined || next === CR || next === LF || next === START_BLOCK;
}

function afterLineEnd(bytes: Buffer, at: number): number {
  if (bytes[at] === CR) return bytes[at + 1] === LF ? at + 2 : at + 1;
  return bytes[at] === LF ? at + 1 : at;
}
