import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { PhiGateError } from '../errors.ts';
import { hashFile, openFile } from '../input/file-source.ts';
import { AtomicFile } from '../ports/output.ts';
import { reasonOf } from './inventory.ts';
import { endSource, type Item, type SourceDetails } from './item.ts';
import type { FormatLine } from './line.ts';
import type { Session } from './session.ts';
import type { Surveyed } from './surveying.ts';

/** Where a masked source waits for its audit. */
export const stagedPath = (session: Session, id: string): string => join(session.paths.staging, id);

/**
 * Phase 1 for one source: masks it into staging. True where there is a staged file afterwards; else the source has ended.
 * Codes are committed before the file that shows them has its name.
 */
export function maskSource(session: Session, item: Item, surveyed: Surveyed, line: FormatLine): boolean {
  const { store } = session;
  const record = store.sources.get(item.id);
  if (record?.phase === 'masked' && existsSync(stagedPath(session, item.id))) return true;
  const details = (record?.details ?? {}) as SourceDetails;
  try {
    maskInto(session, item, surveyed, line, details);
    return true;
  } catch (error) {
    if (error instanceof PhiGateError && (error.code === 'crosswalk' || error.code === 'disk')) throw error;
    const { reason, explain } = reasonOf(error);
    endSource(store, item.id, {
      format: item.format,
      status: 'quarantined',
      reason,
      details: { ...details, explain },
    });
    return false;
  }
}

function maskInto(
  session: Session,
  item: Item,
  surveyed: Surveyed,
  line: FormatLine,
  details: SourceDetails,
): void {
  const { store } = session;
  const source = openFile(item.found.path);
  const out = new AtomicFile(stagedPath(session, item.id));
  try {
    const { actions, parts } = line.mask(source, surveyed.surveys(item.id), out);
    const sha256In = hashFile(source);
    if (source.hasChanged())
      throw new PhiGateError('unreadable', 'it changed while it was read; run again when it is at rest');
    const { sha256 } = out.commit();
    store.transaction(() => {
      store.actions.put(item.id, actions);
      store.sources.update(item.id, {
        phase: 'masked',
        sha256In,
        sha256Out: sha256,
        parts: parts === undefined ? null : { released: parts.kept, withheld: parts.withheld },
        details: { ...details, ...(parts && { staged: parts.kept, withheld: parts.withheld }) },
      });
    });
  } finally {
    out.abort();
    source.close();
  }
}

/** Removes what waits in staging: masked copies that were not released are made again from their sources. */
export function clearStaging(session: Session): void {
  rmSync(session.paths.staging, { recursive: true, force: true });
}
