import { mkdirSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  copyOfSample,
  filesUnder,
  isBuilt,
  manifestOf,
  phiGate,
  scratch,
  startPhiGate,
  TRACE,
} from './cli.ts';
import { leaksUnder } from './key.ts';
import { outline } from './structure.ts';

describe.skipIf(!isBuilt)('kill -9 in the middle of a run', { timeout: 600_000 }, () => {
  const folder = scratch('kill');
  let input = '';
  let undisturbed: string[] = [];

  const paths = (name: string) => ({ out: folder.path(name, 'out'), work: folder.path(name, 'work') });
  const command = (name: string) => ['run', input, '--out', paths(name).out, '--work', paths(name).work];

  beforeAll(async () => {
    input = folder.path('in');
    copyOfSample(input, (file) => !file.startsWith('dicom/pixels/us_'));
    const { out, work } = paths('undisturbed');
    mkdirSync(folder.path('undisturbed'));
    await phiGate(command('undisturbed'));
    undisturbed = outline(out, await manifestOf(work));
  }, 600_000);
  afterAll(() => folder.remove());

  /** Kills the run as soon as `ripe` says so; true when it was still running then. */
  async function killWhen(name: string, ripe: () => boolean): Promise<boolean> {
    mkdirSync(folder.path(name), { recursive: true });
    const child = startPhiGate(command(name), { stdio: 'ignore' });
    const ended = new Promise<void>((resolve) => child.on('close', () => resolve()));
    while (child.exitCode === null && !ripe()) await pause(5);
    const running = child.exitCode === null;
    child.kill('SIGKILL');
    await ended;
    return running;
  }

  const filesOf = (name: string): number => filesUnder(folder.path(name)).length;
  const releasedOf = (name: string): number => filesUnder(`${paths(name).out}/data`).length;
  const moments: [string, (name: string) => boolean][] = [
    ['as the first file of its own is there', (name) => filesOf(name) >= 1],
    ['with some files staged', (name) => filesOf(name) >= 25],
    ['with the first file released', (name) => releasedOf(name) >= 1],
    ['with a third of the files released', (name) => releasedOf(name) >= 20],
  ];

  it.each(moments)('%s: the next run gives the release of an undisturbed one', async (moment, ripe) => {
    const name = moment.replaceAll(' ', '-');
    const killed = await killWhen(name, () => ripe(name));
    if (!killed) console.warn(`the run had ended before it could be killed ${moment}`);
    expect(leaksUnder(`${paths(name).out}/data`)).toEqual([]);
    const resumed = await phiGate(command(name));
    expect(resumed.stderr).not.toMatch(TRACE);
    expect(resumed.code).toBe(3);
    expect(outline(paths(name).out, await manifestOf(paths(name).work))).toEqual(undisturbed);
  });

  it('killed twice, it still ends with the same release', async () => {
    await killWhen('twice', () => filesOf('twice') >= 10);
    await killWhen('twice', () => releasedOf('twice') >= 5);
    await phiGate(command('twice'));
    const { out, work } = paths('twice');
    expect(outline(out, await manifestOf(work))).toEqual(undisturbed);
    expect(filesUnder(`${out}/data`).length).toBe(releasedOf('undisturbed'));
    expect(filesUnder(out).filter((file) => /tmp|partial|staging/i.test(file))).toEqual([]);
  });
});
