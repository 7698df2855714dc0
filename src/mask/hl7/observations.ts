import { decodeText } from '../../hl7/escapes.ts';
import { type Message, splitLevel } from '../../hl7/message.ts';
import type { Hl7Rules, ObservedConcept } from './rules.ts';

/** What decides over OBX-5. */
export interface Observed {
  /** OBX-2; '' where it is empty. */
  readonly type: string;
  readonly concept?: ObservedConcept;
  /** First component of OBX-6. */
  readonly unit: string;
}

const VALUE_TYPE = 2;
const IDENTIFIER = 3;
const UNITS = 6;

/** Reads OBX-2, OBX-3 and OBX-6 (chapter 7.4.2). `spans` are those of the segment's fields. */
export function observationOf(message: Message, spans: readonly number[], rules: Hl7Rules): Observed {
  const parts = (field: number) => {
    const [start, end] = [spans[2 * field], spans[2 * field + 1]];
    return start === undefined || end === undefined ? [] : splitLevel(message, start, end, 'component');
  };
  const text = (of: readonly number[], position: number) => {
    const [start, end] = [of[2 * position - 2], of[2 * position - 1]];
    return start === undefined || end === undefined ? '' : decodeText(message, start, end).trim();
  };
  const identifier = parts(IDENTIFIER);
  const type = text(parts(VALUE_TYPE), 1);
  const unit = text(parts(UNITS), 1);
  const concept =
    rules.concept(text(identifier, 1), text(identifier, 3)) ??
    rules.concept(text(identifier, 4), text(identifier, 6)) ??
    (type === 'NM' && rules.isAgeUnit(unit) ? 'age' : undefined);
  return { type, unit, ...(concept && { concept }) };
}
