import { PhiGateError } from './errors.ts';

/** Replace the bytes `[start, end)` of a source by `bytes`; `start === end` inserts. Offsets are in the source. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly bytes: Uint8Array;
}

/** Random access to the bytes of a source that may be larger than memory. */
export interface ByteSource {
  readonly size: number;
  /** A view of `length` bytes at `offset`, fewer at the end of the source. Valid until the next call. */
  read(offset: number, length: number): Uint8Array;
}

export interface ByteSink {
  write(bytes: Uint8Array): void;
}

const CHUNK = 1 << 20;

/** Edits in the order of their place. Insertions at one place keep the order in which they were given. */
export function sortEdits(edits: readonly Edit[]): readonly Edit[] {
  if (isSorted(edits)) return edits; // a walk over a source makes them so
  return edits
    .map((edit, order) => ({ edit, order }))
    .sort((a, b) => a.edit.start - b.edit.start || a.edit.end - b.edit.end || a.order - b.order)
    .map(({ edit }) => edit);
}

function isSorted(edits: readonly Edit[]): boolean {
  for (let i = 1; i < edits.length; i += 1) {
    const [before, edit] = [edits[i - 1], edits[i]];
    if (before === undefined || edit === undefined) return false;
    if (before.start > edit.start || (before.start === edit.start && before.end > edit.end)) return false;
  }
  return true;
}

/**
 * Copies `source` to `sink` with `edits` applied, in chunks, so that memory stays flat whatever the size. Every byte
 * outside the edits is copied as it is.
 * @throws PhiGateError `internal` where edits overlap or reach past the end: writing then would lose bytes.
 */
export function splice(source: ByteSource, edits: readonly Edit[], sink: ByteSink): void {
  let at = 0;
  for (const edit of sortEdits(edits)) {
    refuseMisplaced(edit, at, source.size);
    copy(source, at, edit.start, sink);
    const { bytes } = edit; // asked for once: some are made when they are written
    if (bytes.length > 0) sink.write(bytes);
    at = edit.end;
  }
  copy(source, at, source.size, sink);
}

function refuseMisplaced({ start, end }: Edit, from: number, size: number): void {
  if (start >= from && end >= start && end <= size) return;
  throw new PhiGateError('internal', 'edits overlap or reach past the end of the source', { offset: start });
}

function copy(source: ByteSource, from: number, to: number, sink: ByteSink): void {
  for (let at = from; at < to; ) {
    const bytes = source.read(at, Math.min(CHUNK, to - at));
    if (bytes.length === 0)
      throw new PhiGateError('truncated', 'the source ended while it was copied', { offset: at });
    sink.write(bytes);
    at += bytes.length;
  }
}

/** A source that is all in memory. */
export function memorySource(bytes: Uint8Array): ByteSource {
  return { size: bytes.length, read: (offset, length) => bytes.subarray(offset, offset + length) };
}

/** The whole result in memory: for headers, messages and tests, not for pixels. @throws as {@link splice} does. */
export function spliceToBuffer(source: Uint8Array, edits: readonly Edit[]): Uint8Array {
  const sorted = sortEdits(edits);
  let size = source.length;
  for (const { start, end, bytes } of sorted) size += bytes.length - (end - start);
  const result = Buffer.allocUnsafe(Math.max(0, size));
  let [from, at] = [0, 0];
  for (const edit of sorted) {
    refuseMisplaced(edit, from, source.length);
    at = put(source, from, edit.start, result, at);
    const { bytes } = edit;
    at = put(bytes, 0, bytes.length, result, at);
    from = edit.end;
  }
  put(source, from, source.length, result, at);
  return result;
}

/** Past this many bytes a call into native code costs less than a loop. */
const WORTH_A_CALL = 64;

/** Copies `[from, to)` of `bytes` to `target` at `at`; returns the first byte after them. */
function put(bytes: Uint8Array, from: number, to: number, target: Uint8Array, at: number): number {
  if (to - from > WORTH_A_CALL) target.set(bytes.subarray(from, to), at);
  else for (let i = from, j = at; i < to; i++, j++) target[j] = bytes[i] as number;
  return at + to - from;
}
