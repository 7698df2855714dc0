import { readdirSync } from 'node:fs';
import { z } from 'zod';
import { PhiGateError } from '../errors.ts';
import { CATEGORY_LETTERS, type HipaaCategory } from '../model/category.ts';
import type { Tier } from '../model/finding.ts';
import { packagePath, readRulesYaml } from '../rules.ts';
import { ContextWords } from './context-words.ts';
import { VALIDATORS, type Validator } from './validators.ts';

const category = z.enum(CATEGORY_LETTERS as [HipaaCategory, ...HipaaCategory[]]);
const tier = z.enum(['leak', 'suspect', 'none']);

export const contextSchema = z.strictObject({
  /** Words that lend weight when one stands within `within` characters before the match, or in the passage's label. */
  before: z.array(z.string()).default([]),
  after: z.array(z.string()).default([]),
  /** Words just before or after that say the match is something else. */
  not: z.array(z.string()).default([]),
  within: z.int().positive().max(200).default(30),
  /** Tier of a match with such a word. */
  tier: z.enum(['leak', 'suspect']).default('leak'),
});

export const validatorSchema = z.strictObject({
  name: z.enum(Object.keys(VALIDATORS) as [string, ...string[]]),
  tier: z.enum(['leak', 'suspect']),
});

/** Names of rules: `family.shape`. */
export const RULE_ID = /^[a-z0-9]+(?:[.-][a-z0-9]+)+$/;

const rule = z.strictObject({
  id: z.string().regex(RULE_ID),
  category: category.optional(),
  /** Tier of the shape alone; `none` where the shape alone says nothing. */
  tier,
  confidence: z.number().min(0).max(1).default(0.8),
  /** JavaScript regular expression; the group `v`, where there is one, is the identifier. */
  pattern: z.string(),
  ignoreCase: z.boolean().default(false),
  context: contextSchema.optional(),
  /** A score: a value that passes is raised to `tier`; one that does not stays what its shape and context make it. */
  validator: validatorSchema.optional(),
  /** Texts that the rule must hit; «...» marks the identifier. A text may begin with `label | `. */
  hits: z.array(z.string()).min(1),
  /** Texts that it must leave alone. */
  misses: z.array(z.string()).default([]),
  source: z.string().optional(),
});

const family = z.strictObject({
  version: z.literal(1),
  family: z.string(),
  category,
  /** Where the shapes come from: standard, edition. */
  source: z.string(),
  rules: z.array(rule).min(1),
});

export type RuleSource = z.infer<typeof rule>;

/** What stands between a label and its value: anything but letters, digits, money and the full stop of a sentence. */
const SEPARATOR = '(?:[^\\p{L}\\p{N}.$€£%+]|\\.(?= ?\\.)|(?<=\\. ?)\\.)';
/** What is counted or measured. */
export const UNIT =
  '(?:m[gl]|mcg|[kcm]?g|kcal|ml|cc|units?|iu|mm|cm|%|bpm|days?|wks?|weeks?|months?|yrs?|years?|yo|hours?|hrs?|min(?:utes?)?|patients?|cases?|subjects?|visits?|times|copies|cells|images?|views?|steps|people|persons|dollars)';

/** A code digit by digit, as in the boxes of a form, or with spaces around its hyphens. */
const SPACED = `\\d(?: \\d){5,18}(?![\\w]| \\d|[.,]\\d)|(?=[A-Za-z]{0,4}(?:[ -]{0,3}\\d){5})[A-Za-z]{0,4}\\d{1,8}(?: - \\d{1,8}){1,4}(?: ?-? ?[A-Za-z]{1,2})?(?![\\w]|[.,]\\d| ?${UNIT}(?!\\p{L}))`;

