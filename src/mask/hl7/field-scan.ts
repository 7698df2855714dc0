import type { Delimiters } from '../../hl7/delimiters.ts';
import type { Segment } from '../../hl7/message.ts';

const FIRST_FIELDS = 64;
const NAME_LENGTH = 3;

/**
 * Finds the fields of a segment in one pass, in an array that the next segment uses again. For messages whose character set
 * hides no delimiter inside a character.
 */
export class FieldScan {
  /** Field n begins at `spans[2n]` and ends at `spans[2n + 1]`; 0 is the name. */
  spans = new Int32Array(2 * FIRST_FIELDS);
  /** One more than the position of the last field. */
  count = 0;

  /** `first`: position of the field after the first separator: 2 in a header, whose first field is the separator itself. */
  read(
    bytes: Uint8Array,
    { start: from, end }: Segment,
    { field: separator }: Delimiters,
    first: number,
  ): void {
    let { spans } = this;
    spans[0] = from;
    spans[1] = from + NAME_LENGTH;
    let place = 2 * first;
    let start = from + NAME_LENGTH + 1;
    if (start > end) {
      this.count = first;
      return;
    }
    for (let at = start; at < end; at++) {
      if (bytes[at] !== separator) continue;
      if (place + 3 >= spans.length) spans = this.#grow();
      spans[place++] = start;
      spans[place++] = at;
      start = at + 1;
    }
    spans[place] = start;
    spans[place + 1] = end;
    this.count = (place >> 1) + 1;
  }

  /** The spans of the segment at hand, to be kept. */
  copySpans(): number[] {
    return Array.from(this.spans.subarray(0, 2 * this.count));
  }

  #grow(): Int32Array<ArrayBuffer> {
    const before = this.spans;
    this.spans = new Int32Array(2 * before.length);
    this.spans.set(before);
    return this.spans;
  }
}
