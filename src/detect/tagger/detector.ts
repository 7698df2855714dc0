import type { HipaaCategory } from '../../model/category.ts';
import type { Hit } from '../../model/finding.ts';
import type { Passage, Place } from '../../model/passage.ts';
import type { Detector } from '../detector.ts';
import { isDummy } from '../dummy.ts';
import { LruCache } from '../lru.ts';
import { placeholderRanges } from '../placeholders.ts';
import { codePointOffsets } from '../spans.ts';
import { withTitles } from './extend.ts';
import { linked } from './link.ts';
import { loadModel, type Model } from './model.ts';
import { type TaggedSpan, tag } from './tag.ts';

export interface TaggerOptions {
  /** Least probability of a token: .3 as a rule, .1 where a project asks for strict detection. */
  readonly threshold?: number;
  /** `kept`: the project keeps dates, those of the tagger are no findings. */
  readonly dates?: 'find' | 'expected' | 'kept';
  /** A model in place of the one that ships. */
  readonly model?: Model;
}

const THRESHOLD = 0.3;
const CACHED_LENGTH = 256;
const CACHE_ENTRIES = 20_000;

const MEANING: Readonly<Record<TaggedSpan['label'], { category: HipaaCategory; rule: string }>> = {
  NAME: { category: 'A', rule: 'tagger.name' },
  LOC: { category: 'B', rule: 'tagger.place' },
  DATE: { category: 'C', rule: 'tagger.date' },
  ID: { category: 'R', rule: 'tagger.code' },
};

/**
 * Finds what has no shape, names and places above all, by the words around it: the trained tagger of `rules/tagger/`.
 * All hits are suspects, their confidence is the tagger's probability. Spans in code points.
 */
export function taggerDetector(options: TaggerOptions = {}): Detector {
  const { threshold = THRESHOLD, dates = 'find', model = loadModel() } = options;
  const cache = new LruCache<Hit[]>(CACHE_ENTRIES);
  const detect = (text: string): Hit[] => {
    const spans = tag(text, model, threshold);
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
      const least = leastOf(passage, threshold);
      return hitsIn(text).filter(({ confidence }) => confidence >= least);
    },
  };
}

/** VRs (PS3.5 6.2) and HL7 data types (chapter 2A) in which somebody may have written what he liked. */
const PROSE_VRS = new Set(['LO', 'SH', 'LT', 'ST', 'UT', 'UC']);
const PROSE_TYPES = new Set(['TX', 'FT', 'ST', 'ED', 'RP']);
/**
 * What the equipment, a coding scheme, or a masker says of itself (PS3.6): Manufacturer, its model and software, Code
 * Value, Coding Scheme Designator and Version, Context Identifier, De-identification Method.
 */
const NO_PROSE = new Set(
  '00080070 00081090 00181020 00189004 00080100 00080102 00080103 0008010F 00120063'.split(' '),
);
/**
 * Pictures have a judgement of their own for words that are no technique, bytes are searched for what is known, and a
 * file's name is no sentence: lists of names look there.
 */
const PROSE_PLACES: ReadonlySet<Place> = new Set([
  'element',
  'nested element',
  'private element',
  'structured report',
  'HL7 field',
  'text',
  'document',
]);

/** (gggg,0010-00FF) of an odd group names a maker (PS3.5 7.8.1). */
const PRIVATE_CREATOR = /^...[13579BDF]00[1-9A-F]./;

/** A place where somebody may have written what he liked; a typed one has a detector of its own. */
function isProse({ place, hints }: Passage): boolean {
  if (!PROSE_PLACES.has(place) || hints.coded || hints.codePlace || hints.typed !== undefined) return false;
  if (hints.tag !== undefined && PRIVATE_CREATOR.test(hints.tag)) return false;
  if (hints.tag !== undefined && NO_PROSE.has(hints.tag)) return false;
  if (hints.vr !== undefined) return PROSE_VRS.has(hints.vr);
  return hints.dataType === undefined || PROSE_TYPES.has(hints.dataType);
}

/** Short values of group 0018 tell of the acquisition: filters, grids, coils. A protocol's name is written by hand. */
const PROTOCOL_NAME = '00181030';
const NEVER = 1.1;

const isOfAcquisition = ({ tag, vr }: Passage['hints']): boolean =>
  tag?.startsWith('0018') === true && tag !== PROTOCOL_NAME && (vr === 'SH' || vr === 'LO');

/** A text longer than this has more than two words, whatever they are, or none that a sentence is made of. */
const SHORT = 200;

/** What a hit must have: the fewer words there are around it, the surer it has to be. */
function leastOf({ text, hints }: Passage, threshold: number): number {
  if (isOfAcquisition(hints)) return NEVER;
  if (text.length > SHORT) return threshold;
  const words = text.match(/[\p{L}\p{N}]{2,}/gu)?.length ?? 0;
  if (words > 2) return threshold;
  if (hints.format === 'hl7' && words < 2) return NEVER;
  return Math.max(threshold, hints.format === 'dicom' || hints.format === 'hl7' ? 0.8 : 0.6);
}

/** `Dr. XYZ`, `ABCD General Hospital`: titles and kinds of institutions apart, a dummy. */
const isStandIn = (value: string): boolean =>
  isDummy(
    value.replace(
      /(?<!\p{L})(?:drs?|mrs?|ms|prof|general|hospital|clinic|medical|center|centre)(?!\p{L})\.?/giu,
      '',
    ),
  );

function hitsOf(text: string, spans: readonly TaggedSpan[], dates: 'find' | 'expected' | 'kept'): Hit[] {
  const point = codePointOffsets(text);
  const placeholders = placeholderRanges(text);
  return spans
    .filter(({ label }) => dates !== 'kept' || label !== 'DATE')
    .filter(({ start, end }) => !placeholders.some((range) => range.start < end && start < range.end))
    .filter(({ start, end }) => !isStandIn(text.slice(start, end)))
    .map(({ start, end, label, probability }) => ({
      start: point(start),
      end: point(end),
      ...MEANING[label],
      detector: 'tagger',
      tier: 'suspect',
      confidence: Math.round(probability * 100) / 100,
    }));
}
