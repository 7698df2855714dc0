import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding } from '../model/finding.ts';
import type { RunResult } from '../model/result.ts';
import { createOcr } from '../ocr/reader.ts';
import type { SourceRecord } from '../store/sources.ts';
import { auditSource } from './auditing.ts';
import { breath } from './batches.ts';
import { pixelCanary } from './canary-files.ts';
import type { Detection } from './detection.ts';
import { assertOwnRelease } from './epoch.ts';
import type { SourceDetails } from './item.ts';
import { clearStaging } from './masking.ts';
import type { RunOptions } from './options.ts';
import { surveyAndMask } from './phases.ts';
import { releaseManifest, writeReport } from './release-files.ts';
import { buildResult, type EndedSource } from './result.ts';
import { openSession, type Session } from './session.ts';
import type { Surveyed } from './surveying.ts';
import { type Unreleased, unreleasedOf } from './unreleased.ts';

/** What a run leaves behind, for the caller. */
export interface RunOutcome {
  readonly result: RunResult;
  readonly findings: readonly Finding[];
  /** Absolute path of closeout.html. */
  readonly report: string;
  readonly unreleased: readonly Unreleased[];
}

/**
 * Masks INPUT, audits the result afresh, releases what passes into `OUT/data` and writes `OUT/report`. A second run over
 * the same work folder goes on where the first stopped. INPUT is never written to.
 * @throws PhiGateError `usage`, `crosswalk` or `disk`; what concerns a single source ends that source alone.
 */
export async function run(options: RunOptions): Promise<RunOutcome> {
  const session = openSession(options, 'run');
  try {
    assertOwnRelease(session);
    return await throughTheHouse(session, options);
  } finally {
    session.close();
  }
}

async function throughTheHouse(session: Session, options: RunOptions): Promise<RunOutcome> {
  const { detection, lines, surveyed } = await surveyAndMask(session, options, true);
  const ocr = await createOcr();
  const canaries: RunResult['canaries'][number][] = [];
  try {
    const tools = detection.tools(ocr, session.store.fingerprints);
    options.phase?.('audit', surveyed.items.length);
    for (const item of surveyed.items) {
      options.signal?.throwIfAborted();
      await auditSource(session, item, surveyed, lines[item.format], tools);
      options.step?.();
      await breath();
    }
    canaries.push(...detection.canaries(tools));
    if (hasPictures(session)) canaries.push(await pixelCanary(tools));
  } finally {
    await ocr.close();
  }
  clearStaging(session);
  return closeOut(session, surveyed, detection, canaries);
}

/** Whether any frame of the run was looked at: then the reading of pixels must prove that it is live. */
function hasPictures({ store, runId }: Session): boolean {
  for (const { details } of store.sources.all(runId)) {
    if (((details ?? {}) as SourceDetails).frames?.read) return true;
  }
  return false;
}

function closeOut(
  session: Session,
  surveyed: Surveyed,
  detection: Detection,
  canaries: RunResult['canaries'],
): RunOutcome {
  const { store, runId, paths } = session;
  const sources = [...store.sources.all(runId)].map((record) => endedSource(record, paths.data));
  const findings = [...store.findings.all(runId)];
  const manifest = releaseManifest(sources);
  const result = buildResult({
    command: 'run',
    runId,
    startedAt: session.startedAt,
    endedAt: session.clock.now(),
    loaded: session.loaded,
    sources,
    findings,
    patients: surveyed.patients,
    studies: surveyed.studies,
    actions: store.actions.totals(runId),
    canaries,
    known: detection.counts(),
    detectors: detection.detectors([]).map(({ id }) => id),
    manifestSha256: manifest.sha256,
    notices: [],
  });
  writeReport(paths, result, findings, manifest.text);
  store.runs.end(runId, result);
  return { result, findings, report: join(paths.report, 'closeout.html'), unreleased: unreleasedOf(sources) };
}

function endedSource(
  record: SourceRecord,
  data: string,
): EndedSource & { output?: string; sha256Out?: string } {
  const details = (record.details ?? {}) as SourceDetails;
  return {
    id: record.id,
    format: record.format ?? 'unknown',
    status: record.status ?? 'quarantined',
    reason: record.reason ?? 'internal',
    explain: details.explain ?? '',
    bytesIn: record.size,
    bytesOut:
      record.status === 'released' && record.output !== undefined
        ? statSync(join(data, record.output)).size
        : 0,
    ...(record.parts && { parts: record.parts }),
    ...(details.places && { places: details.places }),
    ...(details.frames && { frames: details.frames }),
    ...(details.anomalies && { anomalies: details.anomalies }),
    ...(details.accepted && { accepted: details.accepted }),
    ...(record.output !== undefined && { output: record.output }),
    ...(record.sha256Out !== undefined && { sha256Out: record.sha256Out }),
  };
}
