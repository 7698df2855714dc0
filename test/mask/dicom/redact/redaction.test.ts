import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { readDicom } from '../../../../src/dicom/file.ts';
import type { PixelDescription } from '../../../../src/dicom/pixels/description.ts';
import { encodeFrame } from '../../../../src/dicom/pixels/encode.ts';
import type { Box } from '../../../../src/dicom/pixels/image.ts';
import { pixelsOfFile } from '../../../../src/dicom/pixels/of-file.ts';
import { allocateSamples, type SampleArray } from '../../../../src/dicom/pixels/samples.ts';
import { openStored } from '../../../../src/dicom/pixels/stored.ts';
import { asciiValue } from '../../../../src/dicom/values.ts';
import { writeDicom } from '../../../../src/dicom/write.ts';
import { redactDicom } from '../../../../src/mask/dicom/redact/redaction.ts';
import type { BlackedOut } from '../../../../src/model/redaction.ts';
import { projectSchema } from '../../../../src/project/schema.ts';
import { memorySource } from '../../../../src/splice.ts';
import { sequence, text } from '../../../dicom/data-set.ts';
import { described } from '../../../dicom/pixels/described.ts';
import { imageFile } from '../../../dicom/pixels/image-file.ts';

const { limits } = projectSchema.parse({ version: 1 });
const JPEG = '1.2.840.10008.1.2.4.';
const NATIVE = '1.2.840.10008.1.2.1';
const [ROWS, COLUMNS] = [24, 30];
const BOX: Box = [5, 3, 11, 7];

const shape = (changes: Partial<PixelDescription>): PixelDescription =>
  described({ rows: ROWS, columns: COLUMNS, ...changes });

/** Values of all frames, none of them black but by chance. */
function picture(description: PixelDescription, seed = 1): SampleArray {
  const values = allocateSamples(description);
  const most = 2 ** Math.min(description.bitsStored, 30);
  let state = seed;
  for (let i = 0; i < values.length; i++) {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    const value = state % most;
    values[i] = description.pixelRepresentation === 1 ? value - most / 2 : value;
  }
  return values;
}

async function redacted(
  bytes: Buffer,
  redaction: readonly BlackedOut[],
  rewriteAll = false,
): Promise<Buffer> {
  const source = memorySource(bytes);
  const file = readDicom(source, limits);
  const { head, edits } = await redactDicom(source, file, redaction, limits, rewriteAll);
  const parts: Buffer[] = [];
  writeDicom(source, file, head, edits, { write: (part) => parts.push(Buffer.from(part)) });
  return Buffer.concat(parts);
}

async function storedOf(bytes: Buffer): Promise<{ description: PixelDescription; frames: SampleArray[] }> {
  const pixels = pixelsOfFile(readDicom(memorySource(bytes), limits));
  if (pixels === undefined) throw new Error('no pixels');
  const reader = openStored(pixels.description, pixels.data);
  const frames: SampleArray[] = [];
  for (let index = 0; index < reader.count; index++) {
    const frame = await reader.read(index);
    if (frame.state === 'not-run') throw new Error(frame.why);
    frames.push(frame.values);
  }
  return { description: pixels.description, frames };
}

const isInside = ([left, top, width, height]: Box, x: number, y: number) =>
  x >= left && x < left + width && y >= top && y < top + height;

/** Samples that differ outside the boxes, and pixels inside that are not of one colour. */
function differences(before: SampleArray, after: SampleArray, channels: number, boxes: readonly Box[]) {
  const wrong = { outside: 0, inside: 0 };
  const ink = new Set<string>();
  for (let y = 0; y < ROWS; y++) {
    for (let x = 0; x < COLUMNS; x++) {
      const at = (y * COLUMNS + x) * channels;
      const [was, is] = [before, after].map((values) => values.slice(at, at + channels).join());
      if (boxes.some((box) => isInside(box, x, y))) ink.add(is ?? '');
      else if (was !== is) wrong.outside += 1;
    }
  }
  wrong.inside = Math.max(0, ink.size - 1);
  return wrong;
}

const gradient = Uint8Array.from({ length: 256 }, (_, i) => 255 - i);
const table = { descriptor: [256, 0, 8] as const, data: gradient };

