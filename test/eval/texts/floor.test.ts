import { describe, expect, it } from 'vitest';
import { fallenBelow } from '../../../eval/texts/floor.ts';

const result = (touched: number, off: number) =>
  new Map([
    [
      'notes',
      {
        goals: [
          { what: 'touched', value: touched, unit: ' %', atLeast: 98 },
          { what: 'off', value: off, unit: ' per 1,000 words', atMost: 8 },
          { what: 'by the way', value: 0, unit: ' %' },
        ],
        misses: [],
      },
    ],
  ]);
const floor = { notes: { touched: 90, off: 5 } };

describe('the floor of eval:text', () => {
  it('lets a figure move by a point', () => {
    expect(fallenBelow(result(89.2, 5.9), floor)).toEqual([]);
  });

  it('does not pass over a row without a figure, or one that is not measured any more', () => {
    expect(fallenBelow(result(90, 5), { notes: { touched: 90 } })).toEqual(['notes: off has no floor']);
    expect(fallenBelow(result(90, 5), { notes: { touched: 90, off: 5, covered: 80 } })).toEqual([
      'notes: covered is not measured any more',
    ]);
  });

  it('names what got worse by more, whichever way worse is', () => {
    expect(fallenBelow(result(88.9, 5), floor)).toEqual(['notes: touched 90.00 -> 88.90']);
    expect(fallenBelow(result(90, 6.5), floor)).toEqual(['notes: off 5.00 -> 6.50']);
  });
});
