import { describe, expect, it } from 'vitest';
import { probabilities } from '../../../src/detect/model/windows.ts';

const SPECIAL = { before: [1000], after: [1001] };
const tokens = (count: number) =>
  Array.from({ length: count }, (_, id) => ({ id, start: id, end: id + 1, word: id }));

describe('windows over a long text', () => {
  it.each([1, 30, 62, 63, 64, 200, 1000])(
    'answer for each of %i tokens once, from well inside a window',
    (count) => {
      const windows: (readonly number[])[] = [];
      const inference = {
        run: (ids: readonly number[]) => {
          windows.push(ids);
          const inside = ids.slice(1, -1);
          // What a token stands apart from the nearer cut end of its window, and which token it is.
          const rows = ids.flatMap((id) => {
            const before = inside[0] === 0 ? 99 : id - (inside[0] ?? 0);
            const after = inside.at(-1) === count - 1 ? 99 : (inside.at(-1) ?? 0) - id;
            return [Math.min(before, after) / 10, id / 100, 0];
          });
          return { tokens: ids.length, labels: 3, data: Float32Array.from(rows) };
        },
        close: () => {},
      };
      const rows = probabilities(tokens(count), SPECIAL, inference, 64);
      expect(rows).toHaveLength(count);
      rows.forEach(([apart = 0, which = 0, zero = 1], id) => {
        expect(Math.log(which / zero) * 100).toBeCloseTo(id, 0);
        expect(Math.log(apart / zero) * 10).toBeGreaterThan(14);
      });
      for (const ids of windows) {
        expect([ids[0], ids.at(-1)]).toEqual([1000, 1001]);
        expect(ids.length).toBeLessThanOrEqual(64);
      }
    },
  );

  it('ask nothing for no tokens', () => {
    const inference = {
      run: () => {
        throw new Error('asked');
      },
      close: () => {},
    };
    expect(probabilities([], SPECIAL, inference, 64)).toEqual([]);
  });
});
