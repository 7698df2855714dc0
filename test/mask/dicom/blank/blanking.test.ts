import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { readDicom } from '../../../../src/dicom/file.ts';
import { encodeFrame } from '../../../../src/dicom/pixels/encode.ts';
import { pixelsOfFile } from '../../../../src/dicom/pixels/of-file.ts';
import { allocateSamples, type SampleArray } from '../../../../src/dicom/pixels/samples.ts';
import { openStored } from '../../../../src/dicom/pixels/stored.ts';
import { EXPLICIT_BE, JPEG_BASELINE } from '../../../../src/dicom/transfer-syntax.ts';
import { asciiValue } from '../../../../src/dicom/values.ts';
import { writeDicom } from '../../../../src/dicom/write.ts';
import { blankDicom } from '../../../../src/mask/dicom/blank/blanking.ts';
import type { BlackedOut } from '../../../../src/model/redaction.ts';
import { projectSchema } from '../../../../src/project/schema.ts';
import { memorySource } from '../../../../src/splice.ts';
import { raw, sequence, text } from '../../../dicom/data-set.ts';
import { described } from '../../../dicom/pixels/described.ts';
import { imageFile } from '../../../dicom/pixels/image-file.ts';

const { limits } = projectSchema.parse({ version: 1 });
const JPEG = '1.2.840.10008.1.2.4.';
const NATIVE = '1.2.840.10008.1.2.1';
const [ROWS, COLUMNS] = [20, 26];
/** What lies in front of a cut in a sagittal slice: a step in each row. */
const STEPS: readonly BlackedOut[] = Array.from({ length: 12 }, (_, row) => ({
  first: 1,
  last: 1,
  box: [0, 6 + row, 8 + (row >> 1), 1],
}));

const isBlanked = (x: number, y: number) =>
  STEPS.some(
    ({ box: [left, top, width, height] }) => x >= left && x < left + width && y >= top && y < top + height,
  );

const shape = (transferSyntax: string, signed: boolean) =>
  described({
    rows: ROWS,
    columns: COLUMNS,
    transferSyntax,
    bitsAllocated: 16,
    bitsStored: 16,
    pixelRepresentation: signed ? 1 : 0,
  });

/** Hounsfield units, or the same 1,024 higher. */
function slice(signed: boolean): SampleArray {
  const values = allocateSamples(shape(NATIVE, signed));
  for (let i = 0; i < values.length; i++) values[i] = (signed ? -1000 : 24) + ((i * 7919) % 2000);
  return values;
}

async function blanked(bytes: Buffer, boxes: readonly BlackedOut[]): Promise<Buffer> {
  const source = memorySource(bytes);
  const file = readDicom(source, limits);
  const { head, edits } = await blankDicom(source, file, boxes, limits);
  const parts: Buffer[] = [];
  writeDicom(source, file, head, edits, { write: (part) => parts.push(Buffer.from(part)) });
  return Buffer.concat(parts);
}

async function opened(bytes: Buffer) {
  const file = readDicom(memorySource(bytes), limits);
  const pixels = pixelsOfFile(file);
  if (pixels === undefined) throw new Error('no pixels');
  const frame = await openStored(pixels.description, pixels.data).read(0);
  if (frame.state === 'not-run') throw new Error(frame.why);
  const textAt = (tag: number) => {
    const element = file.dataSet.find((one) => one.tag === (tag as never));
    return element === undefined ? undefined : asciiValue(file.body, element).trim();
  };
  return { file, values: frame.values, transferSyntax: pixels.description.transferSyntax, textAt };
}

const code = (value: string) => [
  text('00080100', 'SH', value),
  text('00080102', 'SH', 'DCM'),
  text('00080104', 'LO', 'x'),
];
const STATED = [
  text('00120063', 'LO', 'phi-gate\\template safe-harbor'),
  sequence('00120064', [code('113100')]),
];
const bytesOf = (values: SampleArray) => new Uint8Array(values.buffer.slice(0));

const SYNTAXES = [
  NATIVE,
  '1.2.840.10008.1.2.5',
  `${JPEG}57`,
  `${JPEG}70`,
  `${JPEG}80`,
  `${JPEG}90`,
  `${JPEG}201`,
  `${JPEG}202`,
  '1.2.840.10008.1.2.1.98',
  '1.2.840.10008.1.2.8.1',
];

