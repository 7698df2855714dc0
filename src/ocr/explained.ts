import type { Word } from './reader.ts';
import type { Region } from './regions.ts';
import { isSafeReading } from './safe-terms.ts';
import { certain, lettersOf } from './words.ts';

/** Share of a region's letters that certain words must have. */
const CERTAIN_SHARE = 0.4;
/** The same for words that are not all certain, and yet all of them safe terms: the list vouches for them. */
const SAFE_SHARE = 0.6;
/** Below this a safe term is chance. */
const FAINTEST_SAFE = 0.15;

/** Whether the words that were read in a region account for it. */
export function isExplained({ letters }: Region, words: readonly Word[]): boolean {
  if (words.length === 0) return false;
  if (count(certain(words)) >= CERTAIN_SHARE * letters) return true;
  const vouched = words.every(
    (word) => word.confidence >= FAINTEST_SAFE && isSafeReading(word) && lettersOf(word) >= 2,
  );
  return vouched && count(words) >= SAFE_SHARE * letters;
}

/** Letters and digits of all words. */
export const count = (words: readonly Word[]): number =>
  words.reduce((sum, word) => sum + lettersOf(word), 0);
