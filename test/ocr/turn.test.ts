import { describe, expect, it } from 'vitest';
import { greyImage } from '../../src/dicom/pixels/image.ts';
import { readingPlace, turnedBack, uprighted } from '../../src/ocr/turn.ts';

/** Three by two pixels: 1 2 3 over 4 5 6. */
const image = greyImage(3, 2, Uint8Array.of(1, 2, 3, 4, 5, 6));

describe('uprighted', () => {
  it.each([
    [0, 3, [1, 2, 3, 4, 5, 6]],
    [90, 2, [3, 6, 2, 5, 1, 4]],
    [180, 3, [6, 5, 4, 3, 2, 1]],
    [270, 2, [4, 1, 5, 2, 6, 3]],
  ] as const)('turns text that stands at %i degrees', (turn, width, pixels) => {
    const upright = uprighted(image, turn);
    expect(upright.width).toBe(width);
    expect([...upright.data]).toEqual(pixels);
  });
});

describe('turnedBack', () => {
  it.each([0, 90, 180, 270] as const)('finds each pixel of the upright picture at %i degrees', (turn) => {
    const upright = uprighted(image, turn);
    for (let i = 0; i < upright.data.length; i++) {
      const box = [i % upright.width, Math.floor(i / upright.width), 1, 1] as const;
      const [x, y] = turnedBack(box, turn, image.width, image.height);
      expect(image.data[y * image.width + x]).toBe(upright.data[i]);
    }
  });
});

describe('readingPlace', () => {
  it('puts the words of a line that runs up from left to right', () => {
    const first = readingPlace([10, 200, 12, 80], 270);
    const second = readingPlace([10, 100, 12, 90], 270);
    expect(first[0]).toBeLessThan(second[0]);
    expect(first[1]).toBe(second[1]);
  });
});
