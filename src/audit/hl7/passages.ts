import { joinLines } from '../../detect/line-breaks.ts';
import { isPublicSystem } from '../../hl7/coding-systems.ts';
import { conceptOf, isMeasured } from '../../hl7/concepts.ts';
import type { Anomaly } from '../../model/anomaly.ts';
import type { Locus, Passage, PassageHints } from '../../model/passage.ts';
import { codePoints, mapLines } from '../passage-lines.ts';
import { documentInText, embeddedDocument, type Hl7Document } from './documents.ts';
import { unescaped } from './escapes.ts';
import { FieldJudge, observationOf, showsOldAge, textAt } from './identifiers.ts';
import type { Hl7SecondReading, SecondMessage, SecondSegment } from './second-reader.ts';

/** An anomaly of this kind means that the message holds a document which nobody can read. */
export const UNREAD_DOCUMENT = 'embedded document that is not encoded as it says';

/** What one message, or what stands between messages, has to say. */
export interface Hl7MessagePassages {
  /** Number of the message in the file from 0, as the tokenizer counts; absent for batch segments and stray lines. */
  readonly index?: number;
  readonly passages: readonly Passage[];
  /** Embedded documents: none of the passages speaks of what is in them. */
  readonly documents: readonly Hl7Document[];
  readonly anomalies: readonly Anomaly[];
}

/** What the walk over a message gathers besides passages. */
interface Gathered {
  readonly documents: Hl7Document[];
  readonly anomalies: Anomaly[];
}

interface Placed {
  readonly segment: SecondSegment;
  /** `PID`, or `OBX[3]` (counted from 1) where the message has several. */
  readonly locus: Locus;
}

interface Line {
  readonly text: string;
  readonly locus: Locus;
}

/** Fields whose lines are one text: NTE-3 of neighbours, OBX-5 of neighbours with the same OBX-3. */
const TEXT_FIELDS: Readonly<Record<string, number>> = { NTE: 3, OBX: 5, DSP: 3 };
const TEXT_TYPES = new Set(['ST', 'TX', 'FT', '']);

/**
 * All text of the messages of a file as the second reader sees them: every subcomponent with its escapes undone, embedded
 * documents decoded, and lines that make one text together (OBX-5, NTE-3, repetitions of a text field) as one passage,
 * whose lines keep their own loci (`lociOf`). Loci begin with `message[N] `, N from 0, where the file has several.
 */
export function hl7Passages(reading: Hl7SecondReading): Hl7MessagePassages[] {
  const several = reading.messages.filter(({ message }) => message).length > 1;
  let next = 0;
  return reading.messages.map((message) => {
    if (!message.message) return passagesOf(message, '');
    const index = next;
    next += 1;
    return { index, ...passagesOf(message, several ? `message[${index}] ` : '') };
  });
}

function passagesOf(message: SecondMessage, prefix: Locus): Omit<Hl7MessagePassages, 'index'> {
  const judge = new FieldJudge(versionOf(message));
  const gathered: Gathered = { documents: [], anomalies: [] };
  if (!message.sure)
    gathered.anomalies.push({ kind: 'text not in its declared character set', locus: `${prefix}MSH-18` });
  const placed = placedSegments(message.segments, prefix);
  const old = segmentsBesideOldAge(message.segments);
  const passages = placed.flatMap(({ segment, locus }) =>
    fieldPassages(message, segment, locus, judge, gathered, old.has(segment)),
  );
  const texts = joinedTexts(message, placed, judge, old, gathered);
  return { passages: [...passages, ...texts], ...gathered };
}

/** Segments about a person of whom one of them shows an age of 90 or more: a PID begins what is about its person. */
function segmentsBesideOldAge(segments: readonly SecondSegment[]): ReadonlySet<SecondSegment> {
  const groups: SecondSegment[][] = [[]];
  let hasPid = false;
  for (const segment of segments) {
    if (segment.name === 'PID') {
      if (hasPid) groups.push([]);
      hasPid = true;
    }
    groups.at(-1)?.push(segment);
  }
  return new Set(groups.filter((group) => group.some(showsOldAge)).flat());
}

function versionOf(message: SecondMessage): string {
  const header = message.segments.find(({ name }) => name === 'MSH');
  return header === undefined ? '' : (/\d+(?:\.\d+)+/.exec(textAt(header, 12))?.[0] ?? '');
}

