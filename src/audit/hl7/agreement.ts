import { fieldSpans, type Message, type Segment, splitLevel } from '../../hl7/message.ts';
import type { Locus } from '../../model/passage.ts';
import type { Hl7SecondReading, SecondField, SecondMessage, SecondSegment } from './second-reader.ts';

export type Hl7DifferenceKind = 'messages' | 'segments' | 'fields' | 'value' | 'unreadable';

export interface Hl7Difference {
  readonly kind: Hl7DifferenceKind;
  readonly locus: Locus;
}

/**
 * Where the tokenizer and hl7-standard do not see the same messages: their number, the segments in order, the number of
 * fields, and the text of each subcomponent with its escapes still in it. Empty when they agree; no value is in it.
 * A message that the tokenizer itself gave up is left out: it is not released.
 */
export function hl7Disagreements(messages: readonly Message[], reading: Hl7SecondReading): Hl7Difference[] {
  const second = reading.messages.filter((message) => message.message);
  if (second.length !== messages.length) return [{ kind: 'messages', locus: 'file' }];
  return messages.flatMap((message, index) => {
    const other = second[index];
    if (message.problem !== undefined || other === undefined) return [];
    const prefix = messages.length > 1 ? `message[${index + 1}] ` : '';
    return compareMessages(message, other, prefix);
  });
}

function compareMessages(message: Message, other: SecondMessage, prefix: Locus): Hl7Difference[] {
  if (other.unreadable !== undefined) return [{ kind: 'unreadable', locus: `${prefix}MSH` }];
  const names = message.segments.map(({ name }) => name);
  const otherNames = other.segments.map(({ name }) => name);
  if (names.join() !== otherNames.join()) return [{ kind: 'segments', locus: `${prefix}MSH` }];
  return message.segments.flatMap((segment, index) => {
    const twin = other.segments[index];
    return twin === undefined || segment.name === '' ? [] : compareSegments(message, segment, twin, prefix);
  });
}

function compareSegments(
  message: Message,
  segment: Segment,
  other: SecondSegment,
  prefix: Locus,
): Hl7Difference[] {
  const spans = fieldSpans(message, segment);
  const count = spans.length / 2 - 1;
  if (count !== other.fields.length) return [{ kind: 'fields', locus: `${prefix}${segment.name}` }];
  const header = /^(MSH|FHS|BHS)$/.test(segment.name);
  const found: Hl7Difference[] = [];
  for (let field = header ? 3 : 1; field <= count; field += 1) {
    const [start = 0, end = 0] = [spans[2 * field], spans[2 * field + 1]];
    const same = JSON.stringify(valuesOf(message, start, end)) === JSON.stringify(other.fields[field - 1]);
    if (!same) found.push({ kind: 'value', locus: `${prefix}${segment.name}-${field}` });
  }
  return found;
}

function valuesOf(message: Message, start: number, end: number): SecondField {
  return pieces(message, start, end, 'repetition').map(([from, to]) =>
    pieces(message, from, to, 'component').map(([first, last]) =>
      pieces(message, first, last, 'subcomponent').map(([a, b]) => textOf(message, a, b)),
    ),
  );
}

function pieces(
  message: Message,
  start: number,
  end: number,
  level: 'repetition' | 'component' | 'subcomponent',
): [number, number][] {
  const spans = splitLevel(message, start, end, level);
  return Array.from({ length: spans.length / 2 }, (_, index) => [
    spans[2 * index] ?? 0,
    spans[2 * index + 1] ?? 0,
  ]);
}

function textOf(message: Message, start: number, end: number): string {
  const bytes = message.bytes.subarray(start, end);
  return bytes.every((byte) => byte < 0x80 && byte !== 0x1b)
    ? bytes.toString('latin1')
    : message.charset.decode(bytes);
}
