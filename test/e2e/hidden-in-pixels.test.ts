import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isOfWriter } from '../../src/detect/codestream-text.ts';
import { readDicom } from '../../src/dicom/file.ts';
import { partsBesidePicture } from '../../src/dicom/pixels/codestream.ts';
import type { PixelDescription } from '../../src/dicom/pixels/description.ts';
import { encodeFrame } from '../../src/dicom/pixels/encode.ts';
import { joinFragments, mapFragmentsToFrames } from '../../src/dicom/pixels/fragments.ts';
import { pixelsOfFile } from '../../src/dicom/pixels/of-file.ts';
import { openStored } from '../../src/dicom/pixels/stored.ts';
import { projectSchema } from '../../src/project/schema.ts';
import { memorySource } from '../../src/splice.ts';
import { raw, sequence, text } from '../dicom/data-set.ts';
import { described } from '../dicom/pixels/described.ts';
import { imageFile } from '../dicom/pixels/image-file.ts';
import { isBuilt, type ManifestLine, manifestOf, phiGate, scratch } from './cli.ts';

const { limits } = projectSchema.parse({ version: 1 });
/** Not the patient's: no search for known identifiers can find it. */
const SECRET = 'Quillhampton Theodora 5550143';
const JPEG = '1.2.840.10008.1.2.4.';
const SIZE = { rows: 48, columns: 48 };
const GREY = Uint8Array.from({ length: 48 * 48 }, (_, i) => 40 + ((i % 48) + i / 48) / 2);

const PATIENT = [
  text('00080060', 'CS', 'OT'),
  text('00100010', 'PN', 'Marlowe^Imogen'),
  text('00100020', 'LO', '7750912'),
];
const even = (bytes: Uint8Array): Buffer =>
  bytes.length % 2 === 0 ? Buffer.from(bytes) : Buffer.concat([bytes, new Uint8Array(1)]);

function withSegment(stream: Uint8Array, marker: number, content: string): Buffer {
  const segment = Buffer.from(`\xff${String.fromCharCode(marker)}\0\0${content}`, 'latin1');
  segment.writeUInt16BE(segment.length - 2, 2);
  return even(Buffer.concat([stream.subarray(0, 2), segment, stream.subarray(2)]));
}

const word = (tag: string, value: number) => raw(tag, 'US', Uint8Array.of(value & 255, value >> 8));

/** The bits of a text as rows of an overlay, or above the samples. */
const bitsOf = (bytes: Uint8Array) =>
  Array.from({ length: bytes.length * 8 }, (_, i) => ((bytes[i >> 3] ?? 0) >> (i & 7)) & 1);

async function planted(): Promise<Record<string, Buffer>> {
  const jpeg = await sharp(GREY, { raw: { width: 48, height: 48, channels: 1 } })
    .toColourspace('b-w')
    .jpeg({ quality: 92 })
    .toBuffer();
  const coded = (suffix: string, stream: Uint8Array) =>
    imageFile(described({ ...SIZE, transferSyntax: JPEG + suffix }), [stream], PATIENT);
  const frame = (suffix: string) =>
    encodeFrame(GREY.slice(), described({ ...SIZE, transferSyntax: JPEG + suffix }));
  const native = (changes: Partial<PixelDescription>, bytes: Uint8Array, more: Uint8Array[] = []) =>
    imageFile(described({ ...SIZE, ...changes }), bytes, [...PATIENT, ...more]);
  const hidden = bitsOf(Buffer.from(SECRET));
  const twelve = Buffer.alloc(GREY.length * 2);
  GREY.forEach((value, i) => {
    twelve.writeUInt16LE(value | ((hidden[i] ?? 0) << 15), 2 * i);
  });
  const icon = sequence('00880200', [
    [
      word('00280010', 4),
      word('00280011', 8),
      word('00280100', 8),
      raw('7FE00010', 'OB', even(Buffer.from(SECRET))),
    ],
  ]);
  const j2k = await frame('90');
  const comment = Buffer.from(`\xff\x64\0\0\0\x01${SECRET}`, 'latin1');
  comment.writeUInt16BE(comment.length - 2, 2);
  const siz = 4 + Buffer.from(j2k).readUInt16BE(4);
  const box = (name: string, content: Uint8Array) => {
    const head = Buffer.alloc(8);
    head.writeUInt32BE(8 + content.length, 0);
    head.write(name, 4, 'latin1');
    return Buffer.concat([head, content]);
  };
  const ihdr = Buffer.from([0, 0, 0, 48, 0, 0, 0, 48, 0, 1, 7, 7, 0, 0]);
  const jp2 = Buffer.concat([
    box('jP  ', Buffer.from([0x0d, 0x0a, 0x87, 0x0a])),
    box('ftyp', Buffer.from('jp2 \0\0\0\0jp2 ', 'latin1')),
    box('jp2h', Buffer.concat([box('ihdr', ihdr), box('colr', Buffer.from([1, 0, 0, 0, 0, 0, 17]))])),
    box('uuid', Buffer.from(`${'\x07'.repeat(16)}${SECRET}`, 'latin1')),
    box('xml ', Buffer.from(`<name>${SECRET}</name>`)),
    box('jp2c', j2k),
  ]);
  return {
    'jpeg-com': coded('50', withSegment(jpeg, 0xfe, SECRET)),
    'jpeg-exif': coded('50', withSegment(jpeg, 0xe1, `Exif\0\0${SECRET}`)),
    'jpeg-icc': coded('50', withSegment(jpeg, 0xe2, `ICC_PROFILE\0\x01\x01${SECRET}`)),
    'jpeg-tail': coded('50', even(Buffer.concat([jpeg, Buffer.from(SECRET)]))),
    'jpeg-ls-com': coded('80', withSegment(await frame('80'), 0xfe, SECRET)),
    'j2k-com': coded('90', even(Buffer.concat([j2k.subarray(0, siz), comment, j2k.subarray(siz)]))),
    'j2k-uuid': coded('90', even(jp2)),
    'high-bits': native({ bitsAllocated: 16, bitsStored: 12 }, twelve),
    icon: native({}, GREY, [icon]),
    overlay: Buffer.concat([
      native({}, GREY).subarray(0),
      raw('60000010', 'US', Uint8Array.of(48, 0)),
      raw('60003000', 'OW', even(Buffer.from(SECRET))),
    ]),
    'padding-of-text': native({}, GREY, [raw('00286101', 'OB', even(Buffer.from(SECRET)))]),
  };
}

