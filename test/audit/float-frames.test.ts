import { describe, expect, it } from 'vitest';
import { auditFrames } from '../../src/audit/pixels.ts';
import type { Ocr } from '../../src/ocr/reader.ts';
import { described, nativeData } from '../dicom/pixels/described.ts';
import { blank, drawText } from '../ocr/bitmap-text.ts';

const [WIDTH, HEIGHT] = [240, 60];

/** An engine that reads every region as one word. */
const OCR: Ocr = {
  read: async () => [],
  readRegions: async (regions) =>
    regions.map((region) => ({ region, words: [{ text: 'HARROWGATE', confidence: 0.9, box: region.box }] })),
  close: async () => undefined,
};

/** A frame of doubles with a word in it, made of the 8-bit levels of a picture. */
async function audited(toValue: (level: number) => number, word = 'HARROWGATE') {
  const image = blank(WIDTH, HEIGHT);
  drawText(image, word, 10, 20, 2);
  const values = Float64Array.from(image.data, toValue);
  const description = described({ sampleFormat: 'float', bitsAllocated: 64, rows: HEIGHT, columns: WIDTH });
  return auditFrames(description, nativeData(new Uint8Array(values.buffer)), OCR, []);
}

describe('text in floating-point frames', () => {
  it.each<[string, (level: number) => number]>([
    ['of any scale', (level) => level * 1e-6 - 3],
    ['of numbers that are no numbers', (level) => (level > 127 ? Number.NaN : 1)],
    ['in infinity', (level) => (level > 127 ? Number.POSITIVE_INFINITY : level)],
    ['of the largest numbers', (level) => (level > 127 ? 1.7e308 : -1.7e308)],
  ])('%s is found', async (_, toValue) => {
    const { counts, findings } = await audited(toValue);
    expect(counts).toMatchObject({ total: 1, read: 1, notRun: 0 });
    expect(findings.map(({ hit }) => hit.rule)).toContain('pixels.text');
  });

  it('is found beside one value that outshines all others', async () => {
    let first = true;
    const { findings } = await audited((level) => {
      const value = first ? 1e20 : level / 255;
      first = false;
      return value;
    });
    expect(findings).not.toEqual([]);
  });

  it('is not found where there is none', async () => {
    expect((await audited((level) => level * 0.5, '')).counts).toMatchObject({ cleared: 1, notRun: 0 });
  });
});