/** Shapes that several rules share, as `%ID%` in a pattern. */
export const SHAPES = {
  /** A code of a site: parts joined by - / _ with three digits or more among them, not a year alone. */
  ID: `(?!\\d{3,4} ?${UNIT}(?!\\p{L})|\\d-\\d-\\d(?![\\w-])|(?:19|20)\\d{2}(?![\\w-])|\\d{1,2}/\\d{1,2}/\\d{2,4}(?!\\d))(?=(?:[A-Za-z/_-]{0,8}\\d){3})[A-Za-z0-9]{1,20}(?:[-/_][A-Za-z0-9]{1,16}){0,4}(?![\\p{L}\\p{N}]|_[\\p{L}\\p{N}]|\\.\\d)`,
  SPACED,
  /** A code told in groups: `943 476 5919`, `7123 45678 1`, `12.34.56`, `ROEJ 1234 5678`, or spaced. */
  GROUPS: `(?:${SPACED}|(?:[A-Za-z]{2,4} )?(?:\\d{4}[ -]\\d{4,5}[ -]\\d(?:/\\d)?|\\d{1,5}(?: \\d{2,6}){2,6}(?: ?\\d|/\\d)?|\\d{4,5} \\d{4,6}|\\d{3} \\d{6,9})(?: ?(?!(?:is|as|at|to|in|on|of|or|by|he|we)(?!\\p{L}))[A-Za-z]{1,2})?|\\d{2,3}(?:\\.\\d{2,3}){2,3})(?![\\w]| ?${UNIT}(?!\\p{L})|[.,]\\d)`,
  /** A code of five digits or more, which nothing else is likely to be after a word that is not always a label. */
  CODE: `(?!\\d{1,3}/\\d{1,3}(?![\\w/-])|(?:19|20)\\d{2}[-/](?:19|20)?\\d{2}(?!\\d)|\\d{1,2}[-/]\\d{1,2}[-/]\\d{2,4}(?!\\d))(?=(?:[A-Za-z/_-]{0,6}\\d){5})[A-Za-z0-9]{1,20}(?:[-/_][A-Za-z0-9]{1,16}){0,4}(?![\\p{L}\\p{N}]|_[\\p{L}\\p{N}]|[.,]\\d| ?${UNIT}(?!\\p{L}))`,
  /** Seven to fifteen digits as a telephone number is written, with its extension. */
  PHONE:
    '\\+?(?=\\(?(?:[ ()./-]{0,3}\\d){7,15}(?!\\d))\\(?\\d{1,15}\\)?(?:[ ()./-]{1,3}\\d{1,10}\\)?){0,14}(?:[ ,]{0,2}(?:x|ext\\.?) ?\\d{1,6})?(?![\\p{L}\\p{N}])',
  /** What is counted or measured. */
  UNIT: UNIT,
  /** The end of a label's words; `accountnumber` is `account` and what makes it a label. */
  END: '(?!(?!(?:numbers?|num|no|id|nr|nbr|nummer|identifier|code)(?!\\p{L}))\\p{L})',
  /** What makes a word a label: `no.`, `number`, `ID`, `#`. */
  NO: '(?:[ \\n._/-]{0,2}(?:[i1l|]d(?:ent[il1|]f[il1|]er|ent[il1|]f[il1|]cat[il1|][o0]n)?|i\\.d\\.?|numbers?|num|n[o0]s?|nr|nbr|n[°º]|n\\.(?!\\p{L})|n[uú]mer[o0]t?|numéro|nummer|ref(?:erence)?(?!\\p{L})|cards?|c[o0]de|#))',
  /** Between a label and its value: a remark in parentheses, words up to `:` or `is` after `no.`, small words. The value begins after a character that is no letter or digit. */
  GAP: `(?: ?/ ?\\p{L}{2,12}(?:[ .]{1,2}n[o0]\\.?)?(?!\\p{L}))?(?:\\.? ?\\([^()\\p{N}]{1,25}\\))?(?:(?<=#|n[o0]\\.?|nr|num|numbers?|[il1|]d|mrns?|accounts|serials)(?: (?:of|on|for|from|per)(?: [\\p{L}’']{2,14}){1,4}(?!\\p{L})|[^\\p{N}.;\\n]{1,30}?(?:[:=#]|(?<!\\p{L})(?:is|was)(?!\\p{L}))))?\\.?${SEPARATOR}{0,40}?(?:(?:is|was|are|of|as|at|it|on(?: file)?|listed|recorded|given|sighted|seen|shown|verified|checked|provided|presented|assigned|noted|entered|confirmed|reads|shows?|showing|bears|with|under|from|for|patient|value|which|old|new|number|wrist ?band)(?!\\p{L})${SEPARATOR}{0,8}?){0,3}(?<![\\p{L}\\p{N}])`,
  /** A name in capitals after a title. */
  CAPSNAME:
    "(?<v>(?!(?:AND|OR|WITH|CONTRAST|BRAIN|OF|THE|SCAN|HAS|WAS|IS|ANGIO)(?![\\p{L}]))\\p{Lu}[\\p{Lu}’'-]{2,20}(?: (?!(?:DICTATED|SIGNED|HAS|WAS|IS|WILL|AND|FOR|WHO|AT|ON|IN|TODAY|NOTIFIED|CALLED)(?![\\p{L}]))\\p{Lu}[\\p{Lu}’'-]{1,20}){0,2})(?![\\p{L}])",
};

const named: Readonly<Record<string, string>> = SHAPES;

/** UTF-16 offsets of an identifier, and where its match ends, which is where the next may begin. */
export interface Match {
  readonly start: number;
  readonly end: number;
  readonly next: number;
}

export type MatchAt = (text: string, at: number) => Match | undefined;

