import { describe, expect, it } from 'vitest';
import { rgbImage } from '../../src/dicom/pixels/image.ts';
import { RegionMemory } from '../../src/ocr/memory.ts';
import { textRegions } from '../../src/ocr/regions.ts';
import { blank, drawText, tissue } from './bitmap-text.ts';

describe('textRegions', () => {
  it.each([
    ['light on dark', 0, 255],
    ['dark on light', 230, 20],
    ['faint on grey', 100, 140],
  ])('finds a line of text %s', (_, ground, ink) => {
    const image = blank(320, 120, ground);
    drawText(image, 'DOE JANE 1951', 20, 40, 2, ink);
    const regions = textRegions(image);
    const line = regions.find(({ box }) => box[0] <= 22 && box[0] + box[2] >= 160);
    expect(line).toBeDefined();
    expect(line?.box[1]).toBeGreaterThanOrEqual(38);
    expect(line?.box[3]).toBeLessThanOrEqual(16);
  });

  it('is sure of a line over tissue', () => {
    const image = tissue(320, 200);
    drawText(image, 'ST MARY HOSPITAL', 10, 20, 2);
    expect(textRegions(image).some(({ sure, box }) => sure && box[1] < 40)).toBe(true);
  });

  it('finds text that differs from its ground in colour alone', () => {
    const ink = blank(320, 60);
    drawText(ink, 'DOE JANE', 20, 20, 2);
    const rgb = new Uint8Array(320 * 60 * 3);
    for (const [i, on] of ink.data.entries()) rgb.set(on ? [255, 0, 0] : [0, 0, 255], i * 3);
    expect(textRegions(rgbImage(320, 60, rgb)).length).toBeGreaterThan(0);
  });

  it.each(['down', 'up'])('finds a line that runs %s', (direction) => {
    const level = blank(200, 40);
    drawText(level, 'DOE JANE 1951', 10, 10, 2);
    const image = blank(40, 200);
    for (let y = 0; y < 200; y++) {
      for (let x = 0; x < 40; x++) {
        const from = direction === 'down' ? (39 - x) * 200 + y : x * 200 + 199 - y;
        image.data[y * 40 + x] = level.data[from] as number;
      }
    }
    const line = textRegions(image).find(({ vertical }) => vertical);
    expect(line?.sure).toBe(true);
    expect(line?.box[3]).toBeGreaterThan(140);
  });

  it('finds nothing in an empty frame, and nothing sure in tissue', () => {
    expect(textRegions(blank(512, 512, 40))).toEqual([]);
    expect(textRegions(tissue(512, 512)).filter(({ sure }) => sure)).toEqual([]);
  });

  it('copes with frames of a single pixel', () => {
    expect(textRegions(blank(1, 1))).toEqual([]);
  });
});

describe('RegionMemory', () => {
  const frameWith = (text: string, noise = 0) => {
    const image = blank(200, 40);
    drawText(image, text, 10, 10, 2);
    for (let i = 0; i < image.data.length; i++) {
      image.data[i] = Math.min(255, (image.data[i] as number) + ((i * 7) % (noise + 1)));
    }
    return textRegions(image)[0] ?? expect.fail('no region');
  };

  it('recalls what did not change, noise aside', () => {
    const memory = new RegionMemory();
    const words = [{ text: 'FRAME 1', confidence: 0.9, box: [10, 10, 80, 14] as const }];
    memory.remember([{ region: frameWith('FRAME 1'), words }]);
    expect(memory.recall(frameWith('FRAME 1', 6))).toBe(words);
  });

  it('recalls what it saw several frames ago', () => {
    const memory = new RegionMemory();
    const words = [{ text: 'FRAME 1', confidence: 0.9, box: [10, 10, 80, 14] as const }];
    memory.remember([{ region: frameWith('FRAME 1'), words }]);
    memory.remember([{ region: frameWith('DOE 234'), words: [] }]);
    expect(memory.recall(frameWith('FRAME 1'))).toBe(words);
  });

  it('does not recall a line in which one character changed', () => {
    const memory = new RegionMemory();
    memory.remember([{ region: frameWith('FRAME 1'), words: [] }]);
    expect(memory.recall(frameWith('FRAME 7'))).toBeUndefined();
  });
});
