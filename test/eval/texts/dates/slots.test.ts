import { describe, expect, it } from 'vitest';
import { inWords, ordinal, ordinalInWords, yearInWords } from '../../../../eval/texts/dates/numbers.ts';
import { plant } from '../../../../eval/texts/dates/slots.ts';

const slots = [
  {
    name: 'ages',
    forms: { n: (n: number) => `${n}`, yo: (n: number) => `${n} yo` },
    frames: ['is {} now', 'aged {}', '{}', 'at {} still', 'turned {}', 'lived to {}'],
  },
];
const planted = (half: 'seen' | 'held out') => plant(slots, () => 94, { half, seed: 1, times: 1 });

describe('planted texts', () => {
  it('say where the value stands', () => {
    for (const { text, span, form } of planted('seen')) {
      expect(text.slice(...(span ?? [0, 0]))).toBe(form === 'n' ? '94' : '94 yo');
    }
  });

  it('fall into halves that share no pairing and leave none out', () => {
    const [seen, held] = [planted('seen'), planted('held out')];
    expect(seen.length + held.length).toBe(12);
    expect(Math.min(seen.length, held.length)).toBeGreaterThan(0);
    const texts = new Set(seen.map(({ text }) => text));
    expect(held.filter(({ text }) => texts.has(text))).toEqual([]);
  });
});

describe('numbers in words', () => {
  it.each([
    [inWords(94, '-'), 'ninety-four'],
    [inWords(102, ' '), 'one hundred and two'],
    [ordinal(112), '112th'],
    [ordinal(93), '93rd'],
    [ordinalInWords(95), 'ninety-fifth'],
    [ordinalInWords(30), 'thirtieth'],
    [yearInWords(1961, '-'), 'nineteen sixty-one'],
    [yearInWords(2004, ' '), 'two thousand and four'],
    [yearInWords(1909, '-'), 'nineteen oh nine'],
  ])('%s', (written, expected) => {
    expect(written).toBe(expected);
  });
});
