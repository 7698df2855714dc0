import type { Need, PatientKey } from '../../crosswalk/codes.ts';
import { PhiGateError } from '../../errors.ts';
import { isMeasured } from '../../hl7/concepts.ts';
import { decodeText, holdsBytesInEscapes } from '../../hl7/escapes.ts';
import { allowsYearAlone } from '../../hl7/field-types.ts';
import { fieldSpans, type Message, type Segment, splitLevel } from '../../hl7/message.ts';
import type { YearForm } from '../actions/dates.ts';
import type { MaskingContext } from '../masking.ts';
import { ChangeList } from './changes.ts';
import { isGuessed, replacementsIn, replacementsOverBreaks, UNREADABLE } from './cleaning.ts';
import { holds } from './conditions.ts';
import { orderOf, studyOf } from './facts.ts';
import { type FieldMemory, HASH_PRIME, HASH_SEED, memoryOf, type ObservedTreatment } from './memory.ts';
import { type Observed, observationOf } from './observations.ts';
import { type FieldPlan, type Hl7Policy, policyOf, type SegmentPlan, type Treatment } from './policy.ts';
import type { Hl7Action } from './rules.ts';
import { addFields, dropSegment, emptyStray, route } from './segment-changes.ts';
import { issuerOf, subjectsOf } from './subjects.ts';
import { changesIn, TextRun } from './text-run.ts';
import { type Cleaning, isInstanceUid, isSingle, maskedValue, type ValueContext } from './values.ts';

const QUOTE = 0x22;
const POINT = 0x2e;
const REMOVE: Hl7Action = { do: 'remove' };
const CLEAN: Hl7Action = { do: 'clean' };
/** Segments whose texts go on from one to the next. */
const RUNNING: Readonly<Record<string, number>> = { OBX: 5, NTE: 3, DSP: 3 };
const RUNNING_TYPES = new Set(['TX', 'FT', 'ST']);
const HEADERS = new Set(['MSH', 'BHS', 'FHS']);
const NAME_AND_SEPARATOR = 4;
const NO_SPANS: number[] = [];
const SHORTEST_NAMED = 4; // shorter values count in identifier-typed places only

let nextSerial = 1;

/** Levels of a field: 0 a repetition, 1 a component, 2 a subcomponent. */
type Level = 0 | 1 | 2;
const SPLIT_BELOW = ['component', 'subcomponent'] as const;

/**
 * Walks one message (or envelope segments) and gathers what is to change. It reads bytes and decodes only what a decision
 * needs; nothing is written here.
 */
export class MessageMasker implements ValueContext {
  readonly changes = new ChangeList();
  readonly masking: MaskingContext;
  readonly yearForm: YearForm;
  readonly #policy: Hl7Policy;
  readonly #message: Message;
  #subjectOf: ((segment: number) => { keys: readonly PatientKey[] } | undefined) | undefined;
  #segmentIndex = 0;
  readonly #plans: ReadonlyMap<string, SegmentPlan>;
  readonly #memory: FieldMemory | undefined;
  readonly #serial = nextSerial++;
  readonly #needed = new Set<string>();
  /** Needs of the field at hand, those of earlier fields too. */
  #fieldNeeds: { readonly need: Need; readonly key: string }[] = [];
  /** Something outside of the field had a say in what became of it. */
  #usedContext = false;
  #actionsBefore = 0;
  #study: { readonly uid: string; readonly key: string } | undefined;
  surrogate = '';
  unit = '';
  isMeasured = false;
  #label = '';
  /** Segments that show an age over 89. */
  readonly oldAges: number[] = [];
  readonly #old: readonly number[];

  #segment: Segment | undefined;
  #field: FieldPlan | undefined;
  #run: TextRun | undefined;
  #runKey = '';
  #isInRun = false;
  /** Parts beside the value at hand, as spans. */
  #siblings: readonly number[] = [];
  #kindAt = 0;
  /** Whether the value at hand is, or is in, the first component. */
  #isFirst = true;
  #isThorough = false;
  #only: RegExp | undefined;
  #hasSubstance = false;
  #firstEmptied = -1;

