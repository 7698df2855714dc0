import type { HipaaCategory } from '../model/category.ts';
import type { Tier } from '../model/finding.ts';
import { linear } from './linear.ts';
import { matchRules } from './patterns.ts';
import { compileRule, type PatternRule, type RuleSource } from './rule.ts';

/** A rule of a site, as project.yaml holds it: as those that ship, but its pattern is of RE2 syntax. */
export interface SiteRule extends Omit<RuleSource, 'category'> {
  readonly category: HipaaCategory;
  readonly wholeWord: boolean;
}

/** Lists of a site: places it calls so, numbers and names that no rule can tell. */
export interface SiteWords {
  readonly tier: Tier;
  readonly hospitals: readonly string[];
  readonly wards: readonly string[];
  readonly streets: readonly string[];
  readonly others: readonly string[];
}

export const SITE_FAMILY = 'site';

const siteFamily = (category: HipaaCategory) => ({ family: SITE_FAMILY, category, source: 'project.yaml' });

const CATEGORY_OF = { hospitals: 'B', wards: 'B', streets: 'B', others: 'R' } as const;
const LISTS = Object.keys(CATEGORY_OF) as (keyof typeof CATEGORY_OF)[];

/** A rule of a site, its pattern matched in linear time. The pattern has to be usable (`patternProblem`). */
export function compileSiteRule(rule: SiteRule): PatternRule {
  return compileRule(rule, siteFamily(rule.category), (pattern, ignoreCase) =>
    linear(pattern, ignoreCase, rule.wholeWord),
  );
}

/** The rules and lists of a site as pattern rules, to stand beside those that ship. */
export function siteRules({
  rules,
  words,
}: {
  readonly rules: readonly SiteRule[];
  readonly words: SiteWords;
}): PatternRule[] {
  return [...rules.map(compileSiteRule), ...LISTS.flatMap((list) => wordRules(list, words))];
}

/**
 * A list as rules: whole words, in any case; an entry of capitals and digits alone (`SGH`, `WARD 7B`) as it is written, since it
 * may be a common word otherwise. Between its words may stand any three characters that are no letters or digits (a line
 * break, `_` of a file name, `^` of a name); a mark inside a word may be missing.
 */
function wordRules(list: (typeof LISTS)[number], words: SiteWords): PatternRule[] {
  const entries = [...new Set(words[list])].filter((entry) => /[\p{L}\p{N}]/u.test(entry));
  const asWritten = (entry: string): boolean => entry === entry.toUpperCase();
  return [true, false].flatMap((written) => {
    const chosen = entries.filter((entry) => asWritten(entry) === written);
    // The longest first: `St Elm Hospital` before `St Elm`.
    const sorted = chosen.sort((a, b) => b.length - a.length);
    return sorted.length === 0 ? [] : [wordRule(list, sorted, !written, words.tier)];
  });
}

function wordRule(
  list: (typeof LISTS)[number],
  entries: readonly string[],
  ignoreCase: boolean,
  tier: Tier,
): PatternRule {
  const pattern = `(?<![\\p{L}\\p{N}])(?:${entries.map(entryPattern).join('|')})(?![\\p{L}\\p{N}])`;
  const source: RuleSource = {
    id: `site.${list}`,
    tier,
    confidence: tier === 'leak' ? 0.9 : 0.7,
    pattern,
    ignoreCase,
    hits: entries.slice(0, 1).map((entry) => `«${entry}»`),
    misses: [],
    source: 'project.yaml',
  };
  return compileRule(source, siteFamily(CATEGORY_OF[list]));
}

/** `St. Elm's` as `St`, a gap, `Elm`, perhaps a mark, `s`: literals and bounded gaps alone, so that nothing backtracks. */
function entryPattern(entry: string): string {
  const parts = entry.normalize('NFC').match(/[\p{L}\p{N}\p{M}]+|[^\p{L}\p{N}\p{M}]+/gu) ?? [];
  const last = parts.length - 1;
  return parts
    .map((part, index) => {
      if (/[\p{L}\p{N}]/u.test(part)) return part;
      if (index === 0 || index === last) return '';
      return /\s/.test(part) ? '[^\\p{L}\\p{N}]{1,3}' : '[^\\p{L}\\p{N}]{0,3}';
    })
    .join('');
}

/** A sample of a rule, `label | text with «marked» identifier`, taken apart; spans in code points. */
export interface Sample {
  readonly label: string;
  readonly text: string;
  /** Undefined where nothing is marked: a hit anywhere will do. */
  readonly marked?: readonly [start: number, end: number];
}

export function readSample(source: string): Sample {
  const at = source.indexOf(' | ');
  const [label, body] = at < 0 ? ['', source] : [source.slice(0, at), source.slice(at + 3)];
  const text = body.replace(/[«»]/g, '');
  const [open, close] = [[...body].indexOf('«'), [...body].indexOf('»')];
  return open < 0 || close < open ? { label, text } : { label, text, marked: [open, close - 1] };
}

/** Whether a rule hits the marked part of a sample that it must hit. */
export function hitsSample(rule: PatternRule, source: string): boolean {
  const { label, text, marked } = readSample(source);
  const hits = matchRules([rule], text, label);
  return marked === undefined
    ? hits.length > 0
    : hits.some(({ start, end }) => start === marked[0] && end === marked[1]);
}

/** Whether a rule leaves a sample alone. */
export function missesSample(rule: PatternRule, source: string): boolean {
  const { label, text } = readSample(source);
  return matchRules([rule], text, label).length === 0;
}
