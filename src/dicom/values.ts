import type { ByteSource } from '../splice.ts';
import type { CharacterSets, Decoded } from './character-sets.ts';
import type { DataElement } from './element.ts';

/** VRs whose text is in the data set's character sets (PS3.5 6.1.2.2). */
const IN_CHARACTER_SET = new Set(['SH', 'LO', 'ST', 'LT', 'PN', 'UC', 'UT']);
/** VRs that are text of the default repertoire. */
const ASCII_TEXT = new Set(['AE', 'AS', 'CS', 'DA', 'DS', 'DT', 'IS', 'TM', 'UI', 'UR']);

export const isText = (vr: string): boolean => IN_CHARACTER_SET.has(vr) || ASCII_TEXT.has(vr);
export const usesCharacterSets = (vr: string): boolean => IN_CHARACTER_SET.has(vr);

/** The raw bytes of an element's value; a copy, so that it outlives the next read. */
export function valueBytes(body: ByteSource, element: DataElement): Uint8Array {
  return Uint8Array.from(body.read(element.valueStart, element.valueEnd - element.valueStart));
}

/** A text value without its padding; not split at `\`. */
export function textValue(
  body: ByteSource,
  element: DataElement,
  sets: CharacterSets,
  vr: string = element.vr,
): Decoded {
  const bytes = body.read(element.valueStart, element.valueEnd - element.valueStart);
  const decoded = sets.decode(bytes, vr === 'PN');
  return { text: decoded.text.replace(/[\0 ]+$/, ''), complete: decoded.complete };
}

/** A value of the default repertoire (UI, CS, DA...), without padding. */
export function asciiValue(body: ByteSource, element: DataElement): string {
  const bytes = body.read(element.valueStart, element.valueEnd - element.valueStart);
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
    .toString('latin1')
    .replace(/[\0 ]+$/, '')
    .trimStart();
}
