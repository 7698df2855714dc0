import type { TextCleaner } from '../../detect/detector.ts';
import type { Message } from '../../hl7/message.ts';
import type { ChangeList } from './changes.ts';
import { runningField } from './segment-plan.ts';
import { TextRun } from './text-run.ts';

/** The text of a message that goes on from one NTE, DSP or OBX to the next of its kind, OBX where OBX-3 is the same too. */
export class RunningText {
  readonly #message: Message;
  readonly #cleaner: TextCleaner;
  readonly #changes: ChangeList;
  #run: TextRun | undefined;
  #key = '';

  constructor(message: Message, cleaner: TextCleaner, changes: ChangeList) {
    this.#message = message;
    this.#cleaner = cleaner;
    this.#changes = changes;
  }

  get isOpen(): boolean {
    return this.#run !== undefined;
  }

  /** Goes on in a segment, whose field spans are `spans`; what cannot go on there ends. */
  goOn(segment: string, spans: readonly number[], label: string): void {
    const [start, end] = segment === 'OBX' ? [spans[6] ?? 0, spans[7] ?? 0] : [0, 0];
    const key = `${segment}\0${this.#message.bytes.toString('latin1', start, end)}`;
    if (key === this.#key) return;
    this.end();
    this.#key = key;
    this.#run = new TextRun(this.#message);
    this.#run.label = label;
  }

  add(start: number, end: number): void {
    this.#run?.add(start, end);
  }

  /** Cleans what has run so far. */
  end(): void {
    const run = this.#run;
    if (run === undefined) return;
    if (!run.isEmpty && run.clean(this.#cleaner, this.#changes)) {
      const name = this.#key.slice(0, 3);
      this.#changes.actions.push({ attribute: `${name}-${runningField(name)}`, action: 'clean' });
    }
    this.#run = undefined;
    this.#key = '';
  }
}
