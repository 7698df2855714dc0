import { type Charset, readCharset } from './charset.ts';
import { type Delimiters, readDelimiters, USUAL_DELIMITERS } from './delimiters.ts';
import { decodeText } from './escapes.ts';
import { splitSpan } from './spans.ts';

/** A line of a message. Offsets are in the file. */
export interface Segment {
  /** Three characters; '' for a line that is no segment (stray text). */
  readonly name: string;
  /** First byte of the name. */
  readonly start: number;
  /** First byte of the line end. */
  readonly end: number;
  /** First byte after the line end. */
  readonly next: number;
}

/** One message of a file: lazily split, nothing is decoded before it is asked for. */
export interface Message {
  /** The whole file; spans count in it. */
  readonly bytes: Buffer;
  /** 0 for the first message of the file. */
  readonly index: number;
  /** With the framing bytes around it (MLLP, blank lines after it). */
  readonly start: number;
  readonly end: number;
  readonly delimiters: Delimiters;
  readonly charset: Charset;
  /** MSH-12 as `2.5.1`; '' where it is missing or no number. */
  readonly version: string;
  /** MSH first. */
  readonly segments: readonly Segment[];
  /** Why the message cannot be read; it must not be released then. */
  readonly problem?: string;
}

/** A place in a segment: field, repetition (from 0), component and subcomponent (from 1; 0 for the whole). */
export interface FieldPath {
  readonly segment: string;
  readonly field: number;
  readonly component: number;
  readonly subcomponent: number;
}

const HEADERS = new Set(['MSH', 'BHS', 'FHS']);
const VERSION_FIELD = 12;
const CHARSET_FIELD = 18;
const HEADER_NAME_LENGTH = 3;

/** MSH-12 as it stood in the last message, and what it says: the next message hardly ever has another. */
let lastVersion = { text: '', version: '' };

/** A message from the lines that belong to it. */
export function makeMessage(
  bytes: Buffer,
  index: number,
  range: { start: number; end: number },
  segments: readonly Segment[],
): Message {
  const header = segments[0] ?? { name: 'MSH', start: range.start, end: range.end, next: range.end };
  const delimiters = readDelimiters(bytes, header.start, header.end);
  const problem =
    delimiters === undefined ? { problem: 'MSH-2 does not name the delimiters of the message' } : {};
  const used = delimiters ?? USUAL_DELIMITERS;
  const fields = headerFields(bytes, header, used.field);
  const charset = readCharset(fields.charset, used.repetition, bytes, header.start, range.end);
  return {
    start: range.start,
    end: range.end,
    ...problem,
    bytes,
    index,
    delimiters: used,
    charset,
    version: fields.version,
    segments,
  };
}

/** The version that MSH-12 says, and MSH-18 as it stands; MSH-1 is the separator, so that the n-th separator begins field n + 1. */
function headerFields(
  bytes: Buffer,
  header: Segment,
  separator: number,
): { version: string; charset: string } {
  let version = '';
  let field = 1;
  let start = header.start + HEADER_NAME_LENGTH;
  for (let at = start; at <= header.end && field <= CHARSET_FIELD; at++) {
    if (at < header.end && bytes[at] !== separator) continue;
    if (field === VERSION_FIELD) version = versionIn(bytes, start, at);
    if (field === CHARSET_FIELD) return { version, charset: bytes.toString('latin1', start, at) };
    field++;
    start = at + 1;
  }
  return { version, charset: '' };
}

function versionIn(bytes: Buffer, start: number, end: number): string {
  if (!isText(bytes, start, end, lastVersion.text)) {
    const text = bytes.toString('latin1', start, end);
    lastVersion = { text, version: /\d+(?:\.\d+)+/.exec(text)?.[0] ?? '' };
  }
  return lastVersion.version;
}

function isText(bytes: Buffer, start: number, end: number, text: string): boolean {
  if (end - start !== text.length) return false;
  for (let at = start; at < end; at++) if (bytes[at] !== text.charCodeAt(at - start)) return false;
  return true;
}

/**
 * Spans of the fields of a segment, `[start, end]` of field n at `2n` and `2n + 1`; at 0 stands the name. MSH-1, BHS-1
 * and FHS-1 are the field separator itself. `last`: position of the last field that is wanted; those behind it may be left
 * out.
 */
export function fieldSpans(
  message: Pick<Message, 'bytes' | 'delimiters' | 'charset'>,
  segment: Segment,
  last?: number,
): number[] {
  const { bytes, delimiters, charset } = message;
  const most = last === undefined ? undefined : last + 1;
  const spans = splitSpan(bytes, segment.start, segment.end, delimiters.field, charset, most);
  if (HEADERS.has(segment.name)) spans.splice(2, 0, segment.start + 3, segment.start + 4);
  return spans;
}

/** A path such as `PID-5`, `PID-5.1` or `PID-5.1.2`; `undefined` where the text is none. */
export function parsePath(text: string): FieldPath | undefined {
  const match = /^([A-Z][A-Z0-9]{2})-(\d{1,3})(?:\.(\d{1,3}))?(?:\.(\d{1,3}))?$/.exec(text);
  if (match === null) return undefined;
  const [, segment = '', field, component = 0, subcomponent = 0] = match;
  return { segment, field: Number(field), component: Number(component), subcomponent: Number(subcomponent) };
}

/** Decoded values at a path, one for each repetition in each segment of the name; `within` looks in one segment alone. */
export function valuesAt(message: Message, path: FieldPath, within?: Segment): string[] {
  const values: string[] = [];
  for (const segment of within ? [within] : message.segments) {
    if (segment.name !== path.segment) continue;
    const spans = fieldSpans(message, segment);
    const [start, end] = [spans[2 * path.field], spans[2 * path.field + 1]];
    if (start === undefined || end === undefined) continue;
    for (const [from, to] of pairs(splitLevel(message, start, end, 'repetition'))) {
      const span = descend(message, from, to, path);
      if (span !== undefined) values.push(decodeText(message, span[0], span[1]));
    }
  }
  return values;
}

/** The first value at a path, '' where there is none. */
export function valueAt(message: Message, path: FieldPath, within?: Segment): string {
  return valuesAt(message, path, within)[0] ?? '';
}

/** The pieces of a span at a level, as {@link splitSpan} gives them. */
export function splitLevel(
  message: Pick<Message, 'bytes' | 'delimiters' | 'charset'>,
  start: number,
  end: number,
  level: 'repetition' | 'component' | 'subcomponent',
): number[] {
  return splitSpan(message.bytes, start, end, message.delimiters[level], message.charset);
}

function descend(
  message: Message,
  start: number,
  end: number,
  path: FieldPath,
): [number, number] | undefined {
  if (path.component === 0) return [start, end];
  const component = pieceAt(splitLevel(message, start, end, 'component'), path.component);
  if (component === undefined || path.subcomponent === 0) return component;
  return pieceAt(splitLevel(message, component[0], component[1], 'subcomponent'), path.subcomponent);
}

function pieceAt(spans: readonly number[], position: number): [number, number] | undefined {
  const [start, end] = [spans[2 * position - 2], spans[2 * position - 1]];
  return start === undefined || end === undefined ? undefined : [start, end];
}

function* pairs(spans: readonly number[]): Generator<[number, number]> {
  for (let at = 0; at + 1 < spans.length; at += 2) yield [spans[at] ?? 0, spans[at + 1] ?? 0];
}
