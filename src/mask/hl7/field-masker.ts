import type { Need, PatientKey } from '../../crosswalk/codes.ts';
import { decodeText } from '../../hl7/escapes.ts';
import { allowsYearAlone } from '../../hl7/field-types.ts';
import { type Message, splitLevel } from '../../hl7/message.ts';
import type { YearForm } from '../actions/dates.ts';
import type { MaskingContext } from '../masking.ts';
import type { ChangeList } from './changes.ts';
import { isGuessed, replacementsIn, replacementsOverBreaks, UNREADABLE } from './cleaning.ts';
import { holds } from './conditions.ts';
import type { MessageContext } from './message-context.ts';
import type { ObservedTreatment } from './observation-memory.ts';
import { isMeasurement } from './observations.ts';
import { hasPieces, isSplit, type Level, piecesOf } from './pieces.ts';
import type { Hl7Action, Hl7Rules } from './rules.ts';
import type { RunningText } from './running-text.ts';
import { route } from './segment-changes.ts';
import type { FieldPlan } from './segment-plan.ts';
import { isHarmless, isUid } from './short-values.ts';
import { issuerOf } from './subjects.ts';
import { changesIn } from './text-run.ts';
import type { Treatment } from './treatments.ts';
import { type Cleaning, isSingle, maskedValue, type ValueContext } from './values.ts';

const QUOTE = 0x22;
const REMOVE: Hl7Action = { do: 'remove' };
const CLEAN: Hl7Action = { do: 'clean' };
const RUNNING_TYPES = new Set(['TX', 'FT', 'ST']);
const NO_SPANS: readonly number[] = [];

const SPLIT_BELOW = ['component', 'subcomponent'] as const;

/**
 * Walks one field of a message after another, down to its texts, and gathers what is to change. It reads bytes and decodes
 * only what a decision needs; nothing is written here.
 */
export class FieldMasker implements ValueContext {
  readonly masking: MaskingContext;
  readonly rules: Hl7Rules;
  readonly yearForm: YearForm;
  readonly #context: MessageContext;
  readonly #message: Message;
  readonly #changes: ChangeList;
  readonly #run: RunningText;
  /** Needs of the fields since somebody emptied it, those of earlier fields too. */
  fieldNeeds: Need[] = [];
  surrogate = '';
  unit = '';
  isMeasured = false;
  #label = '';
  #attribute = '';
  #actionsBefore = 0;
  #isInRun = false;
  /** Parts beside the value at hand, as spans. */
  #siblings = NO_SPANS;
  #kindAt = 0;
  /** Whether the value at hand is, or is in, the first component. */
  #isFirst = true;
  #isThorough = false;
  #only: RegExp | undefined;
  #hasSubstance = false;
  #firstEmptied = -1;

  constructor(context: MessageContext, rules: Hl7Rules, changes: ChangeList, run: RunningText) {
    this.masking = context.masking;
    this.rules = rules;
    this.yearForm = allowsYearAlone(context.message.version) ? 'YYYY' : 'YYYY0101';
    this.#context = context;
    this.#message = context.message;
    this.#changes = changes;
    this.#run = run;
  }

  get patient(): PatientKey | undefined {
    return this.#context.patient;
  }

  get study(): string | undefined {
    return this.#context.study;
  }

  get baseSeconds(): number | undefined {
    return this.#context.baseSeconds;
  }

  get order(): string {
    return this.#context.order;
  }

  get isOld(): boolean {
    return this.#context.isOld(this.#attribute);
  }

  showsOldAge(): void {
    this.#context.showsOldAge();
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
    this.fieldNeeds.push(need);
    this.#changes.needs.add(need);
  }