/** Depths and colours as devices write them. */
const KINDS: readonly (readonly [name: string, Partial<PixelDescription>])[] = [
  ['grey of 8 bits', {}],
  ['inverted grey', { photometric: 'MONOCHROME1' }],
  ['12 bits in 16', { bitsAllocated: 16, bitsStored: 12 }],
  ['signed 12 bits in 16', { bitsAllocated: 16, bitsStored: 12, pixelRepresentation: 1 }],
  ['16 bits', { bitsAllocated: 16 }],
  ['signed 16 bits', { bitsAllocated: 16, pixelRepresentation: 1 }],
  ['RGB', { photometric: 'RGB', samplesPerPixel: 3 }],
  ['RGB in planes', { photometric: 'RGB', samplesPerPixel: 3, planarConfiguration: 1 }],
  ['YBR_FULL', { photometric: 'YBR_FULL', samplesPerPixel: 3 }],
  ['a palette', { photometric: 'PALETTE COLOR', palette: { red: table, green: table, blue: table } }],
];
const LOSSLESS = [
  ['RLE', '1.2.840.10008.1.2.5'],
  ['JPEG Lossless', `${JPEG}57`],
  ['JPEG Lossless SV1', `${JPEG}70`],
  ['JPEG-LS', `${JPEG}80`],
  ['JPEG 2000', `${JPEG}90`],
  ['HTJ2K', `${JPEG}201`],
  ['HTJ2K RPCL', `${JPEG}202`],
  ['JPEG XL', `${JPEG}110`],
  ['native in fragments', '1.2.840.10008.1.2.1.98'],
  ['deflated frames', '1.2.840.10008.1.2.8.1'],
] as const;

