import { chmodSync, renameSync, rmSync, utimesSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Decision, decide } from '../gate/decision.ts';
import { hashFile, openFile } from '../input/file-source.ts';
import type { BlackedOut } from '../model/redaction.ts';
import { AtomicFile, FIXED_TIME, onDisk } from '../ports/output.ts';
import type { SourceRecord } from '../store/sources.ts';
import { countAccepted } from './accepted.ts';
import { endSource, type Item, quarantine, type SourceDetails, withFile } from './item.ts';
import type { Audited, FormatLine, FrameCounts } from './line.ts';
import { outputName, stagedPath } from './masking.ts';
import { auditAndRedact } from './redacting.ts';
import type { Session } from './session.ts';
import type { Surveyed } from './surveying.ts';
import type { AuditTools } from './tools.ts';

/** How the report counts a box. */
const BLACK_OUT = { attribute: 'PixelData (7FE0,0010)', action: 'black out text' };

/** Phase 2 for one source: reads its staged file afresh, decides, and releases it or lets it go. */
export async function auditSource(
  session: Session,
  item: Item,
  surveyed: Surveyed,
  line: FormatLine,
  tools: AuditTools,
): Promise<void> {
  const { store } = session;
  const record = store.sources.get(item.id);
  if (record === undefined || record.phase === 'done') return;
  const details = (record.details ?? {}) as SourceDetails;
  withdraw(session, outputName(item));
  try {
    await audit(session, item, surveyed, line, tools, record, details);
  } catch (error) {
    quarantine(store, item, details, error);
  }
  rmSync(stagedPath(session, item), { force: true });
}

async function audit(
  session: Session,
  item: Item,
  surveyed: Surveyed,
  line: FormatLine,
  tools: AuditTools,
  record: SourceRecord,
  masked: SourceDetails,
): Promise<void> {
  const { store } = session;
  const output = outputName(item);
  const original = openFile(item.found.path);
  try {
    const { audited, details } = await auditAndRedact(session, item, line, masked, (staged, redaction) =>
      line.audit(staged, original, surveyed.surveys(item.id), tools, {
        sourceId: item.id,
        output,
        ...(masked.edits && { edits: masked.edits }),
        ...(masked.kept && { kept: masked.kept }),
        redaction: [...(masked.face?.blanked ?? []), ...redaction],
      }),
    );
    const outcome = judge(audited, session);
    store.surveys.putMasked(item.id, JSON.stringify(audited.persons ?? []));
    const boxes = session.countsActions ? (details.redaction ?? []) : [];
    const countBoxes = () =>
      boxes.length > 0 &&
      store.actions.add(
        item.id,
        boxes.map(() => BLACK_OUT),
      );
    const before = {
      ...details,
      places: audited.places,
      frames: withRedacted(audited.frames, details.redaction ?? []),
      accepted: countAccepted(audited.accepted, outcome.withheld),
      anomalies: [...(details.anomalies ?? []), ...audited.anomalies],
    };
    const findings = audited.findings.map(({ finding }) => finding);
    if (outcome.decision.status !== 'released') {
      store.transaction(() => {
        countBoxes();
        store.findings.replace(
          item.id,
          findings.map(({ file: _, ...finding }) => finding),
        );
        end(session, item, outcome.decision, before);
      });
      return;
    }
    const partial = outcome.withheld.size > 0;
    if (partial) withhold(session, item, line, outcome.withheld);
    const sha256Out = partial ? hashOf(session, item) : store.sources.get(item.id)?.sha256Out;
    // Where messages were withheld, their findings belong to no released file.
    const kept = audited.findings.map(({ finding, part }) => {
      if (part === undefined || !outcome.withheld.has(part)) return finding;
      const { file: _, ...withheld } = finding;
      return withheld;
    });
    release(session, item, output);
    store.transaction(() => {
      countBoxes();
      store.findings.replace(item.id, kept);
      const withheld = (record.parts?.withheld ?? 0) + outcome.withheld.size;
      store.sources.update(item.id, {
        output,
        ...(sha256Out !== undefined && { sha256Out }),
        ...(record.parts && { parts: { released: record.parts.released - outcome.withheld.size, withheld } }),
      });
      end(session, item, outcome.decision, { ...before, withheld });
    });
  } finally {
    original.close();
  }
}

