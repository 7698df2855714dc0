import type { CodeBook } from '../../crosswalk/codes.ts';
import { encodeText } from '../../hl7/escapes.ts';
import type { Message } from '../../hl7/message.ts';

/** What is needed of a message to write its text. */
export type WritingSyntax = Pick<Message, 'delimiters' | 'charset'>;

/** A text that waits for its codes. */
export type WaitingText = (codes: CodeBook) => string;

/** In each character set these have other bytes, or none. */
export const NOT_ASCII = /[^\x00-\x7f]/;

/** Bytes to be remembered, in memory of their own: a small Buffer would keep the 8 kB alive that Node has cut it from. */
export const ownCopy = (bytes: Uint8Array): Uint8Array => new Uint8Array(bytes);

/** A text that waits for its codes in many places of a message: it is made once for all of them. */
class SharedText {
  readonly #text: WaitingText;
  #round = 0;
  #last = '';

  constructor(text: WaitingText) {
    this.#text = text;
  }

  of(codes: CodeBook, round: number): string {
    if (this.#round !== round) {
      this.#last = this.#text(codes);
      this.#round = round;
    }
    return this.#last;
  }
}

/**
 * New bytes of a remembered field or segment of which a part waits for codes. Where the codes are those of the last message
 * nothing is encoded again.
 */
export class WaitingBytes {
  readonly #pieces: readonly (Uint8Array | SharedText)[];
  readonly #shared: readonly SharedText[];
  readonly #texts: string[] = [];
  #bytes: Uint8Array | undefined;

  private constructor(pieces: readonly (Uint8Array | SharedText)[]) {
    this.#pieces = pieces;
    this.#shared = pieces.filter((piece) => piece instanceof SharedText);
  }

  /** The bytes of several pieces, one after another. */
  static of(pieces: readonly (Uint8Array | WaitingText | WaitingBytes)[]): WaitingBytes {
    return new WaitingBytes(
      pieces.flatMap((piece) => {
        if (piece instanceof WaitingBytes) return piece.#pieces;
        return typeof piece === 'function' ? new SharedText(piece) : piece;
      }),
    );
  }

  /** How many pieces it has. */
  get size(): number {
    return this.#pieces.length;
  }

  /** `round` counts the times that codes were filled in: a code does not change within one of them. */
  encode(codes: CodeBook, syntax: WritingSyntax, round: number): Uint8Array {
    let isSame = this.#bytes !== undefined;
    for (let i = 0; i < this.#shared.length; i++) {
      const text = (this.#shared[i] as SharedText).of(codes, round);
      if (text === this.#texts[i]) continue;
      this.#texts[i] = text;
      isSame = false;
    }
    if (isSame && this.#bytes !== undefined) return this.#bytes;
    let next = 0;
    const parts = this.#pieces.map((piece) =>
      piece instanceof SharedText ? encodeText(syntax, this.#texts[next++] ?? '') : piece,
    );
    const bytes = ownCopy(Buffer.concat(parts));
    // Other characters are written otherwise where another character set is.
    this.#bytes = this.#texts.some((text) => NOT_ASCII.test(text)) ? undefined : bytes;
    return bytes;
  }
}
