import type { PatientKey } from '../../crosswalk/codes.ts';
import type { Message, Segment } from '../../hl7/message.ts';
import type { MaskingContext } from '../masking.ts';
import { orderOf, studyOf } from './facts.ts';
import { type Subject, subjectsOf } from './subjects.ts';

/**
 * What the rest of the message says of the field at hand: whom it is about, which study, which order. Looked for where it
 * matters alone, and noted, since what a field became by it must not be remembered for other messages.
 */
export class MessageContext {
  readonly message: Message;
  readonly masking: MaskingContext;
  /** The segment at hand, and its place in the message. */
  segment: Segment | undefined;
  segmentIndex = 0;
  /** Something outside of the field had a say in what became of it. */
  wasAsked = false;
  /** Segments that show an age over 89. */
  readonly oldAges: number[] = [];
  readonly #old: readonly number[];
  #subjectOf: ((segment: number) => Subject | undefined) | undefined;
  #study: { readonly uid: string; readonly key: string } | undefined;

  /** `old`: segments known to show an age over 89, beside which no date of birth may stay (164.514(b)(2)(i)(C)). */
  constructor(message: Message, masking: MaskingContext, old: readonly number[]) {
    this.message = message;
    this.masking = masking;
    this.#old = old;
  }

  get patient(): PatientKey | undefined {
    this.wasAsked = true;
    return this.#subjects()(this.segmentIndex)?.keys[0];
  }

  /** Study whose codes count where the link between studies is cut. */
  get study(): string | undefined {
    return this.masking.project.link === 'cut' ? this.#studyOfMessage().key : undefined;
  }

  get baseSeconds(): number | undefined {
    return this.masking.studyTimes.get(this.#studyOfMessage().uid);
  }

  get order(): string {
    this.wasAsked = true;
    return orderOf(this.message);
  }

  /** Whether a date in the field is of somebody who shows an age over 89. */
  isOld(attribute: string): boolean {
    if (this.#old.length === 0 || (attribute !== 'PID-7' && attribute !== 'OBX-5')) return false;
    const of = this.#subjects();
    const subject = of(this.segmentIndex);
    return this.#old.some((index) => of(index) === subject);
  }

  showsOldAge(): void {
    this.wasAsked = true;
    this.oldAges.push(this.segmentIndex);
  }

  #studyOfMessage(): { readonly uid: string; readonly key: string } {
    this.wasAsked = true;
    this.#study ??= studyOf(this.message);
    return this.#study;
  }

  #subjects() {
    this.#subjectOf ??= subjectsOf(this.message).of;
    return this.#subjectOf;
  }
}
