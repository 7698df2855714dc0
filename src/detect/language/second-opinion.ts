import type { Hit } from '../../model/finding.ts';
import type { Detector } from '../detector.ts';
import { isDummy } from '../dummy.ts';
import { LruCache } from '../lru.ts';
import { placeholderRanges } from '../placeholders.ts';
import { isOfAcquisition, isProse } from '../prose.ts';
import { codePointOffsets, Ranges } from '../spans.ts';
import {
  isBrand,
  isClinicalTerm,
  isDrug,
  isEponym,
  isFirstName,
  isMaker,
  isOrganism,
  isPlainWord,
  isProduct,
  isSurname,
  isTerm,
} from '../words.ts';
import { english } from './compromise.ts';
import type { Found } from './found.ts';
import { type Span, sentences } from './sentences.ts';

export interface SecondOpinionOptions {
  /** `kept`: the project keeps dates, days told from the note are no findings. */
  readonly dates?: 'find' | 'expected' | 'kept';
}

/** What the parser is given at once: it keeps an object for each word. Cut at line ends. */
const PIECE = 20_000;
const CACHED_LENGTH = 256;
const CACHE_ENTRIES = 20_000;

/** Words for days that the note is needed to date, and months without a day. */
const DAY_WORD =
  /(?<!\p{L})(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?|January|February|March|April|May|June|July|August|September|October|November|December|yesterday|tomorrow|fortnight|(?:last|next|this|past|following|previous) (?:week|month|weekend|fortnight)|(?:days?|weeks?|months?|weekends?) (?:ago|earlier|before|prior|hence|from now))(?!\p{L})/iu;
