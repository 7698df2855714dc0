import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { disagreements } from '../audit/dicom/agreement.ts';
import { biometricsOf } from '../audit/dicom/biometrics.ts';
import { dicomPassages } from '../audit/dicom/passages.ts';
import { readSecond } from '../audit/dicom/second-reader.ts';
import { hl7Passages, UNREAD_DOCUMENT } from '../audit/hl7/passages.ts';
import { readHl7Second } from '../audit/hl7/second-reader.ts';
import { personOfDicom, personsOfHl7 } from '../audit/person-codes.ts';
import { fileNamePassages, textPassage } from '../audit/text.ts';
import { openCrosswalk } from '../crosswalk/crosswalk.ts';
import type { Detector } from '../detect/detector.ts';
import { readDicom } from '../dicom/file.ts';
import { lacksPixels } from '../dicom/image-classes.ts';
import { planesOf } from '../dicom/volume/planes.ts';
import { createDocuments } from '../documents/documents.ts';
import { type DocumentKind, documentKind } from '../documents/kind.ts';
import { PhiGateError } from '../errors.ts';
import { readHl7File } from '../hl7/file.ts';
import { type FileSource, openFile } from '../input/file-source.ts';
import { SNIFF_BYTES } from '../input/sniff.ts';
import { type Found, type FoundFile, printableName, walk } from '../input/walk.ts';
import type { Finding } from '../model/finding.ts';
import type { Format, Passage } from '../model/passage.ts';
import type { RunResult } from '../model/result.ts';
import { createOcr } from '../ocr/reader.ts';
import { type Clock, systemClock } from '../ports/clock.ts';
import { systemRandom } from '../ports/random.ts';
import { type LoadedProject, loadProject } from '../project/load.ts';
import type { Project } from '../project/schema.ts';
import { memorySource } from '../splice.ts';
import { loadProjectKeys } from '../store/keys.ts';
import { openStore } from '../store/store.ts';
import { countAccepted } from './accepted.ts';
import { breath } from './batches.ts';
import { documentCanary } from './canary-documents.ts';
import { pictureCanaries } from './canary-files.ts';
import { Detection, memoryFingerprints } from './detection.ts';
import { bulkRanges, equipmentOf } from './dicom-reading.ts';
import {
  addFrames,
  documentsOfDicom,
  type FoundDocument,
  searchDocument,
  searchDocuments,
} from './documents.ts';
import { searchPixels } from './frames.ts';
import { type HeadVolumes, headVolumeOf, VolumeCheck } from './head-volumes.ts';
import { nameOf, reasonOf, sniffFile } from './inventory.ts';
import type { ScanOptions } from './options.ts';
import { type BytePlace, dicomPlaces, hl7Places } from './places.ts';
import { buildResult, type EndedSource } from './result.ts';
import { type Content, firstOf, NOTHING, statusOf } from './scan-content.ts';
import { identifiersOf } from './scan-known.ts';
import { type ScannedPersons, scanPopulation } from './scan-population.ts';
import { type AuditTools, PassageSearch } from './tools.ts';
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
  const loaded = loadProject(options.project);
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
  const sources: ScannedSource[] = [];
  const canaries: RunResult['canaries'][number][] = [];
  const findings: Finding[] = [];
  const fingerprints = memoryFingerprints();
  const scanned: ScannedPersons[] = [];
  try {
    const tools = detection.tools(ocr, fingerprints, documents);
    const headVolumes = await volumes.judge(loaded.project.limits);
    const scanner = new Scanner(tools, loaded.project.limits, headVolumes, scanned);
    for (const file of found) {
      options.signal?.throwIfAborted();
      const { source, found: hits } = await scanner.scan(file);
      sources.push(source);
      findings.push(...hits);
      options.step?.();
      await breath();
    }
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
    findings.push(...compared.findings);
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
    detectors: detection.detectors([]).map(({ id }) => id),
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

/** A file of a scan; `shown` is its path with the parts masked that identify. */
type ScannedSource = EndedSource & { readonly shown: string };

type Limits = ReturnType<typeof loadProject>['project']['limits'];

class Scanner {
  readonly #tools: AuditTools;
  readonly #limits: Limits;
  readonly #headVolumes: HeadVolumes;
  readonly #scanned: ScannedPersons[];

  constructor(tools: AuditTools, limits: Limits, headVolumes: HeadVolumes, scanned: ScannedPersons[]) {
    this.#tools = tools;
    this.#limits = limits;
    this.#headVolumes = headVolumes;
    this.#scanned = scanned;
  }

  async scan(file: Found): Promise<{ source: ScannedSource; found: readonly Finding[] }> {
    const id = randomBytes(8).toString('hex');
    const name = printableName(file.relative);
    const shown = this.#shownName(name);
    const search = new PassageSearch(this.#tools, [], { sourceId: id, output: shown }, 'unknown');
    const searchName = () => {
      for (const passage of fileNamePassages(name, 'unknown')) search.passage(passage);
    };
    const base = { id, shown, bytesIn: file.kind === 'file' ? file.size : 0, bytesOut: 0 };
    if (file.kind === 'problem') {
      searchName();
      return {
        source: {
          ...base,
          format: 'unknown',
          status: file.status,
          reason: file.reason,
          explain: file.error.message,
        },
        found: findingsOf(search),
      };
    }
    try {
      searchName();
      const { format, frames, reason, explain, anomalies, persons } = await this.#content(file, search);
      if (persons !== undefined) this.#scanned.push({ sourceId: id, file: shown, format, persons });
      const { places, accepted } = search.result();
      const found = findingsOf(search).map((finding) => ({ ...finding, format }));
      const status = statusOf(reason, found, frames);
      return {
        source: {
          ...base,
          format,
          ...status,
          ...(explain !== '' && { explain }),
          places,
          frames,
          anomalies,
          accepted: countAccepted(accepted),
        },
        found,
      };
    } catch (error) {
      const { reason, explain } = reasonOf(error);
      return {
        source: { ...base, format: 'unknown', status: 'quarantined', reason, explain },
        found: findingsOf(search),
      };
    }
  }

  /** The relative path with every part masked that is itself a finding. */
  #shownName(name: string): string {
    const detectors = this.#tools.detectors([]);
    return name
      .split('/')
      .map((part) => {
        const passages = fileNamePassages(part, 'unknown');
        return passages.some((passage) => detectors.some((detector) => identifies(detector, passage)))
          ? '••••••••'
          : part;
      })
      .join('/');
  }

  async #content(file: FoundFile, search: PassageSearch): Promise<Content> {
    const sniffed = sniffFile(file);
    if (sniffed === 'empty') return { ...NOTHING, reason: 'empty', explain: 'the file is empty' };
    const source = openFile(file.path);
    try {
      if (sniffed === 'dicom' || sniffed === 'dicomdir') return await this.#dicom(source, search);
      if (sniffed === 'hl7') return await this.#hl7(source, search);
      const kind = DOCUMENTS.has(sniffed)
        ? documentKind(source.read(0, SNIFF_BYTES), '', source.size)
        : undefined;
      if (sniffed === 'text' && (kind === 'text' || kind === undefined)) return this.#text(source, search);
      if (kind !== undefined && kind !== 'text') return await this.#document(source, kind, search);
    } finally {
      source.close();
    }
    return {
      ...NOTHING,
      reason: 'not-searched',
      explain: `${nameOf(sniffed)} cannot be searched by this version`,
    };
  }

  /** PDF, RTF, XML, HTML, pictures, models. */
  async #document(source: FileSource, kind: DocumentKind, search: PassageSearch): Promise<Content> {
    const format = FORMATS[kind] ?? 'picture';
    const bytes = this.#whole(source, 'documentBytes');
    const document = { bytes, locus: '', hints: { format } };
    const { frames, problems } = await searchDocument(document, search, this.#tools, [], this.#limits);
    // The characters of a text were all searched; the known identifiers are looked for in bytes that are none.
    if (format !== 'text') search.bytes(memorySource(bytes), [{ start: 0, end: bytes.length }], []);
    return { ...NOTHING, format, frames, ...firstOf(problems) };
  }

  async #dicom(source: FileSource, search: PassageSearch): Promise<Content> {
    const file = readDicom(source, this.#limits);
    const reading = readSecond(source, file, this.#limits);
    const equipment = equipmentOf(file);
    search.leaveOut(equipment);
    const { passages, anomalies } = dicomPassages(reading, source, file);
    for (const passage of passages) search.passage(passage);
    const volume = headVolumeOf(planesOf(file), this.#headVolumes);
    if (volume !== undefined) search.whole('head-volume', volume);
    for (const found of biometricsOf(reading))
      if (found.category !== volume?.category) search.whole('biometric-class', found);
    search.bytes(file.body, bulkRanges(reading), dicomPlaces(reading, file));
    const differences = disagreements(file, reading);
    const kinds = [...file.anomalies, ...anomalies, ...reading.rewrites].map(({ kind }) => kind);
    if (lacksPixels(file)) kinds.push('an image without its pixels');
    const content: Content = {
      ...NOTHING,
      format: 'dicom',
      persons: [personOfDicom(reading)],
      anomalies: kinds,
      ...(differences[0] && {
        reason: 'readers-disagree' as const,
        explain: `the two readers differ (${differences[0].kind})`,
      }),
    };
    const pixels = await searchPixels(reading, file, search, this.#tools, equipment, this.#limits);
    const documents = documentsOfDicom(reading, this.#limits);
    const { frames, problems } = await searchDocuments(
      documents,
      search,
      this.#tools,
      equipment,
      this.#limits,
    );
    return { ...content, frames: addFrames(pixels.frames, frames), ...firstOf(problems) };
  }

  async #hl7(source: FileSource, search: PassageSearch): Promise<Content> {
    const bytes = this.#whole(source);
    const reading = readHl7Second(bytes);
    const anomalies: string[] = [];
    const documents: FoundDocument[] = [];
    for (const message of hl7Passages(reading)) {
      for (const passage of message.passages) search.passage(passage);
      documents.push(...message.documents);
      anomalies.push(...message.anomalies.map(({ kind }) => kind));
    }
    const { frames, problems } = await searchDocuments(documents, search, this.#tools, [], this.#limits);
    search.bytes(memorySource(bytes), [], placesIn(bytes));
    const unreadable = reading.messages.filter((message) => message.unreadable !== undefined).length;
    return {
      ...NOTHING,
      format: 'hl7',
      anomalies,
      frames,
      persons: personsOfHl7(reading).filter((person) => person !== undefined),
      ...firstOf(problems),
      ...(anomalies.includes(UNREAD_DOCUMENT) && {
        reason: 'not-searched' as const,
        explain: 'an embedded document is not encoded as it says, and cannot be read',
      }),
      ...(unreadable > 0 && {
        reason: 'unreadable' as const,
        explain: 'messages that the reader could not read',
      }),
    };
  }

  #text(source: FileSource, search: PassageSearch): Content {
    search.passage(textPassage(this.#whole(source)));
    return { ...NOTHING, format: 'text' };
  }

  #whole(source: FileSource, limit: 'messageBytes' | 'documentBytes' = 'messageBytes'): Buffer {
    if (source.size > this.#limits[limit]) {
      throw new PhiGateError(
        'too-large',
        `the file has more than ${this.#limits[limit]} bytes; raise limits.${limit} if that is right`,
      );
    }
    return Buffer.from(source.read(0, source.size));
  }
}

/** Whether a detector finds anything, or could not look: then nobody knows. */
function identifies(detector: Detector, passage: Passage): boolean {
  try {
    return detector.detect(passage).length > 0;
  } catch (error) {
    if (error instanceof PhiGateError) return true;
    throw error;
  }
}

/** A file that only the second reader can read has no places: its hits are said twice, which is better than once too few. */
function placesIn(bytes: Buffer): BytePlace[] {
  try {
    return hl7Places(readHl7File(bytes));
  } catch (error) {
    if (error instanceof PhiGateError) return [];
    throw error;
  }
}

/** What sniffing takes for something that a reader of documents may know. */
const DOCUMENTS: ReadonlySet<string> = new Set(['pdf', 'image', 'office', 'text', 'unknown']);

const FORMATS: Partial<Record<DocumentKind, Format>> = {
  pdf: 'document',
  rtf: 'document',
  stl: 'document',
  xml: 'text',
  html: 'text',
};

const findingsOf = (search: PassageSearch): Finding[] =>
  search.result().findings.map(({ finding }) => finding);
