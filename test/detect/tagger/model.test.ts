import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LABEL_COUNT, posteriors } from '../../../src/detect/tagger/model.ts';

const L = LABEL_COUNT;

/** All chains of labels, weighed one by one. */
function byEnumeration(scores: readonly number[], count: number, transitions: readonly number[]): number[] {
  const chances = new Array<number>(count * L).fill(0);
  let total = 0;
  for (let chain = 0; chain < L ** count; chain++) {
    const labels = Array.from({ length: count }, (_, i) => Math.floor(chain / L ** i) % L);
    let score = 0;
    for (const [i, label] of labels.entries()) {
      score += scores[i * L + label] ?? 0;
      if (i > 0) score += transitions[(labels[i - 1] ?? 0) * L + label] ?? 0;
    }
    const weight = Math.exp(score);
    total += weight;
    for (const [i, label] of labels.entries())
      chances[i * L + label] = (chances[i * L + label] ?? 0) + weight;
  }
  return chances.map((chance) => chance / total);
}

const numbers = (length: number) =>
  fc.array(fc.double({ min: -4, max: 4, noNaN: true }), { minLength: length, maxLength: length });

describe('posteriors', () => {
  it('are those of all chains summed up', () => {
    const chains = fc
      .integer({ min: 1, max: 4 })
      .chain((count) => fc.tuple(fc.constant(count), numbers(count * L), numbers(L * L)));
    fc.assert(
      fc.property(chains, ([count, scores, transitions]) => {
        const found = posteriors(Float64Array.from(scores), count, transitions);
        const expected = byEnumeration(scores, count, transitions);
        for (const [i, chance] of expected.entries()) expect(found[i]).toBeCloseTo(chance, 9);
      }),
      { numRuns: 40 },
    );
  });

  it('stay finite over long chains and great scores', () => {
    const count = 5000;
    const scores = Float64Array.from({ length: count * L }, (_, i) => ((i * 37) % 101) - 50);
    const found = posteriors(scores, count, new Array(L * L).fill(3));
    for (let i = 0; i < count; i++) {
      const sum = found.slice(i * L, (i + 1) * L).reduce((a, b) => a + b);
      expect(sum).toBeCloseTo(1, 9);
    }
  });

  it('give a label that is not allowed no chance', () => {
    const found = posteriors(new Float64Array(2 * L), 2, new Array(L * L).fill(0), Uint8Array.of(0b10, 0b11));
    expect([...found.slice(0, L)]).toEqual([0, 1, 0, 0, 0]);
    expect(found[L]).toBeCloseTo(0.5);
    expect(found[L + 2]).toBe(0);
  });
});
