import { mkdirSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { onDisk, writeAtomically } from '../ports/output.ts';
import { outputName } from './auditing.ts';
import { Detection } from './detection.ts';
import { openEpoch } from './epoch.ts';
import { clearStaging, stagedPath } from './masking.ts';
import type { RunOptions } from './options.ts';
import { formatLines, maskAll } from './run.ts';
import { openSession, type Session } from './session.ts';
import { surveySources } from './surveying.ts';

const NOT_AUDITED = 'not-audited';
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
export function mask(options: RunOptions): MaskOutcome {
  const session = openSession(options, 'mask', NOT_AUDITED);
  try {
    const { project } = session.loaded;
    const detection = new Detection({
      project,
      now: session.startedAt,
      isIssued: (value) => session.crosswalk.isIssued(value),
      ...(options.known !== undefined && { knownFile: options.known }),
    });
    const { lines, open } = formatLines(session, false);
    const surveyed = surveySources(
      session,
      lines,
      (known) => detection.learn(known),
      options,
      options.signal,
    );
    detection.freeze();
    openEpoch(session, surveyed, `mask ${session.runId}`);
    open({ project, cleaner: detection.cleaner(), now: session.startedAt, studyTimes: surveyed.studyTimes });
    maskAll(session, surveyed, lines, options);
    const masked = surveyed.items.filter(({ id, format }) => moveOut(session, id, format)).length;
    clearStaging(session);
    writeAtomically(join(session.paths.data, 'NOT-AUDITED.txt'), Buffer.from(NOTICE));
    return { masked, ...countOthers(session) };
  } finally {
    session.close();
  }
}

function moveOut(session: Session, id: string, format: 'dicom' | 'hl7'): boolean {
  if (session.store.sources.get(id)?.phase !== 'masked') return false;
  const target = join(session.paths.data, outputName({ id, format }));
  onDisk(() => {
    mkdirSync(dirname(target), { recursive: true });
    renameSync(stagedPath(session, id), target);
  });
  return true;
}

function countOthers(session: Session): { failed: number; skipped: number } {
  let failed = 0;
  let skipped = 0;
  for (const { status } of session.store.sources.all(session.runId)) {
    if (status === 'quarantined') failed += 1;
    if (status === 'skipped') skipped += 1;
  }
  return { failed, skipped };
}
