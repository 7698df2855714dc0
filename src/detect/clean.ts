import type { Passage } from '../model/passage.ts';
import type { CleanedText, CleaningHints, Detector, TextCleaner } from './detector.ts';
import { hitsOverBreaks } from './line-breaks.ts';
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
 * together; spans of `replaced` are code points of the original text, whichever round found them. Lines that were joined
 * (`breaks`) are looked at once, for what reaches over a break.
 */
export function textCleaner(all: readonly Detector[]): TextCleaner {
  const cache = new LruCache<CleanedText>(CACHE_ENTRIES);
  return {
    clean(text, hints = {}) {
      if (text.length > CACHED_LENGTH || hints.breaks !== undefined) return cleanInRounds(all, text, hints);
      const { only = '', label = '', dataType = '', field = '', keyword = '', codePlace = false } = hints;
      const { format = '', vr = '', tag = '' } = hints;
      const key = `${only}\0${format}${vr}${tag}\0${label}\0${dataType}\0${field}\0${keyword}\0${codePlace}\0${text}`;
      const known = cache.get(key);
      if (known !== undefined) return known;
      const cleaned = cleanInRounds(all, text, hints);
      cache.set(key, cleaned);
      return cleaned;
    },
  };
}

/** What goes by known identifiers, or by how words read: neither says anything of a device's own make. */
const NO_PATTERNS = new Set(['known', 'tagger', 'model', 'second-opinion', 'links']);

const isAsked = (id: string, only: 'known' | 'patterns'): boolean =>
  only === 'known' ? id === 'known' : !NO_PATTERNS.has(id);

type Replaced = CleanedText['replaced'];

function cleanInRounds(all: readonly Detector[], text: string, hints: CleaningHints): CleanedText {
  const { only } = hints;
  const detectors = only === undefined ? all : all.filter(({ id }) => isAsked(id, only));
  const rounds = hints.breaks === undefined ? ROUNDS : 1;
  const points = [...text];
  let replaced: Replaced = [];
  let result = text;
  for (let round = 0; round < rounds; round++) {
    const next = hitsIn(detectors, result, hints);
    if (next.length === 0) break;
    replaced = inOriginal(replaced, next);
    result = filledIn(points, replaced);
  }
  return { text: result, replaced };
}

function hitsIn(
  detectors: readonly Detector[],
  text: string,
  { only: _, ...hints }: CleaningHints,
): Replaced {
  const passage: Passage = { ...textPassage(text), hints: { format: 'text', ...hints } };
  const hits =
    hints.breaks === undefined
      ? mergeHits(detectors.flatMap((detector) => detector.detect(passage)))
      : hitsOverBreaks(detectors, passage);
  return hits.map(({ start, end, category, rule }) => ({
    start,
    end,
    placeholder: placeholderFor(category, rule),
  }));
}

/** Spans of a text in which `before` was replaced, put back into the original; what they touch of `before` joins them. */
function inOriginal(before: Replaced, later: Replaced): Replaced {
  if (before.length === 0) return later;
  const moved = later.map(({ start, end, placeholder }) => {
    let [grown, from, to] = [0, -1, -1];
    for (const earlier of before) {
      const first = earlier.start + grown;
      const last = first + earlier.placeholder.length;
      if (from < 0 && start < last) from = start <= first ? start - grown : earlier.start;
      if (to < 0 && end <= last) to = end <= first ? end - grown : earlier.end;
      grown += earlier.placeholder.length - (earlier.end - earlier.start);
    }
    return { start: from < 0 ? start - grown : from, end: to < 0 ? end - grown : to, placeholder };
  });
  const isFree = ({ start, end }: { start: number; end: number }): boolean =>
    !moved.some((span) => start < span.end && span.start < end);
  return [...before.filter(isFree), ...moved].sort((a, b) => a.start - b.start);
}

function filledIn(points: readonly string[], replaced: Replaced): string {
  let result = '';
  let at = 0;
  for (const { start, end, placeholder } of replaced) {
    result += points.slice(at, start).join('') + placeholder;
    at = end;
  }
  return result + points.slice(at).join('');
}
