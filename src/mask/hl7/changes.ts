import type { CodeBook, Need } from '../../crosswalk/codes.ts';
import { encodeText } from '../../hl7/escapes.ts';
import type { Message } from '../../hl7/message.ts';
import type { Edit } from '../../splice.ts';
import type { ActionTaken } from '../masking.ts';

/** A new text, perhaps one that waits for its codes. */
export type NewText = string | ((codes: CodeBook) => string);

/** Bytes of the file to be replaced. `raw` goes in as it stands: delimiters and counts, never a value. */
export interface Change {
  readonly start: number;
  readonly end: number;
  readonly text: NewText;
  readonly raw?: boolean | undefined;
  /** What goes in, where that is known and encoded already. */
  readonly bytes?: Uint8Array | undefined;
}

/** Edits, counted actions, for one message. */
export interface MaskedPart {
  readonly edits: readonly Edit[];
  readonly actions: readonly ActionTaken[];
}

const WIDEST_GAP = 64;
export const NO_BYTES: Uint8Array = new Uint8Array(0);

/** What planning gathers: changes in the order of the file, needs, actions. */
export class ChangeList {
  readonly needs: Need[] = [];
  readonly actions: ActionTaken[] = [];
  readonly #changes: Change[] = [];
  /** Actions of fields that were seen before, as they were noted then: put together only for who asks. */
  readonly #repeated: (readonly ActionTaken[])[] = [];

  get length(): number {
    return this.#changes.length;
  }

  add(change: Change): number {
    this.#changes.push(change);
    return this.#changes.length - 1;
  }

  /** Gives an earlier change another text. */
  settle(index: number, text: NewText): void {
    const change = this.#changes[index];
    if (change !== undefined) this.#changes[index] = { start: change.start, end: change.end, text };
  }

  /**
   * Encodes what can be encoded of the changes from `index` on and joins those whose bytes are known into one, with the
   * bytes between them: a field of many parts is one edit.
   */
  compact(index: number, syntax: Pick<Message, 'bytes' | 'delimiters' | 'charset'>): void {
    const changes = this.#changes;
    if (changes.length === index) return;
    for (let i = index; i < changes.length; i++) changes[i] = encoded(changes[i] as Change, syntax);
    if (changes.length === index + 1) return;
    if (!isInOrder(changes, index)) {
      const sorted = changes.splice(index).sort((a, b) => a.start - b.start || a.end - b.end);
      changes.push(...sorted);
    }
    let kept = index;
    for (let i = index + 1; i < changes.length; i++) {
      const [last, change] = [changes[kept] as Change, changes[i] as Change];
      if (areJoined(last, change)) changes[kept] = joined(last, change, syntax.bytes);
      else {
        kept++;
        changes[kept] = change;
      }
    }
    changes.length = kept + 1;
  }

  /** Changes from `index` on, counted from `origin`. */
  since(index: number, origin: number): Change[] {
    return this.#changes.slice(index).map(({ start, end, text, raw, bytes }) => ({
      start: start - origin,
      end: end - origin,
      text,
      raw,
      bytes,
    }));
  }

  /** Adds changes that count from `origin`, and the actions that go with them. */
  repeat(changes: readonly Change[], origin: number, actions: readonly ActionTaken[]): void {
    for (let i = 0; i < changes.length; i++) {
      const { start, end, text, raw, bytes } = changes[i] as Change;
      this.#changes.push({ start: start + origin, end: end + origin, text, raw, bytes });
    }
    if (actions.length > 0) this.#repeated.push(actions);
  }

  /** Everything that was done, in no order. */
  allActions(): ActionTaken[] {
    return this.actions.concat(...this.#repeated);
  }

  /** The edits, once there are codes; values are escaped and in the character set of the message. */
  edits(syntax: Pick<Message, 'delimiters' | 'charset'>, codes: CodeBook): Edit[] {
    return this.#changes.map((change) => {
      const { start, end, text, bytes } = change;
      if (bytes !== undefined) return change as Change & { readonly bytes: Uint8Array };
      return { start, end, bytes: bytesOf(change, typeof text === 'string' ? text : text(codes), syntax) };
    });
  }
}

function encoded(change: Change, syntax: Pick<Message, 'delimiters' | 'charset'>): Change {
  const { start, end, text, raw, bytes } = change;
  if (bytes !== undefined || typeof text !== 'string') return change;
  return { start, end, text, raw, bytes: bytesOf(change, text, syntax) };
}

function isInOrder(changes: readonly Change[], from: number): boolean {
  for (let i = from + 1; i < changes.length; i++) {
    const [before, change] = [changes[i - 1] as Change, changes[i] as Change];
    if (before.start > change.start || (before.start === change.start && before.end > change.end))
      return false;
  }
  return true;
}

const areJoined = (last: Change, change: Change): boolean =>
  last.bytes !== undefined &&
  change.bytes !== undefined &&
  last.end <= change.start &&
  change.start - last.end <= WIDEST_GAP;

/** One change of two and the bytes between them. */
function joined(last: Change, change: Change, source: Uint8Array): Change {
  const [before, after] = [last.bytes ?? NO_BYTES, change.bytes ?? NO_BYTES];
  const gap = change.start - last.end;
  const bytes = Buffer.allocUnsafe(before.length + gap + after.length);
  bytes.set(before, 0);
  for (let i = 0; i < gap; i++) bytes[before.length + i] = source[last.end + i] as number;
  bytes.set(after, before.length + gap);
  return { start: last.start, end: change.end, text: '', raw: undefined, bytes };
}

function bytesOf(
  { raw }: Change,
  value: string,
  syntax: Pick<Message, 'delimiters' | 'charset'>,
): Uint8Array {
  if (value === '') return NO_BYTES;
  return raw ? Buffer.from(value, 'latin1') : encodeText(syntax, value);
}
