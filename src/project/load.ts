import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { PhiGateError } from '../errors.ts';
import { packagePath } from '../rules.ts';
import { parseYaml, type YamlDocument } from './document.ts';
import { explain } from './explain.ts';
import { judge } from './judge.ts';
import { type Problem, problemsError } from './problem.ts';
import { type Project, projectSchema } from './schema.ts';

export interface LoadedProject {
  readonly project: Project;
  /** SHA-256 of the file's bytes, or of the built-in template's, in hex. */
  readonly sha256: string;
  readonly source: 'built-in' | 'file';
  /** Absolute path of the folder that the files it names are beside; the working folder for the built-in project. */
  readonly folder: string;
}

/** The same project with a strict search. */
export function strictly(loaded: LoadedProject): LoadedProject {
  const { project } = loaded;
  return { ...loaded, project: { ...project, detect: { ...project.detect, strict: true } } };
}

export type ReadFile = (path: string) => Uint8Array;

export type TemplateName = Project['template'];
export const TEMPLATES = ['safe-harbor', 'limited-data-set', 'research-longitudinal'] as const;

/** Version of the project file that this program reads. */
const VERSION = 1;

/**
 * The project of the file at `path`, or the built-in `safe-harbor` template without one. What the file leaves out, or
 * leaves without a value, its template supplies; a list replaces the template's list.
 * @throws PhiGateError `usage` with all problems of the file, each with its line and without any value from it.
 */
export function loadProject(path?: string, readFile: ReadFile = readFileSync): LoadedProject {
  if (path === undefined) {
    const bytes = readFileSync(templatePath('safe-harbor'));
    return {
      project: parseProject(decode(bytes)),
      sha256: sha256(bytes),
      source: 'built-in',
      folder: process.cwd(),
    };
  }
  const bytes = readBytes(path, readFile);
  return {
    project: parseProject(decode(bytes)),
    sha256: sha256(bytes),
    source: 'file',
    folder: dirname(resolve(path)),
  };
}

/** Path of a file that a project names: beside the project file, unless it is absolute. */
export function resolveBeside(folder: string, file: string): string {
  return isAbsolute(file) ? file : join(folder, file);
}

/** The settings of a template, as plain values. */
export function templateSettings(name: TemplateName): Readonly<Record<string, unknown>> {
  const { value } = parseYaml(readFileSync(templatePath(name), 'utf8'));
  return merge({}, value as Readonly<Record<string, unknown>>);
}

/**
 * The project that the text of a project file describes.
 * @throws PhiGateError `usage`, as `loadProject` does.
 */
export function parseProject(text: string): Project {
  const document = parseYaml(text);
  const given = settingsOf(document);
  refuseNewer(given, document);
  const input = merge(templateSettings(templateOf(given)), given);
  const parsed = projectSchema.safeParse(input);
  const issues = parsed.success ? [] : parsed.error.issues;
  const problems = [
    ...missingVersion(given),
    ...explain(issues, projectSchema, input, document),
    ...judge(input, document),
  ];
  if (!parsed.success || problems.length > 0) throw problemsError(problems);
  return effective(parsed.data);
}

/** Ages over 89 never stay under Safe Harbor, so that every room reads `cap` and the report says so. */
function effective(project: Project): Project {
  return project.method === 'safe-harbor' && project.ages === 'keep' ? { ...project, ages: 'cap' } : project;
}

function settingsOf(document: YamlDocument): Readonly<Record<string, unknown>> {
  if (!isMapping(document.value)) {
    throw problemsError([
      { line: 1, text: 'a project file is a mapping of keys: it begins with `version: 1`' },
    ]);
  }
  return document.value;
}

function missingVersion(given: Readonly<Record<string, unknown>>): Problem[] {
  if (Object.hasOwn(given, 'version')) return [];
  return [{ line: 1, text: `the key \`version\` is missing: write \`version: ${VERSION}\`` }];
}

/** A newer file may mean other things by the same words: nothing else is said of it. */
function refuseNewer(given: Readonly<Record<string, unknown>>, document: YamlDocument): void {
  const version = given.version;
  if (typeof version === 'number' && version > VERSION) {
    const text = `this file is of a newer version than ${VERSION}, the one this phi-gate knows: update phi-gate`;
    throw problemsError([{ line: document.lineOf(['version']), text }]);
  }
}

function templateOf(given: Readonly<Record<string, unknown>>): TemplateName {
  return TEMPLATES.find((name) => name === given.template) ?? 'safe-harbor';
}

/** `given` over `base`, mapping by mapping. A key without a value counts as left out. */
function merge(
  base: Readonly<Record<string, unknown>>,
  given: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const merged = new Map(Object.entries(base));
  for (const [key, value] of Object.entries(given)) {
    if (value === null) continue;
    const below = merged.get(key);
    merged.set(key, isMapping(value) ? merge(isMapping(below) ? below : {}, value) : value);
  }
  return Object.fromEntries(merged);
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const templatePath = (name: TemplateName): string => packagePath(`rules/templates/${name}.yaml`);

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

function readBytes(path: string, readFile: ReadFile): Uint8Array {
  try {
    return readFile(path);
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? 'unknown error';
    throw new PhiGateError(
      'usage',
      `the project file cannot be read (${code}): check the path after --project`,
    );
  }
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new PhiGateError('usage', 'the project file is not UTF-8: save it in that encoding');
  }
}
