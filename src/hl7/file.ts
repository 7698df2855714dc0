import { PhiGateError } from '../errors.ts';
import type { Anomaly } from '../model/anomaly.ts';
import { type Delimiters, isDelimiter, readDelimiters, USUAL_DELIMITERS } from './delimiters.ts';
import { isKnownSegment } from './field-types.ts';
import { type Line, LineWalk } from './lines.ts';
import { type Message, makeMessage, type Segment } from './message.ts';
import { type SegmentName, segmentNameAt } from './segment-names.ts';

/** FHS, BHS, BTS or FTS: what holds the messages of a batch together (chapter 2.10.3). */
export interface EnvelopeSegment extends Segment {
  /** Of the FHS or BHS that governs it; of the first message where there is none. */
  readonly delimiters: Delimiters;
  /** How many messages stood before it in the file. */
  readonly messagesBefore: number;
}

/** An HL7 v2 file: every byte is in a message, an envelope segment, a stray range, or is framing or white space. */
export interface Hl7File {
  readonly bytes: Buffer;
  readonly parts: readonly Message[];
  readonly envelope: readonly EnvelopeSegment[];
  /** Lines that belong to no message: they must not be released. */
  readonly strays: readonly (readonly [start: number, end: number])[];
  readonly anomalies: readonly Anomaly[];
}

const SNIFFED = 64 * 1024;

/**
 * Whether bytes look like HL7 v2: a line that begins with MSH, FHS or BHS and delimiters, near the beginning. The
 * first bytes of a file are enough.
 */
export function sniffHl7(bytes: Uint8Array): boolean {
  const head = toBuffer(bytes.subarray(0, SNIFFED));
  for (const line = new LineWalk(head); line.advance(); ) {
    const name = head.toString('latin1', line.start, line.start + 3);
    if (name !== 'MSH' && name !== 'FHS' && name !== 'BHS') continue;
    if (readDelimiters(head, line.start, line.end) !== undefined) return true;
    if (name === 'MSH' && head[line.start + 3] === 0x7c) return true;
  }
  return false;
}

/**
 * Reads the structure of an HL7 v2 file: MLLP frames, byte-order marks, batches with and without envelopes, any line
 * ends. Text is not decoded. A message that cannot be read carries its `problem`; the others are not touched by it.
 * @throws PhiGateError `not-hl7` where no line is an MSH, `unsupported` for UTF-16.
 */
export function readHl7File(bytes: Uint8Array): Hl7File {
  const buffer = toBuffer(bytes);
  refuseUtf16(buffer);
  const reader = new FileReader(buffer);
  for (const line = new LineWalk(buffer); line.advance(); ) reader.take(line);
  return reader.finish();
}

class FileReader {
  readonly #bytes: Buffer;
  readonly #parts: Message[] = [];
  readonly #envelope: EnvelopeSegment[] = [];
  readonly #strays: [number, number][] = [];
  readonly #anomalies: Anomaly[] = [];
  #open: { start: number; segments: Segment[]; field: number } | undefined;
  #last = 0;
  #batch: Delimiters | undefined;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  take(line: Line): void {
    const { start, end, next, framed } = line;
    const name = segmentNameAt(this.#bytes, start, end);
    if (start === end) this.#last = next;
    else if (name.isHeader && this.#isHeader(line)) this.#begin(name.text, line);
    else if (name.isEnvelope && this.#isEnvelope(line)) this.#addEnvelope(name.text, line);
    else if (this.#open !== undefined) this.#addSegment(name, line);
    else this.#stray(line);
    this.#last = next;
    if (framed) this.#close(next);
  }

  finish(): Hl7File {
    this.#close(this.#bytes.length);
    if (this.#parts.length === 0) {
      throw new PhiGateError(
        'not-hl7',
        'no line begins with MSH and its delimiters: this is no HL7 v2 message',
      );
    }
    return {
      bytes: this.#bytes,
      parts: this.#parts,
      envelope: this.#envelope,
      strays: this.#strays,
      anomalies: this.#anomalies,
    };
  }

  #isHeader({ start, end }: Line): boolean {
    return start + 3 < end && isDelimiter(this.#bytes[start + 3] ?? 0);
  }

  #isEnvelope({ start, end }: Line): boolean {
    return start + 3 === end || isDelimiter(this.#bytes[start + 3] ?? 0);
  }

  #begin(name: string, line: Line): void {
    this.#close(line.outerStart);
    const { start, end, next } = line;
    const field = this.#bytes[start + 3] ?? 0;
    this.#open = { start: line.outerStart, segments: [{ name, start, end, next }], field };
  }

  #addEnvelope(name: string, line: Line): void {
    this.#close(line.outerStart);
    const { start, end, next } = line;
    if (name === 'FHS' || name === 'BHS')
      this.#batch = readDelimiters(this.#bytes, start, end) ?? this.#batch;
    const field = this.#bytes[start + 3];
    const delimiters = this.#batch ?? this.#parts.at(-1)?.delimiters ?? USUAL_DELIMITERS;
    const own = field === undefined || start + 3 >= end ? delimiters : { ...delimiters, field };
    this.#envelope.push({ name, start, end, next, delimiters: own, messagesBefore: this.#parts.length });
  }

  #addSegment({ text: name, isName }: SegmentName, line: Line): void {
    const { start, end, next } = line;
    const hasFields = start + 3 < end && this.#bytes[start + 3] === this.#open?.field;
    const isSegment = isName && (hasFields || (start + 3 === end && isKnownSegment(name)));
    if (!isSegment) this.#note('stray-text', line);
    if (start > line.textStart && isSegment) this.#note('indented-segment', line);
    this.#open?.segments.push({
      name: isSegment ? name : '',
      start: isSegment ? start : line.textStart,
      end,
      next,
    });
  }

  #stray(line: Line): void {
    this.#note('text-outside-message', line);
    this.#strays.push([line.textStart, line.end]);
  }

  #close(end: number): void {
    if (this.#open === undefined) return;
    const range = { start: this.#open.start, end: Math.max(end, this.#last) };
    const message = makeMessage(this.#bytes, this.#parts.length, range, this.#open.segments);
    if (message.problem !== undefined) {
      this.#anomalies.push({
        kind: 'unreadable-message',
        locus: `message[${message.index}]`,
        offset: message.start,
      });
    }
    this.#parts.push(message);
    this.#open = undefined;
  }

  #note(kind: string, { start }: Line): void {
    const locus = this.#open === undefined ? 'outside messages' : `message[${this.#parts.length}]`;
    this.#anomalies.push({ kind, locus, offset: start });
  }
}

function refuseUtf16(bytes: Buffer): void {
  const [a, b] = [bytes[0], bytes[1]];
  const isMarked = (a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff);
  if (isMarked || ((a === 0 || b === 0) && /^(M\0S\0H\0|\0M\0S\0H)/.test(bytes.toString('latin1', 0, 8)))) {
    throw new PhiGateError('unsupported', 'the file is in UTF-16: convert it to UTF-8 and set MSH-18', {
      offset: 0,
    });
  }
}

function toBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