  /** Plans a field, `[start, end)` and not empty. */
  plan(field: FieldPlan, start: number, end: number): void {
    const { treatment } = field;
    if (field.isKept) return;
    this.#begin(field);
    if (treatment.kind === 'leaf' && treatment.action.do === 'routing') {
      const pieces = piecesOf(this.#message, start, end, 0);
      this.#note(route(this.#message, pieces, this.masking.project.hl7.routing, this.#changes));
      return;
    }
    this.unit = '';
    this.#label = '';
    this.isMeasured = false;
    this.#treat(field, treatment, start, end);
  }

  /**
   * Plans a field whose text may go on from the segment before and into the next; `observed`: what the other fields of an OBX
   * make of OBX-5. `spans` gives the fields of the segment where the text does go on. Returns whether it does.
   */
  planRunning(
    field: FieldPlan,
    [start, end]: readonly [number, number],
    observed: ObservedTreatment | undefined,
    spans: () => readonly number[],
  ): boolean {
    if (field.isKept) return true;
    this.#begin(field);
    const treatment = observed?.treatment ?? field.treatment;
    const type = observed?.type ?? field.type;
    this.unit = observed?.unit ?? '';
    this.#label = observed?.label ?? '';
    this.isMeasured = observed !== undefined && isMeasurement(this.#message, observed, start, end);
    const isPlain = treatment.kind === 'leaf' && treatment.action.do === 'clean';
    this.#isInRun = isPlain && !this.isMeasured && (type === '' || RUNNING_TYPES.has(type));
    if (this.#isInRun) this.#run.goOn(field.attribute.slice(0, 3), spans(), this.#label);
    else this.#run.end();
    // A run that ended just now has put its own changes and actions before these.
    this.#actionsBefore = this.#changes.actions.length;
    const isInRun = this.#isInRun;
    this.#treat(field, treatment, start, end);
    this.#isInRun = false;
    return isInRun;
  }

  #begin(field: FieldPlan): void {
    this.#attribute = field.attribute;
    this.#actionsBefore = this.#changes.actions.length;
    this.surrogate =
      field.surrogate === '1900' && this.yearForm === 'YYYY0101' ? '19000101' : field.surrogate;
    this.#hasSubstance = false;
    this.#firstEmptied = -1;
    this.#siblings = NO_SPANS;
    this.#kindAt = 0;
  }

  #treat(field: FieldPlan, treatment: Treatment, start: number, end: number): void {
    if (
      treatment.kind === 'leaf' &&
      treatment.action.do === 'number' &&
      isHarmless(this.#message, start, end)
    )
      return;
    if (!isSplit(this.#message, start, end, 'repetition')) {
      this.#isFirst = true;
      this.#apply(treatment, start, end, 0);
    } else {
      const repetitions = splitLevel(this.#message, start, end, 'repetition');
      for (let at = 0; at < repetitions.length; at += 2) {
        this.#isFirst = true;
        this.#apply(treatment, repetitions[at] ?? 0, repetitions[at + 1] ?? 0, 0);
      }
    }
    if (field.required && !this.#hasSubstance && this.#firstEmptied >= 0) {
      this.#changes.settle(this.#firstEmptied, this.surrogate);
    }
  }

  #apply(treatment: Treatment, start: number, end: number, level: Level): void {
    if (start === end) return;
    if (treatment.kind === 'choice') {
      this.#context.wasAsked = true;
      const isChosen = holds(this.#message, treatment.when, this.#context.segment);
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
    if (!hasPieces(this.#message, start, end, level)) {
      const isOther = this.#only !== undefined && !this.#only.test(decodeText(this.#message, start, end));
      this.#applyToText(isOther ? CLEAN : action, start, end);
      return;
    }
    const pieces = piecesOf(this.#message, start, end, level);
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

  #applyToText(action: Hl7Action, start: number, end: number): void {
    const { bytes } = this.#message;
    // `""` deletes at the receiver: it stays, and masking never writes it.
    if (end - start === 2 && bytes[start] === QUOTE && bytes[start + 1] === QUOTE) {
      this.#keep();
      return;
    }
    const isCleaned = action.do === 'clean' || action.do === 'number' || action.do === 'code';
    if (isCleaned && !this.#isThorough && !this.#isInRun && isHarmless(this.#message, start, end)) {
      this.#keep();
      return;
    }
    if (action.do === 'clean' && this.#isInRun && !isUid(this.#message, start, end)) {
      this.#context.wasAsked = true;
      this.#run.add(start, end);
      this.#keep();
      return;
    }
    const isUnread = action.do === 'attachment' && this.masking.project.documents === 'remove';
    const isEmptying = action.do === 'remove' || action.do === 'empty' || isUnread;
    const text = isEmptying ? '' : decodeText(this.#message, start, end);
    const masked = isEmptying ? '' : maskedValue(action, text, this);
    if (masked === undefined) {
      this.#keep();
      return;
    }
    if (typeof masked === 'object') {
      this.#clean(text, start, end, masked);
      return;
    }
    const index = this.#changes.add(start, end, masked);
    if (masked === '') this.#firstEmptied = this.#firstEmptied < 0 ? index : this.#firstEmptied;
    else this.#keep();
    this.#note(action.do);
  }

  #keep(): void {
    if (this.#isFirst) this.#hasSubstance = true;
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
      const index = this.#changes.add(start, end, '');
      this.#firstEmptied = this.#firstEmptied < 0 ? index : this.#firstEmptied;
      return;
    }
    this.#keep();
    for (const change of changes) this.#changes.add(change.start, change.end, change.text);
  }

  /** One line of the report for each kind of action in a field, whatever its number of parts. */
  #note(action: string): void {
    const { actions } = this.#changes;
    for (let at = this.#actionsBefore; at < actions.length; at++) if (actions[at]?.action === action) return;
    actions.push({ attribute: this.#attribute, action });
  }
}
