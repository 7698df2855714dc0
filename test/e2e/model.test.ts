import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MARTHA } from '../../fixtures/people.ts';
import { modelSha256 } from '../../src/detect/model/folder.ts';
import { writeTinyModel } from '../detect/model/tiny-model.ts';
import { isBuilt, manifestOf, phiGate, resultOf, scratch } from './cli.ts';

/** In no list of names, without a cue, and of nobody in the data set: the model alone can know it. */
const NAME = 'zorvath';
const NOTE = `lungs clear, as ${NAME} thought, stable`;
/** A word that the tokenizer knows and the model does not: it fails on it. */
const FAILS = 'krummholz';

const MODEL = {
  labels: ['O', 'B-PER'],
  words: { [NAME]: 'B-PER', lungs: 'O', clear: 'O' },
  beyond: [FAILS],
};

const hl7 = (id: string, note: string): string =>
  [
    `MSH|^~\\&|RIS|A|PACS|B|20230101120000||ORU^R01^ORU_R01|${id}|P|2.5.1`,
    `PID|1||${MARTHA.id}^^^NORTHSHORE^MR||${MARTHA.family}^${MARTHA.given}||${MARTHA.born}|F`,
    'OBR|1|||71250^CT CHEST^C4',
    `NTE|1|L|${note}`,
    '',
  ].join('\r');

describe.skipIf(!isBuilt)('a model that the project brings', { timeout: 180_000 }, () => {
  const folder = scratch('model');
  afterAll(() => folder.remove());
  const project = folder.path('project.yaml');
  const keep = folder.path('keep.yaml');

  beforeAll(() => {
    mkdirSync(folder.path('in'), { recursive: true });
    mkdirSync(folder.path('bad'), { recursive: true });
    writeTinyModel(folder.path('ner'), MODEL);
    writeFileSync(project, 'version: 1\nnames: { model: ner }\n');
    const rule = 'rules: { hl7: [{ at: NTE-3, action: { do: keep } }] }';
    writeFileSync(keep, `version: 1\nnames: { model: ner }\n${rule}\n`);
    writeFileSync(folder.path('in', 'a.hl7'), hl7('M1', NOTE));
    writeFileSync(folder.path('in', 'b.txt'), NOTE);
    writeFileSync(folder.path('bad', 'a.hl7'), hl7('M2', `lungs clear, ${FAILS}`));
    writeFileSync(folder.path('bad', 'b.hl7'), hl7('M3', 'lungs clear'));
  });

  const scan = (input: string, ...args: string[]) =>
    phiGate(['scan', folder.path(input), '--format', 'json', ...args]);

  const found = (findings: readonly { detector: string; rule: string; tier: string; locus: string }[]) =>
    findings
      .filter(({ detector }) => detector === 'model')
      .map(({ rule, tier, locus }) => `${rule} ${tier} ${locus}`)
      .sort();

  it('adds suspects to a scan, and the result names it by its hash', async () => {
    const without = JSON.parse((await scan('in')).stdout);
    expect(found(without.findings)).toEqual([]);
    const { stdout, stderr } = await scan('in', '--project', project);
    const report = JSON.parse(stdout);
    expect(found(report.findings)).toEqual(['model.per suspect NTE-3', 'model.per suspect text']);
    const { rules, canaries } = report;
    expect(rules).toContainEqual({
      file: 'names.model',
      edition: '',
      sha256: modelSha256(folder.path('ner')),
    });
    expect(canaries).toContainEqual({ detector: 'model', planted: 1, found: 1 });
    expect(`${stdout}${stderr}`).not.toContain(NAME);
  });

  async function run(input: string, out: string, settings: string) {
    const outcome = await phiGate(['run', folder.path(input), '--out', out, '--project', settings]);
    const lines = await manifestOf(`${out}.work`);
    const released = lines.find(({ status }) => status === 'released');
    return {
      ...outcome,
      ends: lines.map(({ source, status, reason }) => `${source} ${status} ${reason}`).sort(),
      text: released === undefined ? '' : readFileSync(`${out}/data/${released.output}`, 'utf8'),
    };
  }

  it('takes part in what a run cleans', async () => {
    const { text, stderr } = await run('in', folder.path('cleaned'), project);
    expect(text).toContain('lungs clear, as [NAME] thought, stable');
    expect(stderr).not.toContain(NAME);
  });

  it('takes part in the audit of a run, where nothing was cleaned', async () => {
    const out = folder.path('kept');
    const { text } = await run('in', out, keep);
    expect(text).toContain(NOTE);
    expect(resultOf(out).accepted).toEqual([
      expect.objectContaining({
        rule: expect.stringContaining('NTE-3'),
        category: 'A',
        leaks: 0,
        suspects: 1,
      }),
    ]);
  });

  it.each([
    ['masking', () => project],
    ['the audit', () => keep],
  ])('never passes what it failed on in %s', async (name, settings) => {
    const { code, ends, stderr } = await run('bad', folder.path(`failed in ${name}`), settings());
    expect(ends).toEqual(['a.hl7 quarantined not-searched', 'b.hl7 released clean']);
    expect(code).toBe(3);
    expect(stderr).not.toContain(FAILS);
  });

  it('never passes what it failed on in a scan', async () => {
    const { code, stdout, stderr } = await scan('bad', '--project', project);
    expect(code).toBe(3);
    expect(JSON.parse(stdout).reasons).toContainEqual(
      expect.objectContaining({ status: 'quarantined', code: 'not-searched', count: 1 }),
    );
    expect(`${stdout}${stderr}`).not.toContain(FAILS);
  });

  it('masks and audits everything again where the model is another', async () => {
    const out = folder.path('again');
    expect((await run('in', out, project)).text).toContain('lungs clear, as [NAME] thought');
    writeTinyModel(folder.path('ner'), { ...MODEL, words: { ...MODEL.words, clear: 'B-PER' } });
    expect((await run('in', out, project)).text).toContain('lungs [NAME], as [NAME] thought');
    writeTinyModel(folder.path('ner'), MODEL);
  });

  it('is a mistake of the project where the folder is not there', async () => {
    const missing = folder.path('missing.yaml');
    writeFileSync(missing, 'version: 1\nnames: { model: nowhere }\n');
    const { code, stderr } = await scan('in', '--project', missing);
    expect(code).toBe(2);
    expect(stderr).toContain('names.model');
    writeFileSync(missing, 'version: 1\nnames: { modle: nowhere }\n');
    expect(await scan('in', '--project', missing)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('model'),
    });
  });
});
