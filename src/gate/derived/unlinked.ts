import { hash } from 'node:crypto';
import { CHECKSUMS } from '../../detect/derived/checksums.ts';
import { isDummy } from '../../detect/dummy.ts';
import { fold } from '../../detect/known/fold.ts';
import { guessability, logArrangements, logBinomial } from './chance.ts';
import { FEWEST } from './linked.ts';

/** A mapping that takes many of the originals to codes of the release, whoever's they are. */
export interface SetExplained {
  readonly rule: string;
  /** Codes of the release that it leads to. */
  readonly codes: ReadonlySet<string>;
  /** Codes that were compared. */
  readonly of: number;
  /** log10 of the bound on the chance of it. */
  readonly chance: number;
}

/** Every original is compared with every code: of more of either, as many are taken, evenly spread. */
export const MOST_COMPARED = 1500;

/** What one mapping makes of an original, and the original codes behind what it is compared with. */
interface Trial {
  readonly rule: string;
  readonly tried: number;
  readonly fitted: number;
  readonly map: (original: string) => string | undefined;
  /** Reads a code as the mapping writes it. */
  readonly read: (code: string) => string;
}

/**
 * Mappings that lead from identifiers that were handed over to codes of a release, where nobody knows which belongs to
 * whom: offsets, complements, keys and tables of digits, digits in another order, pieces, checksums. A mapping counts
 * only where the codes lie so thin that originals would rarely meet one by chance: running numbers never do.
 */
export function explainSets(
  originals: readonly string[],
  codes: readonly string[],
  limit: number,
): SetExplained[] {
  const from = spread(usable(originals));
  const known = new Set(originals.map(plain));
  const all = usable(codes).filter((code) => !known.has(plain(code)));
  const to = spread(all);
  if (from.length < FEWEST || to.length < FEWEST) return [];
  const trials = [
    ...sums(from, to),
    ...digitTables(),
    ...orders(from, to),
    ...pieces(from, to),
    ...checksums(),
    ...digests(to),
  ];
  const found: SetExplained[] = [];
  for (const trial of trials) {
    const chance = judged(trial, from, to, limit - Math.log10(trials.length));
    if (chance === undefined) continue;
    found.push({ rule: trial.rule, codes: codesOf(trial, usable(originals), all), of: all.length, chance });
  }
  // One mapping is enough said; of several that are true at once the widest is.
  return found.sort((a, b) => b.codes.size - a.codes.size || a.chance - b.chance).slice(0, 1);
}

/** log10 of the chance that a mapping leads to as many codes, undefined where that is more than allowed. */
function judged(
  { tried, fitted, map, read }: Trial,
  from: readonly string[],
  to: readonly string[],
  limit: number,
): number | undefined {
  const readings = new Set(to.map(read));
  const met = new Set<string>();
  let compared = 0;
  for (const original of from) {
    const foretold = map(original);
    if (foretold === undefined) continue;
    compared += 1;
    if (readings.has(foretold)) met.add(foretold);
  }
  if (met.size < FEWEST) return undefined;
  const q = Math.min(1, readings.size * guessability([...readings]));
  const chance = tried + logBinomial(compared - fitted, met.size - fitted, q);
  return chance > limit ? undefined : chance;
}

/** All codes that a mapping leads to, those among them that were not compared. */
function codesOf({ map, read }: Trial, originals: readonly string[], codes: readonly string[]): Set<string> {
  const foretold = new Set(originals.map(map));
  return new Set(codes.filter((code) => foretold.has(read(code))));
}

const plain = (text: string): string =>
  fold(text)
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
const digitsOf = (text: string): string => text.replace(/\D/g, '');

function usable(values: readonly string[]): string[] {
  return [...new Set(values.map((value) => value.trim()))]
    .filter((value) => !isDummy(value) && /\d/.test(value))
    .sort();
}

function spread(values: readonly string[]): string[] {
  if (values.length <= MOST_COMPARED) return [...values];
  const step = values.length / MOST_COMPARED;
  return Array.from({ length: MOST_COMPARED }, (_, index) => values[Math.floor(index * step)] as string);
}

const MOST_DIGITS = 15;
const numberOf = (text: string): number | undefined => {
  const digits = digitsOf(text);
  return digits.length === 0 || digits.length > MOST_DIGITS ? undefined : Number(digits);
};