  /** `old`: segments known to show an age over 89, beside which no date of birth may stay (164.514(b)(2)(i)(C)). */
  constructor(message: Message, masking: MaskingContext, old: readonly number[] = []) {
    this.masking = masking;
    this.#old = old;
    this.#message = message;
    this.#policy = policyOf(masking.project);
    this.yearForm = allowsYearAlone(message.version) ? 'YYYY' : 'YYYY0101';
    this.#plans = this.#policy.version(message.version);
    const { wide, stateful } = message.charset;
    this.#memory = wide || stateful || old.length > 0 ? undefined : memoryOf(masking, message.delimiters);
  }

  get patient(): PatientKey | undefined {
    this.#usedContext = true;
    return this.#subjects()(this.#segmentIndex)?.keys[0];
  }

  /** Study whose codes count where the link between studies is cut. Looked for once, and where it matters alone. */
  get study(): string | undefined {
    if (this.masking.project.link !== 'cut') return undefined;
    this.#usedContext = true;
    this.#study ??= studyOf(this.#message);
    return this.#study.key;
  }

  get baseSeconds(): number | undefined {
    this.#usedContext = true;
    this.#study ??= studyOf(this.#message);
    return this.masking.studyTimes.get(this.#study.uid);
  }

  get isOld(): boolean {
    const { attribute } = this.#field ?? {};
    if (this.#old.length === 0 || (attribute !== 'PID-7' && attribute !== 'OBX-5')) return false;
    const of = this.#subjects();
    const subject = of(this.#segmentIndex);
    return this.#old.some((index) => of(index) === subject);
  }

  showsOldAge(): void {
    this.#usedContext = true;
    this.oldAges.push(this.#segmentIndex);
  }

  #subjects() {
    this.#subjectOf ??= subjectsOf(this.#message).of;
    return this.#subjectOf;
  }

  get order(): string {
    this.#usedContext = true;
    return orderOf(this.#message);
  }

  get rules() {
    return this.#policy.rules;
  }

  /** Plans all segments of the message. */
  planMessage(): void {
    if (this.#message.problem !== undefined) {
      throw new PhiGateError('malformed', `${this.#message.problem}: the message cannot be masked`, {
        locus: `message[${this.#message.index}]`,
        offset: this.#message.start,
      });
    }
    this.#message.segments.forEach((segment, index) => {
      this.#segmentIndex = index;
      this.planSegment(segment);
    });
    this.#endRun();
  }

  planSegment(segment: Segment): void {
    this.#segment = segment;
    if (segment.name === '') {
      this.#endRun();
      emptyStray(this.#message, segment, this.changes);
      return;
    }
    const plan = this.#plans.get(segment.name) ?? this.#policy.segment(this.#message.version, segment.name);
    if (plan.unknown && this.masking.project.hl7.unknownSegments === 'remove') {
      this.#endRun();
      dropSegment(segment, this.changes);
      return;
    }
    if (RUNNING[segment.name] === undefined) this.#endRun();
    if (this.#memory !== undefined && plan.added.length === 0) {
      this.#planFields(segment, plan, this.#memory);
      return;
    }
    const spans = fieldSpans(this.#message, segment);
    for (let at = 2; at < spans.length; at += 2) {
      const [start, end] = [spans[at] ?? 0, spans[at + 1] ?? 0];
      if (start < end) this.#planField(plan.field(at / 2), start, end, spans);
    }
    if (plan.added.length > 0) addFields(this.#message, segment, plan, spans, this.changes);
  }

  /** One pass over the segment finds its fields and the hash of each, so that those seen before cost little more. */
  #planFields(segment: Segment, plan: SegmentPlan, memory: FieldMemory): void {
    const { bytes, delimiters } = this.#message;
    const { field: separator, escape: escapeMark } = delimiters;
    const { end } = segment;
    const running = RUNNING[segment.name] ?? 0;
    const spans: number[] = running === 0 ? NO_SPANS : [segment.start, segment.start + 3];
    let position = HEADERS.has(segment.name) ? 2 : 1;
    let start = segment.start + NAME_AND_SEPARATOR;
    let hash = HASH_SEED;
    let all = 0;
    let isEscaped = false;
    for (let at = start; at <= end; at++) {
      const byte = at < end ? (bytes[at] as number) : separator;
      if (byte !== separator) {
        all |= byte;
        if (byte === escapeMark) isEscaped = true;
        hash = Math.imul(hash ^ byte, HASH_PRIME);
        continue;
      }
      if (running !== 0) spans.push(start, at);
      if (at > start && position !== running) {
        const field = plan.field(position);
        if (all > 0x7f || (isEscaped && holdsBytesInEscapes(this.#message, start, at)))
          this.#planField(field, start, at, spans);
        else this.#recallField(field, start, at, memory, hash);
      }
      position++;
      start = at + 1;
      hash = HASH_SEED;
      all = 0;
      isEscaped = false;
    }
    const [from, to] = [spans[2 * running] ?? 0, spans[2 * running + 1] ?? 0];
    if (running !== 0 && from < to) this.#planField(plan.field(running), from, to, spans);
  }

  sibling(position: number): string {
    const [start, end] = [this.#siblings[2 * position - 2], this.#siblings[2 * position - 1]];
    return start === undefined || end === undefined ? '' : decodeText(this.#message, start, end);
  }

  typeCode(): string {
    return this.#kindAt === 0 ? '' : this.sibling(this.#kindAt);
  }

  issuer(): string {
    const at = this.#kindAt === 13 ? 9 : 4; // XCN and PPN: 13 and 9; CX: 5 and 4
    const [start, end] = [this.#siblings[2 * at - 2], this.#siblings[2 * at - 1]];
    return start === undefined || end === undefined ? '' : issuerOf(this.#message, start, end);
  }

  need(need: Need): void {
    const key =
      need.kind === 'patient'
        ? `p\0${need.patient.id}\0${need.patient.issuer}`
        : need.kind === 'uid'
          ? `u\0${need.uid}`
          : `${need.domain}\0${need.value}`;
    this.#fieldNeeds.push({ need, key });
    this.#needOnce(need, key);
  }

  #needOnce(need: Need, key: string): void {
    if (this.#needed.has(key)) return;
    this.#needed.add(key);
    this.changes.needs.push(need);
  }

  /** What was made of the same bytes in the same field before, or else a plan, remembered where only they decided. */
  #recallField(field: FieldPlan, start: number, end: number, memory: FieldMemory, hash: number): void {
    const { bytes } = this.#message;
    if (field.harmless && end - start < SHORTEST_NAMED && this.#isWord(start, end)) return;
    const known = memory.find(field, hash, bytes, start, end);
    if (known !== undefined) {
      this.changes.repeat(known.changes, start, known.actions);
      if (known.needs.length > 0 && known.lastAsker !== this.#serial) {
        known.lastAsker = this.#serial; // its needs are asked for once a message
        for (const { need, key } of known.needs) this.#needOnce(need, key);
      }
      return;
    }
    const [changes, actions] = [this.changes.length, this.changes.actions.length];
    this.#fieldNeeds = [];
    this.#usedContext = false;
    this.#planField(field, start, end, NO_SPANS);
    if (this.#usedContext || !memory.isWorthKeeping(field, hash)) return;
    memory.keep(field, hash, bytes.subarray(start, end), {
      changes: this.changes.since(changes, start),
      needs: [...this.#fieldNeeds],
      actions: this.changes.actions.slice(actions),
      lastAsker: this.#serial,
    });
  }

  #isWord(start: number, end: number): boolean {
    const { bytes } = this.#message;
    for (let at = start; at < end; at++) {
      const byte = (bytes[at] ?? 0) | 0x20;
      if (!(byte >= 0x61 && byte <= 0x7a) && !(byte >= 0x30 && byte <= 0x39)) return false;
    }
    return true;
  }

  #planField(field: FieldPlan, start: number, end: number, spans: readonly number[]): void {
    const { treatment } = field;
    if (treatment.kind === 'leaf' && treatment.action.do === 'keep') return;
    this.#field = field;
    this.#actionsBefore = this.changes.actions.length;
    this.surrogate =
      field.surrogate === '1900' && this.yearForm === 'YYYY0101' ? '19000101' : field.surrogate;
    this.#hasSubstance = false;
    this.#firstEmptied = -1;
    this.#siblings = [];
    this.#kindAt = 0;
    if (treatment.kind === 'leaf' && treatment.action.do === 'routing') {
      this.#note(
        route(this.#message, this.#piecesOf(start, end, 0), this.masking.project.hl7.routing, this.changes),
      );
      return;
    }
    const observed = field.observed ? this.#observe(spans) : undefined;
    const used = observed?.treatment ?? treatment;
    const type = observed?.type ?? field.type;
    this.unit = observed?.unit ?? '';
    this.#label = observed?.label ?? '';
    this.isMeasured = observed !== undefined && this.#measures(observed, start, end);
    const isPlain = used.kind === 'leaf' && used.action.do === 'clean';
    if (RUNNING[this.#segment?.name ?? ''] === field.position) {
      this.#isInRun = isPlain && !this.isMeasured && (type === '' || RUNNING_TYPES.has(type));
      if (this.#isInRun) this.#continueRun(spans);
      else this.#endRun();
    }
    if (used.kind === 'leaf' && used.action.do === 'number' && this.#isHarmless(start, end)) return;
    // A run that ended just now has put its own changes and actions before these.
    this.#actionsBefore = this.changes.actions.length;
    const changesBefore = this.changes.length;
    const repetitions = splitLevel(this.#message, start, end, 'repetition');
    for (let at = 0; at < repetitions.length; at += 2) {
      this.#isFirst = true;
      this.#apply(used, repetitions[at] ?? 0, repetitions[at + 1] ?? 0, 0);
    }
    this.#isInRun = false;
    if (field.required && !this.#hasSubstance && this.#firstEmptied >= 0) {
      this.changes.settle(this.#firstEmptied, this.surrogate);
    }
    this.changes.compact(changesBefore, this.#message);
  }

  /** What OBX-2, OBX-3, OBX-6 and OBX-7 make of OBX-5; looked up by their bytes, since results come in long rows. */
  #observe(spans: readonly number[]): ObservedTreatment {
    const { bytes, version } = this.#message;
    const rest = spans[12] === undefined ? '' : bytes.toString('latin1', spans[12], spans[15] ?? spans[13]);
    const key = `${version}\0${bytes.toString('latin1', spans[4], spans[7])}\0${rest}`;
    const memory = holdsBytesInEscapes(this.#message, spans[4] ?? 0, spans[7] ?? 0)
      ? undefined
      : this.#memory;
    const known = memory?.observations.get(key);
    if (known !== undefined) return known;
    const observed = observationOf(this.#message, spans);
    const result = { ...observed, treatment: this.#policy.ofObservation(version, observed) };
    if (!holdsBytesInEscapes(this.#message, spans[4] ?? 0, spans[7] ?? 0))
      this.#memory?.keepObservation(key, result);
    return result;
  }

  #measures(observed: Observed, start: number, end: number): boolean {
    const { type, unit, range } = observed;
    if (observed.concept !== undefined) return false;
    if (type === 'SN') {
      const parts = splitLevel(this.#message, start, end, 'component');
      return isMeasured(observed, '', decodeText(this.#message, start, parts[1] ?? start));
    }
    if (unit === '' && range === '') return false;
    return isMeasured(observed, type === 'NM' ? '' : decodeText(this.#message, start, end));
  }

  #apply(treatment: Treatment, start: number, end: number, level: Level): void {
    if (start === end) return;
    if (treatment.kind === 'choice') {
      this.#usedContext = true;
      const isChosen = holds(this.#message, treatment.when, this.#segment);
      this.#apply(isChosen ? treatment.chosen : treatment.otherwise, start, end, level);
      return;
    }
    if (treatment.kind === 'leaf') {
      this.#isThorough = treatment.thorough ?? false;
      this.#only = treatment.only;
      this.#applyLeaf(treatment.action, start, end, level);
      return;
    }
    if (level === 2) {
      this.#apply(treatment.parts[1] ?? treatment.rest, start, end, 2);
      return;
    }
    const parts = splitLevel(this.#message, start, end, SPLIT_BELOW[level]);
    const [siblings, kindAt] = [this.#siblings, this.#kindAt];
    for (let at = 0; at < parts.length; at += 2) {
      const position = at / 2 + 1;
      if (level === 0) this.#isFirst = position === 1;
      this.#siblings = parts;
      this.#kindAt = treatment.kindAt;
      const below = level === 0 ? 1 : 2;
      this.#apply(treatment.parts[position] ?? treatment.rest, parts[at] ?? 0, parts[at + 1] ?? 0, below);
    }
    this.#siblings = siblings;
    this.#kindAt = kindAt;
  }

  /** An action on all texts of a span: on each, or, where one new value stands for them all, on the first. */
  #applyLeaf(action: Hl7Action, start: number, end: number, level: Level): void {
    if (action.do === 'keep') {
      this.#keep();
      return;
    }
    const pieces = this.#piecesOf(start, end, level);
    if (action.do === 'unspecified' && pieces.length > 2) {
      this.#applyLeaf(REMOVE, start, end, level);
      return;
    }
    const isOne = pieces.length > 2 && isSingle(action, 'kind' in action ? action.kind : undefined);
    let taken = false;
    for (let at = 0; at < pieces.length; at += 2) {
      const [from, to] = [pieces[at] ?? 0, pieces[at + 1] ?? 0];
      if (from === to) continue;
      if (this.#only !== undefined && !this.#only.test(decodeText(this.#message, from, to))) {
        this.#applyToText(CLEAN, from, to);
        continue;
      }
      this.#applyToText(isOne && taken ? REMOVE : action, from, to);
      taken = true;
    }
  }

  #piecesOf(start: number, end: number, level: Level): number[] {
    const whole = [start, end];
    const components = level === 0 ? splitLevel(this.#message, start, end, 'component') : whole;
    if (level === 2) return whole;
    const pieces: number[] = [];
    for (let at = 0; at < components.length; at += 2) {
      pieces.push(...splitLevel(this.#message, components[at] ?? 0, components[at + 1] ?? 0, 'subcomponent'));
    }
    return pieces;
  }

  #applyToText(action: Hl7Action, start: number, end: number): void {
    const { bytes } = this.#message;
    // `""` deletes at the receiver: it stays, and masking never writes it.
    if (end - start === 2 && bytes[start] === QUOTE && bytes[start + 1] === QUOTE) {
      this.#keep();
      return;
    }
    const isCleaned = action.do === 'clean' || action.do === 'number' || action.do === 'code';
    if (isCleaned && !this.#isThorough && !this.#isInRun && this.#isHarmless(start, end)) {
      this.#keep();
      return;
    }
    if (action.do === 'clean' && this.#isInRun && this.#run !== undefined && !this.#isUid(start, end)) {
      this.#usedContext = true;
      this.#run.add(start, end);
      this.#keep();
      return;
    }
    const isUnread = action.do === 'attachment' && this.masking.project.documents === 'remove';
    const isEmptying = action.do === 'remove' || action.do === 'empty' || isUnread;
    const text = isEmptying ? '' : decodeText(this.#message, start, end);
    const masked = maskedValue(action, text, this);
    if (masked === undefined) {
      this.#keep();
      return;
    }
    if (typeof masked === 'object') {
      this.#clean(text, start, end, masked);
      return;
    }
    const index = this.changes.add({ start, end, text: masked });
    if (masked === '') this.#firstEmptied = this.#firstEmptied < 0 ? index : this.#firstEmptied;
    else this.#keep();
    this.#note(action.do);
  }

  /** A UID alone is replaced wherever it stands: what it names keeps its links. */
  #isUid(start: number, end: number): boolean {
    const { bytes } = this.#message;
    return bytes[start + 1] === POINT && isInstanceUid(bytes.toString('latin1', start, end));
  }

  #keep(): void {
    if (this.#isFirst) this.#hasSubstance = true;
  }

  /** ASCII too short to be told from a code, and decimal numbers: no cleaner needs to look at them. */
  #isHarmless(start: number, end: number): boolean {
    const { bytes, delimiters } = this.#message;
    const length = end - start;
    if (length > 6) return false;
    let isDecimal = false;
    let isNumber = true;
    for (let at = start; at < end; at++) {
      const byte = bytes[at] ?? 0;
      if (byte > 0x7e || byte === delimiters.escape) return false;
      if (byte === 0x2e) isDecimal = true;
      else if (byte < 0x30 || byte > 0x39) isNumber = false;
    }
    return length < SHORTEST_NAMED || (isNumber && isDecimal);
  }

  #clean(text: string, start: number, end: number, { strict, hints }: Cleaning): void {
    const { cleaner } = this.masking;
    const all = this.#label === '' ? hints : { ...hints, label: this.#label };
    const replaced = isGuessed(text, this.#message.charset)
      ? [{ start: 0, end: text.length, placeholder: UNREADABLE }]
      : [...replacementsIn(cleaner, text, all), ...replacementsOverBreaks(cleaner, text, all)];
    const changes = changesIn(this.#message, { start, end }, replaced);
    if (changes.length === 0) {
      this.#keep();
      return;
    }
    this.#note('clean');
    if (strict) {
      const index = this.changes.add({ start, end, text: '' });
      this.#firstEmptied = this.#firstEmptied < 0 ? index : this.#firstEmptied;
      return;
    }
    this.#keep();
    for (const change of changes) this.changes.add(change);
  }

  /** A run goes on from one NTE, DSP or OBX to the next of the same kind, OBX where OBX-3 is the same too. */
  #continueRun(spans: readonly number[]): void {
    const name = this.#segment?.name ?? '';
    const [start, end] = name === 'OBX' ? [spans[6] ?? 0, spans[7] ?? 0] : [0, 0];
    const key = `${name}\0${this.#message.bytes.toString('latin1', start, end)}`;
    if (key === this.#runKey) return;
    this.#endRun();
    this.#runKey = key;
    this.#run = new TextRun(this.#message);
    this.#run.label = this.#label;
  }

  #endRun(): void {
    const run = this.#run;
    if (run !== undefined && !run.isEmpty && run.clean(this.masking.cleaner, this.changes)) {
      const name = this.#runKey.slice(0, 3);
      this.changes.actions.push({ attribute: `${name}-${RUNNING[name] ?? ''}`, action: 'clean' });
    }
    this.#run = undefined;
    this.#runKey = '';
  }

  /** One line of the report for each kind of action in a field, whatever its number of parts. */
  #note(action: string): void {
    const { actions } = this.changes;
    for (let at = this.#actionsBefore; at < actions.length; at++) if (actions[at]?.action === action) return;
    actions.push({ attribute: this.#field?.attribute ?? '', action });
  }
}
