import { join } from 'node:path';
import { writeAtomically } from '../ports/output.ts';
import { basisOf } from './basis.ts';
import { Detection } from './detection.ts';
import { openEpoch } from './epoch.ts';
import type { RunOptions } from './options.ts';
import { formatLines, maskAll, maskingContext } from './phases.ts';
import { openSession, type Session } from './session.ts';
import { surveySources } from './surveying.ts';

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
    const { project } = session.loaded;
    const detection = new Detection({
      project,
      now: session.startedAt,
      isIssued: (value) => session.crosswalk.isIssued(value),
      ...(options.known !== undefined && { knownFile: options.known }),
    });
    const { lines, open } = formatLines(session, false);
    const basis = basisOf(session.loaded);
    const surveyed = await surveySources(
      session,
      lines,
      (known) => detection.learn(known),
      options,
      options.signal,
      basis,
    );
    detection.freeze();
    session.forbid((value) => detection.isKnown(value));
    openEpoch(session, surveyed, basis, `mask ${session.runId}`);
    open(maskingContext(session, surveyed, detection));
    await maskAll(session, surveyed, lines, options);
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