/** A pattern rule, compiled. */
export interface PatternRule {
  readonly id: string;
  readonly family: string;
  /** Where the family's shapes come from: standard, edition. */
  readonly familySource: string;
  readonly category: HipaaCategory;
  readonly tier: Tier | 'none';
  readonly confidence: number;
  /** JavaScript regular expression of the Unicode kind (flag u), with the shared shapes in it. */
  readonly pattern: string;
  readonly ignoreCase: boolean;
  /** The match that begins at a UTF-16 offset of a text. */
  readonly matchAt: MatchAt;
  readonly context?: {
    readonly before?: ContextWords;
    readonly after?: ContextWords;
    readonly not?: ContextWords;
    readonly within: number;
    readonly tier: Tier;
  };
  readonly validator?: { readonly name: string; readonly check: Validator; readonly tier: Tier };
  readonly source: RuleSource;
}

/**
 * Compiles one family of rules.
 * @throws PhiGateError `usage` naming the file and the key, where the data does not fit the schema.
 */
export function compileFamily(data: unknown, file: string): PatternRule[] {
  const parsed = family.safeParse(data);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new PhiGateError('usage', `${file}: ${issue?.path.join('.')}: ${issue?.message}`);
  }
  return parsed.data.rules.map((source) => compileRule(source, parsed.data));
}

/** One rule, ready to match; `engine` makes the matcher of its pattern. */
export function compileRule(
  source: RuleSource,
  family: { readonly family: string; readonly category: HipaaCategory; readonly source: string },
  engine: (pattern: string, ignoreCase: boolean) => MatchAt = backtracking,
): PatternRule {
  const { context, validator } = source;
  const pattern = expandShapes(source.pattern);
  return {
    id: source.id,
    family: family.family,
    familySource: family.source,
    category: source.category ?? family.category,
    tier: source.tier,
    confidence: source.confidence,
    pattern,
    ignoreCase: source.ignoreCase,
    matchAt: engine(pattern, source.ignoreCase),
    ...(context && {
      context: { ...contextWords(context), within: context.within, tier: context.tier },
    }),
    ...(validator && { validator: { ...validator, check: validatorOf(validator.name) } }),
    source,
  };
}

/** Matches with the regular expressions of the language: for patterns that are linted for catastrophic backtracking. */
function backtracking(pattern: string, ignoreCase: boolean): MatchAt {
  const regex = new RegExp(pattern, `dyu${ignoreCase ? 'i' : ''}`);
  return (text, at) => {
    regex.lastIndex = at;
    const match = regex.exec(text);
    if (match === null) return undefined;
    const next = at + match[0].length;
    const groups = match.indices?.groups;
    // The group `v` (`v2`, `v3` for its alternatives), or the whole match.
    const [start, end] = groups?.v ?? groups?.v2 ?? groups?.v3 ?? [at, next];
    return { start, end, next };
  };
}

function contextWords({ before, after, not }: z.infer<typeof contextSchema>) {
  return {
    ...(before.length > 0 && { before: new ContextWords(before) }),
    ...(after.length > 0 && { after: new ContextWords(after) }),
    ...(not.length > 0 && { not: new ContextWords(not) }),
  };
}

/** `%ID%` is a shape of the list, `{{patient id|chart}}` are words of labels. */
function expandShapes(pattern: string): string {
  const labelled = pattern.split('{{').map((piece, i) => {
    const end = i === 0 ? -1 : piece.indexOf('}}');
    return end < 0 ? piece : labelWords(piece.slice(0, end)) + piece.slice(end + 2);
  });
  return labelled.join('').replace(/%([A-Z]+)%/g, (_, name: string) => named[name] ?? `%${name}%`);
}

const CONFUSED: Readonly<Record<string, string>> = {
  o: '[o0]',
  i: '[il1|]',
  l: '[il1|]',
  '': '[ \\n_-]?',
  '?': '[ \\n_-]?',
};

/**
 * Words of a label as scanners and forms write them: o and 0, i and l and 1 alike, any space between words or none.
 * What stands in capitals is spelled with full stops, spaces or without: `NHS` is `N.H.S.` and `N H S` too.
 */
function labelWords(words: string): string {
  const spelled = words.replace(/(?<![%[\\])\b[A-Z]{2,}\b(?!%)/g, (word) => {
    const letters = [...word.toLowerCase()];
    return `(?:${letters.join('\\.?')}|${letters.map((letter) => `[${letter}]`).join('[. ]')})\\.?`;
  });
  const written = spelled.replace(/\\.|\[[^[\]]*\]| \??|[oil]/g, (piece) => CONFUSED[piece.trim()] ?? piece);
  return `(?<![\\p{L}\\d])(?:${written})`;
}

function validatorOf(name: string): Validator {
  const check = VALIDATORS[name];
  if (check === undefined) throw new PhiGateError('usage', `rules/detect: no validator ${name}`);
  return check;
}

let shipped: readonly PatternRule[] | undefined;

/** All pattern rules that ship, one family a file of `rules/detect/`, read once. */
export function loadRules(): readonly PatternRule[] {
  shipped ??= readdirSync(packagePath('rules/detect'))
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .flatMap((name) => compileFamily(readRulesYaml(`detect/${name}`), `rules/detect/${name}`));
  return shipped;
}
