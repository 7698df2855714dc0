import { describe, expect, it } from 'vitest';
import { type LanguageOptions, languageDetector } from '../../../src/detect/language/detector.ts';
import { textPassage } from '../../../src/detect/patterns.ts';

/** What is found, as `rule tier: «text»`. */
const find = (text: string, options?: LanguageOptions): string[] =>
  languageDetector(options)
    .detect(textPassage(text))
    .map(({ start, end, rule, tier }) => `${rule} ${tier}: ${[...text].slice(start, end).join('')}`);

describe('ages that are spelled out', () => {
  it.each([
    ['a ninety-one year old man', 'age.spelled leak: ninety-one'],
    ['She is a hundred and two years old', 'age.spelled leak: hundred and two'],
    ['aged ninety four, lives alone', 'age.spelled-cued suspect: ninety four'],
    ['Her father died at ninety-four of a stroke', 'age.spelled-cued suspect: ninety-four'],
    ['celebrated her ninety-fifth birthday', 'age.spelled-birthday leak: ninety-fifth'],
    ['He will turn one hundred and one in May', 'age.spelled-cued suspect: one hundred and one'],
    ['eleven hundred months old', 'age.spelled leak: eleven hundred'],
    ['was born in nineteen twenty-six', 'age.spelled-birth-year suspect: nineteen twenty-six'],
    ['😀 aged ninety-nine', 'age.spelled-cued suspect: ninety-nine'],
  ])('%s', (text, found) => {
    expect(find(text)).toEqual([found]);
  });

  it.each([
    'an eighty-nine year old man',
    'aged ninety or older',
    'ninety-one years old or older',
    'ninety-five percent of cases',
    'he was ninety-eight point six',
    'patient was ninety-five over sixty',
    'she is ninety-four percent on room air',
    'turned ninety degrees',
    'aged ninety-one days',
    'ninety-five years ago',
    'her ninety-fifth percentile',
    'two hundred years old manuscript',
    'was born in nineteen sixty-one',
  ])('leaves %s alone', (text) => {
    expect(find(text)).toEqual([]);
  });

  it('are judged by the day, where a year of birth shows them', () => {
    const [text, now] = ['b. 1938, and born in nineteen thirty-eight', new Date('2028-06-01T00:00:00Z')];
    expect(find(text)).toEqual([]);
    expect(find(text, { now })).toEqual([
      'age.spelled-birth-year suspect: nineteen thirty-eight',
      'age.birth-year suspect: 1938',
    ]);
  });
});

describe('dates that are spelled out', () => {
  it.each([
    ['the third of May nineteen sixty-one', 'date.spelled leak: third of May nineteen sixty-one'],
    ['on the twenty-second of July she', 'date.spelled suspect: twenty-second of July'],
    ['May third, 1961', 'date.spelled leak: May third, 1961'],
    ['seen june the first twenty twenty-one', 'date.spelled leak: june the first twenty twenty-one'],
    ['on August fifteen two thousand and four', 'date.spelled leak: August fifteen two thousand and four'],
    ['fifth day of March, two thousand', 'date.spelled leak: fifth day of March, two thousand'],
    ['in May of nineteen oh nine', 'date.spelled suspect: May of nineteen oh nine'],
    [
      'dob is oh three fourteen nineteen sixty two',
      'date.spelled suspect: oh three fourteen nineteen sixty two',
    ],
  ])('%s', (text, found) => {
    expect(find(text)).toEqual([found]);
    expect(find(text, { dates: 'kept' })).toEqual([]);
  });

  it.each([
    'you may first try ibuprofen',
    'may two of them return',
    'one third of May patients',
    'in May two patients fell',
    'the second of three',
    'march five steps',
  ])('leaves %s alone', (text) => {
    expect(find(text)).toEqual([]);
  });
});

describe('numbers that are told digit by digit', () => {
  it.each([
    ['call four one five, five five five, oh one seven two', 'phone.spelled leak'],
    ['MRN is four eight two nine one three', 'mrn.spelled leak'],
    ['social security two one nine oh nine nine eight seven six', 'ssn.spelled leak'],
    ['four one five five five five oh one seven two', 'phone.spelled suspect'],
    ['four one five double five, five oh one seven two', 'phone.spelled suspect'],
    ['three one two five five five oh one four', 'code.spelled suspect'],
    ['member number eight triple three', 'plan.spelled leak'],
    ['double two times', undefined],
  ])('%s', (text, found) => {
    expect(find(text).map((hit) => hit.split(':')[0])).toEqual(found === undefined ? [] : [found]);
  });

  it.each([
    'one two three four five six seven eight nine ten',
    'he counts one, two, three, four, five, six, seven',
    'two or three times, four at most',
    'one hundred, ninety three, eighty six, seventy nine, seventy two, sixty five',
    'call in two or three days',
  ])('leaves %s alone', (text) => {
    expect(find(text)).toEqual([]);
  });
});
