import type { DataElement } from '../element.ts';
import { encodeHeader } from '../encode.ts';

/**
 * A whole Pixel Data element with one fragment a frame, their offsets in the Basic Offset Table (PS3.5 A.4), in the encoding of
 * the element that it stands for. Frames of odd length are padded.
 */
export function encapsulate(
  { tag, encoding }: Pick<DataElement, 'tag' | 'encoding'>,
  frames: readonly Uint8Array[],
): Uint8Array {
  const even = frames.map(evened);
  const offsets = Buffer.alloc(4 * even.length);
  let at = 0;
  even.forEach((frame, i) => {
    offsets.writeUInt32LE(at, 4 * i);
    at += 8 + frame.length;
  });
  return Buffer.concat([
    encodeHeader(tag, 'OB', 0xffffffff, encoding),
    itemHeader(0xe000, offsets.length),
    offsets,
    ...even.flatMap((frame) => [itemHeader(0xe000, frame.length), frame]),
    itemHeader(0xe0dd, 0),
  ]);
}

function evened(frame: Uint8Array): Uint8Array {
  if (frame.length % 2 === 0) return frame;
  const even = new Uint8Array(frame.length + 1);
  even.set(frame);
  return even;
}

function itemHeader(element: number, length: number): Uint8Array {
  const header = Buffer.alloc(8);
  header.writeUInt16LE(0xfffe, 0);
  header.writeUInt16LE(element, 2);
  header.writeUInt32LE(length, 4);
  return header;
}
