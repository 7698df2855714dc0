import { mkdirSync, writeFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import type { DicomBuilder } from '../../fixtures/dicom-builder.ts';
import { file, header, nativePixels } from '../../fixtures/dicom-image.ts';
import { MARTHA } from '../../fixtures/people.ts';
import { phantom } from '../../fixtures/writer/pixels.ts';
import type { RunResult } from '../../src/model/result.ts';
import { isBuilt, type ManifestLine, manifestOf, type Outcome, phiGate, resultOf, scratch } from './cli.ts';

const STUDY = { number: 990, date: '20230101', accession: 'ACC20230101Z9' };

/** A slice of Martha's, with elements of the test's own. */
const slice = (more: (builder: DicomBuilder) => DicomBuilder = (builder) => builder, instance = 1): Buffer =>
  file(nativePixels(more(header('CT', MARTHA, STUDY, instance)), phantom(64, 64))).bytes;

interface Ran extends Outcome {
  readonly out: string;
  readonly result: RunResult;
  readonly manifest: readonly ManifestLine[];
}

describe.skipIf(!isBuilt)('a rule of the project', { timeout: 120_000 }, () => {
  const folder = scratch('project-rules');
  afterAll(() => folder.remove());
  let runs = 0;

  async function run(project: string, files: Readonly<Record<string, Buffer | string>>): Promise<Ran> {
    runs += 1;
    const here = (...parts: string[]) => folder.path(String(runs), ...parts);
    mkdirSync(here('in'), { recursive: true });
    writeFileSync(here('project.yaml'), `version: 1\n${project}`);
    for (const [name, bytes] of Object.entries(files)) writeFileSync(here('in', name), bytes);
    const args = ['--project', here('project.yaml'), '--out', here('out'), '--work', here('work')];
    const outcome = await phiGate(['run', here('in'), ...args]);
    const out = here('out');
    return { ...outcome, out, result: resultOf(out), manifest: await manifestOf(here('work')) };
  }

  const keeping = (...places: string[]): string =>
    `rules:\n  dicom:\n${places.map((at) => `    - { at: ${at}, action: { do: keep } }\n`).join('')}`;

  it.each(['SeriesDescription', 'PatientID', 'PatientName'])(
    'that keeps %s leaves the canaries to be found',
    async (at) => {
      const { code, result, stderr } = await run(keeping(at), { 'a.dcm': slice() });
      expect(result.checks.find(({ id }) => id === 'canaries')?.state).toBe('pass');
      expect(code, stderr).toBe(0);
    },
  );

  it('that keeps an element lets nobody else have its value', async () => {
    const withNumber = (builder: DicomBuilder) =>
      builder
        .narrativeAt(0x00181030, 'LO', `CT ${MARTHA.id}`) // ProtocolName
        .narrativeAt(0x00200012, 'IS', MARTHA.id); // AcquisitionNumber
    const both = await run(keeping('ProtocolName'), { 'a.dcm': slice(withNumber) });
    expect(both.manifest.map(({ status, reason }) => `${status} ${reason}`)).toEqual(['quarantined leak']);
    expect(both.code).toBe(1);
    const allowed = await run(keeping('ProtocolName', 'AcquisitionNumber'), { 'a.dcm': slice(withNumber) });
    expect(allowed.manifest.map(({ status }) => status)).toEqual(['released']);
  });
});
