import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { DocumentPart } from '../../../src/documents/document.ts';
import type { PictureKind } from '../../../src/documents/pictures/metadata.ts';
import { pictureMetadata } from '../../../src/documents/pictures/metadata.ts';
import { readPicture } from '../../../src/documents/pictures/reader.ts';
import { bytesOf, collect, picturesOf, textsOf } from '../collect.ts';
import { LIMITS } from '../limits.ts';

const red = () => sharp({ create: { width: 24, height: 16, channels: 3, background: 'red' } });
const read = (bytes: Uint8Array, kind: PictureKind, limits = LIMITS) =>
  collect(readPicture(bytes, kind, limits));

/** A PNG chunk with a checksum of zero: metadata are read whether it is right or not. */
function chunk(name: string, data: Uint8Array): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  return Buffer.concat([length, Buffer.from(name, 'latin1'), data, Buffer.alloc(4)]);
}

const withChunk = (png: Buffer, name: string, data: Uint8Array): Buffer =>
  Buffer.concat([png.subarray(0, 33), chunk(name, data), png.subarray(33)]);

describe('readPicture', () => {
  it('reads texts of a PNG, deflated ones too, and what stands behind its end', async () => {
    const png = await red().png().toBuffer();
    const plain = withChunk(png, 'tEXt', Buffer.from('Author\0Ottoline'));
    const packed = withChunk(
      plain,
      'zTXt',
      Buffer.concat([Buffer.from('Comment\0\0'), deflateSync('Quillfeather')]),
    );
    const wide = withChunk(packed, 'iTXt', Buffer.from('Title\0\0\0en\0Titel\0Müller'));
    const parts = [...pictureMetadata(Buffer.concat([wide, Buffer.from('trailing name')]), 'png', LIMITS)];
    expect(textsOf(parts).sort()).toEqual(['Müller', 'Ottoline', 'Quillfeather']);
    expect(bytesOf(parts)).toContain('trailing name');
  });

  it('refuses a text that inflates beyond the limit', async () => {
    const bomb = Buffer.concat([Buffer.from('c\0\0'), deflateSync(Buffer.alloc(4 << 20))]);
    const png = withChunk(await red().png().toBuffer(), 'zTXt', bomb);
    expect(() => [...pictureMetadata(png, 'png', { ...LIMITS, documentBytes: 1 << 20 })]).toThrow(
      expect.objectContaining({ code: 'too-large' }),
    );
  });

  it('reads Exif with what its tags say, positions and dates, and XMP', async () => {
    const jpeg = await red()
      .withExif({
        IFD0: { Artist: 'Ottoline Quillfeather', ImageDescription: 'knee' },
        IFD2: { DateTimeOriginal: '2019:05:07 10:11:12', DateTimeDigitized: '0000:00:00 00:00:00' },
        IFD3: { GPSLatitude: '48/1 8/1 30/1' },
      })
      .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"><a>Quillfeather</a></x:xmpmeta>')
      .jpeg()
      .toBuffer();
    const parts = await read(jpeg, 'jpeg');
    expect(parts).toContainEqual(
      expect.objectContaining({
        text: 'Ottoline Quillfeather',
        typed: 'A',
        label: 'Artist',
        locus: 'metadata',
      }),
    );
    expect(parts).toContainEqual(expect.objectContaining({ text: '2019:05:07 10:11:12', typed: 'C' }));
    expect(parts).toContainEqual(expect.objectContaining({ text: '48 8 30', typed: 'B' }));
    expect(textsOf(parts).some((text) => text.startsWith('0000'))).toBe(false);
    expect(parts).toContainEqual(expect.objectContaining({ kind: 'document', mediaType: 'text/xml' }));
  });

  it('reads fields of a TIFF and the bytes that no field and no strip takes', async () => {
    const tiff = Buffer.alloc(48);
    tiff.write('II*\0\x08\0\0\0\x01\0', 'latin1');
    tiff.writeUInt16LE(315, 10);
    tiff.writeUInt16LE(2, 12);
    tiff.writeUInt32LE(9, 14);
    tiff.writeUInt32LE(30, 18);
    tiff.write('Ottoline\0', 30, 'latin1');
    expect(textsOf([...pictureMetadata(tiff, 'tiff', LIMITS)])).toEqual(['Ottoline']);
    const whole = Buffer.concat([await red().tiff().toBuffer(), Buffer.from('trailing name')]);
    const parts = await read(whole, 'tiff');
    expect(bytesOf(parts)).toContain('trailing name');
    expect(picturesOf(parts)).toHaveLength(1);
  });

  it('reads every frame of a GIF and its comments', async () => {
    const frames = Buffer.alloc(8 * 24 * 3, 9).fill(200, 8 * 12 * 3);
    const gif = await sharp(frames, { raw: { width: 8, height: 24, channels: 3, pageHeight: 12 } })
      .gif()
      .toBuffer();
    const comment = Buffer.from([0x21, 0xfe, 8, ...Buffer.from('Ottoline'), 0]);
    const parts = await read(Buffer.concat([gif.subarray(0, -1), comment, Buffer.from([0x3b])]), 'gif');
    expect(textsOf(parts)).toContain('Ottoline');
    expect(picturesOf(parts).map(({ page }) => page)).toEqual([1, 2]);
  });

  it('shows the colours under transparency, and transparency by itself', async () => {
    const half = Buffer.alloc(4 * 4 * 4, 90);
    half[3] = 0;
    const png = await sharp(half, { raw: { width: 4, height: 4, channels: 4 } })
      .png()
      .toBuffer();
    const [colours, alpha] = picturesOf(await read(png, 'png'));
    expect(colours).toMatchObject({ channels: 3, width: 4 });
    expect(colours?.data.every((sample) => sample === 90)).toBe(true);
    expect(alpha).toMatchObject({ channels: 1 });
  });

  it('keeps sixteen bits of a grey picture', async () => {
    const samples = new Uint16Array(16).fill(300);
    const png = await sharp(samples, { raw: { width: 4, height: 4, channels: 1 } })
      .toColourspace('grey16')
      .png()
      .toBuffer();
    const [picture] = picturesOf(await read(png, 'png'));
    expect(picture).toMatchObject({ bits: 16, channels: 1 });
    expect(
      new DataView(picture?.data.buffer ?? new ArrayBuffer(2), picture?.data.byteOffset).getUint16(0, true),
    ).toBe(300);
  });

  it('refuses what is cut, has too many pixels, or too many pages', async () => {
    const jpeg = await red().jpeg().toBuffer();
    await expect(read(jpeg.subarray(0, -60), 'jpeg')).rejects.toMatchObject({ code: 'malformed' });
    await expect(read(jpeg, 'jpeg', { ...LIMITS, framePixels: 100 })).rejects.toMatchObject({
      code: 'too-large',
    });
    await expect(read(Buffer.from('\x89PNG nothing'), 'png')).rejects.toMatchObject({ code: 'malformed' });
  });

  it('comes to an end on any bytes that look like a picture', () => {
    const head = fc.constantFrom(
      '\x89PNG\r\n\x1a\n',
      '\xff\xd8\xff',
      'GIF89a',
      'II*\0',
      'MM\0*',
      'RIFF    WEBP',
    );
    const kinds: readonly PictureKind[] = ['png', 'jpeg', 'gif', 'webp', 'tiff'];
    fc.assert(
      fc.property(head, fc.uint8Array({ maxLength: 120 }), (mark, rest) => {
        const bytes = Buffer.concat([Buffer.from(mark, 'latin1'), rest]);
        for (const kind of kinds) expect(partsOrError(bytes, kind)).toBeDefined();
      }),
    );
  });
});

/** A deflated text may be broken; nothing else may throw. */
function partsOrError(bytes: Uint8Array, kind: PictureKind): readonly DocumentPart[] | string {
  try {
    return [...pictureMetadata(bytes, kind, LIMITS)];
  } catch (error) {
    if (error instanceof Error && error.name === 'PhiGateError') return error.message;
    throw error;
  }
}
