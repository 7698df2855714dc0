import { type CodePair, commonest, type Guess } from './family.ts';

/** Factors of `a * id + b` that are tried at every size; others are read off neighbouring pairs. */
const FACTORS: readonly number[] = [
  1,
  -1,
  ...Array.from({ length: 19 }, (_, index) => [index + 2, -(index + 2)]).flat(),
  100,
  1000,
];
/** Numbers of more digits are not exact in arithmetic of doubles. */
const MOST_DIGITS = 15;
/** Slopes are read off this many pairs at the most. */
const MOST_SLOPES = 4000;
const LEAST_SLOPES = 3;

/**
 * Offsets (`id + b`), multiples (`a * id + b`, also with a fraction for `a`), both also where the sum runs over, and the
 * exclusive or with one number. Pairs are of digits alone.
 */
export function numberMappings(pairs: readonly CodePair[]): Guess[] {
  const numbers = pairs.map(({ original, released }) =>
    original.length <= MOST_DIGITS && released.length <= MOST_DIGITS
      ? ([Number(original), Number(released)] as const)
      : undefined,
  );
  const longest = pairs.reduce((most, { released }) => Math.max(most, released.length), 1);
  const modulus = 10 ** Math.min(longest, MOST_DIGITS);
  const foretold = pairs.map(({ released }) => released);
  const guesses: Guess[] = [];
  let best: number[] = [];
  let factor = 1;
  for (const a of FACTORS) {
    const explained = commonest(
      numbers.map((pair) => pair && remainder(pair[1] - product(pair[0], a, modulus), modulus)),
    );
    if (explained.length > best.length) [best, factor] = [explained, a];
  }
  const tried = Math.log10(pairs.length * FACTORS.length);
  const rule =
    factor === 1 ? 'population.offset' : factor === -1 ? 'population.complement' : 'population.linear';
  guesses.push({ rule, explained: best, tried, fitted: 1, foretold });
  const sloped = bySlope(numbers);
  if (sloped.length > best.length)
    guesses.push({
      rule: 'population.linear',
      explained: sloped,
      tried: 2 * Math.log10(pairs.length),
      fitted: 2,
      foretold,
    });
  const masked = commonest(numbers.map((pair) => pair && exclusiveOr(pair[0], pair[1])));
  guesses.push({
    rule: 'population.xor',
    explained: masked,
    tried: Math.log10(pairs.length),
    fitted: 1,
    foretold,
  });
  return guesses;
}

const remainder = (value: number, modulus: number): number => ((value % modulus) + modulus) % modulus;

/** `a * n` modulo a power of ten, exact. */
function product(n: number, a: number, modulus: number): number {
  const value = n * a;
  return Number.isSafeInteger(value) ? value % modulus : Number((BigInt(n) * BigInt(a)) % BigInt(modulus));
}

/** The line that most neighbours lie on, whatever its slope. */
function bySlope(numbers: readonly (readonly [number, number] | undefined)[]): number[] {
  const known = numbers.filter((pair) => pair !== undefined).sort((a, b) => a[0] - b[0]);
  const step = Math.max(1, Math.floor(known.length / MOST_SLOPES));
  const slopes = new Map<string, { count: number; rise: number; run: number }>();
  for (let i = 0; i + 1 < known.length; i += step) {
    const [from, to] = [known[i], known[i + 1]];
    if (from === undefined || to === undefined || to[0] === from[0]) continue;
    const [rise, run] = reduced(to[1] - from[1], to[0] - from[0]);
    const key = `${rise}/${run}`;
    const slope = slopes.get(key) ?? { count: 0, rise, run };
    slope.count += 1;
    slopes.set(key, slope);
  }
  const best = [...slopes.values()].reduce((a, b) => (b.count > a.count ? b : a), {
    count: 0,
    rise: 0,
    run: 1,
  });
  if (best.count < LEAST_SLOPES || best.rise === 0) return [];
  const [rise, run] = [BigInt(best.rise), BigInt(best.run)];
  return commonest(numbers.map((pair) => pair && BigInt(pair[1]) * run - BigInt(pair[0]) * rise));
}

function reduced(rise: number, run: number): [number, number] {
  let [a, b] = [Math.abs(rise), Math.abs(run)];
  while (b !== 0) [a, b] = [b, a % b];
  return [rise / (a || 1), run / (a || 1)];
}

const HALF = 2 ** 26;

/** Exclusive or of two whole numbers up to 2^53. */
function exclusiveOr(a: number, b: number): number {
  const high = Math.floor(a / HALF) ^ Math.floor(b / HALF);
  return (high >>> 0) * HALF + ((a % HALF) ^ (b % HALF));
}
