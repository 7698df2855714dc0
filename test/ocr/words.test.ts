import { describe, expect, it } from 'vitest';
import { passagesOfFrame } from '../../src/ocr/passages.ts';
import type { Word } from '../../src/ocr/reader.ts';
import { isSafeReading, isSafeTerm } from '../../src/ocr/safe-terms.ts';
import { legible, mergeReadings } from '../../src/ocr/words.ts';

const word = (text: string, confidence: number, box: Word['box'] = [0, 0, 40, 10]): Word => ({
  text,
  confidence,
  box,
});

describe('mergeReadings', () => {
  it('takes the more certain reading and keeps the other', () => {
    expect(mergeReadings([word('D0E', 0.6)], [word('DOE', 0.9)])).toEqual([
      { ...word('DOE', 0.9), alternative: 'D0E' },
    ]);
  });

  it('keeps words of one reading whose boxes overlap', () => {
    const second = [word('Map', 0.95, [36, 119, 29, 11]), word('3', 0.96, [59, 118, 7, 13])];
    expect(mergeReadings([], second).map(({ text }) => text)).toEqual(['Map', '3']);
  });

  it('adds what one reading alone has', () => {
    const merged = mergeReadings([word('DOE', 0.9)], [word('JANE', 0.8, [50, 0, 40, 10])]);
    expect(merged.map(({ text }) => text)).toEqual(['DOE', 'JANE']);
  });
});

describe('legible', () => {
  it('drops what is uncertain, and what has no letter and no digit', () => {
    const words = [word('DOE', 0.2), word('~', 0.9), word('JANE', 0.4)];
    expect(legible(words, 0.3).map(({ text }) => text)).toEqual(['JANE']);
  });
});

describe('passagesOfFrame', () => {
  const words = [
    word('DOE', 0.9, [0, 0, 30, 10]),
    word('DOB', 0.9, [0, 20, 30, 10]),
    word('JÄNE', 0.9, [90, 1, 40, 10]),
  ];

  it('puts level words on one line and maps spans of code points back to boxes', () => {
    const [passage] = passagesOfFrame(words);
    expect(passage?.text).toBe('DOE JÄNE\nDOB');
    expect(passage?.boxOf(4, 8)).toEqual([90, 1, 40, 10]);
    expect(passage?.boxOf(0, 8)).toEqual([0, 0, 130, 11]);
    expect(passage?.boxOf(3, 4)).toBeUndefined();
  });

  it('gives a second passage with the alternatives', () => {
    const passages = passagesOfFrame([{ ...word('D0E', 0.9), alternative: 'DOE' }]);
    expect(passages.map(({ text }) => text)).toEqual(['D0E', 'DOE']);
  });

  it('reads turned words in their own order, apart from the upright ones', () => {
    const up = (text: string, y: number): Word => ({ ...word(text, 0.9, [5, y, 10, 40]), turn: 270 });
    const [passage] = passagesOfFrame([
      up('MARTHA', 20),
      up('GREENHALGE', 80),
      word('DOB', 0.9, [90, 60, 30, 10]),
    ]);
    expect(passage?.text).toBe('DOB\nGREENHALGE MARTHA');
  });

  it('gives none for no words', () => {
    expect(passagesOfFrame([])).toEqual([]);
  });
});

describe('isSafeTerm', () => {
  it.each(['L', 'RIGHT', '4.0cm', '60%', 'TIS0.0', 'MI:', '36Hz', 'AP/PA', '---', 'Gn', '3/3/4'])(
    'knows %s',
    (text) => {
      expect(isSafeTerm(text)).toBe(true);
    },
  );

  it.each([
    'DOE',
    '08/29/1951',
    '24-MAY-02',
    '00047431395',
    '05:24:57PM',
    'CLEVELAND',
    '12345',
    '095Y',
    '1/2/51',
  ])('does not know %s', (text) => {
    expect(isSafeTerm(text)).toBe(false);
  });
});

describe('isSafeReading', () => {
  it.each([
    'RightKidney',
    'LThuroid',
    'TIS©.4',
    'SL5.0mm',
    'TISO.4',
    'MIl.1',
    '28H2',
    '16em',
    'Z00M',
    '4OHz',
    'Thyreid',
    'Rbdomen',
    '12.0cn',
  ])('sees a safe term in %s', (text) => {
    expect(isSafeReading({ text })).toBe(true);
  });

  it('takes any reading', () => {
    expect(isSafeReading({ text: 'LFFFT', alternative: 'LEFT' })).toBe(true);
  });

  it.each([
    'HeadHart',
    'LMartin',
    'ID4711',
    'MI70458812',
    'HART',
    'BRIAN',
    'COLEMAN',
    '12O45678',
    'MRN',
    '0l/02/51',
    'Lee',
  ])('sees none in %s', (text) => {
    expect(isSafeReading({ text })).toBe(false);
  });
});