function placedSegments(segments: readonly SecondSegment[], prefix: Locus): Placed[] {
  const totals = new Map<string, number>();
  for (const { name } of segments) totals.set(name, (totals.get(name) ?? 0) + 1);
  const seen = new Map<string, number>();
  return segments.map((segment) => {
    const count = (seen.get(segment.name) ?? 0) + 1;
    seen.set(segment.name, count);
    const name = segment.name === '' ? 'line' : segment.name;
    return { segment, locus: `${prefix}${name}${(totals.get(segment.name) ?? 1) > 1 ? `[${count}]` : ''}` };
  });
}

function fieldPassages(
  message: SecondMessage,
  segment: SecondSegment,
  locus: Locus,
  judge: FieldJudge,
  gathered: Gathered,
  isOld: boolean,
): Passage[] {
  const header = /^(MSH|FHS|BHS)$/.test(segment.name);
  const passages: Passage[] = [];
  segment.fields.forEach((repetitions, fieldIndex) => {
    const field = fieldIndex + 1;
    if ((header && field <= 2) || isJoined(segment, field)) return;
    repetitions.forEach((components, repetition) => {
      const at =
        segment.name === ''
          ? locus
          : `${locus}-${field}${repetitions.length > 1 ? `[${repetition + 1}]` : ''}`;
      const type = judge.typeOf(segment, field);
      const embedded = embeddedIn(message, components, type);
      if (embedded?.kind === 'document')
        gathered.documents.push({ ...embedded, locus: `${at}.5`, hints: hints(segment, field, 'ED') });
      else if (embedded !== undefined) gathered.anomalies.push({ kind: UNREAD_DOCUMENT, locus: at });
      if (type === 'RP') gathered.anomalies.push({ kind: 'reference to a document elsewhere', locus: at });
      components.forEach((subcomponents, index) => {
        if (embedded?.kind === 'document' && index === 4) return;
        subcomponents.forEach((raw, sub) => {
          const text = unescaped(raw, message.delimiters);
          if (text.trim() === '' || text === '""') return;
          const position = { field, component: index + 1, subcomponent: sub + 1 };
          const { dataType, typed, codePlace } = judge.judge(segment, components, position);
          const inner = `${at}${components.length > 1 || subcomponents.length > 1 ? `.${index + 1}` : ''}`;
          const full = subcomponents.length > 1 ? `${inner}.${sub + 1}` : inner;
          const hint = {
            ...hints(segment, field, dataType),
            ...(typed !== undefined && { typed }),
            ...(judge.yearAlone && { yearAlone: true }),
            ...(codePlace === true && { codePlace }),
            ...(isPublicCode(components, index) && { coded: true }),
            ...(isOld && isBirthDate(segment, field) && { besideOldAge: true }),
          };
          passages.push(passage(text, full, hint), ...overBreaks([{ text, locus: full }], hint));
        });
      });
    });
  });
  return passages;
}

function embeddedIn(
  { delimiters }: SecondMessage,
  components: readonly (readonly string[])[],
  type: string,
): ReturnType<typeof embeddedDocument> {
  const texts = components.map((subs) =>
    subs.map((raw) => unescaped(raw, delimiters)).join(delimiters.subcomponent),
  );
  return embeddedDocument(texts, type);
}

/** CE, CWE and their kin: the code in .1 or .4 and its system in .3 or .6. */
function isPublicCode(components: readonly (readonly string[])[], index: number): boolean {
  return (index === 0 || index === 3) && isPublicSystem(components[index + 2]?.[0] ?? '');
}

function passage(text: string, locus: Locus, hint: PassageHints): Passage {
  return { text, locus, place: 'HL7 field', hints: hint };
}

function hints(segment: SecondSegment, field: number, dataType: string): PassageHints {
  const label = segment.name === 'OBX' && field === 5 ? observation(segment) : '';
  return {
    format: 'hl7',
    ...(dataType !== '' && dataType !== '?' && { dataType }),
    ...(segment.name !== '' && { field: `${segment.name}-${field}` }),
    ...(label !== '' && { label }),
    // The software that sends (2.15.12): versions look like dates and numbers.
    ...(segment.name === 'SFT' && field <= 4 && { keyword: 'SoftwareVersions' }),
  };
}

/** What is observed, in words: OBX-3.2, else its code. */
function observation(segment: SecondSegment): string {
  const concept = segment.fields[2]?.[0];
  return (concept?.[1]?.[0] ?? '').trim() || (concept?.[0]?.[0] ?? '').trim();
}

