import { CATEGORIES, type HipaaCategory } from '../model/category.ts';
import type { Finding, Tier } from '../model/finding.ts';
import type { CheckState, RunResult } from '../model/result.ts';
import { leaksFirst, masked, printable, sourceName } from './masked.ts';
import {
  day,
  duration,
  FORMAT_WORDS,
  STATE_WORDS,
  STATUS_WORDS,
  totals,
  verdictMeaning,
  verdictWord,
} from './words.ts';

/** Findings that are listed one by one; `findings.jsonl` has them all. */
const LISTED_FINDINGS = 200;
/** Lines of the table of actions; `result.json` has them all. */
const LISTED_ACTIONS = 400;

/** A state as the templates show it: a word, and a class that gives the word its colour. */
interface Badge {
  readonly word: string;
  readonly style: string;
}

/** What the templates lay out: everything is worked out here, so that they hold no logic. */
export type CloseoutView = ReturnType<typeof closeoutView>;

/** The view of a result for `reports/closeout.hbs`. */
export function closeoutView(result: RunResult, findings: readonly Finding[]) {
  const isRun = result.command === 'run';
  return {
    result,
    isRun,
    title: isRun ? 'Closeout report' : 'Scan report',
    subject: isRun ? 'release' : 'data set',
    day: day(result.endedAt),
    took: duration(Date.parse(result.endedAt) - Date.parse(result.startedAt)),
    verdict: { word: verdictWord(result), style: verdictStyle(result), meaning: verdictMeaning(result) },
    acceptedTotal: totals(result).accepted,
    accepted: result.accepted.map((row) => ({ ...row, name: CATEGORIES[row.category] })),
    figures: figures(result),
    claimAgrees: result.claim.claimed === result.claim.claimable,
    claimOpen: result.claim.claimable.startsWith('None'),
    formats: result.sources.byFormat.map((row) => ({ ...row, format: FORMAT_WORDS[row.format] })),
    frames: result.coverage.frames,
    hasFrames: result.coverage.frames.total > 0,
    known: result.coverage.known,
    places: result.coverage.places,
    notSearched: result.coverage.notSearched,
    categories: result.categories.map((row) => ({
      ...row,
      badge: badge(row.state),
      searched: row.searchedBy.join(', '),
    })),
    checks: result.checks.map((check) => ({ ...check, badge: badge(check.state) })),
    canaries: result.canaries.map((canary) => ({
      ...canary,
      badge: badge(canary.planted === 0 ? 'not-run' : canary.found < canary.planted ? 'fail' : 'pass'),
    })),
    actions: cut(result.actions, LISTED_ACTIONS),
    reasons: result.reasons
      .filter((reason) => reason.status !== 'released')
      .map((reason) => ({ ...reason, status: STATUS_WORDS[reason.status] })),
    findings: findingsView(findings),
    anomalies: result.anomalies,
    rules: result.rules,
    limits: result.limits,
  };
}

/** A pass in the colour of a pass, unless it rests on what rules keep. */
function verdictStyle(result: RunResult): string {
  return result.verdict === 'pass' && totals(result).accepted > 0 ? 'accepted-risk' : result.verdict;
}

function badge(state: CheckState): Badge {
  return { word: STATE_WORDS[state], style: state };
}

/** The first `most` of a list, and how many are not shown. */
function cut<Row>(
  rows: readonly Row[],
  most: number,
): { readonly rows: readonly Row[]; readonly rest: number } {
  return { rows: rows.slice(0, most), rest: Math.max(0, rows.length - most) };
}

interface Figure {
  readonly value: number;
  readonly label: string;
}

function figures(result: RunResult): readonly Figure[] {
  const { sources } = result;
  const { leaks, suspects, accepted } = totals(result);
  const found = [
    { value: leaks, label: leaks === 1 ? 'leak' : 'leaks' },
    { value: suspects, label: suspects === 1 ? 'suspect' : 'suspects' },
    ...(accepted > 0 ? [{ value: accepted, label: 'accepted' }] : []),
  ];
  const total = { value: sources.total, label: sources.total === 1 ? 'source' : 'sources' };
  if (result.command === 'scan') return [total, ...found];
  return [
    total,
    { value: sources.released, label: 'released' },
    { value: sources.held, label: 'held' },
    { value: sources.quarantined, label: 'quarantined' },
    { value: sources.skipped, label: 'skipped' },
    ...found,
  ];
}

function findingsView(findings: readonly Finding[]) {
  const { rows, rest } = cut(leaksFirst(findings), LISTED_FINDINGS);
  return {
    total: findings.length,
    distinct: new Set(findings.map((finding) => finding.fingerprint)).size,
    byRule: byRule(findings),
    rows: rows.map((finding) => findingRow(masked(finding))),
    rest,
  };
}

function findingRow(finding: Finding) {
  return {
    source: sourceName(finding),
    locus: printable(finding.locus),
    category: finding.category,
    name: CATEGORIES[finding.category],
    rule: ruleName(finding),
    tier: tierWord(finding.tier),
    style: finding.tier === 'leak' ? 'fail' : 'needs-review',
    shown: finding.shown,
    explain: finding.explain,
  };
}

/** The rule, with its detector where the rule's own name does not begin with it. */
function ruleName({ detector, rule }: Finding): string {
  return printable(rule.startsWith(`${detector}.`) ? rule : `${detector} / ${rule}`);
}

const tierWord = (tier: Tier): string => (tier === 'leak' ? 'Leak' : 'Suspect');

interface RuleCount {
  readonly category: HipaaCategory;
  readonly name: string;
  readonly rule: string;
  readonly leaks: number;
  readonly suspects: number;
  readonly values: number;
  readonly sources: number;
}

/** Findings counted by category and rule, the most frequent first within a category. */
function byRule(findings: readonly Finding[]): RuleCount[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = `${finding.category}\u0000${ruleName(finding)}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [finding]);
    else group.push(finding);
  }
  return [...groups.values()]
    .flatMap((group) => group.slice(0, 1).map((first) => ruleCount(first, group)))
    .sort(
      (a, b) =>
        a.category.localeCompare(b.category, 'en') ||
        b.leaks + b.suspects - (a.leaks + a.suspects) ||
        a.rule.localeCompare(b.rule, 'en'),
    );
}

function ruleCount(first: Finding, group: readonly Finding[]): RuleCount {
  const leaks = group.filter((finding) => finding.tier === 'leak').length;
  return {
    category: first.category,
    name: CATEGORIES[first.category],
    rule: ruleName(first),
    leaks,
    suspects: group.length - leaks,
    values: new Set(group.map((finding) => finding.fingerprint)).size,
    sources: new Set(group.map((finding) => finding.sourceId)).size,
  };
}
