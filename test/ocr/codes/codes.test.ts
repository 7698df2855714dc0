import { describe, expect, it } from 'vitest';
import { SYMBOLS, symbol } from '../../../eval/draw/symbols.ts';
import type { GreyImage } from '../../../src/dicom/pixels/image.ts';
import { codesIn as find } from '../../../src/ocr/codes/codes.ts';
import { relief } from '../../../src/ocr/components.ts';
import { blank, drawText, tissue } from '../bitmap-text.ts';

const codesIn = (image: GreyImage) => find(image, relief(image));

const MODULE = 3;
const QUIET = 4;

/** Draws a symbol with its quiet zone; its box. */
function draw(image: GreyImage, kind: (typeof SYMBOLS)[number], x: number, y: number) {
  const made = symbol(kind, kind === 'ean13' ? '590123412345' : 'MRN70458812');
  const [width, height] = [(made.width + 2 * QUIET) * MODULE, (made.height + 2 * QUIET) * MODULE];
  for (let v = 0; v < height; v++) {
    for (let u = 0; u < width; u++) {
      const dark = made.dark(Math.floor(u / MODULE) - QUIET, Math.floor(v / MODULE) - QUIET);
      image.data[(y + v) * image.width + x + u] = dark ? 10 : 240;
    }
  }
  return [x + QUIET * MODULE, y + QUIET * MODULE, made.width * MODULE, made.height * MODULE] as const;
}

function turned(image: GreyImage): GreyImage {
  const out = blank(image.height, image.width);
  for (let y = 0; y < image.height; y++)
    for (let x = 0; x < image.width; x++)
      out.data[x * image.height + y] = image.data[y * image.width + x] as number;
  return out;
}

describe('codesIn', () => {
  it.each(SYMBOLS)('finds %s, upright and lying, and covers it', (kind) => {
    const image = tissue(900, 400);
    const [x, y, w, h] = draw(image, kind, 40, 60);
    const [found] = codesIn(image);
    const [left, top, width, height] = found?.box ?? expect.fail('not found');
    expect(left).toBeLessThanOrEqual(x + 2);
    expect(top).toBeLessThanOrEqual(y + 4);
    expect(left + width).toBeGreaterThanOrEqual(x + w - 2);
    expect(top + height).toBeGreaterThanOrEqual(y + h - 4);
    expect(codesIn(turned(image)).length).toBeGreaterThan(0);
  });

  it('takes neither text nor tissue nor a grid for a code', () => {
    const image = tissue(640, 200);
    drawText(image, 'WILLIAM HILL 11/11/1951 HHHHIIIILLLL', 10, 20, 2);
    drawText(image, 'MINIMUM ILLINI', 10, 80, 6);
    expect(codesIn(image)).toEqual([]);
    const grid = blank(400, 400, 240);
    for (let i = 0; i < grid.data.length; i++) if (i % 9 === 0 || (i % 400) % 9 === 0) grid.data[i] = 30;
    for (let y = 0; y < 400; y++) for (let x = 0; x < 400; x++) grid.data[y * 400 + x] = x % 9 < 1 ? 30 : 240;
    expect(codesIn(grid)).toEqual([]);
  });

  it('copes with a picture of one pixel', () => {
    expect(codesIn(blank(1, 1))).toEqual([]);
  });
});
