import { describe, expect, it } from 'vitest';
import type { Word } from '../../src/ocr/reader.ts';
import type { Region } from '../../src/ocr/regions.ts';
import { textBoxes } from '../../src/ocr/text-boxes.ts';
import { blank } from './bitmap-text.ts';

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
const word = (text: string, confidence = 0.9): Word => ({ text, confidence, box: [20, 20, 80, 10] });
const kinds = (one: Region, words: Word[]) => textBoxes([{ region: one, words }]).map(({ kind }) => kind);

describe('textBoxes', () => {
  it('tells safe, unsafe and unexplained text apart', () => {
    expect(kinds(region(), [word('ABDOMEN')])).toEqual(['safe']);
    expect(kinds(region(), [word('GREENHALGE')])).toEqual(['unsafe']);
    expect(kinds(region(), [])).toEqual(['unexplained']);
    expect(kinds(region(), [word('3')])).toEqual(['unexplained']);
  });

  it('lets the list vouch for a faint reading, whole and nothing besides', () => {
    expect(kinds(region(), [word('ABDOMEN', 0.4)])).toEqual(['safe']);
    expect(kinds(region(), [word('ABDOMEN', 0.4), word('XQ7', 0.4)])).toEqual(['unexplained']);
  });

  it('boxes a doubtful region only where several letters were read for certain', () => {
    const doubtful = region({ sure: false, score: 1 });
    expect(kinds(doubtful, [])).toEqual([]);
    expect(kinds(doubtful, [word('a')])).toEqual([]);
    expect(kinds(doubtful, [word('JANE')])).toEqual(['unsafe']);
  });

  it('leaves room for soft edges and for a character at the ends', () => {
    const [level] = textBoxes([{ region: region(), words: [] }]);
    expect(level?.box).toEqual([15, 17, 90, 16]);
    const [upright] = textBoxes([{ region: region({ box: [20, 20, 10, 30], vertical: true }), words: [] }]);
    expect(upright?.box).toEqual([17, 15, 16, 40]);
  });

  it('boxes codes', () => {
    expect(kinds(region({ code: 'qr', letters: 0, glyphHeight: 0 }), [])).toEqual(['unexplained']);
  });
});
