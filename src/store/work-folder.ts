import { chmodSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { PhiGateError } from '../errors.ts';
import { isTemporaryName, onDisk } from '../ports/output.ts';

/** Names of what stands in the work folder. */
export const WORK_FILES = {
  store: 'store.sqlite',
  key: 'project.key',
  lock: 'run.lock',
} as const;

/**
 * Makes the private work folder with mode 0700, or closes an existing one to others.
 * @throws PhiGateError `usage` where the folder holds other things: its mode is not ours to change; `disk` where it
 * cannot be made.
 */
export function prepareWorkFolder(workDir: string): void {
  onDisk(() => mkdirSync(workDir, { recursive: true, mode: 0o700 }));
  const entries = onDisk(() => readdirSync(workDir));
  if (entries.length > 0 && !entries.some(isOurs)) {
    throw new PhiGateError(
      'usage',
      'the work folder holds files that are not of phi-gate; name an empty or a new folder',
    );
  }
  if ((statSync(workDir).mode & 0o777) !== 0o700) onDisk(() => chmodSync(workDir, 0o700));
}

/** A killed run may have left no more than a temporary file. */
function isOurs(name: string): boolean {
  return isTemporaryName(name) || Object.values(WORK_FILES).some((file) => name.startsWith(file));
}

/** A folder inside the work folder, mode 0700, made where it is missing. @returns its path. */
export function workSubfolder(workDir: string, name: string): string {
  const path = join(workDir, name);
  onDisk(() => mkdirSync(path, { recursive: true, mode: 0o700 }));
  return path;
}
