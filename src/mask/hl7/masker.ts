import type { Need } from '../../crosswalk/codes.ts';
import { PhiGateError } from '../../errors.ts';
import { holdsBytesInEscapes } from '../../hl7/escapes.ts';
import { fieldSpans, type Message, type Segment } from '../../hl7/message.ts';
import type { MaskingContext } from '../masking.ts';
import { type ByteSpan, hashOf, spanOf } from './byte-table.ts';
import { ChangeList } from './changes.ts';
import { FieldMasker } from './field-masker.ts';
import { FieldScan } from './field-scan.ts';
import { type Memory, memoryOf, type Outcome } from './memory.ts';
import { MessageContext } from './message-context.ts';
import type { KnownNeed } from './needs.ts';
import type { ObservedTreatment } from './observation-memory.ts';
import { observationOf } from './observations.ts';
import { type Hl7Policy, policyOf } from './policy.ts';
import { RunningText } from './running-text.ts';
import { addFields, dropSegment, emptyStray } from './segment-changes.ts';
import type { FieldPlan, SegmentPlan } from './segment-plan.ts';
import { isShortWord } from './short-values.ts';

/** Of the segment that is planned just now: one at a time, in all messages. */
const scan = new FieldScan();
const copySpans = () => scan.copySpans();
let nextSerial = 1;

/** Walks the segments of one message (or an envelope segment) and gathers what is to change. */
export class MessageMasker {
  readonly changes: ChangeList;
  readonly #context: MessageContext;
  readonly #message: Message;
  readonly #source: ByteSpan;
  readonly #policy: Hl7Policy;
  readonly #plans: ReadonlyMap<string, SegmentPlan>;
  readonly #fields: FieldMasker;
  readonly #run: RunningText;
  readonly #memory: Memory | undefined;
  readonly #serial = nextSerial++;
  /** Needs of the segment at hand, where it is to be remembered. */
  #segmentNeeds: Need[] | undefined;
  /** Something outside of the segment at hand had a say in what became of it. */
  #wasAsked = false;

  /** `old`: segments known to show an age over 89, beside which no date of birth may stay (164.514(b)(2)(i)(C)). */
  constructor(message: Message, masking: MaskingContext, old: readonly number[] = []) {
    this.changes = new ChangeList(message);
    this.#context = new MessageContext(message, masking, old);
    this.#message = message;
    this.#source = spanOf(message.bytes);
    this.#policy = policyOf(masking.project);
    this.#plans = this.#policy.version(message.version);
    this.#run = new RunningText(message, masking.cleaner, this.changes);
    this.#fields = new FieldMasker(this.#context, this.#policy.rules, this.changes, this.#run);
    const { wide, stateful } = message.charset;
    this.#memory = wide || stateful || old.length > 0 ? undefined : memoryOf(masking, message.delimiters);
  }

  /** Segments that show an age over 89. */
  get oldAges(): readonly number[] {
    return this.#context.oldAges;
  }

  /** Plans all segments of the message. */
  planMessage(): void {
    const { segments, problem, index, start } = this.#message;
    if (problem !== undefined) {
      throw new PhiGateError('malformed', `${problem}: the message cannot be masked`, {
        locus: `message[${index}]`,
        offset: start,
      });
    }
    let plan: SegmentPlan | undefined;
    for (let at = 0; at < segments.length; at++) {
      const segment = segments[at] as Segment;
      this.#context.segment = segment;
      this.#context.segmentIndex = at;
      if (plan?.name !== segment.name) plan = this.#planOf(segment.name);
      this.#planSegment(segment, plan);
    }
    this.#run.end();
  }

