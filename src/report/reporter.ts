import type { Finding } from '../model/finding.ts';
import type { RunResult } from '../model/result.ts';

export const REPORT_FORMATS = ['text', 'html', 'json', 'jsonl', 'csv', 'md', 'sarif', 'junit'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

/** A rendering of the one result object. Pure: the same result gives the same text. */
export interface Reporter {
  readonly id: ReportFormat;
  /** The whole report, with a line end after its last line. */
  render(result: RunResult, findings: readonly Finding[]): string;
}
