import { describe, expect, it } from 'vitest';
import { faceCascade, parseCascade } from '../../src/faces/cascade.ts';

describe('the cascade', () => {
  it('has the stages and stumps that its package ships', () => {
    const { side, stages } = faceCascade();
    expect(side).toBe(20);
    expect(stages).toHaveLength(22);
    expect(stages.reduce((sum, { stumps }) => sum + stumps.length, 0)).toBe(2135);
    for (const { stumps } of stages)
      for (const { rectangles } of stumps)
        for (const [x, y, width, height] of rectangles) {
          expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
          expect(Math.max(x + width, y + height)).toBeLessThanOrEqual(side);
        }
  });

  it('is refused where it is cut, not square, or of another form', () => {
    expect(() => parseCascade('x=[20,20,.5,1,0,2,3,7]')).toThrow('cannot be read');
    expect(() => parseCascade('x=[20,24,.5,0]')).toThrow('not square');
    expect(() => parseCascade('x=[20,20,.5,1,1,1,0,0,2,2,1,.1,.2,.3]')).toThrow('tilted');
  });
});
