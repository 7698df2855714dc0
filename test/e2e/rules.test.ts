import { writeFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { isBuilt, phiGate, scratch } from './cli.ts';

describe.skipIf(!isBuilt)('rules', { timeout: 60_000 }, () => {
  const folder = scratch('rules');
  afterAll(() => folder.remove());
  const project = folder.path('project.yaml');
  writeFileSync(
    project,
    "version: 1\ndetect:\n  rules:\n    - { id: site.mrn, category: H, pattern: 'QV\\d{7}', hits: ['«QV6630518»'] }\n",
  );

  it('lists what is looked for, and those of a project without their patterns and samples', async () => {
    const { code, stdout } = await phiGate(['rules', '--project', project]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^D {2}phone\.us +suspect +leak by a word, leak by nanp$/m);
    expect(stdout).toMatch(/^H {2}site\.mrn +leak$/m);
    const asJson = await phiGate(['rules', '--project', project, '--format', 'json']);
    const rules = JSON.parse(asJson.stdout) as { id: string; pattern?: string; hits?: string[] }[];
    expect(rules.find(({ id }) => id === 'phone.us')?.hits?.length).toBeGreaterThan(0);
    expect(rules.at(-1)).toEqual({
      id: 'site.mrn',
      family: 'site',
      category: 'H',
      tier: 'leak',
      confidence: 0.9,
    });
  });

  it('says what is found in a text and why, and shows no value', async () => {
    const text = folder.path('note.txt');
    writeFileSync(text, '😀 stable\nseen QV6630518, call 415-555-0134 today\n');
    const { code, stdout } = await phiGate(['rules', '--test', text, '--project', project]);
    expect(code).toBe(1);
    expect(stdout.split('\n')).toEqual([
      expect.stringMatching(/^2:6-15 +H +site\.mrn +leak +0\.90 +•{8} +looks like site\.mrn$/),
      expect.stringMatching(
        /^2:22-34 +D +phone\.us +leak +0\.96 +•{8} +looks like phone\.us; a word before it: call; passes nanp$/,
      ),
      '',
    ]);
    const asJson = await phiGate(['rules', '--test', text, '--format', 'json']);
    // Without the project the tagger alone takes the site's number for one.
    expect(JSON.parse(asJson.stdout)).toMatchObject([
      { line: 2, columns: [6, 15], rule: 'tagger.code', tier: 'suspect' },
      { line: 2, columns: [22, 34], rule: 'phone.us' },
    ]);
    expect(stdout + asJson.stdout).not.toMatch(/QV66|555/);
  });

  it('finds nothing in nothing, and refuses what is not there without naming it', async () => {
    const empty = folder.path('empty.txt');
    writeFileSync(empty, 'lungs clear\n');
    expect(await phiGate(['rules', '--test', empty])).toMatchObject({ code: 0, stdout: '' });
    const missing = await phiGate(['rules', '--test', folder.path('ROE^JANE.txt')]);
    expect(missing).toMatchObject({ code: 2, stdout: '' });
    expect(missing.stderr).not.toContain('ROE');
  });
});
