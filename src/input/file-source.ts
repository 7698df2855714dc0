import { createHash } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { PhiGateError } from '../errors.ts';
import type { ByteSource } from '../splice.ts';

/** Files up to this size are read in one go. */
const WHOLE = 8 << 20;
const WINDOW = 1 << 20;
const HEAD = 1 << 15;

/** A file of any size, read through one window. Views are valid until the next read. */
export interface FileSource extends ByteSource {
  readonly mtimeNs: bigint;
  /** Whether size or modification time changed since the file was opened: what was read is then not to be trusted. */
  hasChanged(): boolean;
  /** Harmless a second time. */
  close(): void;
}

export interface OpenFileOptions {
  /** A buffer to read into, so that many files in turn need no new memory; never for two open files at a time. */
  readonly buffer?: Buffer;
  /** Only the beginning will be read: a short window, and no reading of a small file in one go. */
  readonly headOnly?: boolean;
}

/**
 * Opens a regular file for reading.
 * @throws PhiGateError `unreadable`, without the path; `truncated` from `read` where the file became shorter.
 */
export function openFile(path: Buffer | string, options: OpenFileOptions = {}): FileSource {
  // Without O_NONBLOCK a pipe that took the place of the file would hold the run for ever.
  const descriptor = readable(() => openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)));
  try {
    return new WindowedFile(descriptor, options);
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}

class WindowedFile implements FileSource {
  readonly size: number;
  readonly mtimeNs: bigint;
  readonly #descriptor: number;
  readonly #whole: boolean;
  #window: Buffer;
  #start = 0;
  #length = 0;
  #open = true;

  constructor(descriptor: number, { buffer, headOnly }: OpenFileOptions) {
    this.#descriptor = descriptor;
    const status = readable(() => fstatSync(descriptor, { bigint: true }));
    if (!status.isFile()) throw new PhiGateError('unreadable', 'this is not a regular file');
    this.size = Number(status.size);
    this.mtimeNs = status.mtimeNs;
    this.#whole = this.size <= (headOnly ? HEAD : WHOLE);
    const needed = this.#whole ? this.size : headOnly ? HEAD : WINDOW;
    this.#window =
      buffer && buffer.length >= needed ? buffer.subarray(0, needed) : Buffer.allocUnsafe(needed);
  }

  read(offset: number, length: number): Uint8Array {
    const end = Math.min(offset + length, this.size);
    if (offset < 0 || offset >= end) return this.#window.subarray(0, 0);
    if (offset < this.#start || end > this.#start + this.#length) this.#fill(offset, end);
    return this.#window.subarray(offset - this.#start, end - this.#start);
  }

  hasChanged(): boolean {
    const status = readable(() => fstatSync(this.#descriptor, { bigint: true }));
    return Number(status.size) !== this.size || status.mtimeNs !== this.mtimeNs;
  }

  close(): void {
    if (this.#open) closeSync(this.#descriptor);
    this.#open = false;
  }

  #fill(offset: number, end: number): void {
    const whole = this.#whole && this.size <= this.#window.length;
    if (end - offset > this.#window.length) this.#window = Buffer.allocUnsafe(end - offset);
    const start = whole ? 0 : offset;
    const wanted = Math.min(this.#window.length, this.size - start);
    this.#length = 0;
    let filled = 0;
    while (filled < wanted) {
      const count = readable(() =>
        readSync(this.#descriptor, this.#window, filled, wanted - filled, start + filled),
      );
      if (count === 0) break;
      filled += count;
    }
    this.#start = start;
    this.#length = filled;
    if (start + filled < end) {
      throw new PhiGateError('truncated', 'the file became shorter while it was read', {
        offset: start + filled,
      });
    }
  }
}

/** SHA-256 of all of a source, lower-case hex, in chunks. */
export function hashFile(source: ByteSource): string {
  const hash = createHash('sha256');
  const chunk = source.size <= WHOLE ? source.size : WINDOW;
  for (let at = 0; at < source.size; ) {
    const bytes = source.read(at, chunk);
    if (bytes.length === 0)
      throw new PhiGateError('truncated', 'the source ended while it was read', { offset: at });
    hash.update(bytes);
    at += bytes.length;
  }
  return hash.digest('hex');
}

/** The system's message holds the path, so only its code is told. */
export function unreadable(error: unknown): PhiGateError {
  const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
  const why =
    {
      EACCES: 'permission denied; give the user of the run leave to read it',
      EPERM: 'permission denied; give the user of the run leave to read it',
      ELOOP: 'its symbolic links lead in a circle',
      ENOENT: 'it is gone, or its symbolic link leads nowhere',
      ENAMETOOLONG: 'its path is longer than the system allows',
      EMFILE: 'too many files are open',
    }[code] ?? 'the file system refused';
  return new PhiGateError('unreadable', `it cannot be read: ${why} (${code})`);
}

function readable<T>(action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw error instanceof PhiGateError ? error : unreadable(error);
  }
}
