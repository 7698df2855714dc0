import { describe, expect, it } from 'vitest';
import { backtracking } from '../../scripts/backtracking.ts';
import { literalsIn } from '../../scripts/regex-literals.ts';

describe('the lint for backtracking', () => {
  it.each([
    ['(a+)+$', 'exponential: a+ in (a+)+'],
    ['^(?:\\w+\\s?)+$', 'exponential'],
    ['^(?:a|a?)+$', 'exponential'],
    ['(x+x+)+y', 'exponential'],
    ['\\d+\\d+x', 'more than linear: \\d+ and \\d+'],
    ['\\s+$', 'more than linear: \\s+'],
    ['(?:a{1,20}){1,20}$', '1e+26 ways: a{1,20} in (?:a{1,20}){1,20}'],
    ['(?<!\\w)(?:[A-Z]{1,20} ?){1,8}\\d', 'ways'],
  ])('catches %s', (source, problem) => {
    expect(backtracking(source, 'u').join('\n')).toContain(problem);
  });

  it.each([
    '(?<!\\w)\\d{3}-\\d{4}(?!\\d)',
    '(?:[A-Z][a-z]{1,20} ){1,4}Street',
    '(?:ab)+c',
    '\\b(?:phone|tel)[ :]{1,3}(?<v>\\d{3,8})',
    '(?:\\d{2,5}[ -]?){2,3}x',
    '(?:[A-Z0-9]{4}){2,7}',
  ])('passes %s', (source) => {
    expect(backtracking(source, 'u')).toEqual([]);
  });
});

describe('the literals of a source', () => {
  it('are found where an expression may stand, and not in strings, comments or divisions', () => {
    const source = [
      'const a = /(a+)+$/iu; // and /no/',
      'const half = width / 2 / 3;',
      "const text = 'a /no/ b';",
      'const both = test(/[/\\]]x/) && !/\\/y/.test(text);',
      '/* /no/ */ return',
      '  /z{2}/g;',
      'const list = [/p/, /q/y];',
    ].join('\n');
    expect(literalsIn(source).map(({ source, flags }) => `/${source}/${flags}`)).toEqual([
      '/(a+)+$/iu',
      '/[/\\]]x/',
      '/\\/y/',
      '/z{2}/g',
      '/p/',
      '/q/y',
    ]);
  });
});