/** A capital within a sentence: where there is none, nobody is named. */
const NAME_LIKE = /\p{L}[^.\n]{0,80}?[ (]\p{Lu}\p{Ll}+/u;

const PERSON = { category: 'A', rule: 'second-opinion.name' } as const;
const DAY = { category: 'C', rule: 'second-opinion.date' } as const;

/** Rules of this detector. */
export const SECOND_OPINION_RULES = [PERSON, DAY];

/**
 * What `compromise`, a general parser of English, takes for a person or a date, in places where somebody wrote what he
 * liked: suspects of a strict search alone, for most of what it adds to the tagger is a false alarm. Reads 50 kB a second.
 */
export function secondOpinionDetector({ dates = 'find' }: SecondOpinionOptions = {}): Detector {
  const cache = new LruCache<Hit[]>(CACHE_ENTRIES);
  const detect = (text: string): Hit[] =>
    asHits(text, [...(dates === 'kept' ? [] : relativeDates(text)), ...people(text)]);
  return {
    id: 'second-opinion',
    detect(passage) {
      const { text, hints } = passage;
      if (text.length < 4 || !isProse(passage) || isOfAcquisition(hints)) return [];
      if (text.length > CACHED_LENGTH) return detect(text);
      const known = cache.get(text);
      if (known !== undefined) return known;
      const hits = detect(text);
      cache.set(text, hits);
      return hits;
    },
  };
}

/** What stands before the unit of a span of time: the parser begins a date with the unit. */
const AMOUNT =
  /(?<![\p{L}\d])(?:about |almost |nearly )?(?:\d{1,3}(?: ?(?:-|to|or) ?\d{1,3})?|an?|(?:a )?few|(?:a )?couple(?: of)?|several|some|many|\p{L}{3,9}(?:[- ](?:to|or)[- ]\p{L}{3,9})?)[ -]$/iu;
const UNIT = /^(?:day|week|month|weekend)/i;

/** Days told from the note (`on Tuesday`, `three weeks ago`), in sentences that have a word for one. */
function relativeDates(text: string): Found[] {
  if (!DAY_WORD.test(text)) return [];
  return inSentences(text, DAY_WORD, '#Date+')
    .filter(({ start, end }) => DAY_WORD.test(text.slice(start, end)))
    .map(({ start, end }) => ({
      start: start - (UNIT.test(text.slice(start, end)) ? amountBefore(text, start) : 0),
      end,
      ...DAY,
      tier: 'suspect',
      confidence: 0.3,
    }));
}

const amountBefore = (text: string, at: number): number =>
  AMOUNT.exec(text.slice(Math.max(0, at - 40), at))?.[0].length ?? 0;

/** A title says nothing of the name behind it. */
const TITLE = /^(?:drs?|mrs?|ms|miss|prof|sir|dear|jr|sr)$/;

/** Persons, unless every word is a stand-in, or one of the language, of the clinic or of its products. */
function people(text: string): Found[] {
  if (!NAME_LIKE.test(text)) return [];
  return inSentences(text, NAME_LIKE, '#Person+')
    .filter(({ start, end }) => {
      const words = (
        text
          .slice(start, end)
          .toLowerCase()
          .match(/\p{L}{3,}/gu) ?? []
      ).filter((word) => !TITLE.test(word) && !isDummy(word));
      return !words.every(isOfClinic) || isFullName(words);
    })
    .map((span) => ({
      ...span,
      ...PERSON,
      tier: 'suspect',
      confidence: 0.4,
    }));
}

const isOfClinic = (word: string): boolean =>
  [isTerm, isPlainWord, isClinicalTerm, isEponym, isDrug, isProduct, isBrand, isMaker, isOrganism].some(
    (isOne) => isOne(word),
  );

/** `John Smith`: each word may be an eponym, both together are somebody. */
const isFullName = (words: readonly string[]): boolean =>
  words.some((word, i) => i > 0 && isSurname(word) && isFirstName(words[i - 1] ?? ''));

interface Match {
  readonly text: string;
  readonly offset: { readonly start: number; readonly length: number };
}

function inSentences(text: string, trigger: RegExp, pattern: string): Span[] {
  return pieces(text).flatMap((piece) => {
    const part = text.slice(piece.start, piece.end);
    if (!trigger.test(part)) return [];
    return sentences(part).flatMap(({ start, end }) => {
      const sentence = part.slice(start, end);
      if (!trigger.test(sentence)) return [];
      const matches = english()(sentence).match(pattern).json({ offset: true }) as Match[];
      return matches.flatMap(({ text: words, offset }) => {
        // The parser's offsets drift behind hyphens; the words are looked for from there.
        const at = sentence.indexOf(words, Math.max(0, offset.start - 3));
        const length = lengthOf(words);
        const from = piece.start + start + at;
        return at < 0 || length === 0 ? [] : [{ start: from, end: from + length }];
      });
    });
  });
}

/** A text in parts of at most `PIECE` characters, cut behind a line end or a blank where there is one. */
function pieces(text: string): Span[] {
  const parts: Span[] = [];
  for (let start = 0; start < text.length; ) {
    let end = Math.min(start + PIECE, text.length);
    if (end < text.length) {
      const line = text.lastIndexOf('\n', end);
      const cut = line > start ? line : text.lastIndexOf(' ', end);
      if (cut > start) end = cut + 1;
    }
    parts.push({ start, end });
    start = end;
  }
  return parts;
}

/** The length of some words without the punctuation behind them. */
function lengthOf(words: string): number {
  let end = words.length;
  while (end > 0 && /[\s.,;:]/.test(words[end - 1] ?? '')) end--;
  return end;
}

function asHits(text: string, found: readonly Found[]): Hit[] {
  if (found.length === 0) return [];
  const point = codePointOffsets(text);
  const placeholders = new Ranges(placeholderRanges(text));
  return found
    .filter((span) => !placeholders.touch(span))
    .filter(({ start, end }) => !isDummy(text.slice(start, end)))
    .map(({ start, end, ...rest }) => ({
      ...rest,
      start: point(start),
      end: point(end),
      detector: 'second-opinion',
    }));
}
