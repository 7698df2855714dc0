import type { CodeBook } from '../../crosswalk/codes.ts';
import { encodeText } from '../../hl7/escapes.ts';
import type { Message } from '../../hl7/message.ts';

/** What is needed of a message to write its text. */
export type WritingSyntax = Pick<Message, 'delimiters' | 'charset'>;

/** A text that waits for its codes. */
export type WaitingText = (codes: CodeBook) => string;

const NOT_ASCII = /[^\x00-\x7f]/;

/**
 * New bytes of a field of which a part waits for codes. A field that comes again and again in a message, and has the same code
 * in the next, is encoded once.
 */
export class WaitingBytes {
  readonly pieces: readonly (Uint8Array | WaitingText)[];
  #texts: readonly string[] = [];
  #bytes: Uint8Array | undefined;
  #round = 0;

  constructor(pieces: readonly (Uint8Array | WaitingText)[]) {
    this.pieces = pieces;
  }

  /** `round` counts the times that codes were filled in: a code does not change within one of them. */
  encode(codes: CodeBook, syntax: WritingSyntax, round: number): Uint8Array {
    if (this.#round === round && this.#bytes !== undefined) return this.#bytes;
    const texts: string[] = [];
    for (const piece of this.pieces) if (typeof piece === 'function') texts.push(piece(codes));
    if (this.#bytes === undefined || !texts.every((text, index) => text === this.#texts[index])) {
      const bytes = this.#put(texts, syntax);
      // Other characters are written otherwise where another character set is.
      if (texts.some((text) => NOT_ASCII.test(text))) return bytes;
      this.#texts = texts;
      this.#bytes = bytes;
    }
    this.#round = round;
    return this.#bytes;
  }

  #put(texts: readonly string[], syntax: WritingSyntax): Uint8Array {
    if (this.pieces.length === 1) return encodeText(syntax, texts[0] ?? '');
    let next = 0;
    return Buffer.concat(
      this.pieces.map((piece) =>
        typeof piece === 'function' ? encodeText(syntax, texts[next++] ?? '') : piece,
      ),
    );
  }
}
