import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { PhiGateError } from '../errors.ts';
import { onDisk } from '../ports/output.ts';
import { WORK_FILES } from './work-folder.ts';

/** Who holds the work folder. */
export interface LockHolder {
  readonly host: string;
  readonly pid: number;
  /** ISO 8601, UTC: when the run took the lock. */
  readonly start: string;
  /** When the process began, in the system's clock ticks (Linux): tells a reused process id from the holder. */
  readonly processStart?: string;
}

export interface RunLock {
  /** Gives the work folder back. Harmless a second time. */
  release(): void;
}

/**
 * Takes the work folder for this process. A lock whose process on this host is dead is taken over; one of another host
 * cannot be judged from here and stands.
 * @throws PhiGateError `usage` that names host, process and start of the holder.
 */
export function acquireLock(workDir: string, now: Date = new Date()): RunLock {
  const path = join(workDir, WORK_FILES.lock);
  const processStart = processStartOf(process.pid);
  const own: LockHolder = {
    host: hostname(),
    pid: process.pid,
    start: now.toISOString(),
    ...(processStart !== undefined && { processStart }),
  };
  const text = JSON.stringify(own);
  for (let attempt = 0; attempt < 5; attempt++) {
    if (create(path, text)) return { release: () => release(path, text) };
    const current = read(path);
    if (current === undefined) continue;
    const holder = parse(current);
    if (holder && isAlive(holder)) throw inUse(holder);
    discard(path, current);
  }
  throw new PhiGateError('usage', 'other runs are taking this work folder at the same moment; run again');
}

/** Made whole under another name first: a reader never meets half a lock. */
function create(path: string, text: string): boolean {
  const temporary = `${path}.${randomBytes(6).toString('hex')}`;
  onDisk(() => writeFileSync(temporary, text, { mode: 0o600, flag: 'wx' }));
  try {
    linkSync(temporary, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    return onDisk(() => {
      throw error;
    });
  } finally {
    unlinkSync(temporary);
  }
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** Removes a stale lock, and puts it back where another run had replaced it in the meantime. */
function discard(path: string, stale: string): void {
  const aside = `${path}.${randomBytes(6).toString('hex')}`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  try {
    if (read(aside) !== stale) linkSync(aside, path);
  } catch {
    // A third run has taken the place meanwhile; it holds the lock now.
  }
  unlinkSync(aside);
}

function release(path: string, own: string): void {
  if (read(path) === own) unlinkSync(path);
}

function parse(text: string): LockHolder | undefined {
  try {
    const holder = JSON.parse(text) as Partial<LockHolder>;
    return typeof holder.pid === 'number' && typeof holder.host === 'string'
      ? (holder as LockHolder)
      : undefined;
  } catch {
    return undefined;
  }
}

function isAlive(holder: LockHolder): boolean {
  if (holder.host !== hostname()) return true;
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  const started = processStartOf(holder.pid);
  return started === undefined || holder.processStart === undefined || started === holder.processStart;
}

/** Field 22 of /proc/PID/stat; undefined on other systems. */
function processStartOf(pid: number): string | undefined {
  const stat = read(`/proc/${pid}/stat`);
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
}

function inUse(holder: LockHolder): PhiGateError {
  return new PhiGateError(
    'usage',
    `another run holds this work folder: process ${holder.pid} on ${holder.host} since ${holder.start}; wait for it, or remove ${WORK_FILES.lock} if that run is known to be dead`,
  );
}
