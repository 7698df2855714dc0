import { renameSync } from 'node:fs';
import { PhiGateError } from '../errors.ts';
import { decide, LABEL_RULE } from '../gate/decision.ts';
import { type FileSource, openFile } from '../input/file-source.ts';
import type { BlackedOut } from '../model/redaction.ts';
import { AtomicFile, onDisk } from '../ports/output.ts';
import { boxesToBlackOut } from './blacked-out.ts';
import type { Item, SourceDetails } from './item.ts';
import type { Audited, FormatLine } from './line.ts';
import { stagedPath } from './masking.ts';
import type { Session } from './session.ts';

/** What the audit of a staged file gave after text in its pixels was blacked out, as far as it could be. */
export interface Redacted {
  readonly audited: Audited;
  readonly details: SourceDetails;
}

/** Each time the audit sees the file afresh, and words without their neighbours may read otherwise. */
const ROUNDS = 5;

/**
 * Audits a staged file, blacks out what the project wants blacked out of what was seen, and audits again, from scratch.
 * A file that is not to be released for other reasons keeps its pixels, and so does one whose pixels cannot be written.
 */
export async function auditAndRedact(
  session: Session,
  item: Item,
  line: FormatLine,
  before: SourceDetails,
  audit: (staged: FileSource, redaction: readonly BlackedOut[]) => Promise<Audited>,
): Promise<Redacted> {
  const policy = session.loaded.project.pixels;
  const { unredacted: _, ...fresh } = before;
  let details: SourceDetails = fresh;
  const fixed = withStaged(session, item, (staged) => line.fixedBoxes?.(staged) ?? []);
  // Again in a resumed run: nobody knows how far the killed one came, and black stays black.
  if (fixed.length > 0) details = await redact(session, item, line, details, fixed, false);
  for (let round = 0; ; round += 1) {
    const audited = await withStagedAsync(session, item, (staged) => audit(staged, details.redaction ?? []));
    const hides = audited.hidesBits === true;
    const boxes = mayBeRedacted(audited) ? boxesToBlackOut(audited, policy.redact) : [];
    const isDone = boxes.length === 0 && !(hides && mayBeRedacted(audited));
    if (isDone || details.unredacted !== undefined)
      return { audited: withRefusal(session, audited, details), details };
    if (round === ROUNDS) {
      // What nothing is found in is no more than a line that might hold something: unless all text is to go, it may stay.
      const isWanted = policy.redact === 'all' || hides || audited.findings.length > 0;
      const last = isWanted ? { ...details, unredacted: 'text is seen there after each time' } : details;
      return { audited: withRefusal(session, audited, last), details: last };
    }
    details = await redact(session, item, line, details, boxes, hides);
    if (details.unredacted !== undefined) return { audited: withRefusal(session, audited, details), details };
  }
}

/** What the project wants gone and is still there keeps a file from release, although the audit has nothing against it. */
function withRefusal(session: Session, audited: Audited, { unredacted }: SourceDetails): Audited {
  if (unredacted === undefined) return audited;
  const evidence = {
    findings: audited.findings.map(({ finding }) => finding),
    problems: audited.problems,
    framesNotRun: audited.frames.notRun,
    lacksPixels: audited.lacksPixels === true,
  };
  // A file that the gate keeps keeps its own reason; `suspects: release` must not let go what was to be black.
  if (decide(evidence, session.loaded.project).status !== 'released') return audited;
  const explain = `what the project wants blacked out could not be: ${unredacted}`;
  return { ...audited, problems: [...audited.problems, { code: 'not-supported', explain }] };
}

/** Whether nothing but its pixels keeps a file from being released. */
function mayBeRedacted({ findings, problems, frames, hidesBits }: Audited): boolean {
  const others = findings.some(
    ({ finding }) => finding.rule === LABEL_RULE || (finding.frame === undefined && finding.tier === 'leak'),
  );
  return problems.length === 0 && !others && (frames.notRun === 0 || hidesBits === true);
}

/**
 * Puts a redacted copy in the place of the staged file. What was blacked out is in the store before the copy has its name:
 * the audit of a resumed run must know of it.
 */
async function redact(
  session: Session,
  item: Item,
  line: FormatLine,
  details: SourceDetails,
  boxes: readonly BlackedOut[],
  rewriteAll: boolean,
): Promise<SourceDetails> {
  if (line.redact === undefined) return details;
  const path = stagedPath(session, item);
  const staged = openFile(path);
  const out = new AtomicFile(`${path}.redacted`);
  try {
    const covered = await line.redact(staged, boxes, out, rewriteAll);
    const { sha256 } = out.commit();
    const next = { ...details, redaction: [...(details.redaction ?? []), ...covered] };
    session.store.sources.update(item.id, { details: next, sha256Out: sha256 });
    onDisk(() => renameSync(`${path}.redacted`, path));
    return next;
  } catch (error) {
    if (!(error instanceof PhiGateError) || error.code === 'disk') throw error;
    return { ...details, unredacted: error.message };
  } finally {
    out.abort();
    staged.close();
  }
}

function withStaged<T>(session: Session, item: Item, work: (staged: FileSource) => T): T {
  const staged = openFile(stagedPath(session, item));
  try {
    return work(staged);
  } finally {
    staged.close();
  }
}

async function withStagedAsync<T>(
  session: Session,
  item: Item,
  work: (staged: FileSource) => Promise<T>,
): Promise<T> {
  const staged = openFile(stagedPath(session, item));
  try {
    return await work(staged);
  } finally {
    staged.close();
  }
}
