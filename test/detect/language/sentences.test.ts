import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sentenceAround, sentences } from '../../../src/detect/language/sentences.ts';

const parts = (text: string): string[] => sentences(text).map(({ start, end }) => text.slice(start, end));

describe('sentences', () => {
  it('end neither at titles and initials nor within numbers and times', () => {
    const text =
      'Dr. A. Roe saw her. She left at 5 p.m. and went home.  T 98.6, BP 120/80. Next visit Jan. 3.';
    expect(parts(text)).toEqual([
      'Dr. A. Roe saw her.',
      'She left at 5 p.m. and went home.',
      'T 98.6, BP 120/80.',
      'Next visit Jan. 3.',
    ]);
  });

  it('end with a line', () => {
    expect(parts('HISTORY: fine\nNo rales\r\n\r\nPlan: home')).toEqual([
      'HISTORY: fine',
      'No rales',
      'Plan: home',
    ]);
  });

  it('cover every word of any text, in order', () => {
    const piece = fc.constantFrom(
      'Dr. Roe ',
      'a ',
      '. ',
      '\n',
      '? ',
      '😀 ',
      '5 p.m. ',
      'ü',
      '“x” ',
      "it's ",
      '-- ',
      '1.5 ',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join('');
        const spans = sentences(text);
        let at = 0;
        for (const { start, end } of spans) {
          expect(text.slice(at, start).trim()).toBe('');
          expect(end).toBeGreaterThan(start);
          at = end;
        }
        expect(text.slice(at).trim()).toBe('');
      }),
    );
  });

  it('are found around a place', () => {
    const text = 'One is here.\nTwo is there. Three is not.';
    const { start, end } = sentenceAround(text, text.indexOf('Three') + 2);
    expect(text.slice(start, end)).toBe('Three is not.');
  });
});
