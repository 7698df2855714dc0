import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { file, header, nativePixels } from '../../fixtures/dicom-image.ts';
import { MARTHA } from '../../fixtures/people.ts';
import { phantom } from '../../fixtures/writer/pixels.ts';
import { isBuilt, manifestOf, parseFindings, phiGate, resultOf, scratch } from './cli.ts';

/** Somebody whom nothing else in the data set names; a title gives the name away in one place alone. */
const NAME = 'Oodlewick';
const NAMED = `Discussed with Mrs ${NAME}, who agrees to come.`;
const UNNAMED = 'ct chest oodlewick contrast';

const dicom = (comment: string) =>
  file(
    nativePixels(
      header('CT', MARTHA, { number: 993, date: '20230101', accession: 'ACC20230101Z9' }, 1)
        .narrativeAt(0x00204000, 'LT', comment) // ImageComments
        .narrativeAt(0x00081080, 'LO', UNNAMED), // AdmittingDiagnosesDescription
      phantom(64, 64),
    ),
  ).bytes;

const message = (id: string, text: string): string =>
  [
    `MSH|^~\\&|RIS|A|PACS|B|20230101120000||ORU^R01^ORU_R01|${id}|P|2.5.1`,
    `PID|1||${MARTHA.id}^^^NORTHSHORE^MR||${MARTHA.family}^${MARTHA.given}||${MARTHA.born}|F`,
    'OBR|1|||71250^CT CHEST^C4',
    `OBX|1|TX|36643-5^XR CHEST^LN||${text}||||||F`,
    '',
  ].join('\r');

describe.skipIf(!isBuilt)('a name that a file shows once', { timeout: 180_000 }, () => {
  const folder = scratch('links');
  afterAll(() => folder.remove());

  beforeAll(() => {
    for (const name of ['named', 'unnamed']) mkdirSync(folder.path(name));
    writeFileSync(folder.path('named', 'a.dcm'), dicom(NAMED));
    writeFileSync(folder.path('named', 'b.hl7'), message('M1', UNNAMED) + message('M2', NAMED));
    writeFileSync(folder.path('named', 'oodlewick.txt'), NAMED);
    writeFileSync(folder.path('unnamed', 'a.dcm'), dicom('lungs clear'));
    writeFileSync(folder.path('unnamed', 'b.hl7'), message('M1', UNNAMED) + message('M2', 'lungs clear'));
  });

  it('is a suspect everywhere in that file, and in no other', async () => {
    const scan = async (input: string) => {
      const { stdout } = await phiGate(['scan', folder.path(input), '--format', 'jsonl']);
      expect(stdout.toLowerCase()).not.toContain('oodlewick');
      return parseFindings(stdout)
        .filter(({ rule }) => rule === 'links.name')
        .map(({ format, locus, tier, explain }) => `${format} ${locus} ${tier}: ${explain}`)
        .sort();
    };
    const why = 'suspect: the same word stands as a name elsewhere in this file';
    expect(await scan('named')).toEqual([
      `dicom (0008,1080) ${why}`,
      `hl7 message[0] OBX-5 ${why}`,
      `text filename ${why}`,
    ]);
    expect(await scan('unnamed')).toEqual([]);
  });

  it('masks its folder in the paths of all files, those of others too', async () => {
    mkdirSync(folder.path('paths', 'Oodlewick_old'), { recursive: true });
    writeFileSync(folder.path('paths', 'Oodlewick_old', 'a.txt'), 'call 212-555-0134');
    writeFileSync(folder.path('paths', 'Oodlewick_old', 'b.txt'), NAMED);
    const { stdout } = await phiGate(['scan', folder.path('paths'), '--format', 'jsonl']);
    expect(stdout.toLowerCase()).not.toContain('oodlewick');
    expect(parseFindings(stdout).map(({ file }) => file)).toContain('••••••••/a.txt');
  });

  async function run(input: string, name: string, ...args: string[]) {
    const out = folder.path(name);
    const { code } = await phiGate(['run', folder.path(input), '--out', out, ...args]);
    const lines = await manifestOf(`${out}.work`);
    const texts = lines.map(({ output }) => (output ? readFileSync(`${out}/data/${output}`, 'latin1') : ''));
    return { code, text: texts.join('\n'), result: resultOf(out), lines };
  }

  it('is cleaned out of all texts of that file, and of no other', async () => {
    const named = await run('named', 'out');
    expect(named.lines.filter(({ status }) => status === 'released')).toHaveLength(2);
    expect(named.text.split('ct chest [NAME] contrast')).toHaveLength(3);
    expect(named.text.toLowerCase()).not.toContain('oodlewick');
    const { found, planted } = named.result.canaries.find(({ detector }) => detector === 'links') ?? {};
    expect([found, planted]).toEqual([2, 2]);
    expect(named.result.categories[0]?.searchedBy).toContain('links');
    const unnamed = await run('unnamed', 'other');
    expect(unnamed.text.split(UNNAMED)).toHaveLength(3);
  });

  it.each([
    ['the cleaner', ''],
    ['a rule', ', { at: ImageComments, action: { do: regex, pattern: Oodlewick, with: no one } }'],
  ])('is looked for by the audit though %s took it out of the place that shows it', async (by, rule) => {
    const keep = folder.path('keep.yaml');
    writeFileSync(
      keep,
      `version: 1\nrules: { dicom: [{ at: AdmittingDiagnosesDescription, action: { do: keep } }${rule}] }\n`,
    );
    const { result } = await run('named', `kept by ${by}`, '--project', keep);
    expect(result.accepted).toContainEqual(
      expect.objectContaining({
        rule: 'AdmittingDiagnosesDescription',
        category: 'A',
        suspects: 1,
        leaks: 0,
      }),
    );
  });
});
