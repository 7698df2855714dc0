import type { CodeBook } from '../../crosswalk/codes.ts';
import { encodeText } from '../../hl7/escapes.ts';
import type { Message } from '../../hl7/message.ts';
import type { Edit } from '../../splice.ts';
import type { ActionTaken } from '../masking.ts';
import { NeedList } from './needs.ts';
import { NOT_ASCII, ownCopy, WaitingBytes, type WaitingText } from './waiting.ts';

/** A new text, perhaps one that waits for its codes. */
export type NewText = string | WaitingText;

/** Bytes of the file to be replaced: by `bytes`, or by what `waiting` makes of the codes. */
export interface Change {
  readonly start: number;
  readonly end: number;
  readonly bytes: Uint8Array | undefined;
  readonly waiting: WaitingText | WaitingBytes | undefined;
}

/** A place in a list of changes. */
export interface Mark {
  readonly changes: number;
  readonly actions: number;
  readonly repeated: number;
}

/** Edits, counted actions, for one message. */
export interface MaskedPart {
  readonly edits: readonly Edit[];
  readonly actions: readonly ActionTaken[];
}

const WIDEST_GAP = 64;
const NO_BYTES: Uint8Array = new Uint8Array(0);

let rounds = 0;

/** What planning gathers of one message: changes, needs, actions. New values in ASCII are encoded as they come. */
export class ChangeList {
  readonly needs = new NeedList();
  readonly actions: ActionTaken[] = [];
  readonly #message: Message;
  readonly #changes: Change[] = [];
  #waits = false;
  /** Actions of fields that were seen before, as they were noted then: put together only for who asks. */
  readonly #repeated: (readonly ActionTaken[])[] = [];

  constructor(message: Message) {
    this.#message = message;
  }

  /** How much there is now; what comes later is {@link since} then. */
  mark(): Mark {
    return {
      changes: this.#changes.length,
      actions: this.actions.length,
      repeated: this.#repeated.length,
    };
  }

  /** A new text, escaped and in the character set of the message. Returns the place of the change in the list. */
  add(start: number, end: number, text: NewText): number {
    return this.#changes.push(this.#changeTo(start, end, text)) - 1;
  }

  /** Bytes that go in as they stand: delimiters, never a value. */
  addRaw(start: number, end: number, bytes: Uint8Array = NO_BYTES): void {
    this.#changes.push({ start, end, bytes, waiting: undefined });
  }

  /** Gives an earlier change another text. */
  settle(index: number, text: NewText): void {
    const change = this.#changes[index];
    if (change !== undefined) this.#changes[index] = this.#changeTo(change.start, change.end, text);
  }

  /** Adds changes that count from `origin`, and the actions that go with them. */
  repeat(changes: readonly Change[], origin: number, actions: readonly ActionTaken[]): void {
    for (let i = 0; i < changes.length; i++) {
      const { start, end, bytes, waiting } = changes[i] as Change;
      this.#changes.push({ start: start + origin, end: end + origin, bytes, waiting });
      if (waiting !== undefined) this.#waits = true;
    }
    if (actions.length > 0) this.#repeated.push(actions);
  }

  /** What was done since a mark, in no order. */
  actionsSince({ actions, repeated }: Mark): ActionTaken[] {
    return this.actions.slice(actions).concat(this.#repeated.slice(repeated).flat());
  }

  /**
   * The changes since a mark, counted from `origin`; those near each other are one, with the bytes between them: a field of
   * many parts is one edit.
   */
  since(mark: Mark, origin: number): Change[] {
    const changes = this.#changes.slice(mark.changes).sort((a, b) => a.start - b.start || a.end - b.end);
    const joined: Change[] = [];
    for (const change of changes) {
      const last = joined.at(-1);
      if (last === undefined || !areNear(last, change)) joined.push(change);
      else joined[joined.length - 1] = this.#join(last, change);
    }
    return joined.map(({ start, end, bytes, waiting }) => ({
      start: start - origin,
      end: end - origin,
      bytes: bytes && ownCopy(bytes),
      waiting: typeof waiting === 'function' ? WaitingBytes.of([waiting]) : waiting,
    }));
  }

  /** Everything that was done, in no order. */
  allActions(): ActionTaken[] {
    return this.actions.concat(this.#repeated.flat()); // a long message has more of them than a call takes arguments
  }

  /** The edits, once there are codes. */
  edits(codes: CodeBook): readonly Edit[] {
    if (!this.#waits) return this.#changes as readonly (Change & { bytes: Uint8Array })[];
    const round = ++rounds;
    const edits: (Change & { bytes: Uint8Array })[] = [];
    for (const change of this.#changes) {
      const { start, end, waiting } = change;
      if (waiting === undefined) edits.push(change as Change & { bytes: Uint8Array });
      else edits.push({ start, end, bytes: this.#encoded(waiting, codes, round), waiting: undefined });
    }
    return edits;
  }

  #encoded(waiting: WaitingText | WaitingBytes, codes: CodeBook, round: number): Uint8Array {
    return typeof waiting === 'function'
      ? encodeText(this.#message, waiting(codes))
      : waiting.encode(codes, this.#message, round);
  }

  #changeTo(start: number, end: number, text: NewText): Change {
    if (typeof text === 'string' && !NOT_ASCII.test(text)) {
      const bytes = text === '' ? NO_BYTES : encodeText(this.#message, text);
      return { start, end, bytes, waiting: undefined };
    }
    // Other characters wait as codes do: where the change is remembered, the next message may have another character set.
    this.#waits = true;
    return { start, end, bytes: undefined, waiting: typeof text === 'string' ? () => text : text };
  }

  #join(last: Change, change: Change): Change {
    const between = ownCopy(this.#message.bytes.subarray(last.end, change.start));
    const span = { start: last.start, end: change.end };
    if (last.bytes !== undefined && change.bytes !== undefined) {
      return { ...span, bytes: Buffer.concat([last.bytes, between, change.bytes]), waiting: undefined };
    }
    return { ...span, bytes: undefined, waiting: WaitingBytes.of([pieceOf(last), between, pieceOf(change)]) };
  }
}

function pieceOf({ bytes = NO_BYTES, waiting }: Change): Uint8Array | WaitingText | WaitingBytes {
  return waiting ?? bytes;
}

const areNear = (last: Change, change: Change): boolean =>
  last.end <= change.start && change.start - last.end <= WIDEST_GAP;