describe.skipIf(!isBuilt)('text that no picture shows', { timeout: 300_000 }, () => {
  const folder = scratch('hidden');
  let lines: ManifestLine[] = [];
  let out = '';
  beforeAll(async () => {
    const input = folder.path('input');
    mkdirSync(input, { recursive: true });
    for (const [name, bytes] of Object.entries(await planted()))
      writeFileSync(join(input, `${name}.dcm`), bytes);
    out = folder.path('out');
    await phiGate(['run', input, '--out', out, '--work', folder.path('work')]);
    lines = await manifestOf(folder.path('work'));
  }, 300_000);
  afterAll(() => folder.remove());
  const bytesOf = ({ output }: ManifestLine) => readFileSync(join(out, 'data', output ?? ''));
  const released = () => lines.filter(({ status }) => status === 'released');

  it('does not keep a file from release: it is taken out', () => {
    const kept = lines.filter(({ status }) => status !== 'released');
    expect(kept.map(({ source, reason }) => `${source} ${reason}`)).toEqual([]);
  });

  it('stands in no released file, neither in bytes nor in bits', () => {
    for (const line of released()) {
      const bytes = bytesOf(line);
      for (const part of SECRET.split(' ')) expect(bytes.includes(part), line.source).toBe(false);
    }
  });

  it('leaves no bit outside the samples, no overlay, no icon, no comment', async () => {
    for (const line of released()) {
      const file = readDicom(memorySource(bytesOf(line)), limits);
      const groups = file.dataSet.map(({ tag }) => tag >>> 16);
      expect(groups.filter((group) => group >= 0x5000 && group < 0x7000)).toEqual([]);
      expect(file.dataSet.some(({ tag }) => tag === (0x00880200 as never))).toBe(false);
      const pixels = pixelsOfFile(file);
      if (pixels === undefined) throw new Error('no pixels');
      const frame = await openStored(pixels.description, pixels.data).read(0);
      expect(frame).toMatchObject({ state: 'decoded', hidden: false });
      if (pixels.data.kind !== 'encapsulated') continue;
      const [fragments = []] = mapFragmentsToFrames(pixels.data, 1);
      const stream = joinFragments(pixels.data, fragments);
      const texts = partsBesidePicture(stream).map(({ start, end }) =>
        Buffer.from(stream.subarray(start, end)).toString('latin1'),
      );
      expect(
        texts.filter((content) => !/^(JFIF|Adobe)/.test(content) && !isOfWriter(content)),
        line.source,
      ).toEqual([]);
    }
  });

  it('shows the picture that the original shows', async () => {
    for (const line of released()) {
      const pixels = pixelsOfFile(readDicom(memorySource(bytesOf(line)), limits));
      const frame = pixels && (await openStored(pixels.description, pixels.data).read(0));
      if (frame?.state !== 'decoded') throw new Error('not decoded');
      const most = Math.max(...[...frame.values].map((value, i) => Math.abs(value - (GREY[i] ?? 0))));
      expect(most, line.source).toBeLessThanOrEqual(12);
    }
  });
});
