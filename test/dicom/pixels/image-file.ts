import type { PixelDescription } from '../../../src/dicom/pixels/description.ts';
import { EXPLICIT_BE } from '../../../src/dicom/transfer-syntax.ts';
import { BIG_ENDIAN, EXPLICIT, part10, raw, text } from '../data-set.ts';

/** A secondary capture with the pixels that a description names: native bytes, or one fragment a frame. */
export function imageFile(
  description: PixelDescription,
  pixels: Uint8Array | readonly Uint8Array[],
  more: readonly Uint8Array[] = [],
): Buffer {
  const encoding = description.transferSyntax === EXPLICIT_BE ? BIG_ENDIAN : EXPLICIT;
  const word = (tag: string, value: number) => {
    const bytes = new Uint8Array(2);
    new DataView(bytes.buffer).setUint16(0, value, encoding.littleEndian);
    return raw(tag, 'US', bytes, encoding);
  };
  const table = (tag: string, values: Uint8Array) => raw(tag, 'OW', values, encoding);
  const { palette } = description;
  const descriptors = (channel: number, entries: readonly number[]) => {
    const bytes = new Uint8Array(6);
    const view = new DataView(bytes.buffer);
    entries.forEach((entry, i) => {
      view.setUint16(2 * i, entry, encoding.littleEndian);
    });
    return raw(`0028110${channel}`, 'US', bytes, encoding);
  };
  return part10(
    [
      text('00080016', 'UI', '1.2.840.10008.5.1.4.1.1.7', encoding),
      text('00080018', 'UI', '1.2.3.4.5', encoding),
      ...more,
      word('00280002', description.samplesPerPixel),
      text('00280004', 'CS', description.photometric, encoding),
      word('00280006', description.planarConfiguration),
      text('00280008', 'IS', String(description.frames), encoding),
      word('00280010', description.rows),
      word('00280011', description.columns),
      word('00280100', description.bitsAllocated),
      word('00280101', description.bitsStored),
      word('00280102', description.highBit),
      word('00280103', description.pixelRepresentation),
      ...(palette === undefined
        ? []
        : [
            ...[palette.red, palette.green, palette.blue].map(({ descriptor }, i) =>
              descriptors(i + 1, descriptor),
            ),
            ...[palette.red, palette.green, palette.blue].map(({ data }, i) =>
              table(`0028120${i + 1}`, data),
            ),
          ]),
      pixels instanceof Uint8Array
        ? raw('7FE00010', description.bitsAllocated > 8 ? 'OW' : 'OB', pixels, encoding)
        : fragmented(pixels),
    ],
    description.transferSyntax,
  );
}

/** Encapsulated Pixel Data with an empty offset table (PS3.5 A.4). */
export function fragmented(fragments: readonly Uint8Array[]): Buffer {
  const item = (element: number, bytes: Uint8Array) => {
    const header = Buffer.from([0xfe, 0xff, 0, 0xe0, 0, 0, 0, 0]);
    header.writeUInt16LE(element, 2);
    header.writeUInt32LE(bytes.length, 4);
    return Buffer.concat([header, bytes]);
  };
  const nothing = new Uint8Array(0);
  const head = Buffer.from(raw('7FE00010', 'OB', nothing));
  head.writeUInt32LE(0xffffffff, 8);
  return Buffer.concat([
    head,
    item(0xe000, nothing),
    ...fragments.map((bytes) => item(0xe000, bytes)),
    item(0xe0dd, nothing),
  ]);
}
