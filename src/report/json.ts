import type { RunResult } from '../model/result.ts';
import { masked } from './masked.ts';
import type { Reporter } from './reporter.ts';

/** The text of `result.json`: the one result object, without the list of findings. */
export function resultJson(result: RunResult): string {
  return `${JSON.stringify(result, null, 2)}\n`;
}

/** The result object and, beside its own keys, `findings`. */
export const json: Reporter = {
  id: 'json',
  render: (result, findings) => `${JSON.stringify({ ...result, findings: findings.map(masked) }, null, 2)}\n`,
};
