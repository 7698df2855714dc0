import { PhiGateError } from '../errors.ts';
import type { Finding } from '../model/finding.ts';
import type { RunResult } from '../model/result.ts';
import { loadProjectKeys } from '../store/keys.ts';
import { openStore } from '../store/store.ts';

/**
 * Result and findings of the last run over a work folder.
 * @throws PhiGateError `usage` where there is none, or where the last run did not come to its end.
 */
export function lastResult(work: string): { result: RunResult; findings: readonly Finding[] } {
  const store = openStore(work, loadProjectKeys(work), { mustExist: true });
  try {
    const run = store.runs.last();
    if (run?.result === undefined)
      throw new PhiGateError('usage', 'the last run did not come to its end; run it again');
    return { result: withAccepted(run.result), findings: [...store.findings.all(run.id)] };
  } finally {
    store.close();
  }
}

/** A result of a version that did not count what rules of the project let stand. */
function withAccepted(result: RunResult): RunResult {
  const { accepted = [], categories } = result as Partial<RunResult>;
  return {
    ...result,
    accepted,
    categories: (categories ?? []).map((row) => ({ ...row, accepted: row.accepted ?? 0 })),
  };
}
