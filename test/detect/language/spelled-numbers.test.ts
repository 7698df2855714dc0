import { describe, expect, it } from 'vitest';
import { spelledRuns, yearAt } from '../../../src/detect/language/spelled-numbers.ts';

const values = (text: string): number[][] =>
  spelledRuns(text).map((run) => run.numbers().map(({ value }) => value));

describe('runs of number words', () => {
  it.each([
    ['ninety-one', [[91]]],
    ['Ninety One', [[91]]],
    ['a hundred and two', [[102]]],
    ['one hundred two', [[102]]],
    ['twenty twenty-one', [[20, 21]]],
    ['nineteen sixty one', [[19, 61]]],
    ['nineteen hundred and five', [[1905]]],
    ['two thousand and four', [[2004]]],
    ['four one five, five oh nine', [[4, 1, 5, 5, 0, 9]]],
    ['twenty-second', [[22]]],
    ['thirtieth and first', [[30, 1]]],
    ['ninety‑four', [[94]]],
    ['one double five', [[1, 5]]],
    ['ten at one', [[10], [1]]],
    ['bone and tenderness', []],
  ])('%s', (text, expected) => {
    expect(values(text)).toEqual(expected);
  });

  it('say where each number stands', () => {
    const text = 'on the twenty-first of May';
    const [number] = spelledRuns(text)[0]?.numbers() ?? [];
    expect(text.slice(number?.start, number?.end)).toBe('twenty-first');
    expect(number?.ordinal).toBe(true);
  });

  it.each([
    ['nineteen sixty-one', 1961, 2],
    ['nineteen oh nine', 1909, 3],
    ['two thousand and four', 2004, 1],
    ['twenty twenty', 2020, 2],
  ])('%s is a year', (text, year, taken) => {
    expect(yearAt(spelledRuns(text)[0]?.numbers() ?? [])).toEqual({ year, taken });
  });

  it.each(['nineteen', 'nineteen five', 'seventeen sixty', 'sixty one'])('%s is none', (text) => {
    expect(yearAt(spelledRuns(text)[0]?.numbers() ?? [])).toBeUndefined();
  });
});
