import { createHash, randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, futimesSync, openSync, renameSync, unlinkSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PhiGateError } from '../errors.ts';
import type { ByteSink } from '../splice.ts';

/** Modification time of everything that is released: the real one would say when somebody was treated or processed. */
export const FIXED_TIME = new Date('2000-01-01T00:00:00Z');

const BUFFER = 1 << 18;
const TEMPORARY = /^\.phi-gate-[0-9a-f]{16}\.tmp$/;

/** Whether a file name is one that a killed writer may have left behind. */
export const isTemporaryName = (name: string): boolean => TEMPORARY.test(name);

export interface AtomicFileOptions {
  /** Flush file and folder to the disk before the file counts as written. Default false. */
  readonly fsync?: boolean;
  /**
   * Write under the final name from the start: for a place of one's own, where something else says which files are whole.
   * `abort` still removes the file. Default false.
   */
  readonly inPlace?: boolean;
  /** Give the file `FIXED_TIME`. Default true. */
  readonly fixedTime?: boolean;
}

export interface Written {
  /** Lower-case hex. */
  readonly sha256: string;
  readonly size: number;
}

/**
 * A file that is there whole or not at all: written under a temporary name in the same folder with mode 0600, hashed on
 * the way, renamed by `commit`, gone after `abort`. An existing file of the name is replaced.
 * All methods throw PhiGateError `disk`, and leave no temporary file behind when they do.
 */
export class AtomicFile implements ByteSink {
  readonly #path: string;
  readonly #temporary: string;
  readonly #options: AtomicFileOptions;
  readonly #hash = createHash('sha256');
  readonly #buffer = Buffer.allocUnsafe(BUFFER);
  #buffered = 0;
  #size = 0;
  #descriptor: number | undefined;

  constructor(path: string, options: AtomicFileOptions = {}) {
    this.#path = path;
    this.#options = options;
    this.#temporary = options.inPlace
      ? path
      : join(dirname(path), `.phi-gate-${randomBytes(8).toString('hex')}.tmp`);
    this.#descriptor = onDisk(() => openSync(this.#temporary, options.inPlace ? 'w' : 'wx', 0o600));
  }

  write(bytes: Uint8Array): void {
    this.#size += bytes.length;
    if (bytes.length > BUFFER - this.#buffered) this.#drain();
    if (bytes.length >= BUFFER) this.#put(bytes);
    else {
      this.#buffer.set(bytes, this.#buffered);
      this.#buffered += bytes.length;
    }
  }

  /** Closes the file and gives it its name. */
  commit(): Written {
    this.#drain();
    this.#guarded((descriptor) => {
      if (this.#options.fixedTime !== false) futimesSync(descriptor, FIXED_TIME, FIXED_TIME);
      if (this.#options.fsync) fsyncSync(descriptor);
      closeSync(descriptor);
      this.#descriptor = undefined;
      if (!this.#options.inPlace) renameSync(this.#temporary, this.#path);
      if (this.#options.fsync) syncFolder(dirname(this.#path));
    });
    return { sha256: this.#hash.digest('hex'), size: this.#size };
  }

  /** Closes and removes what was written. Harmless after `commit` or a second time. */
  abort(): void {
    if (this.#descriptor === undefined) return;
    ignoreErrors(closeSync, this.#descriptor);
    this.#descriptor = undefined;
    ignoreErrors(unlinkSync, this.#temporary);
  }

  #drain(): void {
    if (this.#buffered === 0) return;
    const bytes = this.#buffer.subarray(0, this.#buffered);
    this.#buffered = 0;
    this.#put(bytes);
  }

  #put(bytes: Uint8Array): void {
    this.#hash.update(bytes);
    this.#guarded((descriptor) => {
      for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at, bytes.length - at);
    });
  }

  #guarded(action: (descriptor: number) => void): void {
    const descriptor = this.#descriptor;
    if (descriptor === undefined) throw new PhiGateError('internal', 'a closed file was written to');
    try {
      onDisk(() => action(descriptor));
    } catch (error) {
      if (this.#descriptor === undefined) ignoreErrors(unlinkSync, this.#temporary);
      else this.abort();
      throw error;
    }
  }
}

/** Writes `bytes` to `path`, whole or not at all. @throws PhiGateError `disk`. */
export function writeAtomically(path: string, bytes: Uint8Array, options?: AtomicFileOptions): Written {
  const file = new AtomicFile(path, options);
  file.write(bytes);
  return file.commit();
}

/**
 * Runs `action`, and turns a refusal of the file system into PhiGateError `disk`. The system's own message is left out:
 * it holds the path.
 */
export function onDisk<T>(action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw diskError(error);
  }
}

function diskError(error: unknown): unknown {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  if (error instanceof PhiGateError || typeof code !== 'string') return error;
  if (code === 'ENOSPC') return new PhiGateError('disk', 'the disk is full; free some space and run again');
  if (code === 'EDQUOT')
    return new PhiGateError('disk', 'the disk quota is used up; free some space and run again');
  return new PhiGateError('disk', `the output cannot be written (${code})`);
}

function syncFolder(folder: string): void {
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function ignoreErrors<T>(action: (argument: T) => void, argument: T): void {
  try {
    action(argument);
  } catch {
    // Cleaning up after another error: that one is reported.
  }
}
