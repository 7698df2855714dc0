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
    if (this.#changes.length === index) return;
    const compacted: Change[] = [];
    for (const change of this.#changes.splice(index).sort((a, b) => a.start - b.start || a.end - b.end)) {
      const encoded =
        typeof change.text === 'string' ? { ...change, bytes: bytesOf(change, change.text, syntax) } : change;
      const last = compacted.at(-1);
      const isJoined = last?.bytes !== undefined && encoded.bytes !== undefined && last.end <= encoded.start;
      if (!isJoined || encoded.start - last.end > WIDEST_GAP) {
        compacted.push(encoded);
        continue;
      }
      const between = syntax.bytes.subarray(last.end, encoded.start);
      compacted[compacted.length - 1] = {
        start: last.start,
        end: encoded.end,
        text: '',
        bytes: Buffer.concat([last.bytes ?? NO_BYTES, between, encoded.bytes ?? NO_BYTES]),
      };
    }
    this.#changes.push(...compacted);
  }

  /** Changes from `index` on, counted from `origin`. */
  since(index: number, origin: number): Change[] {
    return this.#changes.slice(index).map((change) => ({
      ...change,
      start: change.start - origin,
      end: change.end - origin,
    }));
  }

  /** Adds changes that count from `origin`. */
  repeat(changes: readonly Change[], origin: number): void {
    for (const { start, end, text, raw, bytes } of changes) {
      this.#changes.push({ start: start + origin, end: end + origin, text, raw, bytes });
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
