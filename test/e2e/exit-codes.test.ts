import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import {
  CLEAN,
  copyOfSample,
  filesUnder,
  isBuilt,
  phiGate,
  resultOf,
  SAMPLE,
  scratch,
  startPhiGate,
  TRACE,
} from './cli.ts';

describe.skipIf(!isBuilt)('exit codes', { timeout: 300_000 }, () => {
  const folder = scratch('exit');
  afterAll(() => folder.remove());
  const run = (name: string, input: string, ...more: string[]) =>
    phiGate(['run', input, '--out', folder.path(name, 'out'), '--work', folder.path(name, 'work'), ...more]);

  it('0: everything passed', async () => {
    const input = copyOfSample(folder.path('pass', 'in'), (file) => /CT_000[12]\.dcm|orm_o01/.test(file));
    const outcome = await run('pass', input);
    expect(outcome.code, outcome.stderr).toBe(0);
    expect(resultOf(folder.path('pass', 'out'))).toMatchObject({ verdict: 'pass', exitCode: 0 });
  });

  it('1: findings', async () => {
    const outcome = await phiGate(['scan', join(SAMPLE, 'hl7/adt_a01_greenhalge.hl7')]);
    expect(outcome.code).toBe(1);
  });

  it.each([
    ['an option that does not exist', ['run', CLEAN, '--outt', 'x']],
    ['no output folder', ['run', CLEAN]],
    ['an input that is not there', ['scan', '/nowhere/at/all']],
    ['a command that does not exist', ['maskk']],
    ['a format that does not exist', ['scan', CLEAN, '--format', 'docx']],
    [
      'a project file that is not there',
      ['run', CLEAN, '--out', '/tmp/phi-gate-no', '--project', '/nowhere.yaml'],
    ],
    ['a work folder that holds no run', ['manifest', '--work', '/nowhere/at/all']],
  ])('2: %s', async (_, args) => {
    const outcome = await phiGate(args);
    expect(outcome.code).toBe(2);
    expect(outcome.stdout).toBe('');
    expect(outcome.stderr).not.toMatch(TRACE);
    expect(outcome.stderr.trim()).not.toBe('');
  });

  it('3: something could not be read, and that outranks findings', async () => {
    const input = copyOfSample(
      folder.path('incomplete', 'in'),
      (file) => file === 'hl7/adt_a01_greenhalge.hl7',
    );
    writeFileSync(join(input, 'empty.dcm'), '');
    expect((await phiGate(['scan', input])).code).toBe(3);
  });

  it('4: nothing to scan', async () => {
    mkdirSync(folder.path('nothing'));
    expect((await phiGate(['scan', folder.path('nothing')])).code).toBe(4);
    expect((await run('nothing-run', folder.path('nothing'))).code).toBe(4);
  });

  it('0 for help and version, which go to stdout', async () => {
    for (const option of ['--help', '--version']) {
      const outcome = await phiGate([option]);
      expect(outcome.code).toBe(0);
      expect(outcome.stdout).not.toBe('');
    }
  });

  it('0 for mask, which says that nothing was audited', async () => {
    const input = copyOfSample(folder.path('mask', 'in'), (file) => file.endsWith('CT_0001.dcm'));
    const out = folder.path('mask', 'out');
    const outcome = await phiGate(['mask', input, '--out', out, '--work', folder.path('mask', 'work')]);
    expect(outcome.code, outcome.stderr).toBe(0);
    expect(outcome.stdout + outcome.stderr).toMatch(/not audited/i);
    expect(filesUnder(out).length).toBeGreaterThan(0);
  });

  it('0 for init, whose project file a run takes as it is', async () => {
    const project = folder.path('project.yaml');
    const made = await phiGate(['init', project]);
    const written = filesUnder(folder.path()).find((file) => file.endsWith('project.yaml'));
    expect(made.code, made.stderr).toBe(0);
    expect(written).toBeDefined();
    const input = copyOfSample(folder.path('init', 'in'), (file) => file.endsWith('CT_0001.dcm'));
    expect((await run('init', input, '--project', folder.path(written ?? ''))).code).toBe(0);
  });

  it('--quiet says nothing on a good run', async () => {
    const input = copyOfSample(folder.path('quiet', 'in'), (file) => file.endsWith('CT_0001.dcm'));
    const outcome = await run('quiet', input, '--quiet');
    expect(outcome).toMatchObject({ code: 0, stderr: '' });
  });

  it('130 on SIGINT, saying how to go on', async () => {
    const out = folder.path('interrupted', 'out');
    mkdirSync(folder.path('interrupted'));
    const child = startPhiGate(['run', SAMPLE, '--out', out]);
    let stderr = '';
    child.stderr?.on('data', (text: Buffer) => {
      stderr += text.toString();
    });
    const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
    while (child.exitCode === null && filesUnder(folder.path('interrupted')).length < 5)
      await new Promise((resolve) => setTimeout(resolve, 20));
    child.kill('SIGINT');
    expect(await ended).toBe(130);
    expect(stderr).toMatch(/again|resume/i);
    expect(stderr).not.toMatch(TRACE);
  });
});
