import type { Finding } from '../model/finding.ts';
import { masked } from './masked.ts';
import type { Reporter } from './reporter.ts';

const COLUMNS: readonly (readonly [name: string, value: (finding: Finding) => string])[] = [
  ['sourceId', (finding) => finding.sourceId],
  ['file', (finding) => finding.file ?? ''],
  ['format', (finding) => finding.format],
  ['locus', (finding) => finding.locus],
  ['start', (finding) => String(finding.span[0])],
  ['end', (finding) => String(finding.span[1])],
  ['frame', (finding) => String(finding.frame ?? '')],
  ['box', (finding) => finding.box?.join(' ') ?? ''],
  ['category', (finding) => finding.category],
  ['detector', (finding) => finding.detector],
  ['rule', (finding) => finding.rule],
  ['tier', (finding) => finding.tier],
  ['confidence', (finding) => String(finding.confidence)],
  ['explain', (finding) => finding.explain],
  ['shown', (finding) => finding.shown],
  ['fingerprint', (finding) => finding.fingerprint],
];

/** The findings as CSV (RFC 4180), with a heading row and CRLF line ends. */
export const csv: Reporter = {
  id: 'csv',
  render: (_result, findings) => {
    const rows = findings.map((finding) => {
      const shown = masked(finding);
      return COLUMNS.map(([, value]) => field(value(shown)));
    });
    return [COLUMNS.map(([name]) => name), ...rows].map((row) => `${row.join(',')}\r\n`).join('');
  },
};

/** A spreadsheet runs a cell that begins with one of these as a formula: an apostrophe stops it. */
function field(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
