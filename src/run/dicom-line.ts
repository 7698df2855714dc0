import { disagreements } from '../audit/dicom/agreement.ts';
import { biometricsOf } from '../audit/dicom/biometrics.ts';
import { dicomPassages } from '../audit/dicom/passages.ts';
import { pixelsOf } from '../audit/dicom/pixel-data.ts';
import { readSecond, type SecondReading } from '../audit/dicom/second-reader.ts';
import { pixelChanges } from '../audit/integrity.ts';
import { knownOfDicomOriginal } from '../audit/known-from-original.ts';
import { personOfDicom } from '../audit/person-codes.ts';
import { changedFrame } from '../audit/pixel-proof.ts';
import type { Crosswalk } from '../crosswalk/codes.ts';
import type { DicomFile } from '../dicom/element.ts';
import { readDicom } from '../dicom/file.ts';
import { lacksPixels } from '../dicom/image-classes.ts';
import { planesOf } from '../dicom/volume/planes.ts';
import { writeDicom } from '../dicom/write.ts';
import type { FileSource } from '../input/file-source.ts';
import { conditionHolds } from '../mask/dicom/conditions.ts';
import type { DicomMasker, MaskedDicom } from '../mask/dicom/plan.ts';
import { fixedBoxesOf } from '../mask/dicom/redact/device-regions.ts';
import { redactDicom } from '../mask/dicom/redact/redaction.ts';
import { type Subject, subjectOf } from '../mask/dicom/subject.ts';
import { surveyDicom } from '../mask/dicom/survey.ts';
import type { MaskingContext } from '../mask/masking.ts';
import type { BlackedOut } from '../model/redaction.ts';
import type { Limits, Project } from '../project/schema.ts';
import type { ByteSink } from '../splice.ts';
import { bulkRanges, equipmentOf } from './dicom-reading.ts';
import { addFrames, documentsOfDicom, searchDocuments } from './documents.ts';
import type { DatasetFilters } from './filters.ts';
import { searchPixels } from './frames.ts';
import { type HeadVolumes, headVolumeOf } from './head-volumes.ts';
import type { Audited, AuditSubject, FormatLine, Masked, Problem, SourceSurvey } from './line.ts';
import type { LinkedCleaning } from './linked-cleaning.ts';
import { maskedPersons } from './masked-persons.ts';
import { PassageSearch } from './passage-search.ts';
import { dicomPlaces } from './places.ts';
import type { AuditTools } from './tools.ts';
import { writtenTexts } from './written-texts.ts';

export interface DicomLineOptions {
  readonly limits: Limits;
  readonly pixels: Project['pixels'];
  readonly filters: DatasetFilters;
  readonly crosswalk: Crosswalk;
  /** Known once all sources are surveyed. `context`: that of one file, where it has its own. */
  readonly masker: (context?: MaskingContext) => DicomMasker;
  /** Names of a file that are cleaned wherever they stand in it; none in a run that masks alone. */
  readonly links: () => LinkedCleaning | undefined;
  /** Known once all sources are surveyed. */
  readonly headVolumes: () => HeadVolumes;
  /** The second reader's view of the original joins the known identifiers; a run that masks alone does without. */
  readonly bothReaders: boolean;
}

/** Where alone pixels may have other bytes and show the same. */
const PIXEL_DATA = '(7FE0,0010)';

/** The way of a DICOM file through the house. */
export class DicomLine implements FormatLine {
  readonly format = 'dicom';
  readonly #options: DicomLineOptions;

  constructor(options: DicomLineOptions) {
    this.#options = options;
  }

