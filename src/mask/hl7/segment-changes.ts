import { decodeText } from '../../hl7/escapes.ts';
import type { Message, Segment } from '../../hl7/message.ts';
import { splitSpan } from '../../hl7/spans.ts';
import type { ChangeList } from './changes.ts';
import { holds } from './conditions.ts';
import type { SegmentPlan } from './segment-plan.ts';

/**
 * MSH-3 to MSH-6 and their like: a fixed alias where project.yaml has one for the field or its first component, else
 * nothing. `pieces` are the spans of all texts of the field. Returns what was done.
 */
export function route(
  message: Message,
  pieces: readonly number[],
  aliases: Readonly<Record<string, string>>,
  changes: ChangeList,
): 'alias' | 'remove' {
  const [start = 0] = pieces;
  const whole = decodeText(message, start, pieces.at(-1) ?? start);
  const first = decodeText(message, start, pieces[1] ?? start);
  const alias = aliasOf(aliases, whole) ?? aliasOf(aliases, first) ?? '';
  let text = alias;
  for (let at = 0; at < pieces.length; at += 2) {
    const [from, to] = [pieces[at] ?? 0, pieces[at + 1] ?? 0];
    if (from === to) continue;
    changes.add(from, to, text);
    text = '';
  }
  return alias === '' ? 'remove' : 'alias';
}

function aliasOf(aliases: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.hasOwn(aliases, name) ? aliases[name] : undefined;
}

/** A line that is no segment: whatever it says goes, what would separate fields stays. */
export function emptyStray(message: Message, { start, end }: Segment, changes: ChangeList): void {
  const { bytes, delimiters, charset } = message;
  const pieces = splitSpan(bytes, start, end, delimiters.field, charset);
  for (let at = 0; at < pieces.length; at += 2) {
    const [from, to] = [pieces[at] ?? 0, pieces[at + 1] ?? 0];
    if (from < to) changes.add(from, to, '');
  }
  changes.actions.push({ attribute: 'stray text', action: 'remove' });
}

/** Takes a segment out with its line end. */
export function dropSegment({ name, start, next }: Segment, changes: ChangeList): void {
  changes.addRaw(start, next);
  changes.actions.push({ attribute: name, action: 'remove' });
}

/** Fields that rules of project.yaml add where the message has none, with the separators that they need. */
export function addFields(
  message: Message,
  segment: Segment,
  plan: SegmentPlan,
  spans: readonly number[],
  changes: ChangeList,
): void {
  const { field, component } = message.delimiters;
  let last = spans.length / 2 - 1;
  for (const position of plan.added) {
    const { add, attribute } = plan.field(position);
    const [start, end] = [spans[2 * position], spans[2 * position + 1]];
    const isFilled = start !== undefined && end !== undefined && start < end;
    if (add === undefined || isFilled) continue;
    if (add.when !== undefined && !holds(message, add.when, segment)) continue;
    const at = start ?? segment.end;
    const separators = String.fromCharCode(field).repeat(Math.max(0, position - last));
    const padding =
      component < 0 ? '' : String.fromCharCode(component).repeat(Math.max(0, add.component - 1));
    changes.addRaw(at, at, Buffer.from(separators + padding, 'latin1'));
    changes.add(at, at, add.value);
    changes.actions.push({ attribute, action: 'add' });
    last = Math.max(last, position);
  }
}
