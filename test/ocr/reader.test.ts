import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOcr, type Ocr } from '../../src/ocr/reader.ts';
import { type Turn, uprighted } from '../../src/ocr/turn.ts';
import { blank, drawText } from './bitmap-text.ts';

describe('createOcr', () => {
  let ocr: Ocr;
  beforeAll(async () => {
    ocr = await createOcr();
  });
  afterAll(() => ocr.close());

  it('reads words with their boxes in the picture', { timeout: 60_000 }, async () => {
    const image = blank(400, 160);
    drawText(image, 'HOSPITAL', 30, 20, 3);
    drawText(image, 'ST MARY CLINIC', 120, 100, 2);
    const words = await ocr.read(image);
    const name = words.find(({ text, alternative }) => [text, alternative].includes('HOSPITAL'));
    expect(name).toBeDefined();
    expect(name?.box[0]).toBeGreaterThan(20);
    expect(name?.box[0]).toBeLessThan(40);
    expect(name?.box[1]).toBeLessThan(30);
    expect(words.some(({ text, box }) => text === 'MARY' && box[1] > 90 && box[0] > 110)).toBe(true);
  });

  it.each([90, 180, 270] as const)('reads text turned by %i degrees', { timeout: 60_000 }, async (turn) => {
    const level = blank(340, 60);
    drawText(level, 'GREENHALGE MARTHA', 20, 20, 2);
    // What turns text back by 270 turns it by 90.
    const image = uprighted(level, ((360 - turn) % 360) as Turn);
    const words = await ocr.read(image);
    const text = words.flatMap((word) => [word.text, word.alternative]).join(' ');
    expect(text).toMatch(/GREEN?M?HALGE/);
    expect(words.every((word) => word.turn === turn)).toBe(true);
  });

  it('reads nothing in an empty picture', async () => {
    expect(await ocr.read(blank(200, 100))).toEqual([]);
  });

  it('gives up on a page that takes too long, and reads on afterwards', { timeout: 60_000 }, async () => {
    const hurried = await createOcr({ timeout: 1 });
    const image = blank(300, 60);
    drawText(image, 'DOE JANE', 20, 20, 3);
    await expect(hurried.read(image)).rejects.toMatchObject({ code: 'too-large' });
    await hurried.close();
    expect((await ocr.read(image)).length).toBeGreaterThan(0);
  });
});
