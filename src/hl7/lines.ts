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
 * Walks the lines of a file, blank ones too, and is itself the line that it stands on: files have too many of them for an
 * object each. They end at CR, LF or CRLF, whichever comes. MLLP's start block 0x0B and end block 0x1C (HL7 implementation
 * support guide, appendix C) and a UTF-8 byte-order mark frame a line and are no part of it.
 */
export class LineWalk implements Line {
  outerStart = 0;
  textStart = 0;
  start = 0;
  end = 0;
  next = 0;
  framed = false;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** Goes on to the next line, the first one at first; false where there is none. */
  advance(): boolean {
    const bytes = this.#bytes;
    const { length } = bytes;
    let at = this.next;
    if (at >= length) return false;
    this.outerStart = at;
    while (bytes[at] === START_BLOCK) at++;
    if (bytes[at] === 0xef && bytes[at + 1] === 0xbb && bytes[at + 2] === 0xbf) at += 3;
    this.textStart = at;
    at = afterBlanks(bytes, at);
    this.start = at;
    while (at < length && ((bytes[at] as number) > END_BLOCK || !isLineEnd(bytes, at))) at++;
    this.end = at;
    this.framed = bytes[at] === END_BLOCK;
    this.next = afterLineEnd(bytes, this.framed ? at + 1 : at);
    return true;
  }
}

function afterBlanks(bytes: Uint8Array, from: number): number {
  let at = from;
  while (bytes[at] === 0x20 || bytes[at] === 0x09) at++;
  return at;
}

/** An end block counts where a line end, a start block or the end of the file follows; elsewhere it is content. */
function isLineEnd(bytes: Uint8Array, at: number): boolean {
  const byte = bytes[at];
  if (byte === CR || byte === LF) return true;
  if (byte !== END_BLOCK) return false;
  const next = bytes[at + 1];
  return next === undefined || next === CR || next === LF || next === START_BLOCK;
}

function afterLineEnd(bytes: Uint8Array, at: number): number {
  if (bytes[at] === CR) return bytes[at + 1] === LF ? at + 2 : at + 1;
  return bytes[at] === LF ? at + 1 : at;
}
