import { type BigIntStats, lstatSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { PhiGateError } from '../errors.ts';
import type { ReasonCode } from '../model/result.ts';
import { unreadable } from './file-source.ts';
import { isInside, realPath } from './separate.ts';

/** A regular file, ready to be opened. Paths are bytes: a name need not be UTF-8. They are PHI. */
export interface FoundFile {
  readonly kind: 'file';
  /** Relative to the input, `/` between folders; the file's own name where the input is a file. */
  readonly relative: Buffer;
  /** To open it. */
  readonly path: Buffer;
  readonly size: number;
  readonly mtimeNs: bigint;
}

/** Something that is there and is not read. */
export interface FoundProblem {
  readonly kind: 'problem';
  readonly relative: Buffer;
  readonly path: Buffer;
  /** `quarantined`: its content is not known, so the run is incomplete. `skipped`: nothing is lost by leaving it out. */
  readonly status: 'quarantined' | 'skipped';
  readonly reason: ReasonCode;
  readonly error: PhiGateError;
}

export type Found = FoundFile | FoundProblem;

export interface WalkOptions {
  /** Folders that are never walked, even where a link leads there: the release and the work folder. */
  readonly exclude?: readonly string[];
}

const SLASH = Buffer.from('/');

/**
 * Every file under `input` (or the one file that it is), each folder in the byte order of its names, so that the order
 * does not depend on locale or file system.
 *
 * Symbolic links: a link to a file is read as a file. A link to a folder outside the input is followed, once for each
 * real folder. A link to something inside the input is skipped, since it is walked under its own name; one that leads
 * back to a folder it stands in is a loop and is reported. Pipes, sockets and devices are reported and never opened.
 * @throws PhiGateError `usage` where the input itself is missing or is no file or folder.
 */
export function* walk(input: string, options: WalkOptions = {}): IterableIterator<Found> {
  const root = realPath(input);
  const status = rootStatus(root);
  const path = Buffer.from(root);
  if (status.isFile()) {
    const name = path.subarray(path.lastIndexOf(SLASH) + 1);
    yield { kind: 'file', relative: name, path, size: Number(status.size), mtimeNs: status.mtimeNs };
    return;
  }
  if (!status.isDirectory()) throw new PhiGateError('usage', 'the input is neither a file nor a folder');
  yield* new Walker(root, (options.exclude ?? []).map(realPath)).folder(path);
}

function rootStatus(root: string): BigIntStats {
  try {
    return statSync(root, { bigint: true });
  } catch (error) {
    throw new PhiGateError('usage', `the input: ${unreadable(error).message}`);
  }
}

/** A folder that is being walked: what is left of it. */
interface Level {
  readonly path: Buffer;
  readonly relative: Buffer;
  readonly names: readonly Buffer[];
  at: number;
}

class Walker {
  readonly #root: string;
  readonly #exclude: readonly string[];
  /** Folders outside the input that links led to. */
  readonly #followed = new Set<string>();

  constructor(root: string, exclude: readonly string[]) {
    this.#root = root;
    this.#exclude = exclude;
  }

  /** Goes down with a stack of its own: folders may be nested as deep as the file system allows. */
  *folder(path: Buffer): IterableIterator<Found> {
    const levels: Level[] = [];
    yield* this.#enter(levels, path, Buffer.alloc(0));
    for (let level = levels.at(-1); level; level = levels.at(-1)) {
      const name = level.names[level.at++];
      if (!name) {
        levels.pop();
        continue;
      }
      const at = joined(level.path, name);
      const relative = level.relative.length === 0 ? name : joined(level.relative, name);
      yield* this.#entry(levels, at, relative);
    }
  }

  *#enter(levels: Level[], path: Buffer, relative: Buffer): IterableIterator<Found> {
    try {
      const names = readdirSync(path, { encoding: 'buffer' }).sort(Buffer.compare);
      levels.push({ path, relative, names, at: 0 });
    } catch (error) {
      yield problem(path, relative, 'quarantined', 'unreadable', unreadable(error));
    }
  }

  *#entry(levels: Level[], path: Buffer, relative: Buffer): IterableIterator<Found> {
    let status: BigIntStats;
    let isLink: boolean;
    try {
      status = lstatSync(path, { bigint: true });
      isLink = status.isSymbolicLink();
      if (isLink) status = statSync(path, { bigint: true });
    } catch (error) {
      yield problem(path, relative, 'quarantined', 'unreadable', unreadable(error));
      return;
    }
    if (isLink || status.isDirectory()) {
      const refused = isLink ? this.#refuseLink(path, relative, status) : this.#refuseFolder(path, relative);
      if (refused) {
        yield refused;
        return;
      }
    }
    if (status.isDirectory()) yield* this.#enter(levels, path, relative);
    else if (status.isFile()) {
      yield { kind: 'file', relative, path, size: Number(status.size), mtimeNs: status.mtimeNs };
    } else yield problem(path, relative, 'skipped', 'not-supported', special(status));
  }

  #refuseFolder(path: Buffer, relative: Buffer): FoundProblem | undefined {
    if (this.#exclude.length === 0 || !this.#exclude.includes(path.toString())) return undefined;
    return problem(
      path,
      relative,
      'skipped',
      'ignored',
      new PhiGateError('usage', 'this is a folder of the run'),
    );
  }

  #refuseLink(path: Buffer, relative: Buffer, status: BigIntStats): FoundProblem | undefined {
    if (!status.isDirectory() && !status.isFile()) return undefined;
    // latin1 keeps every byte apart, whatever the encoding of the name.
    const target = realpathSync(path, { encoding: 'buffer' });
    const real = target.toString('latin1');
    const inside = (folder: string): boolean => isInside(real, Buffer.from(folder).toString('latin1'));
    if (this.#exclude.some(inside)) {
      const error = new PhiGateError('usage', 'its symbolic link leads to a folder of the run');
      return problem(path, relative, 'skipped', 'ignored', error);
    }
    if (status.isDirectory() && isInside(path.toString('latin1'), real)) {
      const error = new PhiGateError(
        'unreadable',
        'its symbolic link leads back to a folder that it stands in',
      );
      return problem(path, relative, 'quarantined', 'unreadable', error);
    }
    if (inside(this.#root) || (status.isDirectory() && this.#followed.has(real))) {
      const error = new PhiGateError(
        'unreadable',
        'its symbolic link leads to something that is read elsewhere',
      );
      return problem(path, relative, 'skipped', 'ignored', error);
    }
    if (status.isDirectory()) this.#followed.add(real);
    return undefined;
  }
}

function problem(
  path: Buffer,
  relative: Buffer,
  status: FoundProblem['status'],
  reason: ReasonCode,
  error: PhiGateError,
): FoundProblem {
  return { kind: 'problem', relative, path, status, reason, error };
}

function special(status: BigIntStats): PhiGateError {
  let what = 'device';
  if (status.isFIFO()) what = 'pipe';
  else if (status.isSocket()) what = 'socket';
  return new PhiGateError('unsupported', `this is a ${what} and not a file; it is never opened`);
}

function joined(folder: Buffer, name: Buffer): Buffer {
  return folder.at(-1) === 0x2f ? Buffer.concat([folder, name]) : Buffer.concat([folder, SLASH, name]);
}

/** A name or path for people, with what is not UTF-8 or not printable replaced. Still PHI. */
export function printableName(path: Uint8Array): string {
  return new TextDecoder('utf-8', { fatal: false }).decode(path).replace(/\p{C}/gu, '\uFFFD');
}
