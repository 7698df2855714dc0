import { type Concept, conceptOf, isMeasured, type Observation } from '../../hl7/concepts.ts';
import { decodeText } from '../../hl7/escapes.ts';
import { type Message, splitLevel } from '../../hl7/message.ts';

/** What decides over OBX-5. */
export interface Observed extends Observation {
  readonly concept?: Concept;
  /** What is observed, in words: context for cued rules. */
  readonly label: string;
}

const VALUE_TYPE = 2;
const IDENTIFIER = 3;
const UNITS = 6;
const RANGE = 7;

/** Reads OBX-2, OBX-3, OBX-6 and OBX-7 (chapter 7.4.2). `spans` are those of the segment's fields. */
export function observationOf(message: Message, spans: readonly number[]): Observed {
  const parts = (field: number) => {
    const [start, end] = [spans[2 * field], spans[2 * field + 1]];
    return start === undefined || end === undefined ? [] : splitLevel(message, start, end, 'component');
  };
  const text = (of: readonly number[], position: number) => {
    const [start, end] = [of[2 * position - 2], of[2 * position - 1]];
    return start === undefined || end === undefined ? '' : decodeText(message, start, end).trim();
  };
  const identifier = parts(IDENTIFIER);
  const codes = [1, 4]
    .map((position) => ({ code: text(identifier, position), system: text(identifier, position + 2) }))
    .filter(({ code }) => code !== '');
  const texts = [2, 5, 9].map((position) => text(identifier, position)).filter((words) => words !== '');
  const concept = conceptOf({ codes, texts });
  return {
    type: text(parts(VALUE_TYPE), 1).toUpperCase(),
    codes,
    texts,
    unit: text(parts(UNITS), 1),
    range: text(parts(RANGE), 1),
    label: text(identifier, 2) || text(identifier, 1),
    ...(concept && { concept }),
  };
}

/** Whether OBX-5 is a number that was measured, which is no date and no identifier; what has a concept is judged by that. */
export function isMeasurement(message: Message, observed: Observed, start: number, end: number): boolean {
  const { type, unit, range } = observed;
  if (observed.concept !== undefined) return false;
  if (type === 'SN') {
    const parts = splitLevel(message, start, end, 'component');
    return isMeasured(observed, '', decodeText(message, start, parts[1] ?? start));
  }
  if (unit === '' && range === '') return false;
  return isMeasured(observed, type === 'NM' ? '' : decodeText(message, start, end));
}
