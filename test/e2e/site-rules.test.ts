import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { file, header, nativePixels } from '../../fixtures/dicom-image.ts';
import { MARTHA } from '../../fixtures/people.ts';
import { phantom } from '../../fixtures/writer/pixels.ts';
import { isBuilt, manifestOf, parseFindings, phiGate, resultOf, scratch } from './cli.ts';

/** A number without a cue, which no rule that ships knows; the tagger takes the house and the ward for places. */
const [NUMBER, HOUSE, WARD] = ['QV6630518K', 'Elmsworth South', 'RWX'];
const NOTE = `lungs clear, as in ${NUMBER} of ${HOUSE}, bed in ${WARD}, stable`;

const PROJECT = `version: 1
detect:
  rules:
    - id: site.mrn
      category: H
      pattern: 'QV\\d{7}[A-Z]'
      hits: ['seen «QV1234567A» today']
      misses: ['QV12']
  words:
    hospitals: [${HOUSE}]
    wards: [${WARD}]
    staff: [Tamsin Oodlewick]
`;

const dicom = file(
  nativePixels(
    header('CT', MARTHA, { number: 991, date: '20230101', accession: 'ACC20230101Z8' }, 1).narrativeAt(
      0x00204000, // ImageComments
      'LT',
      NOTE,
    ),
    phantom(64, 64),
  ),
).bytes;

const hl7 = [
  'MSH|^~\\&|RIS|A|PACS|B|20230101120000||ORU^R01^ORU_R01|M991|P|2.5.1',
  `PID|1||${MARTHA.id}^^^NORTHSHORE^MR||${MARTHA.family}^${MARTHA.given}||${MARTHA.born}|F`,
  'OBR|1|||71250^CT CHEST^C4',
  `NTE|1|L|${NOTE}`,
  `OBX|1|TX|36643-5^XR CHEST^LN||${NOTE}||||||F`,
  '',
].join('\r');

describe.skipIf(!isBuilt)('what a site says of its own identifiers', { timeout: 180_000 }, () => {
  const folder = scratch('site-rules');
  afterAll(() => folder.remove());
  const project = folder.path('project.yaml');

  beforeAll(() => {
    mkdirSync(folder.path('in'), { recursive: true });
    writeFileSync(project, PROJECT);
    writeFileSync(folder.path('in', 'a.dcm'), dicom);
    writeFileSync(folder.path('in', 'b.hl7'), hl7);
    writeFileSync(folder.path('in', 'c.txt'), `${NOTE}; told oodlewick, tamsin`);
  });

  async function release(...args: string[]): Promise<{ code: number | null; texts: string; out: string }> {
    const [out, work] = [folder.path(`out${args.length}`), folder.path(`work${args.length}`)];
    mkdirSync(folder.path('both'), { recursive: true });
    writeFileSync(folder.path('both', 'a.dcm'), dicom);
    writeFileSync(folder.path('both', 'b.hl7'), hl7);
    const { code } = await phiGate(['run', folder.path('both'), '--out', out, '--work', work, ...args]);
    const released = (await manifestOf(work)).flatMap(({ output }) => output ?? []);
    const texts = released.map((name) => readFileSync(`${out}/data/${name}`, 'latin1')).join('\n');
    expect(released).toHaveLength(2);
    return { code, texts, out };
  }

  it('is taken out of a DICOM comment and of HL7 notes by run, and nothing besides', async () => {
    const { code, texts, out } = await release('--project', project);
    expect(code).toBe(0);
    for (const value of [NUMBER, HOUSE, WARD]) expect(texts).not.toContain(value);
    const masked = 'lungs clear, as in [ID] of [ADDRESS], bed in [ADDRESS], stable';
    expect(texts.split(masked)).toHaveLength(4);
    const canaries = resultOf(out).canaries.find(({ detector }) => detector === 'patterns');
    expect(canaries?.found).toBe(canaries?.planted);
  });

  it('is a number that stays in the release where nobody says so', async () => {
    const { texts } = await release();
    expect(texts.split(`lungs clear, as in ${NUMBER} of`)).toHaveLength(4);
  });

  it('is found by a scan with the project, in each kind of file', async () => {
    const scanOf = async (...args: string[]) =>
      parseFindings((await phiGate(['scan', folder.path('in'), '--format', 'jsonl', ...args])).stdout);
    const found = (await scanOf('--project', project)).filter(({ rule }) => rule.startsWith('site.'));
    const places = found.map(({ format, locus, rule, category, tier }) =>
      [format, locus.replace(/^message\[\d+\] /, ''), rule, category, tier].join(' '),
    );
    const inEach = (place: string) => [
      `${place} site.hospitals B leak`,
      `${place} site.mrn H leak`,
      `${place} site.wards B leak`,
    ];
    expect(new Set(places)).toEqual(
      new Set([
        ...inEach('dicom (0020,4000)'),
        ...inEach('hl7 NTE-3'),
        ...inEach('hl7 OBX-5'),
        ...inEach('text text'),
      ]),
    );
    const staff = async (...args: string[]) =>
      (await scanOf(...args)).filter(({ rule, format }) => rule === 'known.name' && format === 'text');
    expect(await staff('--project', project)).toMatchObject([{ tier: 'leak', category: 'A' }]);
    expect(await staff()).toEqual([]);
    expect((await scanOf()).filter(({ rule }) => rule.startsWith('site.'))).toEqual([]);
  });

  it('ends the program before anything is read where a sample fails', async () => {
    const broken = folder.path('broken.yaml');
    writeFileSync(broken, PROJECT.replace('«QV1234567A»', '«QV123»'));
    const { code, stderr } = await phiGate(['scan', folder.path('in'), '--project', broken]);
    expect(code).toBe(2);
    expect(stderr).toContain('line 7: sample 1 of `hits` of rule `site.mrn`');
    expect(stderr).not.toContain('QV123');
  });
});
