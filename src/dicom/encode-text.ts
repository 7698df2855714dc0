import { decodeWith } from './character-sets.ts';

/** How an extension is switched to (PS3.3 C.12.1.1.2): escape sequence after ESC, half of the code table, encoding. */
export interface Extension {
  readonly sequence: string;
  readonly half: 'G0' | 'G1';
  readonly encoding: string;
}

const ESC = 0x1b;
/** Byte ranges of the two bytes of a character, in sets that have such. */
const WIDE: Readonly<Record<string, readonly [first: number, last: number]>> = {
  'jis-x-0208': [0x21, 0x7e],
  'jis-x-0212': [0x21, 0x7e],
  'euc-kr': [0xa1, 0xfe],
  gbk: [0x81, 0xfe],
  gb18030: [0x81, 0xfe],
};
const SHORTEST_TRAIL = 0x40;

const inverses = new Map<string, ReadonlyMap<string, readonly number[]>>();

/** Bytes of a text in one set without code extensions; undefined where it lacks a character. */
export function encodeIn(encoding: string, text: string): Uint8Array | undefined {
  const bytes: number[] = [];
  for (const character of text) {
    const encoded = character <= '\x7f' ? [character.charCodeAt(0)] : inverseOf(encoding).get(character);
    if (encoded === undefined) return undefined;
    bytes.push(...encoded);
  }
  return Uint8Array.from(bytes);
}

/**
 * Bytes of a text with code extensions (PS3.5 6.1.2.5): the first set holds until an escape and again after each delimiter, and
 * the text ends in it. Undefined where no set has a character.
 */
export function encodeExtended(
  text: string,
  first: string,
  extensions: readonly Extension[],
): Uint8Array | undefined {
  const bytes: number[] = [];
  let [g0, g1] = ['ascii', first];
  const shift = (sequence: string) => bytes.push(ESC, ...Buffer.from(sequence, 'latin1'));
  for (const character of text) {
    if (character <= '\x7f') {
      if (g0 !== 'ascii') shift('(B');
      g0 = 'ascii';
      if (/[\t\n\f\r\\^=]/.test(character)) g1 = first;
      bytes.push(character.charCodeAt(0));
      continue;
    }
    const own = inverseOf(g1).get(character);
    if (own !== undefined) {
      bytes.push(...own);
      continue;
    }
    const extension = extensions.find(({ encoding }) => inverseOf(encoding).has(character));
    if (extension === undefined) return undefined;
    const { half, encoding, sequence } = extension;
    if ((half === 'G0' ? g0 : g1) !== encoding) shift(sequence);
    if (half === 'G0') g0 = encoding;
    else g1 = encoding;
    bytes.push(...(inverseOf(encoding).get(character) ?? []));
  }
  if (g0 !== 'ascii') shift('(B');
  return Uint8Array.from(bytes);
}

/** Characters outside ASCII of a set and their bytes, by decoding all of its sequences once. */
function inverseOf(encoding: string): ReadonlyMap<string, readonly number[]> {
  let inverse = inverses.get(encoding);
  if (inverse === undefined) {
    inverse = invert(encoding);
    inverses.set(encoding, inverse);
  }
  return inverse;
}

function invert(encoding: string): ReadonlyMap<string, readonly number[]> {
  const inverse = new Map<string, readonly number[]>();
  if (encoding === 'ascii' || encoding === 'unknown') return inverse;
  const add = (...bytes: number[]) => {
    const { text, complete } = decodeWith(encoding, Uint8Array.from(bytes));
    if (complete && text > '\x7f' && [...text].length === 1 && !inverse.has(text)) inverse.set(text, bytes);
  };
  const range = WIDE[encoding];
  if (range === undefined) {
    for (let byte = 0x80; byte <= 0xff; byte += 1) add(byte);
    return inverse;
  }
  const [from, last] = range;
  const trailFrom = from === 0x81 ? SHORTEST_TRAIL : from;
  for (let lead = from; lead <= last; lead += 1)
    for (let trail = trailFrom; trail <= last; trail += 1) add(lead, trail);
  return inverse;
}
