import { describe, expect, it } from 'vitest';
import { codestreamText } from '../../src/audit/codestream.ts';
import { pixelsOf } from '../../src/audit/dicom/pixel-data.ts';
import { readSecond } from '../../src/audit/dicom/second-reader.ts';
import { readDicom } from '../../src/dicom/file.ts';
import { memorySource } from '../../src/splice.ts';
import { part10, raw, text } from '../dicom/data-set.ts';

const LIMITS = { depth: 8, inflatedBytes: 1 << 20, headerBytes: 1 << 20 };
const JPEG_BASELINE = '1.2.840.10008.1.2.4.50';
const item = (bytes: Buffer): Buffer => {
  const header = Buffer.from([0xfe, 0xff, 0, 0xe0, 0, 0, 0, 0]);
  header.writeUInt32LE(bytes.length, 4);
  return Buffer.concat([header, bytes]);
};
const END = Buffer.from([0xfe, 0xff, 0xdd, 0xe0, 0, 0, 0, 0]);

/** A file whose compressed pixel data has this offset table and these fragments. */
function textsBeside(table: Buffer, ...fragments: Buffer[]) {
  const header = Buffer.from(raw('7FE00010', 'OB', new Uint8Array(0)));
  header.writeUInt32LE(0xffffffff, 8);
  const bytes = part10(
    [
      text('00280004', 'CS', 'MONOCHROME2'),
      raw('00280010', 'US', Uint8Array.of(2, 0)),
      raw('00280011', 'US', Uint8Array.of(2, 0)),
      Buffer.concat([header, item(table), ...fragments.map(item), END]),
    ],
    JPEG_BASELINE,
  );
  const source = memorySource(bytes);
  const file = readDicom(source, LIMITS);
  const pixels = pixelsOf(readSecond(source, file, LIMITS), file.transferSyntax, file.body);
  if (pixels === undefined) throw new Error('the file has no pixels');
  const { passages, opaque } = codestreamText(pixels);
  return { texts: passages.map((passage) => passage.text), opaque };
}

const jpeg = (comment: string, behind = Buffer.alloc(0)): Buffer => {
  const bytes = Buffer.from(comment);
  return Buffer.concat([
    Buffer.from([0xff, 0xd8, 0xff, 0xfe, 0, bytes.length + 2]),
    bytes,
    Buffer.from([0xff, 0xd9]),
    behind,
  ]);
};
const NONE = Buffer.alloc(0);

describe('text beside the pictures of compressed pixel data', () => {
  it('comes from comments, names of writers left out', () => {
    expect(textsBeside(NONE, jpeg('for Ida Pellerin')).texts).toEqual(['for Ida Pellerin']);
    expect(textsBeside(NONE, jpeg('JFIF')).texts).toEqual([]);
  });

  it('comes from what stands behind the end, in a fragment of its own too', () => {
    expect(textsBeside(NONE, jpeg('JFIF', Buffer.from('Ida Pellerin'))).texts).toEqual(['Ida Pellerin']);
    expect(textsBeside(NONE, jpeg('JFIF'), Buffer.from('Ida Pellerin')).texts).toEqual(['Ida Pellerin']);
  });

  it('comes from an offset table that holds no offsets', () => {
    expect(textsBeside(Buffer.from('Pellerin'), jpeg('JFIF')).texts).toEqual(['Pellerin']);
  });

  it('counts frames with bytes behind their end that are no text', () => {
    expect(textsBeside(NONE, jpeg('JFIF', Buffer.alloc(40, 7))).opaque).toBe(1);
    expect(textsBeside(NONE, jpeg('JFIF', Buffer.alloc(40))).opaque).toBe(0);
  });

  it('comes from the data of a scan, where it is long enough to be no chance', () => {
    const scan = (text: string): Buffer =>
      Buffer.concat([
        Buffer.from([0xff, 0xd8, 0xff, 0xda, 0, 2, 1, 2, 3]),
        Buffer.from(text),
        Buffer.from([4, 0xff, 0xd9]),
      ]);
    expect(textsBeside(NONE, scan('seen by Ida Pellerin, ward 7')).texts).toEqual([
      'seen by Ida Pellerin, ward 7',
    ]);
    expect(textsBeside(NONE, scan('by Ida Pellerin')).texts).toEqual([]);
    expect(textsBeside(NONE, scan('EQEQ'.repeat(20))).texts).toEqual([]);
  });
});
