import type { HipaaCategory } from '../../model/category.ts';
import type { Hit } from '../../model/finding.ts';
import type { Passage } from '../../model/passage.ts';
import type { Detector } from '../detector.ts';
import { isDummy } from '../dummy.ts';
import { LruCache } from '../lru.ts';
import { placeholderRanges } from '../placeholders.ts';
import { isOfAcquisition, isProse } from '../prose.ts';
import { codePointOffsets, Ranges } from '../spans.ts';
import { withTitles } from './extend.ts';
import { linked } from './link.ts';
import { loadModel, type Model } from './model.ts';
import { type TaggedSpan, tag } from './tag.ts';

export interface TaggerOptions {
  /** More suspects: tokens and texts of a word or two count with less probability than as a rule. */
  readonly strict?: boolean;
  /** `kept`: the project keeps dates, those of the tagger are no findings. */
  readonly dates?: 'find' | 'expected' | 'kept';
  /** A model in place of the one that ships. */
  readonly model?: Model;
}

/**
 * Least probabilities: of a token, and of a hit in a text of a word or two, in a field or elsewhere. The fewer words there
 * are around it, the surer a hit has to be.
 */
const USUAL = { token: 0.25, shortField: 0.8, shortText: 0.6 };
const STRICT = { token: 0.1, shortField: 0.5, shortText: 0.4 };
const CACHED_LENGTH = 256;
const CACHE_ENTRIES = 20_000;

const MEANING: Readonly<Record<TaggedSpan['label'], { category: HipaaCategory; rule: string }>> = {
  NAME: { category: 'A', rule: 'tagger.name' },
  LOC: { category: 'B', rule: 'tagger.place' },
  DATE: { category: 'C', rule: 'tagger.date' },
  ID: { category: 'R', rule: 'tagger.code' },
};

/** Rules of hits that are none but in a strict search. */
export const STRICT_TAGGER_RULES = Object.values(MEANING).map(({ category, rule }) => ({
  category,
  rule: `${rule}.strict`,
}));

/**
 * Finds what has no shape, names and places above all, by the words around it: the trained tagger of `rules/tagger/`.
 * All hits are suspects, their confidence is the tagger's probability. Spans in code points.
 */
export function taggerDetector(options: TaggerOptions = {}): Detector {
  const { strict = false, dates = 'find', model = loadModel() } = options;
  const bounds = strict ? STRICT : USUAL;
  const cache = new LruCache<Hit[]>(CACHE_ENTRIES);
  const detect = (text: string): Hit[] => {
    const spans = tag(text, model, bounds.token);
    if (spans.length === 0) return [];
    return hitsOf(text, linked(text, withTitles(text, spans)), dates);
  };
  const hitsIn = (text: string): Hit[] => {
    if (text.length > CACHED_LENGTH) return detect(text);
    const known = cache.get(text);
    if (known !== undefined) return known;
    const hits = detect(text);
    cache.set(text, hits);
    return hits;
  };
  return {
    id: 'tagger',
    detect(passage) {
      const { text } = passage;
      if (text.length < 3 || !isProse(passage) || !/\p{L}{2}/u.test(text)) return [];
      const least = leastOf(passage, bounds);
      const hits = hitsIn(text).filter(({ confidence }) => confidence >= least);
      return strict ? hits.map((hit) => told(hit, leastOf(passage, USUAL))) : hits;
    },
  };
}

const NEVER = 1.1;

/** A text longer than this has more than two words, whatever they are, or none that a sentence is made of. */
const SHORT = 200;

/** A hit of a strict search by a name of its own, where it would be none as a rule. */
const told = (hit: Hit, usual: number): Hit =>
  hit.confidence < usual ? { ...hit, rule: `${hit.rule}.strict` } : hit;

/** What a hit must have. */
function leastOf({ text, hints }: Passage, bounds: typeof USUAL): number {
  if (isOfAcquisition(hints)) return NEVER;
  if (text.length > SHORT) return bounds.token;
  const words = text.match(/[\p{L}\p{N}]{2,}/gu)?.length ?? 0;
  if (words > 2) return bounds.token;
  if (hints.format === 'hl7' && words < 2) return NEVER;
  return hints.format === 'dicom' || hints.format === 'hl7' ? bounds.shortField : bounds.shortText;
}

/** `Dr. XYZ`, `ABCD General Hospital`: titles and kinds of institutions apart, a dummy. */
const isStandIn = (value: string): boolean =>
  isDummy(
    value.replace(
      /(?<!\p{L})(?:drs?|mrs?|ms|prof|general|hospital|clinic|medical|center|centre)(?!\p{L})\.?/giu,
      '',
    ),
  );

/** A year by itself may stay (164.514(b)(2)(i)(C)), and is what masking leaves of a date; one that shows an old age has rules. */
const isYear = (value: string): boolean => /^(?:19|20)\d\d$/.test(value);

/** Declarations of XML namespaces (`xmlns="urn:hl7-org:v3"`): names of standards, in order. */
function namespacesOf(text: string): { start: number; end: number }[] {
  if (!text.includes('xmlns')) return [];
  return Array.from(
    text.matchAll(/\bxmlns(?::[\w.-]+)?\s?=\s?(?:"[^"<>]*"|'[^'<>]*')/g),
    ({ index, 0: found }) => ({
      start: index,
      end: index + found.length,
    }),
  );
}

function hitsOf(text: string, spans: readonly TaggedSpan[], dates: 'find' | 'expected' | 'kept'): Hit[] {
  const point = codePointOffsets(text);
  const placeholders = new Ranges(placeholderRanges(text));
  const namespaces = new Ranges(namespacesOf(text));
  return spans
    .filter(({ label }) => dates !== 'kept' || label !== 'DATE')
    .filter((span) => !placeholders.touch(span) && !namespaces.hold(span))
    .filter(({ start, end }) => !isStandIn(text.slice(start, end)) && !isYear(text.slice(start, end)))
    .map(({ start, end, label, probability }) => ({
      start: point(start),
      end: point(end),
      ...MEANING[label],
      detector: 'tagger',
      tier: 'suspect',
      confidence: Math.round(probability * 100) / 100,
    }));
}
