import type { Hit } from '../model/finding.ts';
import type { Passage, PassageHints } from '../model/passage.ts';
import type { Detector } from './detector.ts';
import { isDummy, isMaskedForm } from './dummy.ts';
import { furtherValues } from './enumeration.ts';
import { type Judgement, judge } from './judgement.ts';
import { LruCache } from './lru.ts';
import { placeholderRanges } from './placeholders.ts';
import { isDatePlace, isNumericPlace, labelOf } from './places.ts';
import { plainText } from './plain-text.ts';
import { Prefilter } from './prefilter/prefilter.ts';
import { loadRules, type PatternRule } from './rule.ts';
import { codePointOffsets, Ranges } from './spans.ts';
import { type Column, columnsOf } from './table.ts';

export interface PatternOptions {
  /**
   * `find` (default): a full date is a finding wherever it stands. `expected`: the project shifts dates, so a date in a
   * place made for dates (VR DA, DT; HL7 DT, TS, DTM) is as it should be; one in free text is still a finding. `kept`:
   * the project keeps dates (limited data set), none is a finding. Ages over 89 are looked for in every case.
   */
  readonly dates?: 'find' | 'expected' | 'kept';
  /** Rules to use instead of those that ship. */
  readonly rules?: readonly PatternRule[];
}

/** What the equipment says of itself: versions look like dates, models like codes. */
const EQUIPMENT_KEYWORDS = new Set([
  'SoftwareVersions',
  'ManufacturerModelName',
  'Manufacturer',
  'ApplicationVersion',
]);
const EQUIPMENT_FAMILIES = new Set(['email', 'phone', 'ssn', 'site']);
/** Characters of texts whose hits are remembered, and of the longest of them. */
const CACHED_CHARACTERS = 8_000_000;
const CACHED_LENGTH = 100_000;
const ENCODED_LENGTH = 50_000;

/** Finds identifiers by their shape: the rules of `rules/detect/`. Spans in code points. */
export function patternDetector(options: PatternOptions = {}): Detector {
  const dates = options.dates ?? 'find';
  const rules = rulesFor(dates, options.rules ?? loadRules());
  const equipmentRules = chosen(rules, 'equipment', ({ family }) => EQUIPMENT_FAMILIES.has(family));
  const cache = new LruCache<Hit[]>(CACHED_CHARACTERS);
  return {
    id: 'patterns',
    detect({ text, hints }) {
      if (text.length < 2 || isNumericPlace(hints)) return [];
      if (isDatePlace(hints)) return dates === 'find' ? dateField(text, hints) : [];
      if (EQUIPMENT_KEYWORDS.has(hints.keyword ?? '')) return matchRules(equipmentRules, text, '');
      if (isEncoded(text)) return [];
      const label = labelOf(hints);
      if (text.length > CACHED_LENGTH) return hitsIn(rules, text, label);
      const key = `${label}\0${text}`;
      const known = cache.get(key);
      if (known !== undefined) return known;
      const hits = hitsIn(rules, text, label);
      cache.set(key, hits, key.length);
      return hits;
    },
  };
}

const rulesFor = (
  dates: 'find' | 'expected' | 'kept',
  rules: readonly PatternRule[],
): readonly PatternRule[] =>
  dates === 'kept' ? chosen(rules, dates, ({ family }) => family !== 'date') : rules;

const choices = new WeakMap<readonly PatternRule[], Map<string, readonly PatternRule[]>>();

/** Some of the rules, the same list for the same name each time: a list has a prefilter of its own. */
function chosen(
  rules: readonly PatternRule[],
  name: string,
  test: (rule: PatternRule) => boolean,
): readonly PatternRule[] {
  const named = choices.get(rules) ?? new Map<string, readonly PatternRule[]>();
  choices.set(rules, named);
  const list = named.get(name) ?? rules.filter(test);
  named.set(name, list);
  return list;
}

/** Base64 or hex data in one block: whoever decodes it searches what it holds. */
function isEncoded(text: string): boolean {
  if (text.length <= ENCODED_LENGTH || !/^[A-Za-z0-9+/=_\r\n-]+$/.test(text)) return false;
  // Lines of one length, and none of words: a list of short words is no block.
  return text.split(/[\r\n]+/).every((line, index, lines) => line.length >= 40 || index >= lines.length - 2);
}

