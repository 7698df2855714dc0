import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { blackOutStream } from '../../../../src/dicom/pixels/dct/black-out.ts';
import type { Box } from '../../../../src/dicom/pixels/image.ts';
import type { SampleArray } from '../../../../src/dicom/pixels/samples.ts';
import { decodeStored } from '../../../../src/dicom/pixels/stored.ts';
import { described } from '../described.ts';

const [WIDTH, HEIGHT] = [83, 61];
const BOX: Box = [20, 17, 25, 9];

type Chroma = '4:4:4' | '4:2:0';

async function jpeg(
  channels: 1 | 3,
  options: { quality?: number; chroma?: Chroma; optimise?: boolean } = {},
) {
  const raw = Uint8Array.from({ length: WIDTH * HEIGHT * channels }, (_, i) => {
    const [x, y] = [Math.floor(i / channels) % WIDTH, Math.floor(i / channels / WIDTH)];
    return ((x * 5 + y * 3 + (i % channels) * 60) ^ ((x * y) & 31)) & 0xff;
  });
  const image = sharp(raw, { raw: { width: WIDTH, height: HEIGHT, channels } });
  return image
    .toColourspace(channels === 1 ? 'b-w' : 'srgb')
    .jpeg({
      quality: options.quality ?? 85,
      chromaSubsampling: options.chroma ?? '4:2:0',
      optimiseCoding: options.optimise ?? true,
    })
    .toBuffer();
}

async function valuesOf(stream: Uint8Array, channels: number): Promise<SampleArray> {
  const description = described({
    rows: HEIGHT,
    columns: WIDTH,
    samplesPerPixel: channels,
    photometric: channels === 1 ? 'MONOCHROME2' : 'YBR_FULL_422',
    transferSyntax: '1.2.840.10008.1.2.4.50',
  });
  const frame = await decodeStored(stream, 'jpeg-baseline', description);
  if (frame.state === 'not-run') throw new Error(frame.why);
  return frame.values;
}

const within = ([left, top, width, height]: Box, x: number, y: number) =>
  x >= left && x < left + width && y >= top && y < top + height;

async function compare(stream: Uint8Array, channels: 1 | 3, boxes: readonly Box[]) {
  const black = blackOutStream(stream, boxes, false);
  const [before, after] = [await valuesOf(stream, channels), await valuesOf(black.stream, channels)];
  let [changedOutside, lightInside] = [0, 0];
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      const at = (y * WIDTH + x) * channels;
      const same = before.slice(at, at + channels).join() === after.slice(at, at + channels).join();
      if (!same && !black.covered.some((box) => within(box, x, y))) changedOutside += 1;
      if (boxes.some((box) => within(box, x, y)) && (after[at] as number) > 4) lightInside += 1;
    }
  }
  return { changedOutside, lightInside, black };
}

describe('blackOutStream', () => {
  it.each([
    ['grey', 1, {}],
    ['grey with the tables of the standard', 1, { optimise: false }],
    ['grey of the highest quality', 1, { quality: 100 }],
    ['grey of low quality', 1, { quality: 10 }],
    ['colour', 3, { chroma: '4:4:4' }],
    ['colour with shared chroma', 3, { chroma: '4:2:0' }],
  ] as const)('makes whole coding units black and leaves the others: %s', async (_, channels, options) => {
    const stream = await jpeg(channels, options);
    const { changedOutside, lightInside, black } = await compare(stream, channels, [BOX]);
    expect({ changedOutside, lightInside }).toEqual({ changedOutside: 0, lightInside: 0 });
    // Nothing but the scan is another, and a table before it at most.
    const head = stream.indexOf(Buffer.from([0xff, 0xda]));
    expect(Buffer.from(black.stream).subarray(0, head)).toEqual(stream.subarray(0, head));
    expect(black.stream.length).toBeLessThan(stream.length + 64);
  });

  it('covers no more than the units that the box touches', async () => {
    const { covered } = blackOutStream(await jpeg(1), [BOX], false);
    expect(covered).toEqual([[16, 16, 32, 16]]);
  });

  it('holds for any boxes, up to the edges and beyond', async () => {
    const streams = [await jpeg(1), await jpeg(3)] as const;
    const box = fc.tuple(
      fc.nat(WIDTH),
      fc.nat(HEIGHT),
      fc.integer({ min: 1, max: WIDTH }),
      fc.integer({ min: 1, max: HEIGHT }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(box, { maxLength: 4 }), fc.boolean(), async (boxes, colour) => {
        const result = await compare(streams[colour ? 1 : 0], colour ? 3 : 1, boxes);
        expect(result).toMatchObject({ changedOutside: 0, lightInside: 0 });
      }),
      { numRuns: 40 },
    );
  });

  it('gives the stream back, but for the fill bits, where no box is', async () => {
    const stream = await jpeg(3, { optimise: false });
    expect(Buffer.from(blackOutStream(stream, [], false).stream).equals(stream)).toBe(true);
  });

  it('makes the largest value of inverted grey black', async () => {
    const { stream } = blackOutStream(await jpeg(1), [BOX], true);
    const values = await valuesOf(stream, 1);
    expect(values[20 * WIDTH + 30]).toBe(255);
  });

  it('refuses streams that are progressive or broken, with a typed error', async () => {
    const raw = { width: 16, height: 16, channels: 1 } as const;
    const progressive = await sharp(Buffer.alloc(256, 7), { raw }).jpeg({ progressive: true }).toBuffer();
    expect(() => blackOutStream(progressive, [BOX], false)).toThrow(
      expect.objectContaining({ code: 'unsupported' }),
    );
    const whole = await jpeg(3);
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(255), fc.boolean(), (at, byte, cut) => {
        const mutated = Buffer.from(cut ? whole.subarray(0, at) : whole);
        if (!cut) mutated[at] = byte;
        try {
          blackOutStream(mutated, [BOX], false);
        } catch (error) {
          expect(error).toMatchObject({ code: expect.stringMatching(/malformed|truncated|unsupported/) });
        }
      }),
      { numRuns: 1500 },
    );
  });
});
