import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { openCrosswalk, type ProjectCrosswalk } from '../crosswalk/crosswalk.ts';
import { PhiGateError } from '../errors.ts';
import { assertSeparate } from '../input/separate.ts';
import { type Clock, systemClock } from '../ports/clock.ts';
import { onDisk } from '../ports/output.ts';
import { systemRandom } from '../ports/random.ts';
import { type LoadedProject, loadProject, resolveBeside } from '../project/load.ts';
import { loadProjectKeys } from '../store/keys.ts';
import { acquireLock, type RunLock } from '../store/lock.ts';
import { openStore, type Store } from '../store/store.ts';
import { prepareWorkFolder } from '../store/work-folder.ts';
import type { RunOptions } from './options.ts';

/** Folders of a run, absolute. */
export interface RunPaths {
  readonly input: string;
  readonly out: string;
  readonly work: string;
  /** Released files; for `mask` alone its output, which nobody audited. */
  readonly data: string;
  /** Masked and not yet audited; beside `data` so that a release is a rename. Gone at the end of a run. */
  readonly staging: string;
  readonly report: string;
}

/** A run over a work folder: project, store, crosswalk, and the lock that keeps other runs out. */
export interface Session {
  readonly runId: string;
  readonly startedAt: Date;
  readonly loaded: LoadedProject;
  readonly paths: RunPaths;
  readonly store: Store;
  readonly crosswalk: ProjectCrosswalk;
  /** Says which values no new code may be equal to; known once all sources are surveyed. */
  forbid(isKnown: (value: string) => boolean): void;
  readonly clock: Clock;
  /**
   * Whether the survey of a source is kept for later. `mask` alone asks for that of HL7 files only (which messages the
   * filters leave out): it audits nothing and begins anew each time.
   */
  keepsSurvey(format: 'dicom' | 'hl7'): boolean;
  /** Whether actions are counted, for a report. */
  readonly countsActions: boolean;
  /** Memory that one file after another is read into: new memory for each costs more than the reading. */
  readonly buffer: Buffer;
  /** Makes a folder where it is missing; asks the file system once for each. */
  makeFolder(path: string): void;
  close(): void;
}

/** Slices and messages fit; larger files get a window of their own. */
const READ_BUFFER = 2 << 20;

/** Where the work folder lies when nobody says: beside the release folder, never inside it. */
export const defaultWork = (out: string): string => `${resolve(out)}.work`;

/**
 * Opens everything that a run needs, making folders and keys where there are none.
 * @throws PhiGateError `usage` for a bad project file or overlapping folders, `crosswalk`, `disk`.
 */
export function openSession(options: RunOptions, command: 'run' | 'mask'): Session {
  const loaded = loadProject(options.project);
  const paths = pathsOf(options, command);
  assertSeparate(options.input, paths.out, paths.work);
  prepareWorkFolder(paths.work);
  const clock = options.clock ?? systemClock;
  const lock = acquireLock(paths.work, clock.now());
  try {
    return open(options, command, loaded, paths, clock, lock);
  } catch (error) {
    lock.release();
    throw error;
  }
}

function open(
  options: RunOptions,
  command: 'run' | 'mask',
  loaded: LoadedProject,
  paths: RunPaths,
  clock: Clock,
  lock: RunLock,
): Session {
  const keys = loadProjectKeys(paths.work, { create: true });
  const store = openStore(paths.work, keys);
  let isKnown = (_value: string): boolean => false;
  const crosswalk = openCrosswalk(
    store,
    keys,
    { project: loaded.project, forbid: (code) => isKnown(code) },
    options.random ?? systemRandom,
  );
  importCodes(crosswalk, loaded);
  onDisk(() => {
    mkdirSync(paths.out, { recursive: true });
    mkdirSync(paths.data, { recursive: true });
    mkdirSync(paths.staging, { recursive: true, mode: 0o700 });
  });
  const made = new Set<string>();
  const runId = randomBytes(8).toString('hex');
  const startedAt = clock.now();
  store.runs.start({ id: runId, command, startedAt: startedAt.toISOString(), projectSha256: loaded.sha256 });
  return {
    runId,
    startedAt,
    loaded,
    paths,
    store,
    crosswalk,
    forbid: (test) => {
      isKnown = test;
    },
    clock,
    keepsSurvey: (format) => command === 'run' || format === 'hl7',
    countsActions: command === 'run',
    buffer: Buffer.allocUnsafe(READ_BUFFER),
    makeFolder: (path) => {
      if (made.has(path)) return;
      onDisk(() => mkdirSync(path, { recursive: true }));
      made.add(path);
    },
    close: () => {
      store.close();
      lock.release();
    },
  };
}

function pathsOf(options: RunOptions, command: 'run' | 'mask'): RunPaths {
  const out = resolve(options.out);
  // What `mask` alone makes is never called data, and goes to its place without a stage: nobody audits it.
  const data = join(out, command === 'mask' ? 'not-audited' : 'data');
  return {
    input: resolve(options.input),
    out,
    work: resolve(options.work ?? defaultWork(options.out)),
    data,
    staging: command === 'mask' ? data : join(out, '.staging'),
    report: join(out, 'report'),
  };
}

function importCodes(crosswalk: ProjectCrosswalk, { project, folder }: LoadedProject): void {
  if (project.importCodes === undefined) return;
  crosswalk.importCodes(readBeside(folder, project.importCodes, 'importCodes'));
}

/** A text file that project.yaml names. @throws PhiGateError `usage` naming the key and not the path. */
export function readBeside(folder: string, file: string, key: string): string {
  try {
    return readFileSync(resolveBeside(folder, file), 'utf8');
  } catch (cause) {
    throw new PhiGateError(
      'usage',
      `the file that \`${key}\` of the project names cannot be read`,
      {},
      cause,
    );
  }
}
