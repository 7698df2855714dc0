import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { openCrosswalk } from '../crosswalk/crosswalk.ts';
import { createDocuments } from '../documents/documents.ts';
import { walk } from '../input/walk.ts';
import type { Finding } from '../model/finding.ts';
import type { RunResult } from '../model/result.ts';
import { createOcr } from '../ocr/reader.ts';
import { type Clock, systemClock } from '../ports/clock.ts';
import { systemRandom } from '../ports/random.ts';
import { type LoadedProject, loadProject, strictly } from '../project/load.ts';
import type { Project } from '../project/schema.ts';
import { loadProjectKeys } from '../store/keys.ts';
import { openStore } from '../store/store.ts';
import { breath } from './batches.ts';
import { documentCanary } from './canary-documents.ts';
import { pictureCanaries } from './canary-files.ts';
import { Detection } from './detection.ts';
import { VolumeCheck } from './head-volumes.ts';
import { memoryFingerprints } from './memory-fingerprints.ts';
import type { ScanOptions } from './options.ts';
import { buildResult } from './result.ts';
import { identifiersOf } from './scan-known.ts';
import { type ScannedPersons, scanPopulation } from './scan-population.ts';
import { type ScannedSource, Scanner } from './scanner.ts';
import { type Unreleased, unreleasedOf } from './unreleased.ts';

export interface ScanOutcome {
  readonly result: RunResult;
  readonly findings: readonly Finding[];
  /** Files that could not be searched, or not whole. */
  readonly unreadable: readonly Unreleased[];
}

/**
 * Audits INPUT as it stands: DICOM, HL7 v2 and plain text. Nothing is ignored and nothing is kept; what this version
 * cannot read is counted as not searched, and the scan is incomplete then.
 * @throws PhiGateError `usage`.
 */
export async function scan(options: ScanOptions): Promise<ScanOutcome> {
  const clock = options.clock ?? systemClock;
  const startedAt = clock.now();
  const project = loadProject(options.project);
  const loaded = options.strict === true ? strictly(project) : project;
  const issued = options.work === undefined ? undefined : issuedCodes(options.work, loaded.project);
  const detection = new Detection({
    project: loaded.project,
    folder: loaded.folder,
    now: startedAt,
    ...(issued && { isIssued: issued }),
    ...(options.known !== undefined && { knownFile: options.known }),
  });
  try {
    return await scanWith(detection, options, loaded, startedAt, clock);
  } finally {
    detection.close();
  }
}

async function scanWith(
  detection: Detection,
  options: ScanOptions,
  loaded: LoadedProject,
  startedAt: Date,
  clock: Clock,
): Promise<ScanOutcome> {
  const found = [...walk(options.input)];
  const volumes = new VolumeCheck();
  options.phase?.('survey', found.length);
  for (const file of found) {
    options.signal?.throwIfAborted();
    if (file.kind === 'file') detection.learn(identifiersOf(file, loaded.project.limits, volumes));
    options.step?.();
    await breath();
  }
  detection.freeze();
  options.phase?.('scan', found.length);
  const ocr = await createOcr();
  const documents = createDocuments();
  let sources: ScannedSource[] = [];
  const canaries: RunResult['canaries'][number][] = [];
  let findings: Finding[] = [];
  const fingerprints = memoryFingerprints();
  let scanned: ScannedPersons[] = [];
  try {
    const tools = detection.tools(ocr, fingerprints, documents);
    const headVolumes = await volumes.judge(loaded.project.limits);
    const scanner = new Scanner(tools, loaded.project.limits, headVolumes, scanned);
    for (const file of found) {
      options.signal?.throwIfAborted();
      const { source, found: hits } = await scanner.scan(file);
      sources.push(source);
      for (const hit of hits) findings.push(hit);
      options.step?.();
      await breath();
    }
    const paths = scanner.shownPaths();
    const pathOf = (id: string, shown: string): string => paths.get(id) ?? shown;
    sources = sources.map((source) => ({ ...source, shown: pathOf(source.id, source.shown) }));
    findings = findings.map((finding) => ({
      ...finding,
      ...(finding.file !== undefined && { file: pathOf(finding.sourceId, finding.file) }),
    }));
    scanned = scanned.map((persons) => ({ ...persons, file: pathOf(persons.sourceId, persons.file) }));
    canaries.push(...detection.canaries(tools));
    const own = detection.withoutModel(tools);
    if (sources.some(({ frames }) => (frames?.read ?? 0) > 0)) canaries.push(...(await pictureCanaries(own)));
    if (sources.some(({ places }) => places?.document !== undefined))
      canaries.push(await documentCanary(own, loaded.project.limits));
  } finally {
    await Promise.all([ocr.close(), documents.close()]);
  }
  const compared =
    options.known === undefined
      ? undefined
      : scanPopulation(detection.handedOver, scanned, sources, (value) => fingerprints.of(value));
  if (compared !== undefined) {
    for (const finding of compared.findings) findings.push(finding);
    canaries.push(compared.canary);
  }
  const ended = compared?.sources ?? sources;
  const result = buildResult({
    command: 'scan',
    runId: randomBytes(8).toString('hex'),
    startedAt,
    endedAt: clock.now(),
    loaded,
    sources: ended,
    findings,
    patients: 0,
    studies: 0,
    actions: [],
    canaries,
    known: detection.counts(),
    detectors: detection.names(),
    ...(detection.modelSha256 !== undefined && { modelSha256: detection.modelSha256 }),
    notices: [],
    ...(compared && { population: compared.population }),
  });
  return {
    result,
    findings,
    unreadable: unreleasedOf(ended.filter(({ reason }) => reason !== 'leak' && reason !== 'suspects')),
  };
}

/** The codes of an earlier run: what it issued is no identifier, and any other UID is a leak. */
function issuedCodes(work: string, project: Project): (value: string) => boolean {
  const folder = resolve(work);
  const keys = loadProjectKeys(folder);
  const store = openStore(folder, keys, { mustExist: true });
  try {
    const crosswalk = openCrosswalk(store, keys, { project }, systemRandom);
    return (value) => crosswalk.isIssued(value);
  } finally {
    store.close();
  }
}