describe('redactDicom over compressed frames', () => {
  it('says YBR_FULL of native frames in fragments whose pairs of pixels shared their colours', async () => {
    const transferSyntax = '1.2.840.10008.1.2.1.98';
    const description = shape({ photometric: 'YBR_FULL_422', samplesPerPixel: 3, transferSyntax, frames: 2 });
    const frame = Uint8Array.from({ length: ROWS * COLUMNS * 2 }, (_, i) => 40 + (i % 90));
    const bytes = imageFile(description, [frame, frame]);
    const before = await storedOf(bytes);
    const after = await storedOf(await redacted(bytes, [{ first: 2, last: 2, box: BOX }]));
    expect(after.description.photometric).toBe('YBR_FULL');
    expect(after.frames[0]).toEqual(before.frames[0]);
    expect(
      differences(before.frames[1] as SampleArray, after.frames[1] as SampleArray, 3, [BOX]),
    ).toMatchObject({ outside: 0 });
  });

  it.each(
    LOSSLESS.flatMap(([syntax, uid]) => KINDS.map(([kind, changes]) => ({ syntax, uid, kind, changes }))),
  )('blacks out $kind in $syntax, and changes no sample outside', async ({ uid, changes }) => {
    const description = shape({ ...changes, transferSyntax: uid, frames: 2 });
    const frames = [picture(description, 1), picture(description, 2)];
    const streams = await Promise.all(frames.map((values) => encodeFrame(values, description)));
    const bytes = imageFile(description, streams);
    const out = await redacted(bytes, [{ first: 2, last: 2, box: BOX }]);
    const after = await storedOf(out);
    expect(after.description.transferSyntax).toBe(uid);
    const channels = description.samplesPerPixel;
    expect(differences(frames[0] as SampleArray, after.frames[0] as SampleArray, channels, [])).toEqual({
      outside: 0,
      inside: 0,
    });
    expect(differences(frames[1] as SampleArray, after.frames[1] as SampleArray, channels, [BOX])).toEqual({
      outside: 0,
      inside: 0,
    });
    // The stream of the frame without a box is the one that was there.
    expect(out.includes(Buffer.from(streams[0] as Uint8Array))).toBe(true);
    expect(out.includes(Buffer.from(streams[1] as Uint8Array))).toBe(false);
  });

  it('writes frames of a lossy syntax without loss, says so, and that they were lossy once', async () => {
    const grey = picture(shape({}));
    const jpeg = await sharp(Buffer.from(grey.buffer), { raw: { width: COLUMNS, height: ROWS, channels: 1 } })
      .toColourspace('b-w')
      .jpeg({ quality: 90 })
      .toBuffer();
    const even = jpeg.length % 2 === 0 ? jpeg : Buffer.concat([jpeg, Buffer.alloc(1)]);
    const description = shape({ transferSyntax: `${JPEG}51` });
    const bytes = imageFile(description, [even]);
    const before = await storedOf(bytes);
    const out = await redacted(bytes, [{ first: 1, last: 1, box: BOX }], true);
    const after = await storedOf(out);
    expect(after.description.transferSyntax).toBe(`${JPEG}70`);
    expect(differences(before.frames[0] as SampleArray, after.frames[0] as SampleArray, 1, [BOX])).toEqual({
      outside: 0,
      inside: 0,
    });
    expect(textAt(out, 0x00282110)).toBe('01');
    expect(textAt(out, 0x00282114)).toBe('ISO_10918_1');
    expect(Number(textAt(out, 0x00282112))).toBeGreaterThan(0.5);
  });

  it('leaves sequential JPEG in its syntax, and says what it covered', async () => {
    const grey = picture(shape({}));
    const jpeg = await sharp(Buffer.from(grey.buffer), { raw: { width: COLUMNS, height: ROWS, channels: 1 } })
      .toColourspace('b-w')
      .jpeg({ quality: 90 })
      .toBuffer();
    const bytes = imageFile(shape({ transferSyntax: `${JPEG}50`, frames: 2 }), [jpeg, jpeg]);
    const source = memorySource(bytes);
    const redaction = [{ first: 2, last: 2, box: BOX }];
    const { covered } = await redactDicom(source, readDicom(source, limits), redaction, limits);
    expect(covered).toEqual([{ first: 2, last: 2, box: [0, 0, 16, 16] }]);
    const [before, after] = [await storedOf(bytes), await storedOf(await redacted(bytes, redaction))];
    expect(after.description.transferSyntax).toBe(`${JPEG}50`);
    expect(after.frames[0]).toEqual(before.frames[0]);
    expect([...(after.frames[1] ?? [])].slice(0, 16)).toEqual(Array.from({ length: 16 }, () => 0));
  });

  it('refuses what it cannot read', async () => {
    const description = shape({ transferSyntax: `${JPEG}100` });
    await expect(
      redacted(imageFile(description, [new Uint8Array(64)]), [{ first: 1, last: 1, box: BOX }]),
    ).rejects.toMatchObject({ code: 'unsupported' });
  });

  it('leaves behind what lies outside the samples when all frames are written anew', async () => {
    const wide = shape({ transferSyntax: '1.2.840.10008.1.2.5', bitsAllocated: 16 });
    const values = picture(wide);
    const narrow = { ...wide, bitsStored: 12, highBit: 11 };
    const bytes = imageFile(narrow, [await encodeFrame(values, wide)]);
    const out = await redacted(bytes, [], true);
    const pixels = pixelsOfFile(readDicom(memorySource(out), limits));
    const frame = pixels && (await openStored(pixels.description, pixels.data).read(0));
    expect(frame).toMatchObject({ state: 'decoded', hidden: false });
    expect(textAt(out, 0x00120063)).not.toContain('blacked out');
    const [is] = (await storedOf(out)).frames;
    expect([...(is ?? [])]).toEqual([...values].map((value) => value & 0xfff));
  });
});

