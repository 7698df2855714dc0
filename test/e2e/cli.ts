import { type SpawnOptions, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Finding } from '../../src/model/finding.ts';
import type { RunResult } from '../../src/model/result.ts';

/** The built command line, as a user starts it. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
export const CLI = join(ROOT, 'dist/cli.js');
export const SAMPLE = join(ROOT, 'fixtures/sample');
export const CLEAN = join(ROOT, 'fixtures/clean');
export const IN_CI = process.env.CI === 'true';

/** End-to-end tests need `npm run build` first, which `npm test` does; without it they skip and say so, in CI they fail. */
export const isBuilt = existsSync(CLI);
if (!isBuilt) {
  if (IN_CI) throw new Error('dist/cli.js is missing: run `npm run build` first');
  console.warn('SKIPPED: end-to-end tests need dist/cli.js; run `npm run build`, or `npm test`, which does');
}

export interface Outcome {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `phi-gate` to its end. `wrapper` is a program that starts it, such as `setpriv`. */
export function phiGate(
  args: readonly string[],
  options: SpawnOptions = {},
  wrapper: readonly string[] = [],
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = startPhiGate(args, options, wrapper);
    let stdout = '';
    let stderr = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
}

export function startPhiGate(
  args: readonly string[],
  options: SpawnOptions = {},
  wrapper: readonly string[] = [],
) {
  const [program = process.execPath, ...rest] = [...wrapper, process.execPath, CLI, ...args];
  return spawn(program, rest, { cwd: tmpdir(), stdio: ['ignore', 'pipe', 'pipe'], ...options });
}

/** A folder for one test file, made when it is first asked for and gone when the tests end. */
export function scratch(name: string): { path: (...parts: string[]) => string; remove: () => void } {
  let folder = '';
  const made = () => {
    if (folder === '') {
      folder = mkdtempSync(join(tmpdir(), `phi-gate-${name}-`));
      chmodSync(folder, 0o755);
    }
    return folder;
  };
  return {
    path: (...parts) => join(made(), ...parts),
    remove: () => folder !== '' && rmSync(folder, { recursive: true, force: true }),
  };
}

/** Some files of the sample set in a folder of their own. */
export function copyOfSample(to: string, wanted: (file: string) => boolean): string {
  for (const file of filesUnder(SAMPLE)) {
    if (!wanted(file)) continue;
    mkdirSync(dirname(join(to, file)), { recursive: true });
    cpSync(join(SAMPLE, file), join(to, file));
  }
  return to;
}

/** Paths of all files under a folder, relative to it, sorted by code unit. */
export function filesUnder(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}

/** One hash over names, modes, times and contents: shows any change to a folder. */
export function treeHash(folder: string): string {
  const hash = createHash('sha256');
  for (const file of filesUnder(folder)) {
    const path = join(folder, file);
    const stat = lstatSync(path);
    hash.update(`${file}\0${stat.mode}\0${stat.mtimeMs}\0`);
    if (stat.isSymbolicLink()) hash.update(readlinkSync(path));
    else if (stat.isFile() && (stat.mode & 0o400) !== 0) hash.update(readFileSync(path));
  }
  return hash.digest('hex');
}

export const sha256 = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');

export interface ManifestLine {
  readonly source: string;
  readonly sourceId: string;
  readonly output?: string | null;
  readonly status: 'released' | 'held' | 'quarantined' | 'skipped';
  readonly reason: string;
  readonly sha256In?: string | null;
  readonly sha256Out?: string | null;
  readonly parts?: { readonly released: number; readonly withheld: number } | null;
}

export async function manifestOf(work: string): Promise<ManifestLine[]> {
  const { code, stdout, stderr } = await phiGate(['manifest', '--work', work]);
  if (code !== 0) throw new Error(`manifest ended with ${code}: ${stderr}`);
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as ManifestLine);
}

export const resultOf = (out: string): RunResult =>
  JSON.parse(readFileSync(join(out, 'report/result.json'), 'utf8')) as RunResult;

export const parseFindings = (jsonLines: string): Finding[] =>
  jsonLines
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as Finding);

/** A stack trace, an unhandled rejection, or a path of the program's own sources: what no user should meet. */
export const TRACE = /^\s+at .+[:(]\d+|node:internal|UnhandledPromise|\bError: [^\n]*\n\s+at /m;

export const isRoot = process.getuid?.() === 0;
export const has = (program: string): boolean =>
  spawnSync('sh', ['-c', `command -v ${program}`], { stdio: 'ignore' }).status === 0;

export const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);
