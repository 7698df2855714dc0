import { existsSync } from 'node:fs';
import { type BlankedSeries, blankSeries } from './blank-series.ts';
import { maskAgain } from './epoch.ts';
import type { HeadVolumes } from './head-volumes.ts';
import type { BlankedFace, Item, SourceDetails } from './item.ts';
import { stagedPath } from './masking.ts';
import type { Session } from './session.ts';
import type { Surveyed } from './surveying.ts';

/** How the report counts a file in which a face was blanked. */
export const BLANK_FACE = { attribute: 'PixelData (7FE0,0010)', action: 'blank face' };

/**
 * Blanks the faces of the series that would render one, in their staged files, and audits the staged series afresh.
 * @returns the series that would render a face still: their files are held
 */
export async function blankFaces(
  session: Session,
  surveyed: Surveyed,
  signal: AbortSignal | undefined,
): Promise<HeadVolumes> {
  const left = new Map(surveyed.headVolumes);
  for (const [series, items] of seriesOf(surveyed)) {
    signal?.throwIfAborted();
    if (!isSettled(session, items)) settle(session, items, await blankAll(session, items, signal));
    if (items.every((item) => isConfirmed(faceOf(session, item)))) left.delete(series);
  }
  return left;
}

/**
 * Sends series of which a killed run settled nothing, or a file had to be masked again, through masking as a whole: the face of a
 * series is blanked and audited over all its files.
 */
export function maskUnsettledAgain(session: Session, surveyed: Surveyed): void {
  for (const items of seriesOf(surveyed).values()) if (!isSettled(session, items)) maskAgain(session, items);
}

/** The files of each series that would render a face. */
function seriesOf({ items, surveys, headVolumes }: Surveyed): Map<string, Item[]> {
  const found = new Map<string, Item[]>();
  if (headVolumes.size === 0) return found;
  for (const item of items) {
    const series = item.format === 'dicom' ? surveys(item.id).planes?.series : undefined;
    if (series === undefined || !headVolumes.has(series)) continue;
    const files = found.get(series);
    if (files === undefined) found.set(series, [item]);
    else files.push(item);
  }
  return found;
}

const faceOf = (session: Session, { id }: Item): BlankedFace | undefined =>
  ((session.store.sources.get(id)?.details ?? {}) as SourceDetails).face;

const isConfirmed = (face: BlankedFace | undefined): boolean => face !== undefined && face.why === undefined;

/** Whether all files of a series are behind this, in this run or in the one that it goes on with. */
function isSettled(session: Session, items: readonly Item[]): boolean {
  return items.every((item) => {
    const record = session.store.sources.get(item.id);
    const isThere = record?.phase === 'done' || isStaged(session, item);
    return isThere && faceOf(session, item) !== undefined;
  });
}

/** Whether a masked copy of a source waits in staging. */
const isStaged = (session: Session, item: Item): boolean =>
  session.store.sources.get(item.id)?.phase === 'masked' && existsSync(stagedPath(session, item));

/** All files of a series together, so that a run which is killed finds all of them settled or none. */
function settle(session: Session, items: readonly Item[], { boxes, sha256, why }: BlankedSeries): void {
  const { store } = session;
  store.transaction(() => {
    for (const item of items) {
      const blanked = boxes.get(item) ?? [];
      const sha256Out = sha256.get(item);
      const details = (store.sources.get(item.id)?.details ?? {}) as SourceDetails;
      store.sources.update(item.id, {
        details: { ...details, face: { blanked, ...(why !== undefined && { why }) } },
        ...(sha256Out !== undefined && { sha256Out }),
      });
      if (blanked.length > 0) store.actions.add(item.id, [BLANK_FACE]);
    }
  });
}

async function blankAll(
  session: Session,
  items: readonly Item[],
  signal: AbortSignal | undefined,
): Promise<BlankedSeries> {
  if (items.every((item) => isStaged(session, item))) return blankSeries(session, items, signal);
  return { boxes: new Map(), sha256: new Map(), why: 'a file of the series could not be masked' };
}