describe('redactDicom over native frames', () => {
  it.each([
    ...KINDS.map(([kind, changes]) => ({ kind, changes })),
    { kind: '32 bits', changes: { bitsAllocated: 32 } },
    { kind: 'colour planes', changes: { photometric: 'RGB', samplesPerPixel: 3, planarConfiguration: 1 } },
    {
      kind: 'big endian',
      changes: { transferSyntax: '1.2.840.10008.1.2.2', bitsAllocated: 16, littleEndian: false },
    },
  ])('changes the bytes inside the boxes alone: $kind', async ({ changes }) => {
    const description = shape({ transferSyntax: NATIVE, ...changes, frames: 3 });
    const size = (ROWS * COLUMNS * description.samplesPerPixel * description.bitsAllocated) / 8;
    const data = Buffer.concat([1, 2, 3].map((seed) => Buffer.from(picture(description, seed).buffer)));
    const bytes = imageFile(description, data);
    const box = fc.tuple(
      fc.nat(COLUMNS - 2),
      fc.nat(ROWS - 2),
      fc.integer({ min: 1, max: COLUMNS }),
      fc.integer({ min: 1, max: ROWS }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(box, { minLength: 1, maxLength: 4 }), async (boxes) => {
        const out = await redacted(
          bytes,
          boxes.map((each) => ({ first: 2, last: 2, box: each })),
        );
        const [before, after] = [await storedOf(bytes), await storedOf(out)];
        expect(after.frames[0]).toEqual(before.frames[0]);
        expect(after.frames[2]).toEqual(before.frames[2]);
        expect(
          differences(
            before.frames[1] as SampleArray,
            after.frames[1] as SampleArray,
            description.samplesPerPixel,
            boxes,
          ),
        ).toEqual({ outside: 0, inside: 0 });
        expect(size * 3).toBe(data.length);
      }),
      { numRuns: 20 },
    );
  });

  it('blackens both pixels that share a colour', async () => {
    const description = shape({ photometric: 'YBR_FULL_422', samplesPerPixel: 3, transferSyntax: NATIVE });
    const data = Buffer.alloc(ROWS * COLUMNS * 2, 90);
    const out = await redacted(imageFile(description, data), [{ first: 1, last: 1, box: [3, 2, 3, 1] }]);
    const [frame] = (await storedOf(out)).frames;
    const pixel = (x: number, y: number) => [
      ...(frame?.slice((y * COLUMNS + x) * 3, (y * COLUMNS + x) * 3 + 3) ?? []),
    ];
    expect(pixel(1, 2)).toEqual([90, 90, 90]);
    for (const x of [2, 3, 4, 5]) expect(pixel(x, 2)).toEqual([0, 128, 128]);
    expect(pixel(6, 2)).toEqual([90, 90, 90]);
    expect(pixel(3, 3)).toEqual([90, 90, 90]);
  });

  it('refuses pixels of one bit', async () => {
    const description = shape({ bitsAllocated: 1, bitsStored: 1, transferSyntax: NATIVE });
    await expect(
      redacted(imageFile(description, Buffer.alloc(90)), [{ first: 1, last: 1, box: BOX }]),
    ).rejects.toMatchObject({ code: 'unsupported' });
  });
});

describe('a redacted file', () => {
  const code = (value: string) => [text('00080100', 'SH', value), text('00080102', 'SH', 'DCM')];
  const said = [
    text('00082111', 'ST', 'resampled'),
    text('00120062', 'CS', 'YES'),
    text('00120063', 'LO', 'phi-gate 1\\template safe-harbor'),
    sequence('00120064', [code('113100'), code('113105')]),
  ];
  const description = shape({ transferSyntax: NATIVE });

  it('says that text was blacked out, beside what it said before, and once', async () => {
    const once = await redacted(imageFile(description, Buffer.alloc(720, 9), said), [
      { first: 1, last: 1, box: BOX },
    ]);
    const out = await redacted(once, [{ first: 1, last: 1, box: BOX }]);
    expect(textAt(out, 0x00120063)).toBe('phi-gate 1\\template safe-harbor\\text in the pixels blacked out');
    expect(textAt(out, 0x00082111)).toBe('resampled; phi-gate: text in the pixels blacked out');
    const file = readDicom(memorySource(out), limits);
    const codes = file.dataSet.find(({ tag }) => tag === (0x00120064 as never));
    const values = codes?.items?.map(({ elements }) => elements[0] && asciiValue(file.body, elements[0]));
    expect(values).toEqual(['113100', '113101', '113105']);
  });

  it('claims no option of the profile where masking claimed none', async () => {
    const bytes = imageFile(description, Buffer.alloc(720, 9), said.slice(0, 3));
    const out = await redacted(bytes, [{ first: 1, last: 1, box: BOX }]);
    expect(readDicom(memorySource(out), limits).dataSet.map(({ tag }) => tag)).not.toContain(0x00120064);
  });
});

function textAt(bytes: Buffer, tag: number): string {
  const file = readDicom(memorySource(bytes), limits);
  const element = file.dataSet.find((each) => each.tag === (tag as never));
  return element === undefined ? '' : asciiValue(file.body, element);
}
