import { deflateRawSync } from 'node:zlib';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { openFrames, readFrame } from '../../../src/dicom/pixels/frames.ts';
import { frameCount } from '../../../src/dicom/pixels/readable.ts';
import { described, encapsulatedData, nativeData } from './described.ts';

const JPEG = '1.2.840.10008.1.2.4.50';

describe('readFrame', () => {
  it('shows MONOCHROME1 with its scale turned round', async () => {
    const data = nativeData(Uint8Array.of(0, 0, 0, 0, 255, 255, 255, 255));
    const frame = await readFrame(described({ photometric: 'MONOCHROME1' }), data, 0);
    expect(frame).toMatchObject({ state: 'decoded', image: { kind: 'grey' } });
    if (frame.state === 'decoded') expect([...frame.image.data]).toEqual([255, 255, 255, 255, 0, 0, 0, 0]);
  });

  it('maps palette colours by tables in the byte order of the data set', async () => {
    const table = (high: number) => ({ descriptor: [2, 0, 16] as const, data: Uint8Array.of(0, 0, high, 0) });
    const palette = { red: table(200), green: table(100), blue: table(50) };
    const description = described({
      photometric: 'PALETTE COLOR',
      palette,
      littleEndian: false,
      rows: 1,
      columns: 2,
    });
    const frame = await readFrame(description, nativeData(Uint8Array.of(1, 0)), 0);
    if (frame.state !== 'decoded') throw new Error('not decoded');
    expect([...frame.image.data]).toEqual([200, 100, 50, 0, 0, 0]);
  });

  it.each([
    ['native', described({ frames: 2_000_000_000 }), nativeData(new Uint8Array(16))],
    [
      'a video',
      described({ frames: 2_000_000_000, transferSyntax: '1.2.840.10008.1.2.4.102' }),
      nativeData(new Uint8Array(16)),
    ],
  ])('refuses to count frames that the data of %s could never hold', (_, description, data) => {
    expect(() => openFrames(description, data)).toThrow(expect.objectContaining({ code: 'malformed' }));
  });

  it('tells the frames that a cut file lacks', () => {
    expect(openFrames(described({ frames: 900 }), nativeData(new Uint8Array(16))).count).toBe(900);
  });

  it('maps signed samples by a palette that begins below zero', async () => {
    const table = { descriptor: [3, 0xffff, 8] as const, data: Uint8Array.of(10, 20, 30, 0) };
    const description = described({
      photometric: 'PALETTE COLOR',
      palette: { red: table, green: table, blue: table },
      pixelRepresentation: 1,
      rows: 1,
      columns: 3,
    });
    const frame = await readFrame(description, nativeData(Uint8Array.of(0xff, 0, 1)), 0);
    if (frame.state !== 'decoded') throw new Error('not decoded');
    expect([...frame.image.data]).toEqual([10, 10, 10, 20, 20, 20, 30, 30, 30]);
  });

  it('shows colours of fewer bits than are declared in full', async () => {
    const table = { descriptor: [2, 0, 16] as const, data: Uint8Array.of(0, 0, 0xff, 0x0f) };
    const palette = { red: table, green: table, blue: table };
    const mapped = described({ photometric: 'PALETTE COLOR', palette, rows: 1, columns: 2 });
    const rgb = { samplesPerPixel: 3, photometric: 'RGB', bitsAllocated: 16, rows: 1, columns: 1 };
    for (const [description, bytes] of [
      [mapped, [1, 0]],
      [described(rgb), [0xff, 0x0f, 0xff, 0x0f, 0, 0]],
    ] as const) {
      const frame = await readFrame(description, nativeData(Uint8Array.from(bytes)), 0);
      expect(frame.state === 'decoded' && Math.max(...frame.image.data)).toBe(255);
    }
  });

  it('turns YBR_FULL into RGB', async () => {
    const description = described({ rows: 1, columns: 1, samplesPerPixel: 3, photometric: 'YBR_FULL' });
    const frame = await readFrame(description, nativeData(Uint8Array.of(76, 85, 255)), 0);
    if (frame.state !== 'decoded') throw new Error('not decoded');
    const [red, green, blue] = frame.image.data;
    expect(red).toBeGreaterThan(250);
    expect(green).toBeLessThan(5);
    expect(blue).toBeLessThan(5);
  });

  it.each([
    ['a syntax it cannot decode', described({ transferSyntax: '1.2.840.10008.1.2.4.102' }), /video/],
    ['a syntax it does not know', described({ transferSyntax: '1.2.3' }), /not known/],
    ['encapsulated syntax over native data', described({ transferSyntax: JPEG }), /contradicts/],
    ['zero rows', described({ rows: 0 }), /Rows or Columns/],
    ['a frame over the limit', described({ rows: 60000, columns: 60000 }), /limit/],
    [
      'colour of floating-point pixels',
      described({ sampleFormat: 'float', bitsAllocated: 32, samplesPerPixel: 3, photometric: 'RGB' }),
      /floating/,
    ],
    ['floating-point pixels of 16 bits', described({ sampleFormat: 'float', bitsAllocated: 16 }), /16 bits/],
    ['12 bits allocated', described({ bitsAllocated: 12 }), /12 bits/],
    ['bits stored beyond bits allocated', described({ bitsStored: 9 }), /Bits Stored/],
    ['a palette that is missing', described({ photometric: 'PALETTE COLOR' }), /palette/],
    ['samples that contradict the photometric interpretation', described({ photometric: 'RGB' }), /Samples/],
    ['a photometric interpretation it does not know', described({ photometric: 'CMYK' }), /photometric/],
  ])('does not run %s, and says why', async (_, description, why) => {
    const frame = await readFrame(description, nativeData(new Uint8Array(64)), 0);
    expect(frame).toEqual({ state: 'not-run', why: expect.stringMatching(why) });
  });
});

