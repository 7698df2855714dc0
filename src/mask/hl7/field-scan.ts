import type { Delimiters } from '../../hl7/delimiters.ts';
import type { Segment } from '../../hl7/message.ts';
import { HASH_PRIME, HASH_SEED } from './byte-table.ts';

const FIRST_FIELDS = 64;
const NAME_LENGTH = 3;

/** What a field holds that a character set or an escape may have a say in. */
export const NOT_ASCII = 1;
export const ESCAPED = 2;

/**
 * Finds the fields of a segment in one pass, with a hash of each, in arrays that the next segment uses again. For message
 * whose character set hides no delimiter inside a character.
 */
export class FieldScan {
  /** Field n begins at `spans[2n]` and ends at `spans[2n + 1]`; 0 is the name. */
  spans = new Int32Array(2 * FIRST_FIELDS);
  hashes = new Int32Array(FIRST_FIELDS);
  /** {@link NOT_ASCII} and {@link ESCAPED}. */
  marks = new Uint8Array(FIRST_FIELDS);
  /** One more than the position of the last field. */
  count = 0;

  /** `first`: position of the field after the first separator: 2 in a header, whose first field is the separator itself. */
  read(bytes: Uint8Array, { start: from, end }: Segment, delimiters: Delimiters, first: number): void {
    const { field: separator, escape: escapeMark } = delimiters;
    this.spans[0] = from;
    this.spans[1] = from + NAME_LENGTH;
    let position = first;
    let start = from + NAME_LENGTH + 1;
    let hash = HASH_SEED;
    let all = 0;
    let mark = 0;
    for (let at = start; at < end; at++) {
      const byte = bytes[at] as number;
      if (byte !== separator) {
        all |= byte;
        if (byte === escapeMark) mark = ESCAPED;
        hash = Math.imul(hash ^ byte, HASH_PRIME);
        continue;
      }
      this.#put(position++, start, at, hash, all > 0x7f ? mark | NOT_ASCII : mark);
      start = at + 1;
      hash = HASH_SEED;
      all = 0;
      mark = 0;
    }
    if (start <= end) this.#put(position++, start, end, hash, all > 0x7f ? mark | NOT_ASCII : mark);
    this.count = position;
  }

  /** The spans of the segment at hand, to be kept. */
  copySpans(): number[] {
    return Array.from(this.spans.subarray(0, 2 * this.count));
  }

  #put(position: number, start: number, end: number, hash: number, mark: number): void {
    if (position >= this.hashes.length) this.#grow();
    this.spans[2 * position] = start;
    this.spans[2 * position + 1] = end;
    this.hashes[position] = hash;
    this.marks[position] = mark;
  }

  #grow(): void {
    const { spans, hashes, marks } = this;
    this.spans = new Int32Array(2 * spans.length);
    this.spans.set(spans);
    this.hashes = new Int32Array(2 * hashes.length);
    this.hashes.set(hashes);
    this.marks = new Uint8Array(2 * marks.length);
    this.marks.set(marks);
  }
}
