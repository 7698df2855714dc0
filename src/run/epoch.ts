import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { PhiGateError } from '../errors.ts';
import { hashFile } from '../input/file-source.ts';
import { isTemporaryName } from '../ports/output.ts';
import { withdraw } from './auditing.ts';
import { type Item, withFile } from './item.ts';
import { outputName } from './masking.ts';
import type { Session } from './session.ts';
import type { Surveyed } from './surveying.ts';

const EPOCH = 'epoch';

/**
 * Opens the epoch of a run: project, program, handed-over identifiers and sources together decide what is looked for and
 * how values are masked. Where all are as they were, a run goes on where the last one stopped; where one is another, every
 * source goes through masking and audit again (with the codes it has), because an identifier learnt from a new file must be
 * looked for in the old ones too. What an earlier run released and this one does not go on with is withdrawn: sources that
 * are gone from the input, that a filter or a list now leaves out, or that can no longer be read.
 */
export function openEpoch(
  session: Session,
  surveyed: Surveyed,
  basis: string,
  knownSha256: string,
): { resumed: boolean; withdrawn: number } {
  const { store, runId } = session;
  for (const { id, output } of store.sources.notSeen(runId)) {
    if (output !== undefined) store.sources.update(id, { output: null, status: null, phase: 'found' });
  }
  const withdrawn = withdrawAllBut(session, new Set(surveyed.items.map(outputName)));
  const epoch = createHash('sha256').update(JSON.stringify([basis, knownSha256]));
  for (const { id, found } of surveyed.items) epoch.update(`${id} ${found.size} ${found.mtimeNs}\n`);
  const digest = epoch.digest('hex');
  const resumed = store.meta.get(EPOCH) === digest;
  if (resumed) releaseAgainWhatIsNotThere(session, surveyed);
  else maskAgain(session, surveyed.items);
  store.meta.set(EPOCH, digest);
  return { resumed, withdrawn };
}

/**
 * The folder itself is asked, not the store: whatever ended a source since, its file is no longer there. Files of others,
 * which `mask` may find in its folder, stay.
 */
function withdrawAllBut(session: Session, goingOn: ReadonlySet<string>): number {
  const stale = filesUnder(session.paths.data, '').filter(
    (file) => !goingOn.has(file) && isOwn(session, file),
  );
  for (const file of stale) withdraw(session, file);
  return stale.length;
}

/** Sends sources through masking and audit once more, with the codes that they have. */
export function maskAgain(session: Session, items: readonly Item[]): void {
  for (const { id } of items) {
    const record = session.store.sources.get(id);
    if (record?.output !== undefined) withdraw(session, record.output);
    forgetEnd(session, id);
  }
}

/** Released files that are gone from the release folder, or are not what passed the gate, go through the house again. */
function releaseAgainWhatIsNotThere(session: Session, { items }: Surveyed): void {
  for (const { id } of items) {
    const record = session.store.sources.get(id);
    if (record?.status !== 'released' || record.output === undefined) continue;
    const path = join(session.paths.data, record.output);
    if (!existsSync(path) || withFile(path, hashFile) !== record.sha256Out) forgetEnd(session, id);
  }
}

function forgetEnd({ store }: Session, id: string): void {
  store.transaction(() => {
    store.findings.replace(id, []);
    store.sources.update(id, {
      phase: 'surveyed',
      status: null,
      reason: null,
      output: null,
      sha256Out: null,
      parts: null,
    });
  });
}

/**
 * Refuses a release folder that holds files which no run of this work folder put there: `data/` holds what passed the
 * gate and nothing else. Temporary files of a killed run do not count.
 * @throws PhiGateError `usage`.
 */
export function assertOwnRelease(session: Session): void {
  for (const file of filesUnder(session.paths.data, '')) {
    if (!isOwn(session, file) && !isTemporaryName(file.split('/').pop() ?? '')) {
      throw new PhiGateError(
        'usage',
        'the release folder holds files that this project did not release; choose an empty one',
      );
    }
  }
}

/** Whether a file under `data/` has the name that a source of this work folder is given. */
function isOwn({ store }: Session, file: string): boolean {
  const [format, , name = ''] = file.split('/');
  if (format !== 'dicom' && format !== 'hl7') return false;
  const id = name.slice(format.length + 1);
  return file === outputName({ id, format }) && store.sources.get(id) !== undefined;
}

function filesUnder(folder: string, prefix: string): string[] {
  return readdirSync(join(folder, prefix), { withFileTypes: true }).flatMap((entry) => {
    const path = prefix === '' ? entry.name : `${prefix}/${entry.name}`;
    return entry.isDirectory() ? filesUnder(folder, path) : [path];
  });
}
