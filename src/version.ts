import { readFileSync } from 'node:fs';
import { packagePath } from './rules.ts';

/** The version of this package, as package.json says it. */
export const VERSION: string = (
  JSON.parse(readFileSync(packagePath('package.json'), 'utf8')) as { version: string }
).version;
