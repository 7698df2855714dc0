import type { Box } from '../dicom/pixels/image.ts';
import type { Word } from './reader.ts';

/** Below this a reading is noise, where nothing else says that there is text. */
export const FAINTEST = 0.3;

/** Certainty from which a word counts as text that a person could read. */
const CERTAIN = 0.6;

/** Words that a person could read. */
export function certain(words: readonly Word[]): Word[] {
  return words.filter((word) => word.confidence >= CERTAIN && lettersOf(word) > 0);
}

/** Words with a letter or a digit that were read with at least this certainty. */
export function legible(words: readonly Word[], faintest: number): Word[] {
  return words.filter(({ text, confidence }) => confidence >= faintest && /[\p{L}\p{N}]/u.test(text));
}

/** Letters and digits of a word. */
export function lettersOf({ text }: Word): number {
  return text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
}

/**
 * One list of words from two readings of the same line. Where words stand in the same place, the more certain one is taken
 * and the other kept as its alternative; a word that one reading alone has is added.
 */
export function mergeReadings(first: readonly Word[], second: readonly Word[]): Word[] {
  const merged = [...first];
  // Words of one reading are no rivals of one another, though their boxes are drawn too wide at times.
  const own = new Set(second);
  for (const word of second) {
    const rivals = merged.filter((other) => !own.has(other) && overlap(other.box, word.box) > 0.5);
    if (rivals.length === 0) {
      merged.push(word);
    } else if (rivals.length === 1) {
      const rival = rivals[0] as Word;
      const better = preferred(rival, word);
      own.add(better);
      merged[merged.indexOf(rival)] = better;
    } else if (mean(rivals.map((rival) => rival.confidence)) < word.confidence) {
      const joined = rivals.map((rival) => rival.text).join(' ');
      for (const rival of rivals) merged.splice(merged.indexOf(rival), 1);
      merged.push({ ...word, alternative: joined });
    }
  }
  return merged.sort((a, b) => a.box[0] - b.box[0]);
}

function preferred(a: Word, b: Word): Word {
  const [better, other] = a.confidence >= b.confidence ? [a, b] : [b, a];
  return better.text === other.text ? better : { ...better, alternative: other.text };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Shared area over the smaller area. */
export function overlap(a: Box, b: Box): number {
  const width = Math.min(a[0] + a[2], b[0] + b[2]) - Math.max(a[0], b[0]);
  const height = Math.min(a[1] + a[3], b[1] + b[3]) - Math.max(a[1], b[1]);
  if (width <= 0 || height <= 0) return 0;
  return (width * height) / Math.min(a[2] * a[3], b[2] * b[3]);
}
