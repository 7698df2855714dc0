import type { Encoding } from '../../src/dicom/element.ts';
import { encodeElement, encodeSequence } from '../../src/dicom/encode.ts';
import { parseTag } from '../../src/dicom/tag.ts';

export const EXPLICIT: Encoding = { explicit: true, littleEndian: true };
export const IMPLICIT: Encoding = { explicit: false, littleEndian: true };
export const BIG_ENDIAN: Encoding = { explicit: true, littleEndian: false };

/** One text element, padded. */
export function text(tag: string, vr: string, value: string, encoding: Encoding = EXPLICIT): Uint8Array {
  return encodeElement(parseTag(tag), vr, Buffer.from(value, 'latin1'), encoding);
}

/** One element of raw bytes. */
export function raw(tag: string, vr: string, value: Uint8Array, encoding: Encoding = EXPLICIT): Uint8Array {
  return encodeElement(parseTag(tag), vr, value, encoding);
}

/** A sequence of defined length. */
export function sequence(tag: string, items: Uint8Array[][], encoding: Encoding = EXPLICIT): Uint8Array {
  return encodeSequence(
    parseTag(tag),
    items.map((elements) => Buffer.concat(elements)),
    encoding,
  );
}

/** A sequence and items of undefined length, with delimiters. */
export function openSequence(tag: string, vr: 'SQ' | 'UN', items: Uint8Array[][]): Uint8Array {
  const delimiter = (element: number) => Uint8Array.of(0xfe, 0xff, element, 0xe0, 0, 0, 0, 0);
  const header = Buffer.from(raw(tag, vr, new Uint8Array(0)));
  header.writeUInt32LE(0xffffffff, 8);
  const content = items.flatMap((elements) => [
    Uint8Array.of(0xfe, 0xff, 0, 0xe0, 255, 255, 255, 255),
    ...elements,
    delimiter(0x0d),
  ]);
  return Buffer.concat([header, ...content, delimiter(0xdd)]);
}

/** Preamble, `DICM`, a meta group with the transfer syntax, and the data set. */
export function part10(dataSet: Uint8Array[], transferSyntax = '1.2.840.10008.1.2.1'): Buffer {
  const meta = Buffer.concat([
    text('00020002', 'UI', '1.2.840.10008.5.1.4.1.1.7'),
    text('00020003', 'UI', '1.2.3.4.5'),
    text('00020010', 'UI', transferSyntax),
  ]);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(meta.length);
  return Buffer.concat([
    Buffer.alloc(128),
    Buffer.from('DICM'),
    raw('00020000', 'UL', length),
    meta,
    ...dataSet,
  ]);
}
