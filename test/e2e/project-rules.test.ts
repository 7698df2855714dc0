import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import type { DicomBuilder } from '../../fixtures/dicom-builder.ts';
import { file, header, nativePixels } from '../../fixtures/dicom-image.ts';
import { MARTHA } from '../../fixtures/people.ts';
import { phantom } from '../../fixtures/writer/pixels.ts';
import type { RunResult } from '../../src/model/result.ts';
import { isBuilt, type ManifestLine, manifestOf, type Outcome, phiGate, resultOf, scratch } from './cli.ts';
import { elementsOf } from './structure.ts';

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
    const masked = await run(keeping('ProtocolName'), { 'a.dcm': slice(withNumber) });
    expect(masked.manifest.map(({ status }) => status)).toEqual(['released']);
    const writing = `    - { at: AcquisitionNumber, action: { do: replace, with: '${MARTHA.id}' } }\n`;
    const both = await run(keeping('ProtocolName') + writing, { 'a.dcm': slice(withNumber) });
    expect(both.manifest.map(({ status, reason }) => `${status} ${reason}`)).toEqual(['quarantined leak']);
    expect(both.code).toBe(1);
    const allowed = await run(keeping('ProtocolName', 'AcquisitionNumber'), { 'a.dcm': slice(withNumber) });
    expect(allowed.manifest.map(({ status }) => status)).toEqual(['released']);
  });

  it('that keeps identifiers releases them as accepted risk, loudly, and bars the claim', async () => {
    const withPhone = (builder: DicomBuilder) => builder.narrativeAt(0x00102154, 'SH', MARTHA.phone);
    const kept = ['PatientTelephoneNumbers', 'OperatorsName', 'AccessionNumber'];
    const { code, stdout, stderr, result, out, manifest } = await run(keeping(...kept), {
      'a.dcm': slice(withPhone),
    });
    expect(code, stderr).toBe(0);
    expect(manifest.map(({ status }) => status)).toEqual(['released']);
    expect(result.claim.claimable).toMatch(/^None/);
    for (const [index, letter] of ['D', 'A', 'R'].entries()) {
      const reason = new RegExp(`rule for ${kept[index]} keeps .*\\(${letter}\\)`);
      expect(result.claim.why.join('\n')).toMatch(reason);
      expect(stdout).toMatch(reason);
      expect(result.categories.find(({ category }) => category === letter)?.state).toBe('accepted-risk');
      expect(result.accepted).toContainEqual(
        expect.objectContaining({ rule: kept[index], category: letter }),
      );
    }
    expect(stdout).toMatch(/^PASSED, WITH ACCEPTED RISK {2}/);
    const report = readFileSync(`${out}/report/closeout.html`, 'utf8');
    expect(report).toContain('Passed, with accepted risk');
    expect(report).toMatch(/<h2>Accepted risk<\/h2>[\s\S]*OperatorsName/);
    expect(report).not.toContain('TREVELLICK');
    const released = elementsOf(`${out}/data/${manifest[0]?.output}`).join('\n');
    expect(released).toMatch(/x00120062 CS NO/);
    expect(released).not.toContain('x00120064');
  });

  it('that keeps a text answers for what the audit finds in it', async () => {
    const comment = (text: string) => (builder: DicomBuilder) => builder.narrativeAt(0x00204000, 'LT', text);
    const named = await run(keeping('ImageComments'), {
      'a.dcm': slice(comment(`comment of ${MARTHA.given} ${MARTHA.family}`)),
    });
    expect([named.code, named.manifest[0]?.status]).toEqual([0, 'released']);
    expect(named.result.claim.why.join()).toMatch(
      /found names \(A\) in what the rule for ImageComments keeps/,
    );
    expect(elementsOf(`${named.out}/data/${named.manifest[0]?.output}`).join('\n')).toMatch(
      /x00120062 CS NO/,
    );
    const plain = await run(keeping('ImageComments'), { 'a.dcm': slice(comment('sharp kernel')) });
    expect(plain.code, plain.stderr).toBe(0);
    expect(plain.result.accepted).toEqual([]);
    expect(plain.result.claim.claimable).toMatch(/^Safe Harbor/);
    expect(elementsOf(`${plain.out}/data/${plain.manifest[0]?.output}`).join('\n')).toMatch(
      /x00120062 CS YES/,
    );
  });

  it.each([
    ['PID-5', 'A'],
    ['PID-3', 'H'],
    ['PID-19', 'G'],
    ['type:XTN', 'D'],
  ])('that keeps %s of messages bars the claim by %s', async (at, letter) => {
    const message = [
      'MSH|^~\\&|RIS|MAIN|||20240131||ADT^A08|4711|P|2.5.1',
      `PID|1||${MARTHA.id}^^^NORTHSHORE^MR||${MARTHA.family}^${MARTHA.given}||19610314|F|||||${MARTHA.phone}||||||${MARTHA.ssn}`,
      '',
    ].join('\r');
    const project = `rules: { hl7: [{ at: '${at}', action: { do: keep } }] }\n`;
    const { code, stderr, result, manifest } = await run(project, { 'a.hl7': message });
    expect(code, stderr).toBe(0);
    expect(manifest.map(({ status }) => status)).toEqual(['released']);
    expect(result.claim.why.join()).toMatch(`rule for ${at} keeps`);
    expect(result.categories.find(({ category }) => category === letter)?.state).toBe('accepted-risk');
  });
});
