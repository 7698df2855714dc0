import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { part10, text } from '../dicom/data-set.ts';
import { Codes } from '../gate/derived/codes.ts';
import { filesUnder, isBuilt, manifestOf, parseFindings, phiGate, resultOf, scratch } from './cli.ts';

interface Patient {
  readonly id: string;
  readonly birth: string;
  readonly visit: string;
}

const codes = new Codes(20);
const two = (number: number): string => String(number).padStart(2, '0');
const PATIENTS: readonly Patient[] = codes
  .distinct(9, () => String(codes.random.whole(30_000_000, 89_999_999)))
  .map((id) => ({
    id,
    birth: `${codes.random.whole(1940, 2005)}${two(codes.random.whole(1, 12))}${two(codes.random.whole(2, 28))}`,
    visit: `2021${two(codes.random.whole(1, 12))}${two(codes.random.whole(2, 28))}`,
  }));

/** A message that holds an id and dates of a patient, and nothing else that is anybody's. */
const message = (id: string, { birth, visit }: Pick<Patient, 'birth' | 'visit'>, control: number): string =>
  [
    `MSH|^~\\&|APP|FAC|||${visit}0801||ADT^A01|${control}|P|2.5`,
    `EVN|A01|${visit}`,
    `PID|1||${id}^^^MAIN^MR||Quendelbaum^Ottokar||${birth}|M`,
    'PV1|1|I',
    '',
  ].join('\r');

