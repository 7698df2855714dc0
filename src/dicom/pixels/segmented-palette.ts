import { PhiGateError } from '../../errors.ts';

const DISCRETE = 0;
const LINEAR = 1;
const INDIRECT = 2;

/**
 * A segmented palette table as plain entries (PS3.3 C.7.9.2): discrete segments list values, linear ones run from the last
 * value to theirs, indirect ones repeat earlier segments. At most `count` entries are made, whatever the segments say.
 * @throws PhiGateError `malformed` where a segment is cut short, unknown, or refers to anything but earlier plain segments.
 */
export function expandSegments(stored: Uint16Array, count: number): Uint16Array {
  const entries: number[] = [];
  let at = 0;
  while (at + 1 < stored.length && entries.length < count) {
    const opcode = stored[at] as number;
    if (opcode !== INDIRECT) {
      at = expandPlain(stored, at, entries);
      continue;
    }
    if (at + 3 >= stored.length) throw badSegment();
    let source = (stored[at + 2] as number) + (stored[at + 3] as number) * 0x10000;
    for (let i = 0; i < (stored[at + 1] as number); i++) {
      if (source >= at || entries.length > count) throw badSegment();
      source = expandPlain(stored, source, entries);
    }
    at += 4;
  }
  return Uint16Array.from(entries.slice(0, count));
}

/** Appends one discrete or linear segment and gives the place after it. */
function expandPlain(stored: Uint16Array, at: number, entries: number[]): number {
  const opcode = stored[at];
  const length = stored[at + 1];
  if (length === undefined || (opcode !== DISCRETE && opcode !== LINEAR)) throw badSegment();
  const first = at + 2;
  if (opcode === DISCRETE) {
    if (first + length > stored.length) throw badSegment();
    for (let i = 0; i < length; i++) entries.push(stored[first + i] as number);
    return first + length;
  }
  const to = stored[first];
  const from = entries.at(-1);
  if (to === undefined || from === undefined) throw badSegment();
  for (let i = 1; i <= length; i++) entries.push(Math.round(from + ((to - from) * i) / length));
  return first + 1;
}

function badSegment(): PhiGateError {
  return new PhiGateError('malformed', 'a segmented palette table cannot be expanded');
}
