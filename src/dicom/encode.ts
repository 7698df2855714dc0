import { PhiGateError } from '../errors.ts';
import type { Encoding } from './element.ts';
import { elementOf, formatTag, groupOf, type Tag } from './tag.ts';
import { isLongForm } from './tokenizer.ts';

const NULL_PADDED = new Set(['UI', 'OB', 'OW', 'OD', 'OF', 'OL', 'OV', 'UN']);

/** A value padded to even length with the character of its VR (PS3.5 6.2). */
export function padded(vr: string, value: Uint8Array): Uint8Array {
  if (value.length % 2 === 0) return value;
  const even = new Uint8Array(value.length + 1);
  even.set(value);
  even[value.length] = NULL_PADDED.has(vr) ? 0 : 0x20;
  return even;
}

/** Header of an element with a defined length (PS3.5 7.1.2, 7.1.3). */
export function encodeHeader(tag: Tag, vr: string, length: number, encoding: Encoding): Uint8Array {
  const { explicit, littleEndian } = encoding;
  const long = explicit && isLongForm(vr);
  if (explicit && !long && length > 0xffff) {
    throw new PhiGateError(
      'internal',
      `at ${formatTag(tag)}: a value of ${length} bytes does not fit ${vr}`,
      {
        locus: formatTag(tag),
      },
    );
  }
  const header = new Uint8Array(long ? 12 : 8);
  const view = new DataView(header.buffer);
  view.setUint16(0, groupOf(tag), littleEndian);
  view.setUint16(2, elementOf(tag), littleEndian);
  if (explicit) {
    header[4] = vr.charCodeAt(0);
    header[5] = vr.charCodeAt(1);
  }
  if (!explicit) view.setUint32(4, length, littleEndian);
  else if (long) view.setUint32(8, length, littleEndian);
  else view.setUint16(6, length, littleEndian);
  return header;
}

/** A whole element; the value is padded. */
export function encodeElement(tag: Tag, vr: string, value: Uint8Array, encoding: Encoding): Uint8Array {
  const even = padded(vr, value);
  return Buffer.concat([encodeHeader(tag, vr, even.length, encoding), even]);
}

/** A sequence of defined length from the content of its items, each already encoded. */
export function encodeSequence(tag: Tag, items: readonly Uint8Array[], encoding: Encoding): Uint8Array {
  const parts = items.flatMap((content) => [
    encodeItemHeader(content.length, encoding.littleEndian),
    content,
  ]);
  const value = Buffer.concat(parts);
  return Buffer.concat([encodeHeader(tag, 'SQ', value.length, encoding), value]);
}

function encodeItemHeader(length: number, littleEndian: boolean): Uint8Array {
  const header = new Uint8Array(8);
  const view = new DataView(header.buffer);
  view.setUint16(0, 0xfffe, littleEndian);
  view.setUint16(2, 0xe000, littleEndian);
  view.setUint32(4, length, littleEndian);
  return header;
}