  survey(source: FileSource): SourceSurvey {
    const file = readDicom(source, this.#options.limits);
    const { patients, known, studyTimes } = surveyDicom(file);
    const subject = subjectOf(file);
    const planes = planesOf(file);
    const second = this.#options.bothReaders ? readSecond(source, file, this.#options.limits) : undefined;
    return {
      patients,
      known: [...known, ...(second === undefined ? [] : knownOfDicomOriginal(second))],
      studyTimes: [...studyTimes],
      equipment: equipmentOf(file),
      filtered: this.#isLeftOut(file, subject, patients.flat()) ? 'all' : [],
      studies: subject.study === '' ? [] : [subject.study],
      anomalies: file.anomalies.map(({ kind }) => kind),
      ...(planes && { planes }),
      ...(second && { persons: [personOfDicom(second)] }),
    };
  }

  #isLeftOut(file: DicomFile, subject: Subject, patients: SourceSurvey['patients'][number]): boolean {
    return this.#options.filters.leavesOut({
      patients,
      modality: subject.modality,
      sopClass: subject.sopClass,
      date: subject.studyDate,
      holds: (condition) => conditionHolds(file, condition),
    });
  }

  mask(source: FileSource, _survey: () => SourceSurvey, sink: ByteSink): Masked {
    const { limits, links, masker } = this.#options;
    const file = readDicom(source, limits);
    const masked = this.#masked(file, masker());
    const part = { edits: masked.edits, texts: () => writtenTexts(file) };
    const again = links()?.again(new Map([[file, part]]), equipmentOf(file));
    const { head, edits, actions } = again === undefined ? masked : this.#masked(file, masker(again.context));
    writeDicom(source, file, head, edits, sink);
    return { actions };
  }

  #masked(file: DicomFile, masker: DicomMasker): MaskedDicom {
    const plan = masker.plan(file);
    return plan.apply(this.#options.crosswalk.resolve(plan.needs));
  }

  async audit(
    staged: FileSource,
    original: FileSource,
    survey: SourceSurvey,
    tools: AuditTools,
    subject: AuditSubject,
  ): Promise<Audited> {
    const { limits } = this.#options;
    const file = readDicom(staged, limits);
    const reading = readSecond(staged, file, limits);
    const problems: Problem[] = disagreements(file, reading).map(({ kind, locus }) => ({
      code: kind === 'unreadable' ? 'unreadable' : 'readers-disagree',
      explain: `the two readers differ (${kind}) at ${locus}`,
      locus,
    }));
    const before = readDicom(original, limits);
    problems.push(...(await this.#changedPixels(original, before, file, reading, subject.redaction ?? [])));
    const search = new PassageSearch(tools, survey.equipment, subject, 'dicom');
    const { passages, anomalies } = dicomPassages(reading, staged, file);
    for (const passage of passages) search.passage(passage);
    search.namesOf(writtenTexts(before), passages, true);
    const volume = headVolumeOf(survey.planes, this.#options.headVolumes());
    if (volume !== undefined) search.whole('head-volume', volume);
    for (const found of biometricsOf(reading))
      if (found.category !== volume?.category) search.whole('biometric-class', found);
    search.bytes(file.body, bulkRanges(reading), dicomPlaces(reading, file));
    const searched = await searchPixels(reading, file, search, tools, survey.equipment, limits);
    const found = documentsOfDicom(reading, limits);
    const documents = await searchDocuments(found, search, tools, survey.equipment, limits);
    problems.push(...documents.problems);
    const frames = addFrames(searched.frames, documents.frames);
    return {
      ...search.result(),
      problems,
      ...searched,
      frames,
      lacksPixels: lacksPixels(before),
      persons: maskedPersons(survey.persons, [personOfDicom(reading)]),
      anomalies: [...anomalies, ...reading.rewrites].map(({ kind }) => kind),
    };
  }

  /** Pixels that show something else than they did, outside of what was blacked out. */
  async #changedPixels(
    original: FileSource,
    before: DicomFile,
    file: DicomFile,
    staged: SecondReading,
    redaction: readonly BlackedOut[],
  ): Promise<Problem[]> {
    const { limits } = this.#options;
    const problems: Problem[] = [];
    for (const { kind, locus } of pixelChanges(before, file)) {
      // Floating-point pixels and those inside sequences are never written anew: there a byte is proof enough.
      if (locus === PIXEL_DATA && (kind === 'pixels' || kind === 'fragments')) {
        const was = pixelsOf(readSecond(original, before, limits), before.transferSyntax, before.body);
        const is = pixelsOf(staged, file.transferSyntax, file.body);
        const frame = was && is ? await changedFrame(was, is, redaction, limits) : 1;
        if (frame === undefined) continue;
      }
      problems.push({
        code: 'integrity',
        explain: `the pixels show something else than they did (${kind}) at ${locus}`,
        locus,
      });
    }
    return problems;
  }

  fixedBoxes(staged: FileSource): readonly BlackedOut[] {
    return fixedBoxesOf(readDicom(staged, this.#options.limits), this.#options.pixels);
  }

  async redact(
    staged: FileSource,
    redaction: readonly BlackedOut[],
    sink: ByteSink,
    rewriteAll: boolean,
  ): Promise<readonly BlackedOut[]> {
    const { limits } = this.#options;
    const file = readDicom(staged, limits);
    const { head, edits, covered } = await redactDicom(staged, file, redaction, limits, rewriteAll);
    writeDicom(staged, file, head, edits, sink);
    return covered;
  }
}
