import { describe, expect, it } from 'vitest';
import { furtherPixels, nestedPixels, pixelsOf } from '../../../src/audit/dicom/pixel-data.ts';
import { readSecond } from '../../../src/audit/dicom/second-reader.ts';
import { openFrames } from '../../../src/dicom/pixels/frames.ts';
import { memorySource } from '../../../src/splice.ts';
import { BIG_ENDIAN, EXPLICIT, el, item, LIMITS, part10, tokens } from './build.ts';

function read(syntax: string, ...elements: Buffer[]) {
  const bytes = part10(syntax, Buffer.concat(elements));
  const file = tokens(bytes);
  return { file, reading: readSecond(memorySource(bytes), file, LIMITS) };
}

const us = (tag: number, value: number, big = false) => {
  const bytes = Buffer.alloc(2);
  if (big) bytes.writeUInt16BE(value);
  else bytes.writeUInt16LE(value);
  return el(tag, 'US', bytes, { big });
};

/** Floating Point Image Pixel module of two rows and two columns (PS3.3 C.7.6.24). */
const module = (big = false) => [
  us(0x00280002, 1, big),
  el(0x00280004, 'CS', 'MONOCHROME2', { big }),
  us(0x00280010, 2, big),
  us(0x00280011, 2, big),
];

describe('the pixels of an instance', () => {
  it.each([
    [0x7fe00008, 'OF', 4, 'little endian', EXPLICIT],
    [0x7fe00009, 'OD', 8, 'little endian', EXPLICIT],
    [0x7fe00008, 'OF', 4, 'big endian', BIG_ENDIAN],
    [0x7fe00009, 'OD', 8, 'big endian', BIG_ENDIAN],
  ])('are floating-point in %i %s of %i bytes, %s', async (tag, vr, size, _, syntax) => {
    const big = syntax === BIG_ENDIAN;
    const values = Buffer.alloc(size * 4);
    [0, 10, 20, 30].forEach((value, i) => {
      if (size === 8) big ? values.writeDoubleBE(value, i * 8) : values.writeDoubleLE(value, i * 8);
      else big ? values.writeFloatBE(value, i * 4) : values.writeFloatLE(value, i * 4);
    });
    const { file, reading } = read(syntax, ...module(big), el(tag, vr, values, { big }));
    const pixels = pixelsOf(reading, file.transferSyntax, file.body);
    if (pixels === undefined) throw new Error('no pixels');
    const frame = await openFrames(pixels.description, pixels.data).read(0);
    expect(frame).toMatchObject({ state: 'decoded', image: { data: Uint8Array.of(0, 85, 170, 255) } });
  });

  it('are one element: what stands beside it or inside a sequence is counted', () => {
    const floats = el(0x7fe00008, 'OF', Buffer.alloc(16));
    const plain = el(0x7fe00010, 'OW', Buffer.alloc(8));
    const icon = el(0x00880200, 'SQ', item(plain));
    const { file, reading } = read(EXPLICIT, ...module(), icon, floats, plain);
    const nested = nestedPixels(reading, file.transferSyntax, file.body);
    expect(furtherPixels(reading)).toBe(1);
    expect(nested.map(({ locus }) => locus)).toEqual(['(0088,0200)[0]']);
    expect(furtherPixels(read(EXPLICIT, ...module(), floats).reading)).toBe(0);
  });
});
