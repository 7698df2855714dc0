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
  text: NewText;
  readonly raw?: boolean;
}

/** Edits, counted actions, for one message. */
export interface MaskedPart {
  readonly edits: readonly Edit[];
  readonly actions: readonly ActionTaken[];
}

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
    if (change !== undefined) change.text = text;
  }

  /** The edits, once there are codes; values are escaped and in the character set of the message. */
  edits(syntax: Pick<Message, 'delimiters' | 'charset'>, codes: CodeBook): Edit[] {
    return this.#changes.map(({ start, end, text, raw }) => {
      const value = typeof text === 'string' ? text : text(codes);
      return { start, end, bytes: raw ? Buffer.from(value, 'latin1') : encodeText(syntax, value) };
    });
  }
}
