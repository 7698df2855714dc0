import { type Finding, SHOWN } from '../model/finding.ts';

/**
 * What of a finding may leave the program: the keys of the contract, in its order, and always the fixed mask. Every
 * reporter goes through here, so that nothing else can slip into a report.
 */
export function masked(finding: Finding): Finding {
  const { sourceId, file, format, locus, span, box, frame } = finding;
  const { category, detector, rule, tier, confidence, explain, fingerprint } = finding;
  return {
    sourceId,
    ...(file === undefined ? {} : { file }),
    format,
    locus,
    span,
    ...(box === undefined ? {} : { box }),
    ...(frame === undefined ? {} : { frame }),
    category,
    detector,
    rule,
    tier,
    confidence,
    // A finding of an earlier version has none.
    explain: printable(explain ?? ''),
    shown: SHOWN,
    fingerprint,
  };
}

/**
 * A text that is safe to show: control characters and those that turn the direction of writing are replaced, so that a
 * file name cannot write over a terminal or make a line read otherwise than it stands.
 */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cs}\u2028\u2029\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu, '\uFFFD');
}

/** Leaks before suspects; then as they came. */
export function leaksFirst(findings: readonly Finding[]): Finding[] {
  return [
    ...findings.filter((finding) => finding.tier === 'leak'),
    ...findings.filter((finding) => finding.tier === 'suspect'),
  ];
}

/** What a person looks a finding's source up by: its path in a scan, its released name or id in a run. */
export function sourceName(finding: Finding): string {
  return printable(finding.file ?? finding.sourceId);
}
