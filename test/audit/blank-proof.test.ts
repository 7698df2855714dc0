import { describe, expect, it } from 'vitest';
import { isAir } from '../../src/audit/blank-proof.ts';

const SIZE = { rows: 3, columns: 4 };
const BOX = [0, 0, 3, 2] as const;
const blank = (inside = -1000, outside = 40): Int16Array =>
  Int16Array.from({ length: 12 }, (_, i) => (i % 4 < 3 && i < 8 ? inside : outside));

describe('isAir', () => {
  it('takes one value that nothing of the frame is darker than', () => {
    expect(isAir(blank(), SIZE, [BOX])).toBe(true);
    expect(isAir(blank(), SIZE, [])).toBe(true);
    expect(isAir(blank(40, 40), SIZE, [BOX])).toBe(true);
  });

  it('does not take a single pixel of something else, nor what is brighter than air', () => {
    const one = blank();
    one[5] = -999;
    expect(isAir(one, SIZE, [BOX])).toBe(false);
    expect(isAir(blank(-900, -1000), SIZE, [BOX])).toBe(false);
  });
});
