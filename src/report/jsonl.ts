import type { Finding } from '../model/finding.ts';
import { masked } from './masked.ts';
import type { Reporter } from './reporter.ts';

/** One line of `findings.jsonl`, with its line end: a run writes them as they come. */
export function findingLine(finding: Finding): string {
  return `${JSON.stringify(masked(finding))}\n`;
}

/** `findings.jsonl`: a finding a line; empty where nothing was found. */
export const jsonl: Reporter = {
  id: 'jsonl',
  render: (_result, findings) => findings.map(findingLine).join(''),
};
