import { isDummy } from '../../detect/dummy.ts';
import { fold } from '../../detect/known/fold.ts';
import { guessability, logTail } from './chance.ts';
import { digitKeys, digitOrder, digitTable } from './digits.ts';
import type { CodePair, Guess } from './family.ts';
import { numberMappings } from './numbers.ts';
import { sharedPieces } from './pieces.ts';
import { type CodedPerson, recipeMappings } from './recipes.ts';

/** Codes of one place of the release beside what stood in one place of the originals. */
export interface Comparison {
  readonly pairs: readonly CodePair[];
  /** The persons behind the pairs, in the same order, where names and dates are to be tried too. */
  readonly people?: readonly CodedPerson[];
}

/** A mapping that explains codes better than chance would. */
export interface Explained {
  readonly rule: string;
  /** Indexes of the pairs. */
  readonly pairs: readonly number[];
  /** Pairs that were compared. */
  readonly of: number;
  /** log10 of the bound on the chance of it, all mappings of the comparison counted. */
  readonly chance: number;
}

/** Fewer explained codes are no population. */
export const FEWEST = 5;
/** Several sites may each have a mapping of their own. */
const MOST_MAPPINGS = 8;
const FAMILIES = [numberMappings, digitKeys, digitTable, digitOrder] as const;
/** Codes of a larger data set that are compared first, evenly spread: all of them where a mapping explains some. */
export const COMPARED_FIRST = 20_000;
/** The same for costly recipes. */
const TRIED_FIRST = 3000;

/**
 * The mappings that explain five codes or more, beyond chance: `limit` is log10 of the probability that is allowed to
 * chance for this comparison. What one mapping explains is taken out, and the rest is looked at again.
 */
export function explain({ pairs, people }: Comparison, limit: number): Explained[] {
  const found: Explained[] = [];
  let left = usable(pairs);
  const of = left.length;
  while (left.length >= FEWEST && found.length < MOST_MAPPINGS) {
    const some = evenly(left, COMPARED_FIRST);
    let best = bestOf(pairs, people, some, limit);
    if (best !== undefined && some.length < left.length) best = bestOf(pairs, people, left, limit) ?? best;
    if (best === undefined) break;
    found.push({ ...best, of });
    const explained = new Set(best.pairs);
    left = left.filter((index) => !explained.has(index));
  }
  return found;
}

/** Pairs of different values, one an original: a kept value is not derived, and a second copy proves nothing. */
function usable(pairs: readonly CodePair[]): number[] {
  const seen = new Set<string>();
  return pairs.flatMap(({ original, released }, index) => {
    if (isDummy(original) || isDummy(released) || plain(original) === plain(released)) return [];
    const key = `${original}\0${released}`;
    if (seen.has(key)) return [];
    seen.add(key);
    return [index];
  });
}

const plain = (text: string): string =>
  fold(text)
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

function bestOf(
  pairs: readonly CodePair[],
  people: readonly CodedPerson[] | undefined,
  left: readonly number[],
  limit: number,
): Explained | undefined {
  const candidates: { guess: Guess; indexes: readonly number[] }[] = [];
  const offer = (guesses: readonly Guess[], indexes: readonly number[]): void => {
    for (const guess of guesses) candidates.push({ guess, indexes });
  };
  for (const indexes of alike(pairs, left)) {
    for (const read of READINGS) {
      const digits = indexes.map((index) => read(pairs[index] as CodePair));
      if (
        read !== READINGS[0] &&
        digits.every((pair, at) => same(pair, READINGS[0]?.(pairs[indexes[at] as number] as CodePair)))
      )
        continue;
      for (const family of FAMILIES) offer(family(digits), indexes);
    }
  }
  const folded = left.map((index) => {
    const { original, released } = pairs[index] as CodePair;
    return { original: plain(original), released: plain(released) };
  });
  offer(sharedPieces(folded), left);
  if (people !== undefined) offer(recipes(people, left), left);
  let best: Explained | undefined;
  const counted = Math.log10(Math.max(1, candidates.length));
  for (const { guess, indexes } of candidates) {
    const explained = guess.explained.map((at) => indexes[at] as number);
    const k = distinctOf(explained, pairs);
    if (k < FEWEST) continue;
    const q = guessability(guess.foretold);
    const n = indexes.length - guess.fitted;
    const chance = counted + guess.tried + logTail(n, k - guess.fitted, q);
    if (chance > limit) continue;
    if (
      best === undefined ||
      explained.length > best.pairs.length ||
      (explained.length === best.pairs.length && chance < best.chance)
    )
      best = { rule: guess.rule, pairs: explained, of: left.length, chance };
  }
  return best;
}

/** Costly, so that of many people some come first: nobody hashes the ids of a few of them alone. */
function recipes(people: readonly CodedPerson[], left: readonly number[]): Guess[] {
  const these = left.map((index) => people[index] as CodedPerson);
  const some = recipeMappings(evenly(these, TRIED_FIRST));
  if (these.length <= TRIED_FIRST) return some;
  return some.some(({ explained }) => explained.length >= 3) ? recipeMappings(these) : [];
}

/** At most so many, evenly spread. */
function evenly<T>(values: readonly T[], most: number): readonly T[] {
  if (values.length <= most) return values;
  const step = values.length / most;
  return Array.from({ length: most }, (_, index) => values[Math.floor(index * step)] as T);
}

/** Both originals and codes must differ: a code that many share is no code. */
function distinctOf(indexes: readonly number[], pairs: readonly CodePair[]): number {
  const originals = new Set(indexes.map((index) => pairs[index]?.original));
  const released = new Set(indexes.map((index) => pairs[index]?.released));
  return Math.min(originals.size, released.size);
}

const digitsOf = (text: string): string => text.replace(/\D/g, '');
const lastRun = (text: string): string => /(\d+)\D*$/.exec(text)?.[1] ?? '';

/** What is taken for the number: all digits, or the last run of them. */
const READINGS: readonly ((pair: CodePair) => CodePair)[] = [
  ({ original, released }) => ({ original: digitsOf(original), released: digitsOf(released) }),
  ({ original, released }) => ({ original: lastRun(original), released: lastRun(released) }),
  ({ original, released }) => ({ original: digitsOf(original), released: lastRun(released) }),
  ({ original, released }) => ({ original: lastRun(original), released: digitsOf(released) }),
];

const same = (a: CodePair, b: CodePair | undefined): boolean =>
  a.original === b?.original && a.released === b.released;

/** Pairs of one build: letters and digits change at the same places. Random codes have a build each, and no numbers to compare. */
function alike(pairs: readonly CodePair[], left: readonly number[]): number[][] {
  const groups = new Map<string, number[]>();
  for (const index of left) {
    const { original, released } = pairs[index] as CodePair;
    if (!/\d/.test(original) || !/\d/.test(released)) continue;
    const key = `${buildOf(original)} ${buildOf(released)}`;
    const group = groups.get(key) ?? [];
    group.push(index);
    groups.set(key, group);
  }
  return [...groups.values()].filter((group) => group.length >= FEWEST);
}

const buildOf = (text: string): string => text.replace(/\p{L}+/gu, 'A').replace(/\d+/g, '0');
