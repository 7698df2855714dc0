import type { CleanedText, CleaningHints, Detector, TextCleaner } from './detector.ts';
import { LruCache } from './lru.ts';
import { mergeHits } from './merge.ts';
import { textPassage } from './patterns.ts';
import { placeholderFor } from './placeholders.ts';

const ROUNDS = 3;
/** Descriptions come again in every slice of a series; long texts do not. */
const CACHED_LENGTH = 256;
const CACHE_ENTRIES = 20_000;

/**
 * A cleaner that replaces what the detectors find, leak or suspect, by typed placeholders (`[NAME]`, `[DATE]`, `[ID]`...)
 * and keeps the rest. It goes over its own result until nothing more is found, since a removal can bring words
 * together. Spans of `replaced` are code points of the original text, as the first round saw them.
 */
export function textCleaner(all: readonly Detector[]): TextCleaner {
  const cache = new LruCache<CleanedText>(CACHE_ENTRIES);
  return {
    clean(text, hints = {}) {
      if (text.length > CACHED_LENGTH) return cleanInRounds(all, text, hints);
      const key = `${hints.only ?? ''}\0${hints.label ?? ''}\0${text}`;
      const known = cache.get(key);
      if (known !== undefined) return known;
      const cleaned = cleanInRounds(all, text, hints);
      cache.set(key, cleaned);
      return cleaned;
    },
  };
}

function cleanInRounds(all: readonly Detector[], text: string, { label, only }: CleaningHints): CleanedText {
  const detectors =
    only === undefined ? all : all.filter(({ id }) => (id === 'known') === (only === 'known'));
  const first = cleanOnce(detectors, text, label);
  let result = first.text;
  for (let round = 1; round < ROUNDS && result !== text; round++) {
    const next = cleanOnce(detectors, result, label);
    if (next.replaced.length === 0) break;
    result = next.text;
  }
  return { text: result, replaced: first.replaced };
}

function cleanOnce(detectors: readonly Detector[], text: string, label: string | undefined): CleanedText {
  const passage = textPassage(text, label);
  const hits = mergeHits(detectors.flatMap((detector) => detector.detect(passage)));
  if (hits.length === 0) return { text, replaced: [] };
  const points = [...text];
  const replaced = hits.map(({ start, end, category, rule }) => ({
    start,
    end,
    placeholder: placeholderFor(category, rule),
  }));
  let result = '';
  let at = 0;
  for (const { start, end, placeholder } of replaced) {
    result += points.slice(at, start).join('') + placeholder;
    at = end;
  }
  return { text: result + points.slice(at).join(''), replaced };
}