describe('JPEG baseline frames', () => {
  let stream: Uint8Array;
  const description = described({ transferSyntax: JPEG, rows: 16, columns: 24 });
  beforeAll(async () => {
    const pixels = Buffer.alloc(24 * 16, 10).fill(240, 0, 24 * 8);
    stream = await sharp(pixels, { raw: { width: 24, height: 16, channels: 1 } })
      .toColourspace('b-w')
      .jpeg({ quality: 95 })
      .toBuffer();
  });

  it('are decoded from several fragments', async () => {
    const data = encapsulatedData([stream.subarray(0, 100), stream.subarray(100)]);
    const frame = await readFrame(description, data, 0);
    if (frame.state !== 'decoded') throw new Error(frame.why);
    expect(frame.image.data[0]).toBeGreaterThan(230);
    expect(frame.image.data.at(-1)).toBeLessThan(20);
  });

  it.each([
    ['the size differs', { rows: 17 }, /size/],
    ['the components differ', { samplesPerPixel: 3, photometric: 'YBR_FULL_422' }, /components/],
  ])('are not run where %s from the stream’s own header', async (_, changes, why) => {
    const frame = await readFrame({ ...description, ...changes }, encapsulatedData([stream]), 0);
    expect(frame).toEqual({ state: 'not-run', why: expect.stringMatching(why) });
  });

  it('are refused when they end early', async () => {
    const data = encapsulatedData([stream.subarray(0, stream.length - 40)]);
    await expect(readFrame(description, data, 0)).rejects.toMatchObject({ code: 'malformed' });
  });

  it('are refused when they are no JPEG', async () => {
    await expect(readFrame(description, encapsulatedData([new Uint8Array(50)]), 0)).rejects.toMatchObject({
      code: 'malformed',
    });
  });
});

describe('openFrames', () => {
  it('counts one frame where Number of Frames says none', () => {
    expect(frameCount(described({ frames: 0 }))).toBe(1);
    expect(openFrames(described({ frames: Number.NaN }), nativeData(new Uint8Array(8))).count).toBe(1);
  });
});

describe('frames that are native inside fragments', () => {
  const picture = Uint8Array.from({ length: 16 * 24 }, (_, i) => i & 0xff);
  const frameOf = (transferSyntax: string, stream: Uint8Array) =>
    readFrame(described({ transferSyntax, rows: 16, columns: 24 }), encapsulatedData([stream]), 0);

  it('are read as they are, and inflated', async () => {
    for (const [syntax, stream] of [
      ['1.2.840.10008.1.2.1.98', picture],
      ['1.2.840.10008.1.2.8.1', deflateRawSync(picture)],
    ] as const) {
      const frame = await frameOf(syntax, stream);
      expect(frame.state === 'decoded' && frame.image.data).toEqual(picture);
    }
  });

  it('are never inflated past their size', async () => {
    const bomb = deflateRawSync(Buffer.alloc(1 << 20));
    await expect(frameOf('1.2.840.10008.1.2.8.1', bomb)).rejects.toThrow(/inflated/);
  });
});

describe('frames of the codec library', () => {
  it('are not run where the coding contradicts the transfer syntax', async () => {
    const jpeg = await sharp(Buffer.alloc(16 * 24), { raw: { width: 24, height: 16, channels: 1 } })
      .toColourspace('b-w')
      .jpeg()
      .toBuffer();
    const frame = await readFrame(
      described({ transferSyntax: '1.2.840.10008.1.2.4.80', rows: 16, columns: 24 }),
      encapsulatedData([jpeg]),
      0,
    );
    expect(frame).toEqual({ state: 'not-run', why: expect.stringMatching(/coding/) });
  });

  it('are refused at once where a JPEG-LS stream was cut', async () => {
    const cut = Uint8Array.from([
      ...[0xff, 0xd8, 0xff, 0xf7, 0, 11, 8, 0, 16, 0, 24, 1, 1, 0x11, 0],
      ...[0xff, 0xda, 0, 8, 1, 1, 0, 0, 0, 0, 1, 2, 3],
    ]);
    const thumbnail = [0xff, 0xe1, 0, 6, 0xff, 0xd8, 0xff, 0xd9];
    const withThumbnail = Uint8Array.from([...cut.subarray(0, 2), ...thumbnail, ...cut.subarray(2)]);
    const description = described({ transferSyntax: '1.2.840.10008.1.2.4.80', rows: 16, columns: 24 });
    for (const stream of [cut, withThumbnail])
      await expect(readFrame(description, encapsulatedData([stream]), 0)).rejects.toThrow(/cut/);
  });

  it('go on after a stream that the decoder refuses', async () => {
    const jpeg = await sharp(Buffer.alloc(16 * 24, 77), { raw: { width: 24, height: 16, channels: 1 } })
      .toColourspace('b-w')
      .jpeg({ quality: 100 })
      .toBuffer();
    const broken = Buffer.from(jpeg);
    broken.fill(0xff, jpeg.length >> 1, jpeg.length - 2);
    const description = described({
      transferSyntax: '1.2.840.10008.1.2.4.51',
      rows: 16,
      columns: 24,
      frames: 2,
    });
    const frames = openFrames(description, encapsulatedData([broken.subarray(0, 60), jpeg]));
    await expect(frames.read(0)).rejects.toThrow(/header|decoded/);
    const second = await frames.read(1);
    expect(second.state).toBe('decoded');
  });
});
