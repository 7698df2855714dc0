import { RE2JS } from 're2js';
import type { Match, MatchAt } from './rule.ts';

/** What RE2 does not have, and what says the same in a rule. */
const INSTEAD: readonly [RegExp, string][] = [
  [
    /\(\?<[=!]/,
    'look-behind is not known here: a match is never part of a longer word (`wholeWord`), and words before it go to ' +
      '`context.before` or `context.not`; or write what stands before it and name the identifier itself `(?<v>...)`',
  ],
  [
    /\(\?[=!]/,
    'look-ahead is not known here: a match is never part of a longer word (`wholeWord`), and words after it go to ' +
      '`context.after` or `context.not`; or write what follows and name the identifier itself `(?<v>...)`',
  ],
  [
    /\(\?>|[*+?}]\+/,
    'atomic groups and possessive quantifiers are not known here, nor needed: time is linear',
  ],
  [/\\[1-9]|\\k</, 'a back-reference is not known here: write out what is repeated'],
];

/** Why a pattern cannot be used, in words that quote nothing of it; undefined where it can. */
export function patternProblem(pattern: string): string | undefined {
  try {
    const compiled = RE2JS.compile(pattern);
    return compiled.matches('') ? 'it matches the empty text: something in it has to be there' : undefined;
  } catch {
    const plain = pattern.replace(/\\\\/g, '').replace(/\[(?:\\.|[^\]\\]){0,200}\]/g, '');
    const instead = INSTEAD.find(([test]) => test.test(plain))?.[1];
    return instead ?? 'it is no regular expression in RE2 syntax';
  }
}

/**
 * Matches in linear time (RE2), for patterns that nobody has linted. `wholeWord`: no letter or digit may touch the match.
 * The pattern has to compile (see {@link patternProblem}).
 */
export function linear(pattern: string, ignoreCase: boolean, wholeWord: boolean): MatchAt {
  const compiled = RE2JS.compile(pattern, ignoreCase ? RE2JS.CASE_INSENSITIVE : 0);
  const hasValue = Object.hasOwn(compiled.namedGroups() as object, 'v');
  // The next match of the text that was searched last: places before it need no search.
  let last: { text: string; from: number; at: number; match?: Match } = { text: '', from: 1, at: 0 };
  const search = (text: string, from: number): typeof last => {
    const matcher = compiled.matcher(text);
    if (!matcher.find(from)) return { text, from, at: text.length };
    const [at, next] = [matcher.start(), matcher.end()];
    const named = hasValue && matcher.start('v') >= 0;
    const [start, end] = named ? [matcher.start('v'), matcher.end('v')] : [at, next];
    return { text, from, at, match: { start, end, next } };
  };
  return (text, at) => {
    if (last.text !== text || at < last.from || at > last.at) last = search(text, at);
    if (last.at !== at || last.match === undefined) return undefined;
    return wholeWord && isPart(text, at, last.match.next) ? undefined : last.match;
  };
}

const isPart = (text: string, start: number, end: number): boolean =>
  /[\p{L}\p{N}]$/u.test(text.slice(Math.max(0, start - 2), start)) ||
  /^[\p{L}\p{N}]/u.test(text.slice(end, end + 2));
