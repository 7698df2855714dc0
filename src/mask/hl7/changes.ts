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
  /** The text as bytes, where it is known and the same in every character set. */
  readonly bytes?: Uint8Array | undefined;
}

/** Edits, counted actions, for one message. */
export interface MaskedPart {
  readonly edits: readonly Edit[];
  readonly actions: readonly ActionTaken[];
}

export const NO_BYTES: Uint8Array = new Uint8Array(0);

/** What planning gathers: changes in the order of the file, needs, actions. */
export class ChangeList {
  readonly needs: Need[] = [];
  readonly actions: ActionTaken[] = [];
  readonly #changes: Change[] = [];

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

  /** Changes from `index` on, counted from `origin`, with what can be encoded already encoded. */
  since(index: number, origin: number, syntax: Pick<Message, 'delimiters' | 'charset'>): Change[] {
    return this.#changes.slice(index).map((change) => {
      const { start, end, text } = change;
      const isPlain = typeof text === 'string' && /^[ -~]*$/.test(text);
      const bytes = isPlain ? { bytes: bytesOf(change, text, syntax) } : {};
      return { ...change, ...bytes, start: start - origin, end: end - origin };
    });
  }

  /** Adds changes that count from `origin`. */
  repeat(changes: readonly Change[], origin: number): void {
    for (const change of changes) {
      this.#changes.push({
        start: change.start + origin,
        end: change.end + origin,
        text: change.text,
        raw: change.raw,
        bytes: change.bytes,
      });
    }
  }

  /** The edits, once there are codes; values are escaped and in the character set of the message. */
  edits(syntax: Pick<Message, 'delimiters' | 'charset'>, codes: CodeBook): Edit[] {
    return this.#changes.map((change) => {
      const { start, end, text, bytes } = change;
      if (bytes !== undefined) return { start, end, bytes };
      return { start, end, bytes: bytesOf(change, typeof text === 'string' ? text : text(codes), syntax) };
    });
  }
}

function bytesOf(
  { raw }: Change,
  value: string,
  syntax: Pick<Message, 'delimiters' | 'charset'>,
): Uint8Array {
  if (value === '') return NO_BYTES;
  return raw ? Buffer.from(value, 'latin1') : encodeText(syntax, value);
}