function isJoined(segment: SecondSegment, field: number): boolean {
  if (TEXT_FIELDS[segment.name] !== field) return false;
  if (segment.name !== 'OBX') return true;
  const observation = observationOf(segment);
  return TEXT_TYPES.has(observation.type) && !isMeasured(observation, textAt(segment, 5));
}

/** PID-7 and what OBX-3 calls a date or year of birth. */
function isBirthDate(segment: SecondSegment, field: number): boolean {
  if (segment.name !== 'OBX' || field !== 5) return segment.name === 'PID' && field === 7;
  return /^birth-/.test(conceptOf(observationOf(segment))?.name ?? '');
}

/** Texts of the joined fields; neighbours go on with the same text. */
function joinedTexts(
  message: SecondMessage,
  placed: readonly Placed[],
  judge: FieldJudge,
  old: ReadonlySet<SecondSegment>,
  { documents }: Gathered,
): Passage[] {
  const groups: { key: string; segment: SecondSegment; lines: Line[] }[] = [];
  let previous = -1;
  placed.forEach(({ segment, locus }, index) => {
    const field = TEXT_FIELDS[segment.name];
    if (field === undefined || !isJoined(segment, field)) return;
    const key = `${segment.name} ${segment.name === 'OBX' ? JSON.stringify(segment.fields[2] ?? []) : ''}`;
    const last = groups.at(-1);
    const goesOn = last !== undefined && last.key === key && previous === index - 1;
    const group = goesOn ? last : { key, segment, lines: [] };
    if (!goesOn) groups.push(group);
    previous = index;
    group.lines.push(...linesOf(message, segment, field, locus));
  });
  for (const { segment, lines } of groups) {
    const [first] = lines;
    const bytes = documentInText(lines.map(({ text }) => text).join(''));
    if (first === undefined || bytes === undefined) continue;
    const place = hints(segment, TEXT_FIELDS[segment.name] ?? 0, '');
    documents.push({ bytes, mediaType: '', locus: first.locus, hints: place });
  }
  return groups.flatMap(({ segment, lines }) => joined(segment, lines, judge, old.has(segment)));
}

function linesOf(message: SecondMessage, segment: SecondSegment, field: number, locus: Locus): Line[] {
  const repetitions = segment.fields[field - 1] ?? [];
  return repetitions
    .map((components, index) => ({
      // Delimiters that somebody forgot to escape are part of the text.
      text: components
        .map((subs) =>
          subs.map((raw) => unescaped(raw, message.delimiters)).join(message.delimiters.subcomponent),
        )
        .join(message.delimiters.component),
      locus: `${locus}-${field}${repetitions.length > 1 ? `[${index + 1}]` : ''}`,
    }))
    .filter(({ text }) => text.trim() !== '' && text !== '""');
}

function joined(
  segment: SecondSegment,
  lines: readonly Line[],
  judge: FieldJudge,
  isOld: boolean,
): Passage[] {
  const first = lines[0];
  if (first === undefined) return [];
  const field = TEXT_FIELDS[segment.name] ?? 0;
  const position = { field, component: 1, subcomponent: 1 };
  const text = lines.map((line) => line.text).join('\n');
  const { dataType, typed } = judge.judge(segment, [[text]], position);
  const hint = {
    ...hints(segment, field, dataType),
    ...(judge.yearAlone && { yearAlone: true }),
    ...(typed !== undefined && { typed }),
    ...(isOld && isBirthDate(segment, field) && { besideOldAge: true }),
  };
  return [mapLines(passage(text, first.locus, hint), lines), ...overBreaks(lines, hint)];
}

/** Lines break inside words and numbers too, at the end of a segment and at `\.br\`: once more without the breaks. */
function overBreaks(lines: readonly Line[], hint: PassageHints): Passage[] {
  const placed = lines.flatMap(({ text, locus }) =>
    [...text.matchAll(/[^\r\n]+/g)]
      .filter(([line]) => line.trim() !== '')
      .map(({ 0: line, index }) => ({ line, locus, offset: codePoints(text.slice(0, index)) })),
  );
  const [first] = placed;
  if (first === undefined || placed.length < 2) return [];
  const { text, breaks, lines: parts } = joinLines(placed.map(({ line }) => line));
  const places = placed.map(({ locus, offset }, index) => ({ text: parts[index] ?? '', locus, offset }));
  return [mapLines(passage(text, first.locus, { ...hint, breaks }), places, 0)];
}
