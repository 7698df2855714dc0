import { createRequire } from 'node:module';
import type compromise from 'compromise';

type Compromise = typeof compromise;

let loaded: Compromise | undefined;

/** The English parser `compromise`, loaded when a text first needs it: it takes a tenth of a second. */
export function english(): Compromise {
  loaded ??= createRequire(import.meta.url)('compromise') as Compromise;
  return loaded;
}