  #planOf(name: string): SegmentPlan {
    return this.#plans.get(name) ?? this.#policy.segment(this.#message.version, name);
  }

  #planSegment(segment: Segment, plan: SegmentPlan): void {
    if (segment.name === '') {
      this.#run.end();
      emptyStray(this.#message, segment, this.changes);
      return;
    }
    if (plan.unknown && this.#context.masking.project.hl7.unknownSegments === 'remove') {
      this.#run.end();
      dropSegment(segment, this.changes);
      return;
    }
    if (plan.running === 0) this.#run.end();
    if (this.#memory === undefined || plan.added.length > 0) this.#planFields(segment, plan);
    else this.#recallSegment(segment, plan, this.#memory);
  }

  /** What was made of a segment of the same bytes before, or else a plan, remembered where nothing else had a say in it. */
  #recallSegment(segment: Segment, plan: SegmentPlan, memory: Memory): void {
    const { bytes } = this.#message;
    const { start, end } = segment;
    const hash = hashOf(this.#source, start, end);
    const known = memory.segments.find(plan.id, hash, this.#source, start, end);
    if (known !== undefined) {
      if (known.endsRun) this.#run.end();
      this.#repeat(known, start);
      return;
    }
    const isKept =
      memory.segments.isWorthKeeping(plan.id, hash, end - start) &&
      !this.#run.isOpen &&
      isCharsetFree(this.#message, start, end);
    if (!isKept) {
      this.#recallFields(segment, plan, memory);
      return;
    }
    const mark = this.changes.mark();
    const needs: Need[] = [];
    this.#segmentNeeds = needs;
    this.#wasAsked = false;
    const endsRun = this.#recallFields(segment, plan, memory);
    this.#segmentNeeds = undefined;
    if (this.#wasAsked) return;
    memory.segments.keep(plan.id, hash, bytes, start, end, {
      changes: this.changes.since(mark, start),
      needs,
      actions: this.changes.actionsSince(mark),
      endsRun,
    });
  }

  #repeat(known: Outcome, origin: number): void {
    if (known.changes.length > 0 || known.actions.length > 0)
      this.changes.repeat(known.changes, origin, known.actions);
    for (let i = 0; i < known.needs.length; i++) {
      const asked = known.needs[i] as KnownNeed;
      this.#segmentNeeds?.push(asked.need);
      if (asked.lastAsker === this.#serial) continue;
      asked.lastAsker = this.#serial;
      this.changes.needs.add(asked.need);
    }
  }

  /** Plans each field for itself. */
  #planFields(segment: Segment, plan: SegmentPlan): void {
    const spans = fieldSpans(this.#message, segment);
    for (let at = 2; at < spans.length; at += 2) {
      const [start, end] = [spans[at] ?? 0, spans[at + 1] ?? 0];
      if (start === end) continue;
      const field = plan.field(at / 2);
      if (field.runs)
        this.#fields.planRunning(
          field,
          [start, end],
          field.observed ? this.#observe(spans) : undefined,
          () => spans,
        );
      else this.#fields.plan(field, start, end);
    }
    if (plan.added.length > 0) addFields(this.#message, segment, plan, spans, this.changes);
  }

  /**
   * Finds the fields in one pass; those that were seen before cost little more. Returns whether a text that ran up to here
   * ended.
   */
  #recallFields(segment: Segment, plan: SegmentPlan, memory: Memory): boolean {
    const message = this.#message;
    const { bytes } = message;
    scan.read(bytes, segment, message.delimiters, plan.firstField);
    const { spans, count } = scan;
    for (let position = plan.firstField; position < count; position++) {
      const start = spans[2 * position] as number;
      const end = spans[2 * position + 1] as number;
      if (start === end) continue;
      const field = plan.field(position);
      if (field.isKept || field.runs) continue;
      if (field.harmless && isShortWord(bytes, start, end)) continue;
      this.#recall(field, start, end, memory);
    }
    const { running } = plan;
    if (running === 0 || running >= count) return false;
    const [start, end] = [spans[2 * running] as number, spans[2 * running + 1] as number];
    if (start === end) return false;
    const field = plan.field(running);
    const observed = field.observed ? this.#recallObserved(field, memory) : undefined;
    this.#beginField();
    const goesOn = this.#fields.planRunning(field, [start, end], observed, copySpans);
    this.#segmentNeeds?.push(...this.#fields.fieldNeeds);
    this.#wasAsked ||= this.#context.wasAsked || goesOn;
    return true;
  }

  #beginField(): void {
    this.#context.wasAsked = false;
    if (this.#fields.fieldNeeds.length > 0) this.#fields.fieldNeeds = [];
  }

  /** What was made of the same bytes in the same field before, or else a plan, remembered where only they decided. */
  #recall(field: FieldPlan, start: number, end: number, { fields }: Memory): void {
    const { bytes } = this.#message;
    const hash = hashOf(this.#source, start, end);
    const known = fields.find(field.id, hash, this.#source, start, end);
    if (known !== undefined) {
      this.#repeat(known, start);
      return;
    }
    const mark = this.changes.mark();
    this.#beginField();
    this.#fields.plan(field, start, end);
    const { fieldNeeds } = this.#fields;
    this.#segmentNeeds?.push(...fieldNeeds);
    if (this.#context.wasAsked) this.#wasAsked = true;
    else if (fields.isWorthKeeping(field.id, hash, end - start) && isCharsetFree(this.#message, start, end)) {
      fields.keep(field.id, hash, bytes, start, end, {
        changes: this.changes.since(mark, start),
        needs: fieldNeeds.slice(),
        actions: this.changes.actionsSince(mark),
        endsRun: false,
      });
    }
  }

  #recallObserved(field: FieldPlan, { observations }: Memory): ObservedTreatment {
    const known = observations.find(field, this.#source, scan);
    if (known !== undefined) return known;
    const observed = this.#observe(scan.copySpans());
    if (this.#areCharsetFree(2, 3) && this.#areCharsetFree(6, 7))
      observations.keep(field, this.#source, scan, observed);
    return observed;
  }

  /** {@link isCharsetFree} from one field of the segment at hand to another. */
  #areCharsetFree(first: number, last: number): boolean {
    const { spans, count } = scan;
    if (first >= count) return true;
    const end = spans[2 * Math.min(last, count - 1) + 1] as number;
    return isCharsetFree(this.#message, spans[2 * first] as number, end);
  }

  /** What OBX-2, OBX-3, OBX-6 and OBX-7 make of OBX-5. */
  #observe(spans: readonly number[]): ObservedTreatment {
    const observed = observationOf(this.#message, spans);
    return { ...observed, treatment: this.#policy.ofObservation(this.#message.version, observed) };
  }
}

/** Whether no character set has a say in what the bytes mean: ASCII, and no escape that stands for bytes. */
function isCharsetFree(message: Message, start: number, end: number): boolean {
  const { bytes } = message;
  for (let at = start; at < end; at++) if ((bytes[at] as number) > 0x7f) return false;
  return !holdsBytesInEscapes(message, start, end);
}
