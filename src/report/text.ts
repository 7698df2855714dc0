import { CATEGORIES } from '../model/category.ts';
import type { Finding } from '../model/finding.ts';
import type { RunResult } from '../model/result.ts';
import { leaksFirst, printable, sourceName } from './masked.ts';
import type { Reporter } from './reporter.ts';
import {
  bytes,
  counted,
  duration,
  number,
  STATE_WORDS,
  STATUS_WORDS,
  totals,
  verdictMeaning,
  verdictWord,
} from './words.ts';

/** Findings that a terminal is given; the rest stand in `jsonl`. */
const LISTED = 200;

/** A summary for the terminal: `scan --format text`, and the end of a run. */
export const text: Reporter = {
  id: 'text',
  render: (result, findings) =>
    `${[
      ...verdict(result),
      ...accepted(result),
      ...sources(result),
      ...reasons(result),
      ...categories(result),
      ...coverage(result),
      ...checks(result),
      ...list(findings),
      ...method(result),
    ].join('\n')}\n`,
};

function verdict(result: RunResult): string[] {
  return [`${verdictWord(result).toUpperCase()}  ${verdictMeaning(result)}`, ''];
}

/** First of all that follows: a person who reads no further has read it. */
function accepted(result: RunResult): string[] {
  if (result.accepted.length === 0) return [];
  return [
    'ACCEPTED RISK: identifiers that rules of the project keep',
    ...columns(
      result.accepted.map((row) => [
        `  ${row.category} ${CATEGORIES[row.category]}`,
        `rule for ${printable(row.rule)}`,
        counted(row.leaks, 'leak'),
        counted(row.suspects, 'suspect'),
        `in ${counted(row.sources, 'source')}`,
      ]),
    ),
    '',
  ];
}

function sources(result: RunResult): string[] {
  const { sources: counts } = result;
  const took = duration(Date.parse(result.endedAt) - Date.parse(result.startedAt));
  const head = `${counted(counts.total, 'source')}, ${bytes(counts.bytesIn)}, in ${took}`;
  if (result.command === 'scan') return [head, ''];
  return [
    head,
    ...columns([
      ['  released', number(counts.released)],
      ['  held', number(counts.held)],
      ['  quarantined', number(counts.quarantined)],
      ['  skipped', number(counts.skipped)],
    ]),
    '',
  ];
}

function reasons(result: RunResult): string[] {
  const rows = result.reasons.filter((reason) => reason.status !== 'released');
  if (rows.length === 0) return [];
  const title = result.command === 'run' ? 'Not released' : 'Not passed';
  return [
    title,
    ...columns(
      rows.map((row) => [
        `  ${number(row.count)}`,
        STATUS_WORDS[row.status].toLowerCase(),
        printable(row.explain),
      ]),
    ),
    '',
  ];
}

function categories(result: RunResult): string[] {
  const rows = result.categories.filter((row) => row.leaks + row.suspects > 0 || row.state === 'not-run');
  if (rows.length === 0) return [];
  return [
    'Identifiers found',
    ...columns(
      rows.map((row) => [
        `  ${row.category} ${row.name}`,
        STATE_WORDS[row.state].toLowerCase(),
        counted(row.leaks, 'leak'),
        counted(row.suspects, 'suspect'),
        `in ${counted(row.sources, 'source')}`,
      ]),
    ),
    '',
  ];
}

function coverage(result: RunResult): string[] {
  const { notSearched } = result.coverage;
  if (notSearched.length === 0) return [];
  return [
    'Not searched',
    ...columns(notSearched.map((row) => [`  ${number(row.count)}`, printable(row.what), printable(row.why)])),
    '',
  ];
}

function checks(result: RunResult): string[] {
  const rows = result.checks.filter((check) => check.state !== 'pass' && check.state !== 'not-applicable');
  if (rows.length === 0) return [];
  return [
    'Checks that did not pass',
    ...columns(
      rows.map((check) => [`  ${STATE_WORDS[check.state]}`, printable(check.title), printable(check.detail)]),
    ),
    '',
  ];
}

function list(findings: readonly Finding[]): string[] {
  if (findings.length === 0) return [];
  const rows = leaksFirst(findings)
    .slice(0, LISTED)
    .map((finding) => [
      `  ${finding.tier}`,
      `${finding.category} ${CATEGORIES[finding.category]}`,
      printable(finding.rule),
      `${sourceName(finding)}  ${printable(finding.locus)}`,
      printable(finding.explain ?? ''),
    ]);
  const rest = findings.length - rows.length;
  const more = rest > 0 ? [`  ... and ${number(rest)} more: --format jsonl lists them all`] : [];
  return ['Findings', ...columns(rows), ...more, ''];
}

function method(result: RunResult): string[] {
  const { claimed, claimable, why } = result.claim;
  const { leaks, suspects, accepted: kept } = totals(result);
  const risk = kept > 0 ? `, ${number(kept)} accepted by rules` : '';
  return [
    ...columns([
      ['Method claimed', claimed],
      ['Method claimable', claimable],
    ]),
    ...why.map((reason) => `  - ${printable(reason)}`),
    '',
    `${counted(leaks, 'leak')}, ${counted(suspects, 'suspect')}${risk}. Exit code ${result.exitCode}.`,
  ];
}

/** Rows as columns two spaces apart; the last column is not padded. */
function columns(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [index, cell] of row.slice(0, -1).entries()) {
      widths[index] = Math.max(widths[index] ?? 0, Math.min(48, cell.length));
    }
  }
  return rows.map((row) =>
    row.map((cell, index) => (index < row.length - 1 ? cell.padEnd(widths[index] ?? 0) : cell)).join('  '),
  );
}
