import { decodeShort } from '../characters.ts';
import type { DocumentPart } from '../document.ts';

const MARKER = 0x1c;
const APPLICATION_RECORD = 2;
const CAPTION = 0x0404;

/** Text of IPTC data sets (IIM 4.2): record 2 is about the picture. */
export function* iptcParts(bytes: Uint8Array): Generator<DocumentPart> {
  let at = 0;
  while (at + 5 <= bytes.length && bytes[at] === MARKER) {
    const length = ((bytes[at + 3] as number) << 8) | (bytes[at + 4] as number);
    if (length > 0x7fff) break;
    const value = bytes.subarray(at + 5, at + 5 + length);
    if (bytes[at + 1] === APPLICATION_RECORD && length > 2)
      yield { kind: 'text', locus: 'metadata', text: decodeShort(value) };
    at += 5 + length;
  }
  if (at < bytes.length) yield { kind: 'bytes', locus: 'metadata', bytes: bytes.subarray(at) };
}

/** Image resources of Photoshop (`8BIM`): the one with IPTC data as such, the others as bytes. */
export function* photoshopParts(bytes: Uint8Array): Generator<DocumentPart> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  while (at + 12 <= bytes.length && Buffer.from(bytes.subarray(at, at + 4)).toString('latin1') === '8BIM') {
    const id = view.getUint16(at + 4);
    const sizeAt = at + 6 + evened(1 + (bytes[at + 6] as number));
    if (sizeAt + 4 > bytes.length) break;
    const start = sizeAt + 4;
    const end = Math.min(bytes.length, start + view.getUint32(sizeAt));
    if (id === CAPTION) yield* iptcParts(bytes.subarray(start, end));
    else yield { kind: 'bytes', locus: 'metadata', bytes: bytes.subarray(at + 6, end) };
    at = evened(end);
  }
  if (at < bytes.length) yield { kind: 'bytes', locus: 'metadata', bytes: bytes.subarray(at) };
}

const evened = (length: number): number => length + (length & 1);