describe('blankDicom', () => {
  it.each(SYNTAXES.flatMap((syntax) => [false, true].map((signed) => ({ syntax, signed }))))(
    'puts air in front and changes no pixel behind: $syntax, signed $signed',
    async ({ syntax, signed }) => {
      const description = shape(syntax, signed);
      const values = slice(signed);
      const pixels = syntax === NATIVE ? bytesOf(values) : [await encodeFrame(values, description)];
      const after = await opened(await blanked(imageFile(description, pixels, STATED), STEPS));
      expect(after.transferSyntax).toBe(syntax);
      const lowest = signed ? -1000 : 24;
      for (let i = 0; i < values.length; i++) {
        const isGone = isBlanked(i % COLUMNS, Math.floor(i / COLUMNS));
        expect(after.values[i]).toBe(isGone ? lowest : values[i]);
      }
    },
  );

  it('does so in big-endian words', async () => {
    const values = slice(true);
    const swapped = Buffer.from(bytesOf(values)).swap16();
    const after = await opened(await blanked(imageFile(shape(EXPLICIT_BE, true), swapped), STEPS));
    expect(
      after.values.every(
        (value, i) => isBlanked(i % COLUMNS, Math.floor(i / COLUMNS)) || value === values[i],
      ),
    ).toBe(true);
    expect(after.values[6 * COLUMNS]).toBe(-1000);
  });

  it('writes a lossy slice without loss, says that it was lossy, and changes nothing of what it showed behind', async () => {
    const grey = Buffer.from(Uint8Array.from({ length: ROWS * COLUMNS }, (_, i) => 20 + ((i * 31) % 200)));
    const jpeg = await sharp(grey, { raw: { width: COLUMNS, height: ROWS, channels: 1 } })
      .toColourspace('b-w')
      .jpeg({ quality: 90 })
      .toBuffer();
    const even = jpeg.length % 2 === 0 ? jpeg : Buffer.concat([jpeg, Buffer.alloc(1)]);
    const bytes = imageFile(described({ rows: ROWS, columns: COLUMNS, transferSyntax: JPEG_BASELINE }), [
      even,
    ]);
    const before = await opened(bytes);
    const after = await opened(await blanked(bytes, STEPS));
    expect(after.transferSyntax).toBe(`${JPEG}70`);
    expect(after.textAt(0x00282110)).toBe('01');
    expect(after.textAt(0x00282114)).toBe('ISO_10918_1');
    const lowest = Math.min(...before.values);
    for (const [i, value] of after.values.entries())
      expect(value).toBe(isBlanked(i % COLUMNS, Math.floor(i / COLUMNS)) ? lowest : before.values[i]);
  });

  it('takes the padding value where it is as dark as air, and not where it is bright', async () => {
    const description = shape(NATIVE, true);
    const padded = (value: number) => {
      const bytes = Buffer.alloc(2);
      bytes.writeInt16LE(value);
      return imageFile(description, bytesOf(slice(true)), [raw('00280120', 'SS', bytes)]);
    };
    expect((await opened(await blanked(padded(-2000), STEPS))).values[6 * COLUMNS]).toBe(-2000);
    expect((await opened(await blanked(padded(3000), STEPS))).values[6 * COLUMNS]).toBe(-1000);
  });

  it('says what was done, once, and that nobody can be recognised', async () => {
    const bytes = imageFile(shape(NATIVE, false), bytesOf(slice(false)), [
      text('00082111', 'ST', 'resampled'),
      ...STATED,
    ]);
    const once = await blanked(bytes, STEPS);
    const { textAt, file } = await opened(await blanked(once, STEPS));
    expect(textAt(0x00120063)).toBe('phi-gate\\template safe-harbor\\face blanked');
    expect(textAt(0x00082111)).toBe('resampled; phi-gate: face blanked');
    expect(textAt(0x00280302)).toBe('NO');
    const codes = file.dataSet.find((one) => one.tag === (0x00120064 as never))?.items ?? [];
    expect(
      codes.map(({ elements }) => elements.slice(0, 1).map((one) => asciiValue(file.body, one).trim())),
    ).toEqual([['113100'], ['113102']]);
  });

  it('leaves the pixels of a slice without a face as they are, stream and all', async () => {
    const description = shape(`${JPEG}80`, false);
    const stream = await encodeFrame(slice(false), description);
    const out = await blanked(imageFile(description, [stream], STATED), []);
    expect(out.includes(Buffer.from(stream))).toBe(true);
    expect((await opened(out)).textAt(0x00280302)).toBe('NO');
  });
});
