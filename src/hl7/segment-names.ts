/** The first three bytes of a line, and what they may begin. */
export interface SegmentName {
  /** Shorter where the line is. */
  readonly text: string;
  /** Three characters that may name a segment (chapter 2.5.2): a capital, then capitals or digits. */
  readonly isName: boolean;
  /** MSH: a message begins. */
  readonly isHeader: boolean;
  /** FHS, BHS, BTS or FTS. */
  readonly isEnvelope: boolean;
}

const LENGTH = 3;
const MOST_NAMES = 10_000;
const ENVELOPE = new Set(['FHS', 'BHS', 'BTS', 'FTS']);
const NAME = /^[A-Z][A-Z0-9]{2}$/;

const names = new Map<number, SegmentName>();
let last = -1;
let lastName: SegmentName = nameOf('');

/** The name at the beginning of the line `[start, end)`; one object for each name, since lines begin like those before. */
export function segmentNameAt(bytes: Buffer, start: number, end: number): SegmentName {
  if (end - start < LENGTH) return nameOf(bytes.toString('latin1', start, end));
  const key =
    ((bytes[start] as number) << 16) | ((bytes[start + 1] as number) << 8) | (bytes[start + 2] as number);
  if (key === last) return lastName;
  let name = names.get(key);
  if (name === undefined) {
    name = nameOf(bytes.toString('latin1', start, start + LENGTH));
    if (names.size >= MOST_NAMES) names.clear();
    names.set(key, name);
  }
  last = key;
  lastName = name;
  return name;
}

function nameOf(read: string): SegmentName {
  // V8 compares a text that was read letter by letter with the names in the code, and the key of a property by its address.
  const [text = ''] = Object.keys({ [read]: 0 });
  return { text, isName: NAME.test(text), isHeader: text === 'MSH', isEnvelope: ENVELOPE.has(text) };
}
