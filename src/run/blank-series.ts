import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { auditSlices } from '../audit/dicom/slices.ts';
import { faceLeft } from '../audit/face-proof.ts';
import { readDicom } from '../dicom/file.ts';
import { CoarseBuilder, type CoarseVolume } from '../dicom/volume/coarse.ts';
import { writeDicom } from '../dicom/write.ts';
import { PhiGateError } from '../errors.ts';
import { blankDicom } from '../mask/dicom/blank/blanking.ts';
import { boxesInFront } from '../mask/dicom/blank/boxes.ts';
import { planFaceCut } from '../mask/dicom/blank/plan.ts';
import { takeSlices } from '../mask/dicom/blank/slices.ts';
import type { BlackedOut } from '../model/redaction.ts';
import { AtomicFile, onDisk } from '../ports/output.ts';
import { workSubfolder } from '../store/work-folder.ts';
import { writeFacePreview } from './face-preview.ts';
import { type Item, withFileAsync } from './item.ts';
import { stagedPath } from './masking.ts';
import type { Session } from './session.ts';
import { type WholeSeries, wholeSeries } from './whole-series.ts';

/** Where the pictures for the reviewer lie in the work folder, each named by the first source of its series. */
const PREVIEWS = 'faces';

/** What became of the files of a series that would render a face. */
export interface BlankedSeries {
  /** What is air now. */
  readonly boxes: ReadonlyMap<Item, readonly BlackedOut[]>;
  /** Of the staged files that were written. */
  readonly sha256: ReadonlyMap<Item, string>;
  /** Why a face may still be seen; absent where the audit confirmed that there is none. */
  readonly why?: string;
}

/**
 * Blanks the face of one series in its staged files, and audits the staged series. What is cut is decided on the volume of all its
 * originals; of that volume cells of 4 mm are held and nothing else. A series that cannot be blanked keeps its files, as they
 * were or in part blanked: they are held either way.
 */
export async function blankSeries(
  session: Session,
  items: readonly Item[],
  signal: AbortSignal | undefined,
): Promise<BlankedSeries> {
  const [boxes, sha256] = [new Map<Item, readonly BlackedOut[]>(), new Map<Item, string>()];
  const why = await unlessUnreadable(async () => {
    const { limits } = session.loaded.project;
    const original = wholeSeries(items, ({ found }) => found.path, limits);
    if ('why' in original) return original.why;
    const cut = planFaceCut(await volumeOf(session, original), original.kind);
    if ('why' in cut) return cut.why;
    for (const item of items) {
      signal?.throwIfAborted();
      const planes = original.files.get(item) ?? [];
      const all = planes.flatMap((plane) => boxesInFront(cut, plane, original.rows, original.columns));
      sha256.set(item, await blankFile(session, item, all));
      boxes.set(item, all);
    }
    return await auditSeries(session, items, original, boxes);
  });
  return { boxes, sha256, ...(why !== undefined && { why }) };
}

/** What one file of a series lacks is said of all of it. */
async function unlessUnreadable(work: () => Promise<string | undefined>): Promise<string | undefined> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof PhiGateError) || error.code === 'disk' || error.code === 'crosswalk') throw error;
    return error.message;
  }
}

async function volumeOf(session: Session, { files, rows, columns }: WholeSeries): Promise<CoarseVolume> {
  const builder = new CoarseBuilder([...files.values()].flat(), rows, columns);
  for (const [item, planes] of files) {
    await withFileAsync(item.found.path, (source) =>
      takeSlices(source, planes, builder, session.loaded.project.limits),
    );
  }
  return builder.finish();
}

/** Puts a blanked copy in the place of a staged file. @returns its SHA-256 */
async function blankFile(session: Session, item: Item, boxes: readonly BlackedOut[]): Promise<string> {
  const { limits } = session.loaded.project;
  const path = stagedPath(session, item);
  const out = new AtomicFile(`${path}.blanked`);
  try {
    await withFileAsync(path, async (staged) => {
      const file = readDicom(staged, limits);
      const { head, edits } = await blankDicom(staged, file, boxes, limits);
      writeDicom(staged, file, head, edits, out);
    });
    const { sha256 } = out.commit();
    onDisk(() => renameSync(`${path}.blanked`, path));
    return sha256;
  } finally {
    out.abort();
  }
}

/** Reads the series before and after with the other reader, compares what it shows, and draws both for the reviewer. */
async function auditSeries(
  session: Session,
  items: readonly Item[],
  original: WholeSeries,
  boxes: ReadonlyMap<Item, readonly BlackedOut[]>,
): Promise<string | undefined> {
  const { limits } = session.loaded.project;
  const staged = wholeSeries(items, (item) => stagedPath(session, item), limits);
  if ('why' in staged) return staged.why;
  const read = async (series: WholeSeries, isBlanked: boolean): Promise<CoarseVolume | undefined> => {
    const builder = new CoarseBuilder([...series.files.values()].flat(), series.rows, series.columns);
    for (const [item, planes] of series.files) {
      const path = isBlanked ? stagedPath(session, item) : item.found.path;
      const blank = isBlanked ? (boxes.get(item) ?? []) : [];
      const isBlank = await withFileAsync(path, (source) =>
        auditSlices(source, planes, builder, blank, limits),
      );
      if (!isBlank) return undefined;
    }
    return builder.finish();
  };
  const [before, after] = [await read(original, false), await read(staged, true)];
  if (before === undefined || after === undefined) return 'the audit sees more than air where the face was';
  const [first] = items;
  const folder = workSubfolder(session.paths.work, PREVIEWS);
  if (first !== undefined)
    await writeFacePreview(join(folder, `${first.id}.png`), before, after, original.kind);
  return faceLeft(before, after, original.kind);
}