/** The commonest difference, sum and key of digits between any original and any code. */
function sums(from: readonly string[], to: readonly string[]): Trial[] {
  const tried = Math.log10(from.length * to.length);
  const trials: Trial[] = [];
  for (const sign of [1, -1]) {
    const best = commonestOf(from, to, (original, code) => {
      const [a, b] = [numberOf(original), numberOf(code)];
      return a === undefined || b === undefined ? undefined : b - sign * a;
    });
    if (best === undefined) continue;
    trials.push({
      rule: sign === 1 ? 'population.offset' : 'population.complement',
      tried,
      fitted: 1,
      map: (original) => {
        const number = numberOf(original);
        return number === undefined ? undefined : String(sign * number + best);
      },
      read: (code) => String(numberOf(code) ?? ''),
    });
  }
  const key = commonestOf(from, to, (original, code) => keyOf(digitsOf(original), digitsOf(code)));
  if (key !== undefined)
    trials.push({
      rule: 'population.rotated-digits',
      tried,
      fitted: 1,
      map: (original) => applied(digitsOf(original), key),
      read: digitsOf,
    });
  return trials;
}

const SHORTEST_KEY = 4;

function keyOf(original: string, code: string): string | undefined {
  if (original.length !== code.length || code.length < SHORTEST_KEY) return undefined;
  let key = '';
  for (let at = 0; at < code.length; at += 1)
    key += (code.charCodeAt(at) - original.charCodeAt(at) + 10) % 10;
  return key;
}

const applied = (original: string, key: string): string | undefined =>
  original.length === key.length
    ? [...original].map((digit, at) => (Number(digit) + Number(key[at])) % 10).join('')
    : undefined;

function commonestOf<K extends string | number>(
  from: readonly string[],
  to: readonly string[],
  keyOf: (original: string, code: string) => K | undefined,
): K | undefined {
  const counts = new Map<K, number>();
  let best: K | undefined;
  let most = 0;
  for (const original of from) {
    for (const code of to) {
      const key = keyOf(original, code);
      if (key === undefined) continue;
      const count = (counts.get(key) ?? 0) + 1;
      counts.set(key, count);
      if (count > most) [best, most] = [key, count];
    }
  }
  return best;
}

/** Each digit by `a * digit + b`: rotations, complements, and tables made by multiplying. */
function digitTables(): Trial[] {
  return [1, 3, 7, 9].flatMap((a) =>
    Array.from({ length: 10 }, (_, b) => [a, b] as const)
      .filter(([, b]) => a !== 1 || b !== 0)
      .map(([, b]): Trial => {
        const map = (original: string): string | undefined => {
          const digits = digitsOf(original);
          return digits.length < SHORTEST_KEY
            ? undefined
            : [...digits].map((digit) => (a * Number(digit) + b) % 10).join('');
        };
        return { rule: 'population.digit-table', tried: 0, fitted: 0, map, read: digitsOf };
      }),
  );
}

/** Orders that lead from some originals with few repeats to codes of the same digits. */
const MOST_SEEDS = 12;
const MOST_ORDERS = 600;

function orders(from: readonly string[], to: readonly string[]): Trial[] {
  const byDigits = new Map<string, string[]>();
  for (const code of to) {
    const digits = digitsOf(code);
    const key = [...digits].sort().join('');
    byDigits.set(key, [...(byDigits.get(key) ?? []), digits]);
  }
  const seeds = from
    .map(digitsOf)
    .filter((digits) => digits.length >= SHORTEST_KEY && byDigits.has([...digits].sort().join('')))
    .sort((a, b) => new Set(b).size - b.length - (new Set(a).size - a.length))
    .slice(0, MOST_SEEDS);
  const found = new Map<string, readonly number[]>();
  for (const seed of seeds) {
    for (const code of byDigits.get([...seed].sort().join('')) ?? []) {
      for (const order of ordersBetween(seed, code)) {
        if (found.size >= MOST_ORDERS) break;
        if (order.some((place, at) => place !== at)) found.set(order.join(' '), order);
      }
    }
  }
  return [...found.values()].map(
    (order): Trial => ({
      rule: 'population.digit-order',
      // The orders are judged together: one of them is counted below, all that there are here.
      tried: logArrangements(order.length, order.length),
      fitted: 0,
      map: (original) => {
        const digits = digitsOf(original);
        return digits.length === order.length ? order.map((place) => digits[place]).join('') : undefined;
      },
      read: digitsOf,
    }),
  );
}

