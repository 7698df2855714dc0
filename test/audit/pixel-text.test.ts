import { describe, expect, it } from 'vitest';
import { findingsOfRegions } from '../../src/audit/pixel-text.ts';
import type { Word } from '../../src/ocr/reader.ts';
import type { Region } from '../../src/ocr/regions.ts';
import { blank } from '../ocr/bitmap-text.ts';

const region = (fields: Partial<Region> = {}): Region => ({
  box: [20, 20, 80, 10],
  plane: blank(200, 60),
  polarity: 'light',
  vertical: false,
  glyphs: 8,
  letters: 8,
  glyphHeight: 10,
  score: 6,
  sure: true,
  ...fields,
});
const word = (text: string, confidence: number): Word => ({ text, confidence, box: [20, 20, 80, 10] });
const rules = (one: Region, words: Word[]) => {
  const readings = [{ region: one, words }];
  return findingsOfRegions(readings, readings, 1, []).map(({ hit }) => hit.rule);
};

describe('findingsOfRegions', () => {
  it('takes a symbol for machines for a suspect, and looks for no text in it', () => {
    expect(rules(region({ code: 'qr', letters: 0 }), [])).toEqual(['pixels.code']);
  });

  it('holds what nobody could read, but for faint safe terms that account for all of it', () => {
    expect(rules(region(), [])).toEqual(['pixels.unexplained-text']);
    expect(rules(region(), [word('ABDOMEN', 0.3)])).toEqual([]);
    expect(rules(region(), [word('GREENHAL', 0.3)])).toEqual(['pixels.unexplained-text']);
  });

  it('holds words that are not safe', () => {
    expect(rules(region(), [word('GREENHALGE', 0.9)])).toEqual(['pixels.text']);
    expect(rules(region({ sure: false, score: 1 }), [])).toEqual([]);
  });
});
