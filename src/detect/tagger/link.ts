import { isPlainWord } from '../words.ts';
import type { TaggedSpan } from './tag.ts';

/** How sure a name must be before its words are looked for elsewhere. */
const SURE = 0.8;
const LEAST_LENGTH = 3;

/**
 * Adds where the words of a sure name stand once more in the same text (`Mrs Vandersloot ... vandersloot refused`). Words
 * that the language has too are looked for with a capital alone.
 */
export function linked(text: string, spans: readonly TaggedSpan[]): TaggedSpan[] {
  const words = new Map<string, { plain: boolean; probability: number }>();
  for (const { start, end, label, probability } of spans) {
    if (label !== 'NAME' || probability < SURE) continue;
    for (const [word] of text.slice(start, end).matchAll(/\p{L}[\p{L}\p{M}]+/gu)) {
      const lower = word.toLowerCase();
      if (word.length >= LEAST_LENGTH && /^\p{Lu}/u.test(word))
        words.set(lower, { plain: isPlainWord(lower), probability });
    }
  }
  if (words.size === 0) return [...spans];
  const added: TaggedSpan[] = [];
  for (const match of text.matchAll(/\p{L}[\p{L}\p{M}]+/gu)) {
    const found = words.get(match[0].toLowerCase());
    if (found === undefined || (found.plain && !/^\p{Lu}/u.test(match[0]))) continue;
    const [start, end] = [match.index, match.index + match[0].length];
    if (spans.some((span) => span.start < end && start < span.end)) continue;
    added.push({ start, end, label: 'NAME', probability: found.probability / 2 });
  }
  return [...spans, ...added].sort((a, b) => a.start - b.start);
}
