import { statSync } from 'node:fs';
import { join } from 'node:path';
import { createDocuments } from '../documents/documents.ts';
import { PhiGateError } from '../errors.ts';
import type { Finding } from '../model/finding.ts';
import type { RunResult } from '../model/result.ts';
import { createOcr } from '../ocr/reader.ts';
import type { SourceRecord } from '../store/sources.ts';
import { auditSource } from './auditing.ts';
import { breath } from './batches.ts';
import { documentCanary } from './canary-documents.ts';
import { pictureCanaries } from './canary-files.ts';
import type { Detection } from './detection.ts';
import { assertOwnRelease } from './epoch.ts';
import type { SourceDetails } from './item.ts';
import { clearStaging } from './masking.ts';
import type { RunOptions } from './options.ts';
import { type Staged, surveyAndMask } from './phases.ts';
import { judgePopulation } from './population.ts';
import { type PopulationFacts, populationCanary } from './population-check.ts';
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
  } catch (error) {
    if (error instanceof PhiGateError && error.code === 'disk') throw withCounts(session, error);
    throw error;
  } finally {
    session.close();
  }
}

/** A disk that fails takes the report with it: the message says how far the run came, and that it can go on. */
function withCounts({ store, runId }: Session, error: PhiGateError): PhiGateError {
  const counts = new Map<string, number>();
  let total = 0;
  for (const { status = 'not done' } of store.sources.all(runId)) {
    counts.set(status, (counts.get(status) ?? 0) + 1);
    total += 1;
  }
  const words = [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([status, count]) => `${count} ${status}`);
  const sofar = total === 0 ? 'before any source was taken in' : `of ${total} sources ${words.join(', ')}`;
  return new PhiGateError(
    'disk',
    `${error.message}\n  the run is not complete and has no report of its own: ${sofar}; the same command goes on from here`,
    error.at,
    error,
  );
}

async function throughTheHouse(session: Session, options: RunOptions): Promise<RunOutcome> {
  const staged = await surveyAndMask(session, options, true);
  try {
    return await auditAll(session, options, staged);
  } finally {
    staged.detection.close();
  }
}

async function auditAll(
  session: Session,
  options: RunOptions,
  { detection, lines, surveyed }: Staged,
): Promise<RunOutcome> {
  const ocr = await createOcr();
  const documents = createDocuments();
  const canaries: RunResult['canaries'][number][] = [];
  try {
    const tools = detection.tools(ocr, session.store.fingerprints, documents);
    options.phase?.('audit', surveyed.items.length);
    for (const item of surveyed.items) {
      options.signal?.throwIfAborted();
      await auditSource(session, item, surveyed, lines[item.format], tools);
      options.step?.();
      await breath();
    }
    canaries.push(...detection.canaries(tools));
    const own = detection.withoutModel(tools);
    if (hasPictures(session)) canaries.push(...(await pictureCanaries(own)));
    if (hasDocuments(session)) canaries.push(await documentCanary(own, session.loaded.project.limits));
  } finally {
    await Promise.all([ocr.close(), documents.close()]);
  }
  clearStaging(session);
  canaries.push(populationCanary());
  const population = judgePopulation(session, surveyed);
  return closeOut(session, surveyed, detection, canaries, population);
}

/** Whether any frame of the run was looked at: then the reading of pixels must prove that it is live. */
function hasPictures({ store, runId }: Session): boolean {
  for (const { details } of store.sources.all(runId)) {
    if (((details ?? {}) as SourceDetails).frames?.read) return true;
  }
  return false;
}

/** The same for documents. */
function hasDocuments({ store, runId }: Session): boolean {
  for (const { details } of store.sources.all(runId)) {
    if (((details ?? {}) as SourceDetails).places?.document) return true;
  }
  return false;
}

function closeOut(
  session: Session,
  surveyed: Surveyed,
  detection: Detection,
  canaries: RunResult['canaries'],
  population: PopulationFacts,
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
    detectors: detection.names(),
    ...(detection.modelSha256 !== undefined && { modelSha256: detection.modelSha256 }),
    manifestSha256: manifest.sha256,
    notices: [],
    population,
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
