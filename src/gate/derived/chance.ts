/**
 * How likely it is that codes made at random would be explained as well. All probabilities are base-10 logarithms: the
 * numbers are too small for anything else.
 */

/** log10 of n! by Stirling's series, exact for small n. */
function logFactorial(n: number): number {
  if (n < 2) return 0;
  if (n < 30) {
    let sum = 0;
    for (let i = 2; i <= n; i += 1) sum += Math.log10(i);
    return sum;
  }
  const x = n + 1;
  const series =
    (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + 1 / (12 * x) - 1 / (360 * x ** 3);
  return series / Math.LN10;
}

/** log10 of the number of arrangements of `k` out of `n`. */
export const logArrangements = (n: number, k: number): number =>
  logFactorial(n) - logFactorial(Math.max(0, n - k));

const logChoose = (n: number, k: number): number => logArrangements(n, k) - logFactorial(k);

/**
 * Bound on the probability that at least `k` of `n` random codes meet what a mapping foretells, where one does with
 * probability `q`. Codes are drawn without putting back, as running numbers given out in random order are: after j
 * others the next is met with q / (1 - jq) at most. For q = 1/n this is the exact 1 / (n (n-1) ...) of a shuffle.
 */
export function logTail(n: number, k: number, q: number): number {
  if (k <= 0) return 0;
  let product = logChoose(n, k);
  for (let j = 0; j < k; j += 1) {
    const rest = 1 - j * q;
    if (rest <= q) continue;
    product += Math.log10(q / rest);
  }
  return Math.min(0, product);
}

/** Of more codes a sample tells as much. */
const SAMPLE = 5000;
/** Share of a digit or letter, at n places, from which it is taken as it is and not drawn towards chance. */
const TELLING = 0.55;
/** Letters that a place may have, at the least: a few codes alone would make each letter look likely. */
const SYMBOLS = 10;

/**
 * Probability of the likeliest code, as far as the codes themselves show: a product over places, where a place at which
 * all have the same letter gives nothing away. Numbers count as dense as their densest half: running numbers are met
 * by chance once in as many as there are.
 */
export function guessability(codes: readonly string[]): number {
  const distinct = [...new Set(codes)];
  if (distinct.length < 2) return 1;
  const step = Math.max(1, Math.floor(distinct.length / SAMPLE));
  const sample = distinct.filter((_, index) => index % step === 0);
  // A code that many have is not as rare as its letters make it.
  const shared = 1 - (distinct.length - 1) / codes.length;
  return Math.min(1, Math.max(byPlaces(sample), byDensity(distinct), shared > 0.5 ? shared : 0));
}

function byPlaces(codes: readonly string[]): number {
  const longest = codes.reduce((most, code) => Math.max(most, code.length), 0);
  let product = 1;
  for (let place = 0; place < longest; place += 1) {
    const counts = new Map<string, number>();
    for (const code of codes) {
      const letter = code.charAt(code.length - 1 - place);
      counts.set(letter, (counts.get(letter) ?? 0) + 1);
    }
    const most = Math.max(...counts.values());
    const share = most / codes.length;
    product *= share >= TELLING ? share : (most + 1) / (codes.length + SYMBOLS);
  }
  return product;
}

/** Half of the numbers over the width that they stand in. */
function byDensity(codes: readonly string[]): number {
  const numbers = codes.filter((code) => /^\d+$/.test(code)).map(Number);
  return numbers.length * 2 < codes.length ? 0 : densityOf(numbers.sort((a, b) => a - b));
}

/** Share of sorted numbers that stand on one value, where they stand closest. */
export function densityOf(sorted: readonly number[]): number {
  if (sorted.length < 2) return 1;
  const half = Math.ceil(sorted.length / 2);
  let width = Number.POSITIVE_INFINITY;
  for (let i = 0; i + half - 1 < sorted.length; i += 1)
    width = Math.min(width, (sorted[i + half - 1] as number) - (sorted[i] as number) + 1);
  return Math.min(1, half / sorted.length / Math.max(1, width));
}

/**
 * The same where originals and codes are not known to belong together: each of `n` originals has the chance `q` that some
 * code or other is what the mapping foretells.
 */
export function logBinomial(n: number, k: number, q: number): number {
  if (k <= 0 || q >= 1) return 0;
  return Math.min(0, logChoose(n, k) + k * Math.log10(q));
}
