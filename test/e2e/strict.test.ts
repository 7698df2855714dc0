import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MARTHA } from '../../fixtures/people.ts';
import { isBuilt, manifestOf, phiGate, resultOf, scratch } from './cli.ts';

/** A day that is told from the day of the note: as a rule it may be any. */
const NOTE = 'Lungs are clear. The cough began three weeks ago.';

const hl7 = [
  'MSH|^~\\&|RIS|A|PACS|B|20230101120000||ORU^R01^ORU_R01|M771|P|2.5.1',
  `PID|1||${MARTHA.id}^^^NORTHSHORE^MR||${MARTHA.family}^${MARTHA.given}||${MARTHA.born}|F`,
  'OBR|1|||71250^CT CHEST^C4',
  `NTE|1|L|${NOTE}`,
  '',
].join('\r');

interface Report {
  readonly verdict: string;
  readonly findings: readonly { rule: string; tier: string; category: string; explain: string }[];
  readonly canaries: readonly { detector: string; planted: number; found: number }[];
  readonly categories: readonly { category: string; searchedBy: readonly string[] }[];
  readonly project: { readonly decisions: readonly { label: string; setting: string }[] };
}

describe.skipIf(!isBuilt)('a strict search', { timeout: 180_000 }, () => {
  const folder = scratch('strict');
  afterAll(() => folder.remove());
  const [note, strict, keep] = [
    folder.path('note.txt'),
    folder.path('strict.yaml'),
    folder.path('keep.yaml'),
  ];

  beforeAll(() => {
    writeFileSync(note, NOTE);
    writeFileSync(strict, 'version: 1\ndetect: { strict: true }\n');
    writeFileSync(
      keep,
      'version: 1\ndetect: { strict: true }\nrules: { hl7: [{ at: NTE-3, action: { do: keep } }] }\n',
    );
    mkdirSync(folder.path('in'));
    writeFileSync(folder.path('in', 'a.hl7'), hl7);
  });

  async function scan(...args: string[]): Promise<{ code: number | null; report: Report }> {
    const { code, stdout } = await phiGate(['scan', note, '--format', 'json', ...args]);
    return { code, report: JSON.parse(stdout) as Report };
  }

  const searchedBy = ({ categories }: Report) =>
    categories.find(({ category }) => category === 'A')?.searchedBy;

  it('passes a text as a rule', async () => {
    const { code, report } = await scan();
    expect(code).toBe(0);
    expect(report.findings).toEqual([]);
    expect(searchedBy(report)).toContain('tagger');
    expect(searchedBy(report)).not.toContain('second-opinion');
  });

  it.each([
    ['the flag of scan', () => ['--strict']],
    ['the project', () => ['--project', strict]],
  ])('holds the same text as a suspect by %s, and says that it was strict', async (_, args) => {
    const { code, report } = await scan(...args());
    expect(code).toBe(1);
    expect(report.findings).toMatchObject([
      {
        rule: 'second-opinion.date',
        tier: 'suspect',
        category: 'C',
        explain: expect.stringContaining('strict'),
      },
    ]);
    expect(searchedBy(report)).toEqual(expect.arrayContaining(['tagger (strict)', 'second-opinion']));
    expect(report.canaries).toContainEqual({ detector: 'second-opinion', planted: 2, found: 2 });
    expect(report.project.decisions).toContainEqual({
      label: 'Search for names, places and dates',
      setting: expect.stringMatching(/^Strict/),
    });
  });

  async function run(name: string, ...args: string[]) {
    const out = folder.path(name);
    const { code } = await phiGate(['run', folder.path('in'), '--out', out, ...args]);
    const [line] = await manifestOf(`${out}.work`);
    const text = line?.output ? readFileSync(`${out}/data/${line.output}`, 'utf8') : '';
    return { code, status: line?.status, text, result: resultOf(out) };
  }

  it('takes what it finds out of texts that are cleaned', async () => {
    expect(await run('usual')).toMatchObject({ code: 0, text: expect.stringContaining(NOTE) });
    const { code, text, result } = await run('cleaned', '--project', strict);
    expect(code).toBe(0);
    expect(text).toContain('Lungs are clear. The cough began [DATE].');
    expect(result.categories[0]?.searchedBy).toContain('tagger (strict)');
  });

  it('takes part in the audit of what a rule keeps', async () => {
    const { status, result } = await run('kept', '--project', keep);
    expect(status).toBe('released');
    expect(result.accepted).toMatchObject([{ rule: 'NTE-3', category: 'C', suspects: 1, leaks: 0 }]);
  });

  it('is listed among the rules, and explained, where it is in force', async () => {
    const usual = await phiGate(['rules']);
    expect(usual.stdout).not.toContain('strict search');
    for (const args of [['--strict'], ['--project', strict]]) {
      const { code, stdout } = await phiGate(['rules', ...args]);
      expect(code).toBe(0);
      expect(stdout).toMatch(/^C {2}second-opinion\.date +suspect +.*strict search/m);
      expect(stdout).toMatch(/^A {2}tagger\.name\.strict +suspect +.*strict search/m);
      const told = await phiGate(['rules', '--test', note, ...args]);
      expect(told.code).toBe(1);
      expect(told.stdout).toMatch(/C +second-opinion\.date +suspect +0\.30 +•{8} +.*strict search/);
    }
    expect((await phiGate(['rules', '--test', note])).code).toBe(0);
  });

  it('is a setting of two values', async () => {
    const wrong = folder.path('wrong.yaml');
    writeFileSync(wrong, 'version: 1\ndetect: { stict: true }\n');
    const { code, stderr } = await phiGate(['scan', note, '--project', wrong]);
    expect(code).toBe(2);
    expect(stderr).toContain('strict');
  });
});
