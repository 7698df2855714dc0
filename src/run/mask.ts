import { join } from 'node:path';
import { writeAtomically } from '../ports/output.ts';
import type { RunOptions } from './options.ts';
import { surveyAndMask } from './phases.ts';
import { openSession, type Session } from './session.ts';

const NOTICE =
  'Masked by phi-gate and NOT audited: nothing in this folder was checked. Do not share it before `phi-gate run`.\n';

/** How the sources of a mask ended. */
export interface MaskOutcome {
  readonly masked: number;
  readonly failed: number;
  readonly skipped: number;
}

/**
 * Masks INPUT into `OUT/not-audited` and checks nothing: no second reader, no audit, no gate. A notice beside the files
 * says so.
 * @throws PhiGateError `usage`, `crosswalk` or `disk`; what concerns a single source ends that source alone.
 */
export async function mask(options: RunOptions): Promise<MaskOutcome> {
  const session = openSession(options, 'mask');
  try {
    const { detection } = await surveyAndMask(session, options, false);
    detection.close();
    writeAtomically(join(session.paths.data, 'NOT-AUDITED.txt'), Buffer.from(NOTICE));
    return countEnds(session);
  } finally {
    session.close();
  }
}

function countEnds(session: Session): MaskOutcome {
  const counts = { masked: 0, failed: 0, skipped: 0 };
  for (const { phase, status } of session.store.sources.all(session.runId)) {
    if (phase === 'masked') counts.masked += 1;
    else if (status === 'skipped') counts.skipped += 1;
    else counts.failed += 1;
  }
  return counts;
}
