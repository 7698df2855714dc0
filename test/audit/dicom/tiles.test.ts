import { describe, expect, it } from 'vitest';
import { readSecond } from '../../../src/audit/dicom/second-reader.ts';
import { isLabelImage, tileLayout } from '../../../src/audit/dicom/tiles.ts';
import { memorySource } from '../../../src/splice.ts';
import { EXPLICIT, el, item, LIMITS, part10, tokens } from './build.ts';

const us = (value: number) => Buffer.from(Uint16Array.of(value).buffer);
const ul = (value: number) => Buffer.from(Uint32Array.of(value).buffer);

function reading(...elements: Buffer[]) {
  const bytes = part10(EXPLICIT, Buffer.concat(elements));
  return readSecond(memorySource(bytes), tokens(bytes), LIMITS);
}

const size = [el(0x00280010, 'US', us(100)), el(0x00280011, 'US', us(100))];
const matrix = (width: number, height: number) => [
  el(0x00480006, 'UL', ul(width)),
  el(0x00480007, 'UL', ul(height)),
];
const position = (left: number, top: number) =>
  item(el(0x0048021a, 'SQ', item(el(0x0048021e, 'SL', ul(left)), el(0x0048021f, 'SL', ul(top)))));

describe('tileLayout', () => {
  it('counts the tiles of TILED_FULL row by row', () => {
    const full = reading(el(0x00209311, 'CS', 'TILED_FULL'), ...size, ...matrix(150, 200));
    expect(tileLayout(full, 4)).toEqual({
      width: 150,
      height: 200,
      places: [
        [0, 0],
        [100, 0],
        [0, 100],
        [100, 100],
      ],
    });
    expect(tileLayout(full, 5), 'tiles do not fill the matrix').toBeUndefined();
  });

  it('begins again with each focal plane or optical path', () => {
    const full = reading(el(0x00209311, 'CS', 'TILED_FULL'), ...size, ...matrix(200, 100));
    expect(tileLayout(full, 4)?.places).toEqual([
      [0, 0],
      [100, 0],
      [0, 0],
      [100, 0],
    ]);
  });

  it('takes the places of TILED_SPARSE from the frames', () => {
    const sparse = reading(
      el(0x00209311, 'CS', 'TILED_SPARSE'),
      ...size,
      ...matrix(300, 100),
      el(0x52009230, 'SQ', Buffer.concat([position(201, 1), position(1, 1)])),
    );
    expect(tileLayout(sparse, 2)?.places).toEqual([
      [200, 0],
      [0, 0],
    ]);
    expect(tileLayout(sparse, 3), 'a frame without its place').toBeUndefined();
  });

  it('knows no tiles in other images', () => {
    expect(tileLayout(reading(...size), 8)).toBeUndefined();
  });
});

describe('isLabelImage', () => {
  it.each([
    ['ORIGINAL\\PRIMARY\\LABEL\\NONE', true],
    ['ORIGINAL\\PRIMARY\\OVERVIEW\\NONE', false],
    ['ORIGINAL\\PRIMARY', false],
  ])('%s', (type, isLabel) => {
    expect(isLabelImage(reading(el(0x00080008, 'CS', type)))).toBe(isLabel);
  });
});
