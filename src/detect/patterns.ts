import type { Hit, Tier } from '../model/finding.ts';
import type { Passage, PassageHints } from '../model/passage.ts';
import type { Detector } from './detector.ts';
import { isDummy, isMaskedForm } from './dummy.ts';
import { LruCache } from './lru.ts';
import { placeholderRanges } from './placeholders.ts';
import { isDatePlace, isNumericPlace, labelOf } from './places.ts';
import { plainText } from './plain-text.ts';
import { loadRules, type Need, type PatternRule } from './rule.ts';
import { codePointOffsets } from './spans.ts';

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
const EQUIPMENT_FAMILIES = new Set(['email', 'phone', 'ssn']);
const CACHED_LENGTH = 256;
const CACHE_ENTRIES = 20_000;
const ENCODED_LENGTH = 50_000;

/** Finds identifiers by their shape: the rules of `rules/detect/`. Spans in code points. */
export function patternDetector(options: PatternOptions = {}): Detector {
  const dates = options.dates ?? 'find';
  const rules = (options.rules ?? loadRules()).filter((rule) => dates !== 'kept' || rule.family !== 'date');
  const equipmentRules = rules.filter((rule) => EQUIPMENT_FAMILIES.has(rule.family));
  const cache = new LruCache<Hit[]>(CACHE_ENTRIES);
  return {
    id: 'patterns',
    detect({ text, hints }) {
      if (text.length < 2 || isNumericPlace(hints)) return [];
      if (isDatePlace(hints)) return dates === 'find' ? dateField(text, hints) : [];
      if (EQUIPMENT_KEYWORDS.has(hints.keyword ?? '')) return matchRules(equipmentRules, text, '');
      if (text.length > CACHED_LENGTH) return isEncoded(text) ? [] : matchRules(rules, text, labelOf(hints));
      const label = labelOf(hints);
      const key = `${label}\0${text}`;
      const known = cache.get(key);
      if (known !== undefined) return known;
      const hits = matchRules(rules, text, label);
      cache.set(key, hits);
      return hits;
    },
  };
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
    });
  }
  return hits;
}

/** Hits of all rules on one text. */
export function matchRules(rules: readonly PatternRule[], given: string, label: string): Hit[] {
  const { text, origin } = plainText(given);
  const traits = traitsOf(text);
  const found: { start: number; end: number; hit: Omit<Hit, 'start' | 'end'> }[] = [];
  for (const rule of rules) {
    if (!rule.needs.every((need) => traits.has(need))) continue;
    rule.regex.lastIndex = 0;
    for (let match = rule.regex.exec(text); match !== null; match = rule.regex.exec(text)) {
      if (match[0].length === 0) rule.regex.lastIndex++;
      const span = spanOf(match);
      const judged = judge(rule, text, span, label);
      if (judged) found.push({ ...span, hit: judged });
    }
  }
  if (found.length === 0) return [];
  const point = codePointOffsets(given);
  const placeholders = placeholderRanges(text);
  return found
    .filter(({ start, end }) => !placeholders.some((range) => range.start <= start && end <= range.end))
    .map(({ start, end, hit }) => {
      const at = origin(start, end);
      return { start: point(at.start), end: point(at.end), ...hit };
    });
}

/** The group `v` (`v2`, `v3` for its alternatives), or the whole match. */
function spanOf(match: RegExpExecArray): { start: number; end: number } {
  const groups = match.indices?.groups;
  const [start, end] = groups?.v ?? groups?.v2 ?? groups?.v3 ?? [match.index, match.index + match[0].length];
  return { start, end };
}

/** Context and validator raise a match above its shape's tier; undefined where nothing speaks for it. */
function judge(
  rule: PatternRule,
  text: string,
  { start, end }: { start: number; end: number },
  label: string,
): Omit<Hit, 'start' | 'end'> | undefined {
  const value = text.slice(start, end);
  if (isDummy(value)) return undefined;
  let { tier, confidence }: { tier: Tier | 'none'; confidence: number } = rule;
  const { context, validator } = rule;
  if (context) {
    const before = text.slice(Math.max(0, start - context.within), start);
    const after = text.slice(end, end + context.within);
    if (context.not?.test(before) || context.not?.test(after) || context.not?.test(label)) return undefined;
    if (context.before?.test(before) || context.before?.test(label) || context.after?.test(after)) {
      tier = strongest(tier, context.tier);
      confidence = Math.min(1, confidence + 0.1);
    }
  }
  if (validator?.check(value)) {
    tier = strongest(tier, validator.tier);
    confidence = Math.min(1, confidence + 0.1);
  }
  if (tier === 'none') return undefined;
  return { category: rule.category, detector: 'patterns', rule: rule.id, tier, confidence };
}

const RANK = { none: 0, suspect: 1, leak: 2 } as const;

const strongest = <A extends Tier | 'none', B extends Tier>(a: A, b: B): A | B =>
  RANK[a] >= RANK[b] ? a : b;

/** A run of letters and digits that is long for a number: five digits, or four among nine characters. */
const isRun = (length: number, digits: number): boolean => digits >= 5 || (digits === 4 && length >= 9);

/** Digits of a telephone number, and what may stand between two of them. */
const CLUSTER = 7;
const APART = 3;

/** Characters that rules ask for by name. */
const NAMED: Readonly<Record<number, Need>> = {
  45: 'hyphen',
  46: 'dot',
  47: 'slash',
  58: 'colon',
  64: 'at',
  94: 'caret',
};

/** What a text has, in one pass: rules that need more are not tried. */
function traitsOf(text: string): Set<Need> {
  const traits = new Set<Need>();
  let [digits, runLength, runDigits, clusterDigits, apart] = [0, 0, 0, 0, 0];
  let [hasRun, hasCluster, hasLetter, hasCapital] = [false, false, false, false];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code >= 48 && code <= 57) {
      digits++;
      runLength++;
      runDigits++;
      hasRun ||= isRun(runLength, runDigits);
      apart = 0;
      hasCluster ||= ++clusterDigits >= CLUSTER;
      continue;
    }
    if (code > 57 || (code < 40 && code !== 32) || code === 44 || ++apart > APART) clusterDigits = 0;
    if (code >= 97 || (code >= 65 && code <= 90)) {
      hasLetter = true;
      hasCapital ||= code <= 90 || code > 127;
      runLength++;
      if (runDigits === 4) hasRun ||= isRun(runLength, runDigits);
      continue;
    }
    runLength = 0;
    runDigits = 0;
    const named = NAMED[code];
    if (named !== undefined) traits.add(named);
  }
  if (digits > 0) traits.add('digit');
  if (digits > 3) traits.add('digits4');
  if (hasRun) traits.add('run');
  if (hasCluster) traits.add('cluster');
  if (hasLetter) traits.add('letter');
  if (hasCapital) traits.add('capital');
  return traits;
}

/** A passage of plain text, for callers that have no container. */
export function textPassage(text: string, label?: string): Passage {
  return { text, locus: 'text', place: 'text', hints: { format: 'text', ...(label && { label }) } };
}
