import type { Hit, Tier } from '../model/finding.ts';
import { isDummy } from './dummy.ts';
import type { Match, PatternRule } from './rule.ts';

/** A hit without its place. */
export type Judgement = Omit<Hit, 'start' | 'end'>;

/**
 * What a match of a rule at `at` is worth: context and validator raise it above its shape's tier, and each halves what its
 * confidence lacks of 1, so that shape < shape and context < shape, context and validator. Undefined where nothing
 * speaks for it. What explains it is of the rule alone, never of the text.
 */
export function judge(
  rule: PatternRule,
  text: string,
  at: number,
  match: Match,
  label: string,
): Judgement | undefined {
  const value = text.slice(match.start, match.end);
  if (isDummy(value)) return undefined;
  const { context, validator } = rule;
  const around = contextOf(rule, text, match, label);
  if (around === 'something else') return undefined;
  const passes = validator?.check(value);
  const tier = strongest(
    around === undefined ? 'none' : (context?.tier ?? 'none'),
    strongest(passes === true ? (validator?.tier ?? 'none') : 'none', rule.tier),
  );
  if (tier === 'none') return undefined;
  const cued = match.start > at || match.end < match.next;
  return {
    category: rule.category,
    detector: 'patterns',
    rule: rule.id,
    tier,
    confidence: raised(rule.confidence, [around !== undefined, passes === true]),
    explain: [
      `looks like ${rule.id}${cued ? ', beside the words it asks for' : ''}`,
      ...(around === undefined ? [] : [around]),
      ...(passes === undefined ? [] : [`${passes ? 'passes' : 'does not pass'} ${validator?.name}`]),
    ].join('; '),
  };
}

/** Which word of the rule stands around a match, and where; `something else` where a word says that it is no identifier. */
function contextOf(
  { context }: PatternRule,
  text: string,
  { start, end }: Match,
  label: string,
): string | undefined {
  if (context === undefined) return undefined;
  const { before, after, not, within } = context;
  const [left, right] = [text.slice(Math.max(0, start - within), start), text.slice(end, end + within)];
  if (not && [left, right, label].some((around) => not.wordIn(around) !== undefined)) return 'something else';
  const [word, name, next] = [before?.wordIn(left), before?.wordIn(label), after?.wordIn(right)];
  if (word !== undefined) return `a word before it: ${word}`;
  if (name !== undefined) return `a word in the name of its place: ${name}`;
  return next === undefined ? undefined : `a word after it: ${next}`;
}

function raised(confidence: number, by: readonly boolean[]): number {
  const lacking = by.reduce((rest, counts) => (counts ? rest / 2 : rest), 1 - confidence);
  return Math.round((1 - lacking) * 1000) / 1000;
}

const RANK = { none: 0, suspect: 1, leak: 2 } as const;

const strongest = (a: Tier | 'none', b: Tier | 'none'): Tier | 'none' => (RANK[a] >= RANK[b] ? a : b);
