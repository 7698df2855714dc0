import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { readDicom } from '../../../../src/dicom/file.ts';
import { encodeFrame } from '../../../../src/dicom/pixels/encode.ts';
import { pixelsOfFile } from '../../../../src/dicom/pixels/of-file.ts';
import { openStored } from '../../../../src/dicom/pixels/stored.ts';
import { besidePictureEdits } from '../../../../src/mask/dicom/pixels/beside-picture.ts';
import { projectSchema } from '../../../../src/project/schema.ts';
import { memorySource, spliceToBuffer } from '../../../../src/splice.ts';
import { described } from '../../../dicom/pixels/described.ts';
import { imageFile } from '../../../dicom/pixels/image-file.ts';

const { limits } = projectSchema.parse({ version: 1 });
const SECRET = 'Patient MUSTERFRAU ERIKA 4711';
const JPEG = '1.2.840.10008.1.2.4.';
const GREY = Uint8Array.from({ length: 32 * 32 }, (_, i) => (i * 7) & 0xff);

function cleaned(transferSyntax: string, fragments: readonly Uint8Array[], frames = 1): Buffer {
  const description = described({ rows: 32, columns: 32, transferSyntax, frames });
  const file = imageFile(description, fragments);
  const pixels = pixelsOfFile(readDicom(memorySource(file), limits));
  if (pixels === undefined) throw new Error('no pixels');
  const out = spliceToBuffer(file, besidePictureEdits(pixels));
  expect(out.length).toBe(file.length);
  return Buffer.from(out);
}

async function valuesOf(file: Buffer): Promise<number[]> {
  const pixels = pixelsOfFile(readDicom(memorySource(file), limits));
  const frame = pixels && (await openStored(pixels.description, pixels.data).read(0));
  if (frame?.state !== 'decoded') throw new Error('not decoded');
  return [...frame.values];
}

const jpeg = () =>
  sharp(GREY, { raw: { width: 32, height: 32, channels: 1 } })
    .toColourspace('b-w')
    .jpeg({ quality: 95 })
    .toBuffer();

/** A marker segment with a text, behind the first marker of a stream. */
function withSegment(stream: Uint8Array, marker: number, text: string, lead = ''): Buffer {
  const segment = Buffer.from(`\xff${String.fromCharCode(marker)}\0\0${lead}${text}`, 'latin1');
  segment.writeUInt16BE(segment.length - 2, 2);
  return even(Buffer.concat([stream.subarray(0, 2), segment, stream.subarray(2)]));
}

const even = (bytes: Uint8Array): Buffer =>
  bytes.length % 2 === 0 ? Buffer.from(bytes) : Buffer.concat([bytes, new Uint8Array(1)]);

const frame = (suffix: string) =>
  encodeFrame(GREY.slice(), described({ rows: 32, columns: 32, transferSyntax: JPEG + suffix }));

describe('besidePictureEdits', () => {
  it.each([
    ['a comment', 0xfe, ''],
    ['Exif', 0xe1, 'Exif\0\0'],
    ['a long JFIF segment', 0xe0, 'JFIF\0\x01\x01\0\0\x01\0\x01\0\0'],
    ['a colour profile', 0xe2, 'ICC_PROFILE\0'],
    ['a segment that calls itself Adobe', 0xee, 'Adobe'],
  ])('puts zeros in place of %s of a JPEG frame, and leaves its picture', async (_, marker, lead) => {
    const stream = withSegment(await jpeg(), marker, SECRET, lead);
    const out = cleaned(`${JPEG}51`, [stream]);
    expect(out.includes('MUSTERFRAU')).toBe(false);
    expect(await valuesOf(out)).toEqual(await valuesOf(cleaned(`${JPEG}51`, [even(await jpeg())])));
  });

  it('leaves a comment that names a known writer, and what decoders go by', async () => {
    const stream = withSegment(
      await jpeg(),
      0xfe,
      'CREATOR: gd-jpeg v1.0 (using IJG JPEG v62), quality = 90',
    );
    const out = cleaned(`${JPEG}51`, [stream]);
    expect(out.includes('gd-jpeg')).toBe(true);
    expect(cleaned(`${JPEG}70`, [await frame('70')]).includes('JFIF')).toBe(true);
  });

  it('puts zeros behind the end of a stream, over the border of fragments', async () => {
    const stream = Buffer.concat([even(await jpeg()), Buffer.from(`${SECRET} ${SECRET}`.padEnd(64, ' '))]);
    const out = cleaned(`${JPEG}51`, [
      stream.subarray(0, stream.length - 20),
      stream.subarray(stream.length - 20),
    ]);
    expect(out.includes('MUSTERFRAU')).toBe(false);
    expect(out.includes('ERIKA')).toBe(false);
    await expect(valuesOf(out)).resolves.toHaveLength(1024);
  });

  it('does the same in JPEG-LS, JPEG 2000, HTJ2K and RLE', async () => {
    const behind = Buffer.from(SECRET.padEnd(64, ' '));
    for (const suffix of ['80', '90', '201']) {
      const out = cleaned(JPEG + suffix, [Buffer.concat([await frame(suffix), behind])]);
      expect(out.includes('MUSTERFRAU'), suffix).toBe(false);
      expect(await valuesOf(out)).toEqual([...GREY]);
    }
    const RLE = '1.2.840.10008.1.2.5';
    const rle = await encodeFrame(GREY.slice(), described({ rows: 32, columns: 32, transferSyntax: RLE }));
    const out = cleaned(RLE, [Buffer.concat([rle, behind])]);
    expect(out.includes('MUSTERFRAU')).toBe(false);
    expect(await valuesOf(out)).toEqual([...GREY]);
  });

  it('takes the text of a JPEG 2000 comment', async () => {
    const stream = await frame('90');
    const comment = Buffer.from(`\xff\x64\0\0\0\x01${SECRET}`, 'latin1');
    comment.writeUInt16BE(comment.length - 2, 2);
    const siz = stream.subarray(2, 4 + Buffer.from(stream).readUInt16BE(4));
    const at = 2 + siz.length;
    const out = cleaned(`${JPEG}90`, [
      even(Buffer.concat([stream.subarray(0, at), comment, stream.subarray(at)])),
    ]);
    expect(out.includes('MUSTERFRAU')).toBe(false);
    expect(await valuesOf(out)).toEqual([...GREY]);
  });

  it('changes nothing in a frame that holds its picture alone', async () => {
    const stream = even(await frame('80'));
    expect(cleaned(`${JPEG}80`, [stream]).includes(stream)).toBe(true);
  });
});