/** All orders that make `to` of `from`; a few where digits repeat. */
function* ordersBetween(
  from: string,
  to: string,
  order: readonly number[] = [],
): Generator<readonly number[]> {
  if (order.length === to.length) {
    yield order;
    return;
  }
  for (let place = 0; place < from.length; place += 1) {
    if (from[place] === to[order.length] && !order.includes(place))
      yield* ordersBetween(from, to, [...order, place]);
  }
}

const LENGTHS = [4, 5, 6, 7, 8, 9, 10, 12] as const;

/** A piece of the original in one place of the code: from either end, some letters in. */
function pieces(from: readonly string[], to: readonly string[]): Trial[] {
  const [original, code] = [longest(from), longest(to)];
  // Some hundred places are tried, and folding is dear.
  const folded = new Map<string, string>();
  const plainOnce = (text: string): string => {
    const known = folded.get(text) ?? plain(text);
    folded.set(text, known);
    return known;
  };
  const trials: Trial[] = [];
  for (const length of LENGTHS) {
    for (const [start, end] of placesIn(original, length)) {
      for (const [at, till] of placesIn(code, length)) {
        trials.push({
          rule: 'population.piece',
          tried: 0,
          fitted: 0,
          map: (text) => pieceOf(plainOnce(text), start, end, length),
          read: (text) => pieceOf(plainOnce(text), at, till, length) ?? '',
        });
      }
    }
  }
  return trials;
}

const MOST_PLACES = 4;
const longest = (values: readonly string[]): number =>
  values.reduce((most, value) => Math.max(most, plain(value).length), 0);

/** The first and the last places at which a piece can begin, counted from the left or from the right. */
function placesIn(total: number, length: number): (readonly [start: number, end: 'left' | 'right'])[] {
  const last = Math.min(total - length, MOST_PLACES);
  if (last < 0) return [];
  const starts = Array.from({ length: last + 1 }, (_, index) => index);
  return starts.flatMap((start) => [[start, 'left'] as const, [start, 'right'] as const]);
}

function pieceOf(text: string, start: number, end: 'left' | 'right', length: number): string | undefined {
  if (text.length < start + length) return undefined;
  return end === 'left'
    ? text.slice(start, start + length)
    : text.slice(text.length - start - length, text.length - start);
}

const SPELLINGS: readonly ((id: string) => string)[] = [
  (id) => id,
  (id) => id.replace(/[^A-Za-z0-9]/g, ''),
  (id) => digitsOf(id).replace(/^0+/, ''),
];

function checksums(): Trial[] {
  return CHECKSUMS.flatMap(({ bits, of }) =>
    SPELLINGS.flatMap((spelling): Trial[] => [
      {
        rule: 'population.checksum',
        tried: 0,
        fitted: 0,
        map: (id) =>
          of(Buffer.from(spelling(id)))
            .toString(16)
            .toUpperCase()
            .padStart(bits / 4, '0'),
        read: (code) => plain(code),
      },
      {
        rule: 'population.checksum',
        tried: 0,
        fitted: 0,
        map: (id) => String(of(Buffer.from(spelling(id)))),
        read: (code) => digitsOf(code).replace(/^0+(?=.)/, ''),
      },
    ]),
  );
}

/** Digests cut to the length that most codes have; longer ones are found one by one. */
function digests(to: readonly string[]): Trial[] {
  const hex = to.map(plain).filter((code) => /^[0-9A-F]{4,16}$/.test(code));
  const lengths = [...new Set(hex.map(({ length }) => length))].slice(0, 4);
  return lengths.flatMap((length) =>
    (['md5', 'sha1', 'sha256', 'sha512'] as const).flatMap((algorithm) =>
      SPELLINGS.flatMap((spelling) =>
        [0, -length].map(
          (start): Trial => ({
            rule: 'population.hash',
            tried: 0,
            fitted: 0,
            map: (id) => {
              const digest = hash(algorithm, spelling(id)).toUpperCase();
              return start === 0 ? digest.slice(0, length) : digest.slice(start);
            },
            read: plain,
          }),
        ),
      ),
    ),
  );
}
