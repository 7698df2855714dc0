import fc from 'fast-check';
import { expect, it } from 'vitest';
import { integralOf, sumOver } from '../../src/faces/integral.ts';

it('sums any rectangle as counting its pixels does', () => {
  const pictures = fc
    .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }))
    .chain(([width, height]) =>
      fc.record({
        width: fc.constant(width),
        height: fc.constant(height),
        data: fc.uint8Array({ minLength: width * height, maxLength: width * height }),
        x: fc.nat(width - 1),
        y: fc.nat(height - 1),
      }),
    );
  fc.assert(
    fc.property(pictures, ({ width, height, data, x, y }) => {
      const inside = [...data].filter((_, i) => i % width >= x && Math.floor(i / width) >= y);
      const { sums, squares } = integralOf(data, width, height);
      const [w, h] = [width - x, height - y];
      expect(sumOver(sums, width + 1, x, y, w, h)).toBe(inside.reduce((sum, value) => sum + value, 0));
      expect(sumOver(squares, width + 1, x, y, w, h)).toBe(
        inside.reduce((sum, value) => sum + value ** 2, 0),
      );
    }),
  );
});
