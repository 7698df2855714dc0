import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { parse } from 'yaml';

/** Absolute path of a file that ships with the package (`rules/...`, `reports/...`). */
export function packagePath(relative: string): string {
  return fileURLToPath(new URL(`../${relative}`, import.meta.url));
}

/** A JSON rule file under `rules/`, as it stands; the caller knows its type. */
export function readRulesJson<T>(relative: string): T {
  return JSON.parse(readFileSync(packagePath(`rules/${relative}`), 'utf8')) as T;
}

/** A list of words under `rules/words/`, separated by blanks; long ones are packed (`NAME.txt.gz`). */
export function readWordList(name: string): string[] {
  const path = packagePath(`rules/words/${name}.txt`);
  const text = existsSync(path)
    ? readFileSync(path, 'utf8')
    : gunzipSync(readFileSync(`${path}.gz`)).toString('utf8');
  return text.trim().split(/\s+/);
}

interface Compiled {
  readonly sha256: string;
  readonly data: unknown;
}

let compiled: Readonly<Record<string, Compiled>> | undefined;

/** What the build made of the YAML files; nothing where the sources run unbuilt. */
function compiledRules(): Readonly<Record<string, Compiled>> {
  const path = fileURLToPath(new URL('./rules.json', import.meta.url));
  compiled ??= existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Record<string, Compiled>) : {};
  return compiled;
}

/**
 * A YAML rule file under `rules/`, as it stands; the caller knows its type. Parsing takes longer than starting the rest of
 * the program, so the build's copy is used where the file is still what it was made from.
 */
export function readRulesYaml<T>(relative: string): T {
  const bytes = readFileSync(packagePath(`rules/${relative}`));
  const ready = compiledRules()[relative];
  if (ready?.sha256 === createHash('sha256').update(bytes).digest('hex'))
    return structuredClone(ready.data) as T;
  return parse(bytes.toString('utf8')) as T;
}
