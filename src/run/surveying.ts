import type { FileSource } from '../input/file-source.ts';
import { type Found, walk } from '../input/walk.ts';
import type { SourceRecord } from '../store/sources.ts';
import { inBatches } from './batches.ts';
import { type HeadVolumes, VolumeCheck } from './head-volumes.ts';
import { endOfProblem, reasonOf, type Sorted, sortFile } from './inventory.ts';
import { endSource, type Item, withFile } from './item.ts';
import type { FormatLine, SourceSurvey } from './line.ts';
import type { RunEvents } from './options.ts';
import type { Session } from './session.ts';

/** What the first look at all sources gave. */
export interface Surveyed {
  /** Sources with a way through the house, in the order of the walk. */
  readonly items: readonly Item[];
  readonly surveys: (id: string) => SourceSurvey;
  readonly studyTimes: ReadonlyMap<string, number>;
  readonly studies: number;
  readonly patients: number;
  readonly headVolumes: HeadVolumes;
  /** A file that an earlier run did not know, or that changed: the known identifiers are others. */
  readonly isNew: boolean;
}

/**
 * Phase 0. Looks at every source: sorts it by content, applies the filters, learns whose it is and which identifiers it
 * holds. `learn` gets every identifier. Then patients are joined, in one call, so that the order of sources does not matter.
 */
export async function surveySources(
  session: Session,
  lines: Readonly<Record<Item['format'], FormatLine>>,
  learn: Learn,
  events: RunEvents,
  signal: AbortSignal | undefined,
  basis: string,
): Promise<Surveyed> {
  const found = [...walk(session.paths.input, { exclude: [session.paths.out, session.paths.work] })];
  events.phase?.('survey', found.length);
  const gathered = new Gathered(learn, session.store.meta.get(BASIS) === basis);
  await inBatches(session.store, found, signal, (file) => {
    surveyOne(session, lines, file, gathered);
    events.step?.();
  });
  session.store.meta.set(BASIS, basis);
  const { patients } = session.crosswalk.join(gathered.patients);
  return {
    items: gathered.items,
    surveys: (id) => readSurvey(session, id),
    studyTimes: gathered.studyTimes,
    studies: gathered.studies.size,
    patients,
    headVolumes: await gathered.volumes.judge(session.loaded.project.limits),
    isNew: gathered.isNew,
  };
}

/** Takes in the identifiers of a source, and whose they are. */
export type Learn = (survey: Pick<SourceSurvey, 'known' | 'persons'>) => void;

/** Where the store remembers what the surveys rest on. */
const BASIS = 'survey-basis';

class Gathered {
  readonly items: Item[] = [];
  readonly patients: SourceSurvey['patients'][number][] = [];
  readonly studyTimes = new Map<string, number>();
  readonly studies = new Set<string>();
  readonly volumes = new VolumeCheck();
  isNew = false;
  /** Surveys of an earlier run rest on the same settings and lists. */
  readonly mayReuse: boolean;
  readonly #learn: Learn;

  constructor(learn: Learn, mayReuse: boolean) {
    this.mayReuse = mayReuse;
    this.#learn = learn;
  }

  take(survey: SourceSurvey, path: Buffer | string): void {
    if (survey.filtered !== 'all') this.volumes.add(path, survey.planes);
    for (const keys of survey.patients) this.patients.push(keys); // a batch has more than a call takes arguments
    this.#learn(survey);
    for (const study of survey.studies) this.studies.add(study);
    for (const [study, seconds] of survey.studyTimes) {
      const earliest = this.studyTimes.get(study);
      if (earliest === undefined || seconds < earliest) this.studyTimes.set(study, seconds);
    }
  }
}

function surveyOne(
  session: Session,
  lines: Readonly<Record<Item['format'], FormatLine>>,
  file: Found,
  gathered: Gathered,
): void {
  const { store, runId } = session;
  const size = file.kind === 'file' ? file.size : 0;
  const mtimeNs = file.kind === 'file' ? file.mtimeNs : 0n;
  const { source, change } = store.sources.seen({ path: file.relative, size, mtimeNs }, runId);
  if (change !== 'same') gathered.isNew = true;
  // A source that a filter leaves out now must not keep the findings of a run that had it.
  else if (!gathered.mayReuse) store.sources.startAgain(source.id, { size, mtimeNs });
  if (file.kind === 'problem') {
    endAs(session, source.id, endOfProblem(file));
    return;
  }
  try {
    surveyFile(session, lines, { source, file, fresh: change !== 'same' }, gathered);
  } catch (error) {
    const { reason, explain } = reasonOf(error);
    endSource(store, source.id, {
      format: source.format ?? 'unknown',
      status: 'quarantined',
      reason,
      details: { explain },
    });
  }
}

function surveyFile(
  session: Session,
  lines: Readonly<Record<Item['format'], FormatLine>>,
  { source, file, fresh }: { source: SourceRecord; file: Extract<Found, { kind: 'file' }>; fresh: boolean },
  gathered: Gathered,
): void {
  const { store } = session;
  const earlier = fresh || !gathered.mayReuse ? undefined : store.surveys.get(source.id);
  if (earlier !== undefined && (source.format === 'dicom' || source.format === 'hl7')) {
    const survey = JSON.parse(earlier) as SourceSurvey;
    gathered.take(survey, file.path);
    if (survey.filtered !== 'all') gathered.items.push({ id: source.id, found: file, format: source.format });
    return;
  }
  const { sorted, survey } = withFile(
    file.path,
    (opened) => sortAndSurvey(session, lines, source.id, file, opened),
    { headOnly: true, buffer: session.buffer },
  );
  if (sorted.kind === 'ended' || survey === undefined) {
    endAs(session, source.id, sorted);
    return;
  }
  const { format } = sorted;
  if (session.keepsSurvey(format)) store.surveys.put(source.id, JSON.stringify(survey));
  gathered.take(survey, file.path);
  const details = { anomalies: survey.anomalies, studies: survey.studies.length };
  if (survey.filtered === 'all') {
    endSource(store, source.id, {
      format,
      status: 'skipped',
      reason: 'filtered',
      details: { ...details, explain: 'left out by a filter of the project' },
    });
    return;
  }
  store.sources.update(source.id, { phase: 'surveyed', format, details });
  gathered.items.push({ id: source.id, found: file, format });
}

function sortAndSurvey(
  session: Session,
  lines: Readonly<Record<Item['format'], FormatLine>>,
  id: string,
  file: Extract<Found, { kind: 'file' }>,
  opened: FileSource,
): { sorted: Sorted; survey?: SourceSurvey } {
  const sorted = sortFile(file, opened);
  if (sorted.kind === 'ended') return { sorted };
  try {
    return { sorted, survey: lines[sorted.format].survey(opened) };
  } catch (error) {
    session.store.sources.update(id, { format: sorted.format });
    throw error;
  }
}

function endAs(session: Session, id: string, end: Sorted): void {
  if (end.kind !== 'ended') return;
  const { format, status, reason, explain } = end;
  endSource(session.store, id, { format, status, reason, details: { explain } });
}

function readSurvey(session: Session, id: string): SourceSurvey {
  const text = session.store.surveys.get(id);
  if (text === undefined) throw new Error('a source has no survey');
  return JSON.parse(text) as SourceSurvey;
}