interface Outcome {
  readonly decision: Decision;
  /** Messages that stay behind while the rest of their file is released. */
  readonly withheld: ReadonlySet<number>;
}

/** One decision for a file; for a batch one a message, so that a bad message does not withhold the rest. */
function judge(audited: Audited, session: Session): Outcome {
  const policy = session.loaded.project;
  const all = {
    findings: audited.findings.map(({ finding }) => finding),
    problems: audited.problems,
    framesNotRun: audited.frames.notRun,
    lacksPixels: audited.lacksPixels === true,
  };
  const whole = decide(all, policy);
  const parts = audited.parts ?? 1;
  if (whole.status === 'released' || parts < 2) return { decision: whole, withheld: new Set() };
  const shared = decide(
    {
      findings: audited.findings.filter(({ part }) => part === undefined).map(({ finding }) => finding),
      problems: audited.problems.filter(({ part }) => part === undefined),
      framesNotRun: 0,
    },
    policy,
  );
  if (shared.status !== 'released') return { decision: shared, withheld: new Set() };
  const withheld = new Set<number>();
  for (let part = 0; part < parts; part += 1) {
    const findings = audited.findings.filter((found) => found.part === part).map(({ finding }) => finding);
    const problems = audited.problems.filter((problem) => problem.part === part);
    if (decide({ findings, problems, framesNotRun: 0 }, policy).status !== 'released') withheld.add(part);
  }
  return withheld.size === parts ? { decision: whole, withheld: new Set() } : { decision: shared, withheld };
}

function end(
  session: Session,
  item: Item,
  { status, reason, explain }: Decision,
  details: SourceDetails,
): void {
  endSource(session.store, item.id, {
    format: item.format,
    status,
    reason,
    details: status === 'released' ? details : { ...details, explain: withRefusal(explain, details) },
  });
}

/** Why a file with text in its pixels is still as it was, or one with a face. */
function withRefusal(explain: string, { unredacted, face }: SourceDetails): string {
  const text = unredacted === undefined ? '' : `; it could not be blacked out: ${unredacted}`;
  return `${explain}${text}${face?.why === undefined ? '' : `; the face was not blanked: ${face.why}`}`;
}

function withRedacted(frames: FrameCounts, redaction: readonly BlackedOut[]): FrameCounts {
  const touched = new Set<number>();
  for (const { first, last } of redaction) {
    for (let frame = first; frame <= Math.min(last, frames.total); frame += 1) touched.add(frame);
  }
  return touched.size === 0 ? frames : { ...frames, redacted: touched.size };
}

/** Gives a staged file its place in `data/`: a rename on the same file system, with a fixed time stamp. */
function release(session: Session, item: Item, output: string): void {
  const target = join(session.paths.data, output);
  const staged = stagedPath(session, item);
  session.makeFolder(dirname(target));
  onDisk(() => {
    chmodSync(staged, 0o644);
    utimesSync(staged, FIXED_TIME, FIXED_TIME);
    renameSync(staged, target);
  });
}

/** Takes a file back out of `data/`: one that a killed run put there, or that an earlier run released. */
export function withdraw(session: Session, output: string): void {
  onDisk(() => rmSync(join(session.paths.data, output), { force: true }));
}

function withhold(session: Session, item: Item, line: FormatLine, parts: ReadonlySet<number>): void {
  const staged = openFile(stagedPath(session, item));
  const out = new AtomicFile(stagedPath(session, item));
  try {
    line.withhold?.(staged, parts, out);
    out.commit();
  } finally {
    out.abort();
    staged.close();
  }
}

function hashOf(session: Session, item: Item): string {
  return withFile(stagedPath(session, item), hashFile);
}
