import { type Message, parsePath, type Segment, valuesAt } from '../../hl7/message.ts';
import type { Condition } from '../../project/schema.ts';
import { hasMatch } from '../actions/regex.ts';

/**
 * Whether a condition of project.yaml holds. A path into the segment at hand looks in it alone, any other in all segments
 * of the name; one value that fits is enough.
 */
export function holds(message: Message, condition: Condition, segment?: Segment): boolean {
  const path = parsePath(condition.at);
  if (path === undefined) return false;
  const within = segment?.name === path.segment ? segment : undefined;
  const values = valuesAt(message, path, within).map((value) => value.trim());
  const present = values.some((value) => value !== '');
  if (condition.present !== undefined && condition.present !== present) return false;
  if (condition.equals !== undefined && !values.includes(condition.equals)) return false;
  if (condition.in !== undefined && !values.some((value) => condition.in?.includes(value))) return false;
  const { matches } = condition;
  return matches === undefined || values.some((value) => hasMatch(value, matches));
}