describe.skipIf(!isBuilt)('codes that follow from the originals', { timeout: 600_000 }, () => {
  const folder = scratch('derived');
  afterAll(() => folder.remove());

  /** A run over the patients, one message a file, with the sponsor's own list of codes. */
  async function runWith(name: string, list: string, settings = '') {
    const [input, out, work] = ['in', 'out', 'work'].map((part) => folder.path(name, part)) as [
      string,
      string,
      string,
    ];
    mkdirSync(input, { recursive: true });
    PATIENTS.forEach((patient, index) => {
      writeFileSync(`${input}/adt${index}.hl7`, message(patient.id, patient, index));
    });
    writeFileSync(folder.path(name, 'codes.csv'), list);
    const project = folder.path(name, 'project.yaml');
    writeFileSync(project, `version: 1\nimportCodes: codes.csv\n${settings}`);
    const run = () => phiGate(['run', input, '--project', project, '--out', out, '--work', work]);
    return { outcome: await run(), out, work, run };
  }
  const list = (
    code: (patient: Patient, index: number) => string,
    offset = (_: number): string => '',
  ): string =>
    [
      'patient_id,issuer,code,date_offset_days',
      ...PATIENTS.map((patient, index) => `${patient.id},MAIN,${code(patient, index)},${offset(index)}`),
      '',
    ].join('\n');
  const checkOf = (out: string) => resultOf(out).checks.find(({ id }) => id === 'derived-codes');

  it('are caught where a list of codes is the record number and a constant', async () => {
    const { outcome, out, work, run } = await runWith(
      'offset',
      list(({ id }) => `STUDY-${Number(id) + 1_204_711}`),
    );
    expect(outcome.code, outcome.stderr).toBe(1);
    expect(checkOf(out)).toMatchObject({ state: 'fail', detail: 'one offset explains 9 of 9 patient ids' });
    expect(filesUnder(`${out}/data`)).toEqual([]);
    const findings = parseFindings(readFileSync(`${out}/report/findings.jsonl`, 'utf8'));
    expect(findings.filter(({ rule }) => rule === 'population.offset')).toHaveLength(9);
    expect(findings[0]).toMatchObject({ category: 'R', tier: 'leak', locus: 'PID-3.1' });
    expect((await manifestOf(work)).map(({ status, reason }) => `${status} ${reason}`)).toEqual(
      Array(9).fill('quarantined leak'),
    );
    expect(resultOf(out).categories.find(({ category }) => category === 'R')).toMatchObject({
      state: 'fail',
      leaks: 9,
    });
    const report = readFileSync(`${out}/report/closeout.html`, 'utf8');
    expect(report).toContain('one offset explains 9 of 9 patient ids');
    for (const { id } of PATIENTS) {
      expect(report).not.toContain(id);
      expect(report).not.toContain(String(Number(id) + 1_204_711));
    }
    // A second run goes on from there and says the same.
    expect((await run()).code).toBe(1);
    expect(checkOf(out)).toMatchObject({ state: 'fail' });
    expect(filesUnder(`${out}/data`)).toEqual([]);
    expect(parseFindings(readFileSync(`${out}/report/findings.jsonl`, 'utf8'))).toHaveLength(findings.length);
  });

  it('are caught where digits are put into another order', async () => {
    const order = [3, 7, 0, 5, 1, 6, 2, 4];
    const { outcome, out } = await runWith(
      'order',
      list(({ id }) => order.map((at) => id[at]).join('')),
    );
    expect(outcome.code, outcome.stderr).toBe(1);
    expect(checkOf(out)).toMatchObject({
      state: 'fail',
      detail: 'one order of digits explains 9 of 9 patient ids',
    });
  });

  it('are none where the codes of the list are random, or none is imported', async () => {
    const random = codes.distinct(9, () => `SUBJ-${codes.digits(6)}`);
    const { outcome, out } = await runWith(
      'random',
      list((_, index) => random[index] ?? ''),
      'dates: shift\n',
    );
    expect(outcome.code, outcome.stderr).toBe(0);
    expect(checkOf(out)).toMatchObject({ state: 'pass' });
    expect(filesUnder(`${out}/data`)).toHaveLength(9);
  });

  it('are caught where the list shifts the dates of all by one amount, unless the method lets dates be', async () => {
    const random = codes.distinct(9, () => `SUBJ-${codes.digits(6)}`);
    const same = list(
      (_, index) => random[index] ?? '',
      () => '-77',
    );
    const { outcome, out } = await runWith('shift', same, 'dates: shift\n');
    expect(outcome.code, outcome.stderr).toBe(1);
    expect(checkOf(out)).toMatchObject({
      state: 'fail',
      detail: 'one shift explains 9 of 9 patients with shifted dates',
    });
    const limited =
      'dates: shift\nmethod: limited-data-set\nevidence: { dataUseAgreement: DUA-1, permittedPurpose: research }\n';
    const decided = await runWith('limited', same, limited);
    expect(decided.outcome.code, decided.outcome.stderr).toBe(0);
    expect(checkOf(decided.out)).toMatchObject({ state: 'accepted-risk' });
    expect(resultOf(decided.out).limits.join(' ')).toContain('can turn back all of them');
  });

  it('are none of dates that are kept', async () => {
    const random = codes.distinct(9, () => `SUBJ-${codes.digits(6)}`);
    const kept = await runWith(
      'kept',
      list((_, index) => random[index] ?? ''),
      'dates: keep\n',
    );
    expect(checkOf(kept.out)).toMatchObject({ state: 'pass' });
  });

  it('are caught in DICOM files, whatever puts them there', async () => {
    const input = folder.path('dicom', 'in');
    const [project, out] = [folder.path('dicom', 'project.yaml'), folder.path('dicom', 'out')];
    mkdirSync(input, { recursive: true });
    PATIENTS.forEach(({ id, birth, visit }, index) => {
      const bytes = part10([
        text('0008,0016', 'UI', '1.2.840.10008.5.1.4.1.1.2'),
        text('0008,0018', 'UI', `1.2.276.0.7230010.${index + 1}`),
        text('0008,0020', 'DA', visit),
        text('0008,0060', 'CS', 'CT'),
        text('0010,0010', 'PN', 'Quendelbaum^Ottokar'),
        text('0010,0020', 'LO', id),
        text('0010,0030', 'DA', birth),
        text('0020,000D', 'UI', `1.2.276.0.7230010.2.${index + 1}`),
        text('0020,000E', 'UI', `1.2.276.0.7230010.3.${index + 1}`),
      ]);
      writeFileSync(`${input}/ct${index}.dcm`, bytes);
    });
    writeFileSync(
      folder.path('dicom', 'codes.csv'),
      ['patient_id,code', ...PATIENTS.map(({ id }) => `${id},T${3 * Number(id) + 11}`), ''].join('\n'),
    );
    writeFileSync(project, 'version: 1\nimportCodes: codes.csv\nimagesWithoutPixels: release\n');
    const outcome = await phiGate(['run', input, '--project', project, '--out', out]);
    expect(outcome.code, outcome.stderr).toBe(1);
    expect(checkOf(out)).toMatchObject({
      state: 'fail',
      detail: 'one multiple and offset explains 9 of 9 patient ids',
    });
    const findings = parseFindings(readFileSync(`${out}/report/findings.jsonl`, 'utf8'));
    expect(findings.filter(({ locus }) => locus === '(0010,0020)')).toHaveLength(9);
    expect(filesUnder(`${out}/data`)).toEqual([]);
  });

  /** The output of another tool, and the original numbers and birth dates as a list in another order. */
  async function scanOf(name: string, code: (id: string) => string, shift: (index: number) => number) {
    const input = folder.path(name, 'in');
    mkdirSync(input, { recursive: true });
    PATIENTS.forEach(({ id, birth }, index) => {
      const time =
        Date.parse(`${birth.slice(0, 4)}-${birth.slice(4, 6)}-${birth.slice(6)}`) + shift(index) * 86_400_000;
      const day = new Date(time).toISOString().slice(0, 10).replace(/-/g, '');
      writeFileSync(`${input}/m${index}.hl7`, message(code(id), { birth: day, visit: '2021' }, index));
    });
    const known = folder.path(name, 'known.csv');
    const rows = PATIENTS.flatMap(({ id, birth }) => [`${id},H,id`, `${birth},C,date`]);
    writeFileSync(known, ['value,category,kind', ...rows.reverse(), ''].join('\n'));
    const {
      code: exit,
      stdout,
      stderr,
    } = await phiGate(['scan', input, '--known', known, '--format', 'json', '--quiet']);
    const result = JSON.parse(stdout) as ReturnType<typeof resultOf>;
    return { exit, stderr, check: result.checks.find(({ id }) => id === 'derived-codes'), result };
  }

  it('are caught in the output of another tool where the originals are handed over', async () => {
    const nines = (id: string) => [...id].map((digit) => 9 - Number(digit)).join('');
    const { exit, check } = await scanOf('scan', nines, () => 1234);
    expect(exit).toBe(1);
    expect(check?.state).toBe('fail');
    expect(check?.detail).toContain('explains 9 of 9 patient ids');
    expect(check?.detail).toContain('one shift explains 9 of 9');
  });

  it('are none in the output of another tool that draws codes and shifts', async () => {
    const drawn = new Map(PATIENTS.map(({ id }) => [id, codes.digits(8)]));
    const { check } = await scanOf(
      'drawn',
      (id) => drawn.get(id) ?? '',
      () => codes.random.whole(-365, 365),
    );
    expect(check).toMatchObject({ state: 'pass' });
  });

  it('cannot be looked for where no originals are handed over', async () => {
    const { stdout } = await phiGate(['scan', folder.path('drawn', 'in'), '--format', 'json', '--quiet']);
    const result = JSON.parse(stdout) as ReturnType<typeof resultOf>;
    expect(result.checks.find(({ id }) => id === 'derived-codes')?.state).toBe('not-applicable');
  });
});
