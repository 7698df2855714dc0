import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

/** Absolute path of a file that ships with the package (`rules/...`, `reports/...`). */
export function packagePath(relative: string): string {
  return fileURLToPath(new URL(`../${relative}`, import.meta.url));
}

/** A JSON rule file under `rules/`, as it stands; the caller knows its type. */
export function readRulesJson<T>(relative: string): T {
  return JSON.parse(readFileSync(packagePath(`rules/${relative}`), 'utf8')) as T;
}

/** A YAML rule file under `rules/`, as it stands; the caller knows its type. */
export function readRulesYaml<T>(relative: string): T {
  return parse(readFileSync(packagePath(`rules/${relative}`), 'utf8')) as T;
}
