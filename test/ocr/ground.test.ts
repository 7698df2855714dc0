import { describe, expect, it } from 'vitest';
import { inkOnPaper } from '../../src/ocr/ground.ts';
import { blank, drawText } from './bitmap-text.ts';

describe('inkOnPaper', () => {
  it('takes a rising ground away from light ink', () => {
    const image = blank(200, 24);
    for (let i = 0; i < image.data.length; i++) image.data[i] = 20 + (i % 200) / 2;
    drawText(image, 'DOE JANE', 10, 5, 2, 250);
    const paper = inkOnPaper(image, true, 20);
    expect(paper.data[0]).toBeGreaterThan(230);
    expect(paper.data[199]).toBeGreaterThan(230);
    const ink = image.data.indexOf(250);
    expect(paper.data[ink]).toBeLessThan(90);
  });

  it('makes paper of what differs from the ground the other way', () => {
    const image = blank(60, 20, 120);
    image.data.fill(10, 20 * 30, 20 * 33);
    expect([...inkOnPaper(image, true, 20).data].every((value) => value > 250)).toBe(true);
  });
});
