import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding } from '../model/finding.ts';
import type { RunResult } from '../model/result.ts';
import { onDisk, writeAtomically } from '../ports/output.ts';
import { resultJson } from '../report/json.ts';
import { findingLine } from '../report/jsonl.ts';
import { REPORTERS } from '../report/registry.ts';
import type { EndedSource } from './result.ts';
import type { RunPaths } from './session.ts';

/** The list of outputs and their hashes: what a recipient can check a release against. It names no source. */
export function releaseManifest(
  sources: readonly (EndedSource & { output?: string; sha256Out?: string })[],
): { text: string; sha256: string } {
  const files = sources
    .filter(({ status, output }) => status === 'released' && output !== undefined)
    .map(({ output, sha256Out, bytesOut }) => ({ file: output, sha256: sha256Out, size: bytesOut }))
    .sort((a, b) => ((a.file ?? '') < (b.file ?? '') ? -1 : 1));
  const text = `${JSON.stringify({ version: 1, files }, null, 2)}\n`;
  return { text, sha256: createHash('sha256').update(text).digest('hex') };
}

/** Writes `report/`: closeout.html, result.json, findings.jsonl and manifest.json. */
export function writeReport(
  paths: Pick<RunPaths, 'report'>,
  result: RunResult,
  findings: readonly Finding[],
  manifest: string,
): void {
  onDisk(() => mkdirSync(paths.report, { recursive: true }));
  const write = (name: string, text: string) =>
    writeAtomically(join(paths.report, name), Buffer.from(text), { fixedTime: false });
  write('manifest.json', manifest);
  write('result.json', resultJson(result));
  write('findings.jsonl', findings.map((finding) => `${findingLine(finding).trimEnd()}\n`).join(''));
  write('closeout.html', REPORTERS.html.render(result, findings));
}
