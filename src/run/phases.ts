import { DicomMasker } from '../mask/dicom/plan.ts';
import type { MaskingContext } from '../mask/masking.ts';
import { VERSION } from '../version.ts';
import { basisOf } from './basis.ts';
import { inBatches } from './batches.ts';
import { blankFaces, maskUnsettledAgain } from './blank-faces.ts';
import { Detection } from './detection.ts';
import { DicomLine } from './dicom-line.ts';
import { openEpoch } from './epoch.ts';
import { patientEvents } from './events.ts';
import { DatasetFilters } from './filters.ts';
import { type HeadVolumes, isOfHeadVolume } from './head-volumes.ts';
import { Hl7Line } from './hl7-line.ts';
import type { Item } from './item.ts';
import type { FormatLine } from './line.ts';
import { LinkedCleaning } from './linked-cleaning.ts';
import { maskSource } from './masking.ts';
import type { RunOptions } from './options.ts';
import type { Session } from './session.ts';
import { type Learn, type Surveyed, surveySources } from './surveying.ts';

type Lines = Readonly<Record<Item['format'], FormatLine>>;

/** What is known of a data set once all of it is masked into staging. */
export interface Staged {
  readonly detection: Detection;
  readonly lines: Lines;
  readonly surveyed: Surveyed;
}

/**
 * Phases 0 and 1: surveys all sources, freezes what is known of them, masks them. Without `audited` the second readers stay
 * out of it, and a second time masks everything again. The caller closes the detection.
 */
export async function surveyAndMask(
  session: Session,
  options: RunOptions,
  audited: boolean,
): Promise<Staged> {
  const detection = new Detection({
    project: session.loaded.project,
    folder: session.loaded.folder,
    now: session.startedAt,
    isIssued: (value) => session.crosswalk.isIssued(value),
    ...(options.known !== undefined && { knownFile: options.known }),
  });
  try {
    return await surveyAndMaskWith(detection, session, options, audited);
  } catch (error) {
    detection.close();
    throw error;
  }
}

async function surveyAndMaskWith(
  detection: Detection,
  session: Session,
  options: RunOptions,
  audited: boolean,
): Promise<Staged> {
  const { lines, open, showFace } = formatLines(session, audited);
  const basis = basisOf(session.loaded, detection.modelSha256);
  const learn: Learn = ({ known, persons }) => {
    detection.learn(known);
    detection.learnPersons(persons ?? []);
  };
  const surveyed = await surveySources(session, lines, learn, options, options.signal, basis);
  detection.freeze();
  session.forbid((value) => detection.isKnown(value));
  const epoch = audited ? detection.knownSha256 : `mask ${session.runId}`;
  const { resumed, withdrawn } = openEpoch(session, surveyed, basis, epoch);
  if (resumed) options.notice?.('going on from an earlier run');
  if (withdrawn > 0) {
    const files = withdrawn === 1 ? '1 file was' : `${withdrawn} files were`;
    options.notice?.(`${files} withdrawn: their sources are no longer part of the data set`);
  }
  const blanks = audited && session.loaded.project.faces === 'blank-face';
  if (blanks) maskUnsettledAgain(session, surveyed);
  const context = maskingContext(session, surveyed, detection);
  const links = new LinkedCleaning(context, detection.nameFinders(), (names) => detection.cleaner(names));
  open(context, surveyed.headVolumes, audited ? links : undefined);
  await maskAll(session, surveyed, lines, options);
  if (blanks) showFace(await blankFaces(session, surveyed, options.signal));
  return { detection, lines, surveyed };
}

/** The two lines; what masking needs is known only after the survey, so it is handed in by `open`. */
function formatLines(
  session: Session,
  bothReaders: boolean,
): {
  lines: Lines;
  open: (context: MaskingContext, volumes: HeadVolumes, links: LinkedCleaning | undefined) => void;
  /** Which series would render a face still, for the audit. */
  showFace: (volumes: HeadVolumes) => void;
} {
  let context: MaskingContext | undefined;
  let headVolumes: HeadVolumes = new Map();
  let linked: LinkedCleaning | undefined;
  let dicomMasker: DicomMasker | undefined;
  const masking = (): MaskingContext => {
    if (context === undefined) throw new Error('masking began before the survey ended');
    return context;
  };
  const masker = (own?: MaskingContext): DicomMasker => {
    if (own !== undefined) return new DicomMasker(own, VERSION);
    dicomMasker ??= new DicomMasker(masking(), VERSION);
    return dicomMasker;
  };
  const { project } = session.loaded;
  const shared = {
    filters: new DatasetFilters(session.loaded),
    crosswalk: session.crosswalk,
    bothReaders,
    links: () => linked,
  };
  return {
    lines: {
      dicom: new DicomLine({
        ...shared,
        limits: project.limits,
        pixels: project.pixels,
        masker,
        headVolumes: () => headVolumes,
      }),
      hl7: new Hl7Line({ ...shared, project, masking }),
    },
    open: (opened, volumes, links) => {
      context = opened;
      linked = links;
      headVolumes = volumes;
    },
    showFace: (volumes) => {
      headVolumes = volumes;
    },
  };
}

/** Phase 1 over all sources. */
async function maskAll(
  session: Session,
  surveyed: Surveyed,
  lines: Lines,
  options: Pick<RunOptions, 'phase' | 'step' | 'signal'>,
): Promise<void> {
  options.phase?.('mask', surveyed.items.length);
  await inBatches(session.store, surveyed.items, options.signal, (item) => {
    maskSource(session, item, surveyed, lines[item.format]);
    options.step?.();
  });
}

/** What masking needs to know once the survey is over. One object for the whole run: maskers remember by it. */
function maskingContext(session: Session, surveyed: Surveyed, detection: Detection): MaskingContext {
  return {
    project: session.loaded.project,
    cleaner: detection.cleaner(),
    now: session.startedAt,
    studyTimes: surveyed.studyTimes,
    showsFace: (file) => isOfHeadVolume(file, surveyed.headVolumes),
    ...patientEvents(session.loaded),
  };
}
