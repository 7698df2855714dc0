import type { PatientKey } from '../../crosswalk/codes.ts';
import { isDummyId } from '../../crosswalk/patient-key.ts';
import { decodeText } from '../../hl7/escapes.ts';
import { fieldSpans, type Message, type Segment, splitLevel, valueAt } from '../../hl7/message.ts';
import { type Hl7Rules, hl7Rules } from './rules.ts';

/** A person whom part of a message is about. */
export interface Subject {
  /** Keys that name this one person: PID-3 repetitions, PID-2, PID-4, and what was merged into them. */
  readonly keys: readonly PatientKey[];
}

const PATIENT_FIELDS = [3, 2, 4];
const PRIOR_FIELDS = [1, 2, 4];
const TYPE_CODE = 5;

/** Events where MRG names another person, from whom an account or a visit was moved (chapter 3.3.44 to 3.3.45). */
const MOVES = new Set(['A44', 'A45']);
/** Two PIDs name one person (chapter 3.3.24). */
const LINK = 'A24';

/**
 * The persons of a message by segment: a PID begins the part that is about its person, and what stands before the first
 * PID belongs to the first. In a message without PID, MRG and QRD-8 say whom it is about.
 */
export function subjectsOf(message: Message): {
  subjects: readonly Subject[];
  of: (segment: number) => Subject | undefined;
} {
  const subjects: Subject[] = [];
  const starts: number[] = [];
  let known: string | undefined;
  const event = () => {
    known ??= eventOf(message);
    return known;
  };
  const { segments } = message;
  for (let index = 0; index < segments.length; index++) {
    const segment = segments[index] as Segment;
    if (segment.name === 'PID') {
      subjects.push({ keys: keysIn(message, segment, PATIENT_FIELDS) });
      starts.push(index);
    } else if (segment.name === 'MRG' && !MOVES.has(event())) {
      const keys = keysIn(message, segment, PRIOR_FIELDS);
      const last = subjects.pop();
      subjects.push({ keys: [...(last?.keys ?? []), ...keys] });
      if (last === undefined) starts.push(index);
    }
  }
  if (subjects.length === 0) {
    const query = segments.find((segment) => segment.name === 'QRD');
    const keys = query === undefined ? [] : keysIn(message, query, [8]);
    if (keys.length === 0) return { subjects: [], of: () => undefined };
    const asked = { keys };
    return { subjects: [asked], of: () => asked };
  }
  if (subjects.length > 1 && event() === LINK) {
    const joined = { keys: subjects.flatMap(({ keys }) => keys) };
    return { subjects: [joined], of: () => joined };
  }
  const of = (segment: number) => {
    let last = 0;
    while (last + 1 < starts.length && (starts[last + 1] ?? 0) <= segment) last++;
    return subjects[last];
  };
  return { subjects, of };
}

/** Namespace of an assigning authority, else its universal id: who issued a number. */
export function issuerOf(message: Message, start: number, end: number): string {
  const parts = splitLevel(message, start, end, 'subcomponent');
  const namespace = decodeText(message, parts[0] ?? start, parts[1] ?? end).trim();
  if (namespace !== '') return namespace.toUpperCase();
  const [from, to] = [parts[2], parts[3]];
  return from === undefined || to === undefined ? '' : decodeText(message, from, to).trim().toUpperCase();
}

function eventOf(message: Message): string {
  const inHeader = valueAt(message, { segment: 'MSH', field: 9, component: 2, subcomponent: 0 });
  return inHeader || valueAt(message, { segment: 'EVN', field: 1, component: 0, subcomponent: 0 });
}

function keysIn(message: Message, segment: Segment, fields: readonly number[]): PatientKey[] {
  const rules = hl7Rules();
  const spans = fieldSpans(message, segment, Math.max(...fields));
  const keys: PatientKey[] = [];
  for (const field of fields) {
    const [start, end] = [spans[2 * field], spans[2 * field + 1]];
    if (start === undefined || end === undefined || start === end) continue;
    const repetitions = splitLevel(message, start, end, 'repetition');
    for (let at = 0; at < repetitions.length; at += 2) {
      const key = keyOf(message, repetitions[at] ?? 0, repetitions[at + 1] ?? 0, rules);
      if (key !== undefined && !keys.some((other) => other.id === key.id && other.issuer === key.issuer))
        keys.push(key);
    }
  }
  return keys;
}

/** A patient's key from a CX or CK; `undefined` for placeholders and numbers that name something else. */
function keyOf(message: Message, start: number, end: number, rules: Hl7Rules): PatientKey | undefined {
  const parts = splitLevel(message, start, end, 'component');
  const text = (position: number) =>
    parts.length < 2 * position
      ? ''
      : decodeText(message, parts[2 * position - 2] ?? 0, parts[2 * position - 1] ?? 0).trim();
  const kind = rules.identifierKind(text(TYPE_CODE)) ?? 'patient';
  const inner = splitLevel(message, parts[0] ?? start, parts[1] ?? end, 'subcomponent');
  const id = decodeText(message, inner[0] ?? start, inner[1] ?? end).trim();
  if (kind !== 'patient' || id === '""' || isDummyId(id)) return undefined;
  const issuer = parts.length >= 8 ? issuerOf(message, parts[6] ?? 0, parts[7] ?? 0) : '';
  return { id, issuer };
}
