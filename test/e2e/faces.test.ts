import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drawnFace } from '../../src/run/canary-face.ts';
import { part10 } from '../dicom/data-set.ts';
import { AXIAL, type Protocol, sliceOf } from '../dicom/volume/head-series.ts';
import { HEAD, stored } from '../dicom/volume/phantoms.ts';
import { isBuilt, manifestOf, parseFindings, phiGate, resultOf, scratch } from './cli.ts';
import { elementsOf } from './structure.ts';

const SIZE = 128;
const PIXEL = 1.6;
const SLICE = stored(SIZE, PIXEL, HEAD);

/** Somebody's head, 30 slices of 3 mm. */
const FINE: Protocol = {
  bodyPart: 'HEAD',
  orientation: AXIAL,
  size: [SIZE, SIZE],
  pixel: PIXEL,
  thickness: 3,
  slices: 30,
  pixels: () => SLICE,
};
const COARSE: Protocol = { ...FINE, thickness: 5, slices: 18, series: '1.2.3.88' };
const SLICE_OF_SKIN: Protocol = {
  ...FINE,
  sopClass: '1.2.840.10008.5.1.4.1.1.77.1.4',
  modality: 'XC',
  series: '1.2.3.90',
  slices: 1,
};

/** A secondary capture of something that looks at the camera. */
const FACE = drawnFace(SIZE, SIZE, 70).data;
const CAPTURE: Protocol = {
  ...SLICE_OF_SKIN,
  sopClass: '1.2.840.10008.5.1.4.1.1.7',
  modality: 'OT',
  series: '1.2.3.91',
  pixels: () => Uint16Array.from(FACE, (level) => level * 16),
};

const WAIVER = `version: 1
faces: waive
waivers:
  faces: { reason: phantoms have no face, by: Dr. Example Reviewer, on: '2026-01-15' }
`;

describe.skipIf(!isBuilt)('a data set with a head in fine slices', { timeout: 300_000 }, () => {
  const folder = scratch('faces');
  const input = () => folder.path('in');
  afterAll(() => folder.remove());

  beforeAll(() => {
    for (const [name, protocol] of Object.entries({
      fine: FINE,
      coarse: COARSE,
      photo: SLICE_OF_SKIN,
      capture: CAPTURE,
    })) {
      mkdirSync(join(input(), name), { recursive: true });
      for (let slice = 0; slice < protocol.slices; slice++)
        writeFileSync(join(input(), name, `${slice}.dcm`), part10(sliceOf(protocol, slice)));
    }
  });

  async function run(name: string, project?: string) {
    const [out, work] = [folder.path(`${name}-out`), folder.path(`${name}-work`)];
    const options = project === undefined ? [] : ['--project', folder.path(`${name}.yaml`)];
    if (project !== undefined) writeFileSync(folder.path(`${name}.yaml`), project);
    const outcome = await phiGate(['run', input(), '--out', out, '--work', work, ...options]);
    const manifest = await manifestOf(work);
    const ended = (part: string) =>
      [
        ...new Set(
          manifest
            .filter(({ source }) => source.startsWith(part))
            .map(({ status, reason }) => `${status} ${reason}`),
        ),
      ].join();
    return { outcome, manifest, ended, result: resultOf(out), out };
  }

  it('is held: every slice of the fine series, the photograph, and not the slices of 5 mm', async () => {
    const { outcome, ended, result } = await run('held');
    expect(outcome.code, outcome.stderr).toBe(1);
    expect([ended('fine/'), ended('photo/'), ended('capture/'), ended('coarse/')]).toEqual([
      'held suspects',
      'held suspects',
      'held suspects',
      'released clean',
    ]);
    expect(result.reasons.map(({ explain }) => explain).join()).toContain(
      'faces and biometrics in the project file',
    );
    expect(result.categories.find(({ category }) => category === 'Q')).toMatchObject({
      state: 'needs-review',
      suspects: 32,
      searchedBy: ['biometric-class', 'head-volume', 'face'],
    });
    expect(result.checks.find(({ id }) => id === 'faces')?.state).toBe('needs-review');
  });

  it('is released as accepted risk where the project waives faces, says YES in (0028,0302), and bars Safe Harbor', async () => {
    const { ended, manifest, result, out } = await run('waived', WAIVER);
    expect([ended('fine/'), ended('photo/'), ended('capture/'), ended('coarse/')]).toEqual(
      Array(4).fill('released clean'),
    );
    expect(result.accepted).toEqual([
      { rule: 'faces: waive', category: 'Q', leaks: 0, suspects: 32, sources: 32 },
    ]);
    expect(result.checks.find(({ id }) => id === 'faces')).toMatchObject({ state: 'accepted-risk' });
    expect(result.claim.claimable).not.toMatch(/^Safe Harbor/);
    const stated = (source: string) =>
      elementsOf(join(out, 'data', manifest.find((line) => line.source === source)?.output ?? ''))
        .filter((line) => line.startsWith('x00280302'))
        .map((line) => line.split(' ').pop());
    expect([stated('fine/3.dcm'), stated('photo/0.dcm'), stated('coarse/3.dcm')]).toEqual([
      ['YES'],
      ['YES'],
      [],
    ]);
  });

  it('is held again once the waiver has run out', async () => {
    const over = WAIVER.replace("on: '2026-01-15'", "on: '2020-01-15', until: '2020-02-15'");
    const { ended, result } = await run('over', over);
    expect(ended('fine/')).toBe('held suspects');
    expect(result.project.decisions.find(({ label }) => label === 'Faces')?.setting).toBe(
      'Held: the waiver of 2020-01-15 ended on 2020-02-15',
    );
  });

  it('is found by a scan as well', async () => {
    const { stdout } = await phiGate(['scan', input(), '--format', 'jsonl']);
    const faces = parseFindings(stdout).filter(({ category }) => category === 'Q');
    const rules = (part: string) => [
      ...new Set(faces.filter(({ file }) => file?.startsWith(part)).map(({ rule }) => rule)),
    ];
    expect([rules('fine/'), rules('photo/'), rules('capture/'), rules('coarse/')]).toEqual([
      ['volume.head'],
      ['class.photograph'],
      ['face.frontal'],
      [],
    ]);
    expect(faces).toHaveLength(32);
    expect(
      new Set(faces.filter(({ rule }) => rule === 'volume.head').map(({ fingerprint }) => fingerprint)).size,
    ).toBe(1);
  });
});
