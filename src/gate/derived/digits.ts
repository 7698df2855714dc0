import { logArrangements } from './chance.ts';
import { type CodePair, commonest, type Guess } from './family.ts';

/**
 * One same amount added to each digit, or each digit taken from one same number, at every place its own (rotated digits,
 * nines' complements, a key without carry). Pairs are of digits alone; of unequal length they are compared from either end.
 */
export function digitKeys(pairs: readonly CodePair[]): Guess[] {
  const guesses: Guess[] = [];
  for (const end of ['left', 'right'] as const) {
    for (const sign of [-1, 1] as const) {
      const explained = commonest(pairs.map((pair) => keyOf(pair, end, sign)));
      guesses.push({
        rule: sign === -1 ? 'population.rotated-digits' : 'population.complement',
        explained,
        tried: Math.log10(4 * pairs.length),
        fitted: 1,
        foretold: pairs.map(({ released }) => released),
      });
    }
  }
  return guesses;
}

const SHORTEST_KEY = 3;
/** Ids and codes of that many lengths are looked at, each for itself. */
const MOST_LENGTHS = 4;

function keyOf({ original, released }: CodePair, end: 'left' | 'right', sign: 1 | -1): string | undefined {
  const length = released.length;
  if (length > original.length || length < SHORTEST_KEY) return undefined;
  const from = end === 'left' ? 0 : original.length - length;
  let key = '';
  for (let at = 0; at < length; at += 1)
    key += (released.charCodeAt(at) + sign * original.charCodeAt(from + at) + 100) % 10;
  return `${original.length} ${key}`;
}

/** One table of digits for digits at all places: 0 becomes 7, 1 becomes 3 ... Same length, same repeats. */
export function digitTable(pairs: readonly CodePair[]): Guess[] {
  const alike = indexes(pairs, ({ original, released }) => patternOf(original) === patternOf(released));
  if (alike.length === 0) return [];
  const counts = Array.from({ length: 10 }, () => new Array<number>(10).fill(0));
  for (const index of alike) {
    const { original, released } = pairs[index] as CodePair;
    for (let at = 0; at < original.length; at += 1) {
      const row = counts[Number(original[at])];
      const to = Number(released[at]);
      if (row !== undefined) row[to] = (row[to] ?? 0) + 1;
    }
  }
  const table = counts.map((row) => row.indexOf(Math.max(...row)));
  const explained = alike.filter((index) => {
    const { original, released } = pairs[index] as CodePair;
    return [...original].every((digit, at) => table[Number(digit)] === Number(released[at]));
  });
  return [
    {
      rule: 'population.digit-table',
      explained,
      tried: logArrangements(10, 10),
      fitted: 0,
      foretold: pairs.map(({ released }) => released),
    },
  ];
}

/** Which places have the same digit: `0123` for `4871`, `0012` for `4471`. */
function patternOf(digits: string): string {
  const seen: string[] = [];
  let pattern = '';
  for (const digit of digits) {
    if (!seen.includes(digit)) seen.push(digit);
    pattern += seen.indexOf(digit);
  }
  return pattern;
}

/** Digits put into another order, or some of them picked out: one same order for all. */
export function digitOrder(pairs: readonly CodePair[]): Guess[] {
  return commonLengths(pairs).flatMap(([from, to]) => orderBetween(pairs, from, to));
}

function orderBetween(pairs: readonly CodePair[], from: number, to: number): Guess[] {
  if (to > from || to < SHORTEST_KEY) return [];
  const alike = indexes(
    pairs,
    ({ original, released }) =>
      original.length === from && released.length === to && holds(original, released),
  );
  if (alike.length === 0) return [];
  const order = orderOf(pairs, alike, from, to);
  const explained = alike.filter((index) => {
    const { original, released } = pairs[index] as CodePair;
    return order.every((place, at) => original[place] === released[at]);
  });
  return [
    {
      rule: 'population.digit-order',
      explained,
      tried: logArrangements(from, to),
      fitted: 0,
      foretold: pairs.map(({ released }) => released),
    },
  ];
}

/** For each place of the code the place of the id that it agrees with most often; of equals one that is still free. */
function orderOf(pairs: readonly CodePair[], alike: readonly number[], from: number, to: number): number[] {
  const used = new Set<number>();
  return Array.from({ length: to }, (_, at) => {
    let [best, most] = [0, -1];
    for (let place = 0; place < from; place += 1) {
      let count = 0;
      for (const index of alike) {
        const pair = pairs[index] as CodePair;
        if (pair.original[place] === pair.released[at]) count += 1;
      }
      if (count > most || (count === most && used.has(best) && !used.has(place)))
        [best, most] = [place, count];
    }
    used.add(best);
    return best;
  });
}

/** The digits of a code are among those of the id, as often. */
function holds(original: string, released: string): boolean {
  const counts = new Array<number>(10).fill(0);
  for (const digit of original) counts[Number(digit)] = (counts[Number(digit)] ?? 0) + 1;
  for (const digit of released) {
    const left = (counts[Number(digit)] ?? 0) - 1;
    if (left < 0) return false;
    counts[Number(digit)] = left;
  }
  return true;
}

/** Lengths of ids and their codes that some pairs have in common, the commonest first. */
function commonLengths(pairs: readonly CodePair[]): (readonly [from: number, to: number])[] {
  const counts = new Map<string, { count: number; lengths: readonly [number, number] }>();
  for (const { original, released } of pairs) {
    const key = `${original.length} ${released.length}`;
    const entry = counts.get(key) ?? { count: 0, lengths: [original.length, released.length] };
    entry.count += 1;
    counts.set(key, entry);
  }
  return [...counts.values()]
    .sort((a, b) => b.count - a.count)
    .slice(0, MOST_LENGTHS)
    .map(({ lengths }) => lengths);
}

function indexes(pairs: readonly CodePair[], test: (pair: CodePair) => boolean): number[] {
  return pairs.flatMap((pair, index) => (test(pair) ? [index] : []));
}
