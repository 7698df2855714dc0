import { isTerm } from '../words.ts';
import { english } from './compromise.ts';
import type { Found } from './found.ts';
import { type Span, sentences } from './sentences.ts';

/** Words for days that the note is needed to date, and months without a day. */
const DAY_WORD =
  /(?<!\p{L})(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?|January|February|March|April|May|June|July|August|September|October|November|December|yesterday|tomorrow|(?:last|next|this) (?:week|month|weekend)|(?:days?|weeks?|months?) ago)(?!\p{L})/iu;
/** A capital within a sentence: where there is none, nobody is named. */
const NAME_LIKE = /\p{L}[^.\n]{0,80}?[ (]\p{Lu}\p{Ll}+/u;

/** What else `compromise` takes for a date, in sentences that have a word for one: suspects of a strict search. */
export function relativeDates(text: string): Found[] {
  if (!DAY_WORD.test(text)) return [];
  return inSentences(text, DAY_WORD, '#Date+')
    .filter(({ start, end }) => DAY_WORD.test(text.slice(start, end)))
    .map((span) => ({ ...span, category: 'C', rule: 'date.relative', tier: 'suspect', confidence: 0.3 }));
}

/** Whom `compromise` takes for a person, unless every word is a term: a second opinion beside the other finders. */
export function people(text: string): Found[] {
  if (!NAME_LIKE.test(text)) return [];
  return inSentences(text, NAME_LIKE, '#Person+')
    .filter(
      ({ start, end }) =>
        !(
          text
            .slice(start, end)
            .toLowerCase()
            .match(/\p{L}{2,}/gu) ?? []
        ).every(isTerm),
    )
    .map((span) => ({
      ...span,
      category: 'A',
      rule: 'name.second-opinion',
      tier: 'suspect',
      confidence: 0.4,
    }));
}

interface Match {
  readonly text: string;
  readonly offset: { readonly start: number; readonly length: number };
}

function inSentences(text: string, trigger: RegExp, pattern: string): Span[] {
  return sentences(text).flatMap(({ start, end }) => {
    const sentence = text.slice(start, end);
    if (!trigger.test(sentence)) return [];
    const matches = english()(sentence).match(pattern).json({ offset: true }) as Match[];
    return matches.flatMap(({ text: words, offset }) => {
      // The parser's offsets drift behind hyphens; the words are looked for from there.
      const at = sentence.indexOf(words, Math.max(0, offset.start - 3));
      const end = wordEnd(words);
      return at < 0 || end === 0 ? [] : [{ start: start + at, end: start + at + end }];
    });
  });
}

/** The length of some words without the punctuation behind them. */
function wordEnd(words: string): number {
  let end = words.length;
  while (end > 0 && /[\s.,;:]/.test(words[end - 1] ?? '')) end--;
  return end;
}
