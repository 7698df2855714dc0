import { DicomMasker } from '../mask/dicom/plan.ts';
import type { MaskingContext } from '../mask/masking.ts';
import { VERSION } from '../version.ts';
import { inBatches } from './batches.ts';
import type { Detection } from './detection.ts';
import { DicomLine } from './dicom-line.ts';
import { patientEvents } from './events.ts';
import { DatasetFilters } from './filters.ts';
import { Hl7Line } from './hl7-line.ts';
import type { Item } from './item.ts';
import type { FormatLine } from './line.ts';
import { maskSource } from './masking.ts';
import type { RunOptions } from './options.ts';
import type { Session } from './session.ts';
import type { Surveyed } from './surveying.ts';

export type Lines = Readonly<Record<Item['format'], FormatLine>>;

/** The two lines; what masking needs is known only after the survey, so it is handed in by `open`. */
export function formatLines(
  session: Session,
  bothReaders: boolean,
): { lines: Lines; open: (context: MaskingContext) => void } {
  let context: MaskingContext | undefined;
  let dicomMasker: DicomMasker | undefined;
  const masking = (): MaskingContext => {
    if (context === undefined) throw new Error('masking began before the survey ended');
    return context;
  };
  const masker = (): DicomMasker => {
    dicomMasker ??= new DicomMasker(masking(), VERSION);
    return dicomMasker;
  };
  const { project } = session.loaded;
  const shared = { filters: new DatasetFilters(session.loaded), crosswalk: session.crosswalk, bothReaders };
  return {
    lines: {
      dicom: new DicomLine({ ...shared, limits: project.limits, masker }),
      hl7: new Hl7Line({ ...shared, project, masking }),
    },
    open: (opened) => {
      context = opened;
    },
  };
}

/** Phase 1 over all sources. */
export async function maskAll(
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
export function maskingContext(session: Session, surveyed: Surveyed, detection: Detection): MaskingContext {
  return {
    project: session.loaded.project,
    cleaner: detection.cleaner(),
    now: session.startedAt,
    studyTimes: surveyed.studyTimes,
    ...patientEvents(session.loaded),
  };
}
