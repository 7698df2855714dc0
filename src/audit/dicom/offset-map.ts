import { type Edit, sortEdits } from '../../splice.ts';

/** Leads offsets in an edited copy back to offsets in what was copied. */
export interface OffsetMap {
  /** Bytes of the copy. */
  readonly size: number;
  /** Offset in the original of the byte at `offset` of the copy; inserted bytes lead to where they were put. */
  toOriginal(offset: number): number;
}

/** The map of the range `[from, to)` of an original, copied with `edits`; offsets in the copy start at 0. */
export function offsetMap(from: number, to: number, edits: readonly Edit[]): OffsetMap {
  const starts: number[] = [];
  const runs: { original: number; length: number }[] = [];
  let copied = 0;
  let at = from;
  const add = (original: number, length: number, bytes: number): void => {
    if (bytes === 0) return;
    starts.push(copied);
    runs.push({ original, length });
    copied += bytes;
  };
  for (const edit of sortEdits(edits)) {
    add(at, edit.start - at, edit.start - at);
    add(edit.start, edit.end - edit.start, edit.bytes.length);
    at = edit.end;
  }
  add(at, to - at, to - at);
  return {
    size: copied,
    toOriginal: (offset) => {
      const index = lastNotAfter(starts, offset);
      const run = runs[index];
      const start = starts[index];
      if (run === undefined || start === undefined) return from;
      return run.original + Math.min(offset - start, run.length);
    },
  };
}

/** Index of the last entry of an ascending list that is not greater than `value`, -1 where there is none. */
function lastNotAfter(ascending: readonly number[], value: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] ?? 0) <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
