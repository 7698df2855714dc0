import { Random } from '../../../eval/random.ts';
import type { CodePair } from '../../../src/gate/derived/family.ts';

/** Ids of invented patients, in the forms that sites use, and codes from chance alone. */
export class Codes {
  readonly random: Random;

  constructor(seed: number) {
    this.random = new Random(seed);
  }

  digits(length: number): string {
    return Array.from({ length }, () => this.random.whole(0, 9)).join('');
  }

  /** `count` different values. */
  distinct(count: number, make: (index: number) => string): string[] {
    const values = new Set<string>();
    for (let tries = 0; values.size < count && tries < count * 200; tries += 1) values.add(make(values.size));
    return [...values];
  }

  shuffled<T>(values: readonly T[]): T[] {
    const copy = [...values];
    for (let i = copy.length - 1; i > 0; i -= 1) {
      const j = this.random.whole(0, i);
      [copy[i], copy[j]] = [copy[j] as T, copy[i] as T];
    }
    return copy;
  }

  /** Record numbers: of one length, of several, in a row, with letters, by year. */
  ids(count: number): string[] {
    const start = this.random.whole(1000, 900_000);
    const year = this.random.whole(1998, 2024);
    return this.random.pick([
      () => this.distinct(count, () => this.digits(8)),
      () => this.distinct(count, () => this.digits(6)),
      () => this.distinct(count, () => String(this.random.whole(1, 9_999_999))),
      () => Array.from({ length: count }, (_, index) => String(start + index)),
      () => Array.from({ length: count }, (_, index) => String(start + 10 * index)),
      () => this.distinct(count, () => `MRN${this.digits(7)}`),
      () => this.distinct(count, () => `${year}-${this.digits(5)}`),
      () => this.distinct(count, () => `E${this.random.whole(1000, 9999)}/${this.random.whole(10, 24)}`),
      () => Array.from({ length: count }, (_, index) => `PAT${String(index + 1).padStart(4, '0')}`),
    ])();
  }

  /** Codes that owe nothing to the ids: random ones, and running numbers given out in random order. */
  codes(count: number): string[] {
    const letters = '23456789BCDFGHJKMNPQRSTVWXZ';
    const start = this.random.whole(1, 5000);
    return this.random.pick([
      () =>
        this.distinct(
          count,
          () => `P${Array.from({ length: 12 }, () => this.random.pick([...letters])).join('')}`,
        ),
      () => this.distinct(count, () => this.digits(8)),
      () => this.distinct(count, () => this.digits(6)),
      () => this.distinct(count, () => String(this.random.whole(1, 9_999_999))),
      () =>
        this.distinct(count, () =>
          this.random
            .whole(0, 2 ** 32 - 1)
            .toString(16)
            .padStart(8, '0'),
        ),
      () =>
        this.shuffled(
          Array.from({ length: count }, (_, index) => `SUBJ-${String(index + 1).padStart(3, '0')}`),
        ),
      () => this.shuffled(Array.from({ length: count }, (_, index) => String(start + index))),
      () => this.shuffled(Array.from({ length: count }, (_, index) => String(start + 10 * index))),
      () => this.distinct(count, () => `S${this.random.whole(1, 9)}-${this.digits(4)}`),
    ])();
  }
}

export const pairsOf = (originals: readonly string[], released: readonly string[]): CodePair[] =>
  originals.map((original, index) => ({ original, released: released[index] ?? '' }));
