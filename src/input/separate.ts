import { realpathSync } from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { PhiGateError } from '../errors.ts';

/**
 * Makes sure that input, release folder and work folder lie apart, symbolic links followed: none inside another. The
 * folders written to need not exist yet.
 * @throws PhiGateError `usage` naming the two that overlap.
 */
export function assertSeparate(input: string, out: string, work: string): void {
  const places = [
    { name: 'the input', path: realPath(input) },
    { name: 'the release folder (--out)', path: realPath(out) },
    { name: 'the work folder (--work)', path: realPath(work) },
  ];
  for (const [at, a] of places.entries()) {
    for (const b of places.slice(at + 1)) {
      const overlap = isInside(a.path, b.path) || isInside(b.path, a.path);
      if (!overlap) continue;
      const how = a.path === b.path ? 'are the same' : 'lie one inside the other';
      throw new PhiGateError('usage', `${a.name} and ${b.name} ${how}; choose separate folders`);
    }
  }
}

/** Whether `path` is `folder` or lies in it; both real paths. */
export function isInside(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

/** The path with links followed as far as it exists. */
export function realPath(path: string): string {
  const absolute = resolve(path);
  try {
    return realpathSync(absolute);
  } catch {
    const parent = dirname(absolute);
    return parent === absolute ? absolute : join(realPath(parent), basename(absolute));
  }
}
