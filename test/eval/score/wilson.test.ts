import { describe, expect, it } from 'vitest';
import { wilson } from '../../../eval/score/wilson.ts';

describe('wilson', () => {
  it('gives the interval of a share in percent', () => {
    const [low, high] = wilson(81, 263);
    // Wilson's score without continuity correction, Newcombe 1998: 0.2553 to 0.3662.
    expect(low).toBeCloseTo(25.53, 2);
    expect(high).toBeCloseTo(36.62, 2);
  });

  it('stays within 0 and 100 at the ends, and says nothing of nothing', () => {
    expect(wilson(0, 20)[0]).toBe(0);
    expect(wilson(0, 20)[1]).toBeCloseTo(16.11, 2);
    expect(wilson(20, 20)[1]).toBe(100);
    expect(wilson(0, 0)).toEqual([0, 100]);
  });
});
