import { existsSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PhiGateError } from '../errors.ts';
import { hashFile, openFile } from '../input/file-source.ts';
import { AtomicFile } from '../ports/output.ts';
import { type Item, quarantine, type SourceDetails } from './item.ts';
import type { FormatLine } from './line.ts';
import type { Session } from './session.ts';
import type { Surveyed } from './surveying.ts';

/** Random like the id of the source; says the format and nothing else (names of released files are `[a-z0-9-]`). */
export const outputName = ({ id, format }: Pick<Item, 'id' | 'format'>): string =>
  `${format}/${id.slice(0, 1)}/${format}-${id}`;

/** Where a masked source waits for its audit. */
export const stagedPath = (session: Session, item: Pick<Item, 'id' | 'format'>): string =>
  join(session.paths.staging, outputName(item));

/**
 * Phase 1 for one source: masks it into staging. True where there is a staged file afterwards; else the source has ended.
 * Codes are committed before the file that shows them has its name.
 */
export function maskSource(session: Session, item: Item, surveyed: Surveyed, line: FormatLine): boolean {
  const { store } = session;
  const record = store.sources.get(item.id);
  if (record?.phase === 'done') return false;
  if (record?.phase === 'masked' && existsSync(stagedPath(session, item))) return true;
  const details = asItWas((record?.details ?? {}) as SourceDetails);
  try {
    maskInto(session, item, surveyed, line, details);
    return true;
  } catch (error) {
    quarantine(store, item, details, error);
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
  const source = openFile(item.found.path, { buffer: session.buffer });
  const out = stagedFile(session, item);
  try {
    const { actions, parts, edits } = line.mask(source, () => surveyed.surveys(item.id), out);
    const sha256In = hashFile(source);
    if (source.hasChanged())
      throw new PhiGateError('unreadable', 'it changed while it was read; run again when it is at rest');
    const { sha256 } = out.commit();
    store.transaction(() => {
      if (session.countsActions) store.actions.put(item.id, actions);
      store.sources.update(item.id, {
        phase: 'masked',
        sha256In,
        sha256Out: sha256,
        parts: parts === undefined ? null : { released: parts.kept.length, withheld: parts.withheld },
        details: {
          ...details,
          ...(parts && { kept: parts.kept, withheld: parts.withheld }),
          ...(edits && { edits }),
        },
      });
    });
  } finally {
    out.abort();
    source.close();
  }
}

/** A file that is masked anew has its pixels as they were. */
function asItWas({ redaction: _, unredacted: __, face: ___, ...details }: SourceDetails): SourceDetails {
  return details;
}

/** A staged file needs no temporary name: it counts only where the store says that its source is masked. */
export function stagedFile(session: Session, item: Pick<Item, 'id' | 'format'>): AtomicFile {
  const path = stagedPath(session, item);
  session.makeFolder(dirname(path));
  return new AtomicFile(path, { inPlace: true });
}

/** Removes what waits in staging: masked copies that were not released are made again from their sources. */
export function clearStaging(session: Session): void {
  rmSync(session.paths.staging, { recursive: true, force: true });
}
