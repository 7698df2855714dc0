import { mkdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { MARTHA } from '../../fixtures/people.ts';
import {
  copyOfSample,
  filesUnder,
  isBuilt,
  manifestOf,
  parseFindings,
  phiGate,
  resultOf,
  scratch,
  sha256,
} from './cli.ts';
import { leaksUnder } from './key.ts';

const TEMPLATES = ['safe-harbor', 'limited-data-set', 'research-longitudinal'];

describe.skipIf(!isBuilt)('a project', { timeout: 600_000 }, () => {
  const folder = scratch('project');
  afterAll(() => folder.remove());

  it.each(TEMPLATES)('of the %s template releases the sample, both formats', async (template) => {
    const [project, out, work] = ['project.yaml', 'out', 'work'].map((name) => folder.path(template, name));
    mkdirSync(folder.path(template));
    const input = copyOfSample(folder.path(template, 'in'), (file) => /CT_000[12]\.dcm|orm_o01/.test(file));
    expect((await phiGate(['init', project ?? '', '--template', template])).code).toBe(0);
    const args = ['--project', project ?? '', '--out', out ?? '', '--work', work ?? ''];
    const outcome = await phiGate(['run', input, ...args]);
    expect(outcome.code, outcome.stderr).toBe(0);
    const released = (await manifestOf(work ?? '')).filter(({ status }) => status === 'released');
    expect(released).toHaveLength(filesUnder(input).length);
    if (template === 'safe-harbor') expect(leaksUnder(`${out}/data`)).toEqual([]);
  });

  it('whose opt-out list gains a patient takes what is hers back from the release', async () => {
    const [project, list, out, work] = [
      folder.path('project.yaml'),
      folder.path('opt-out.csv'),
      folder.path('out'),
      folder.path('work'),
    ];
    writeFileSync(project, 'version: 1\nfilters:\n  optOut: opt-out.csv\n');
    writeFileSync(list, 'patient_id,issuer\n');
    const input = copyOfSample(folder.path('in'), (file) => !file.startsWith('dicom/pixels/'));
    const run = () => phiGate(['run', input, '--project', project, '--out', out, '--work', work]);

    await run();
    const before = await manifestOf(work);
    writeFileSync(list, `patient_id,issuer\n${MARTHA.id},${MARTHA.issuer}\n`);
    await run();
    const after = await manifestOf(work);

    const released = (lines: typeof before) => lines.filter(({ status }) => status === 'released');
    const gone = released(before).filter(
      ({ source }) => after.find((line) => line.source === source)?.status !== 'released',
    );
    expect(gone.map(({ source }) => source)).toEqual(
      expect.arrayContaining([
        expect.stringContaining('adt_a01_greenhalge'),
        expect.stringMatching(/CT_0001\.dcm/),
      ]),
    );
    expect(released(after).length).toBeGreaterThan(0);
    expect(filesUnder(`${out}/data`)).toEqual(
      released(after)
        .map(({ output }) => output)
        .sort(),
    );
    const left = new Set(gone.map(({ sourceId }) => sourceId));
    const findings = parseFindings(readFileSync(`${out}/report/findings.jsonl`, 'utf8'));
    expect(findings.filter(({ sourceId }) => left.has(sourceId))).toEqual([]);
    expect(resultOf(out).sources).toMatchObject({ total: filesUnder(input).length });
  });

  it('takes back what was released when its source has since been cut short', async () => {
    const input = copyOfSample(folder.path('cut', 'in'), (file) => /CT_000[12]\.dcm/.test(file));
    const [out, work] = [folder.path('cut', 'out'), folder.path('cut', 'work')];
    const run = () => phiGate(['run', input, '--out', out, '--work', work]);
    expect((await run()).code).toBe(0);
    const [first] = filesUnder(input);
    truncateSync(`${input}/${first}`, 700);
    expect((await run()).code).toBe(3);
    expect(filesUnder(`${out}/data`)).toHaveLength(1);
    expect((await manifestOf(work)).map(({ status }) => status).sort()).toEqual(['quarantined', 'released']);
  });

  it('releases again what somebody has removed from data/ or changed there', async () => {
    const input = copyOfSample(folder.path('again', 'in'), (file) => /CT_000[123]\.dcm/.test(file));
    const [out, work] = [folder.path('again', 'out'), folder.path('again', 'work')];
    const run = () => phiGate(['run', input, '--out', out, '--work', work]);
    expect((await run()).code).toBe(0);
    const [gone = '', changed = '', same = ''] = filesUnder(`${out}/data`);
    const kept = statSync(`${out}/data/${same}`).ino;
    rmSync(`${out}/data/${gone}`);
    truncateSync(`${out}/data/${changed}`, 900);
    expect((await run()).code).toBe(0);
    for (const { output, sha256Out } of await manifestOf(work)) {
      expect(sha256(`${out}/data/${output}`)).toBe(sha256Out);
    }
    expect(statSync(`${out}/data/${same}`).ino).toBe(kept);
    rmSync(out, { recursive: true });
    expect((await run()).code).toBe(0);
    expect(filesUnder(`${out}/data`)).toEqual([gone, changed, same]);
  });

  it('that is only masked leaves alone what others put beside its files', async () => {
    const input = copyOfSample(folder.path('beside', 'in'), (file) => /CT_0001\.dcm/.test(file));
    const out = folder.path('beside', 'out');
    const mask = (work: string) =>
      phiGate(['mask', input, '--out', out, '--work', folder.path('beside', work)]);
    expect((await mask('first')).code).toBe(0);
    expect((await mask('second')).code).toBe(0);
    expect(filesUnder(`${out}/not-audited/dicom`)).toHaveLength(2);
  });
});