/** A full date in a place made for dates: a leak unless it has a masked form. */
function dateField(text: string, hints: PassageHints): Hit[] {
  const hits: Hit[] = [];
  const point = codePointOffsets(text);
  for (const match of text.matchAll(/[^\\]+/g)) {
    const value = match[0].trim();
    if (!/^(?:18|19|20|21)\d{2}\D?(?:0[1-9]|1[0-2])/.test(value)) continue;
    if (isDummy(value, 'date') || isMaskedForm(value, hints.vr ?? hints.dataType ?? 'DA', hints.yearAlone))
      continue;
    const start = match.index + match[0].indexOf(value);
    hits.push({
      start: point(start),
      end: point(start + value.length),
      category: 'C',
      detector: 'patterns',
      rule: 'date.field',
      tier: 'leak',
      confidence: 0.99,
      explain: 'a date of more than a year in a place made for dates',
    });
  }
  return hits;
}

/** A prefilter for each list of rules: what it has learnt of one text serves the next. */
const prefilters = new WeakMap<readonly PatternRule[], Prefilter>();

function prefilterOf(rules: readonly PatternRule[]): Prefilter {
  const known = prefilters.get(rules);
  if (known !== undefined) return known;
  const prefilter = new Prefilter(rules);
  prefilters.set(rules, prefilter);
  return prefilter;
}

interface Found {
  readonly rule: number;
  readonly start: number;
  readonly end: number;
  readonly hit: Judgement;
}

/** Hits of all rules on one text, and on the columns of its tables as if each cell had its head before it. */
function hitsIn(rules: readonly PatternRule[], text: string, label: string): Hit[] {
  const hits = matchRules(rules, text, label);
  let point: ((unit: number) => number) | undefined;
  for (const column of columnsOf(text)) {
    point ??= codePointOffsets(text);
    for (const hit of columnHits(rules, text, column, point)) hits.push(hit);
  }
  return hits;
}

/**
 * Columns of names are of people, tests and drugs alike, and a case or an order in a table is often its running number.
 */
const mayBeInTable = (category: Hit['category'], value: string): boolean =>
  category !== 'A' && (category !== 'R' || (value.match(/\p{Nd}/gu) ?? []).length >= 5);

/** What the rules find in the cells of a column, each told as `head: cell`. */
function columnHits(
  rules: readonly PatternRule[],
  text: string,
  { header, cells }: Column,
  point: (unit: number) => number,
): Hit[] {
  let told = '';
  const places = cells.map(({ start, end }) => {
    told += `${header}: `;
    const at = told.length;
    told += `${text.slice(start, end)}\n\n`;
    return { at, start, end };
  });
  const pointTold = codePointOffsets(told);
  const inColumn = places.map(({ at, start, end }) => ({
    from: pointTold(at),
    to: pointTold(at + end - start),
    given: point(start),
    value: text.slice(start, end),
  }));
  let next = 0;
  return matchRules(rules, told, header)
    .sort((a, b) => a.start - b.start)
    .flatMap((hit): Hit[] => {
      while ((inColumn[next]?.to ?? Number.POSITIVE_INFINITY) <= hit.start) next++;
      const cell = inColumn[next];
      if (cell === undefined || hit.end <= cell.from) return [];
      const [start, end] = [Math.max(hit.start, cell.from), Math.min(hit.end, cell.to)];
      if (!mayBeInTable(hit.category, cell.value)) return [];
      return [{ ...hit, start: cell.given + start - cell.from, end: cell.given + end - cell.from }];
    });
}

/** Hits of all rules on one text, rule by rule in the order of the text. */
export function matchRules(rules: readonly PatternRule[], given: string, label: string): Hit[] {
  const { text, origin } = plainText(given);
  const prefilter = prefilterOf(rules);
  const found: Found[] = [];
  const free = new Uint32Array(rules.length);
  const attempt = (index: number, at: number): void => {
    const rule = rules[index];
    if (rule === undefined || at < (free[index] ?? 0)) return;
    const match = rule.matchAt(text, at);
    if (match === undefined) return;
    free[index] = Math.max(match.next, at + 1);
    const hit = judge(rule, text, at, match, label);
    if (!hit) return;
    const { start, end } = match;
    found.push({ rule: index, start, end, hit });
    if (start === at) return;
    for (const further of furtherValues(text, match, rule.category)) {
      found.push({ rule: index, ...further, hit });
    }
  };
  prefilter.scan(text, attempt);
  if (found.length === 0) return [];
  const point = codePointOffsets(given);
  const placeholders = new Ranges(placeholderRanges(text));
  return found
    .sort((a, b) => a.rule - b.rule)
    .filter((span) => !placeholders.hold(span))
    .map(({ start, end, hit }) => {
      const at = origin(start, end);
      return { start: point(at.start), end: point(at.end), ...hit };
    });
}

/** A passage of plain text, for callers that have no container. */
export function textPassage(text: string, label?: string): Passage {
  return { text, locus: 'text', place: 'text', hints: { format: 'text', ...(label && { label }) } };
}
