import { mkdirSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { copyOfSample, isBuilt, manifestOf, phiGate, scratch } from './cli.ts';
import { outline } from './structure.ts';

describe.skipIf(!isBuilt)('the world around', { timeout: 600_000 }, () => {
  const folder = scratch('world');
  afterAll(() => folder.remove());

  async function release(name: string, input: string, env: Record<string, string>): Promise<string[]> {
    mkdirSync(folder.path(name));
    const [out, work] = [folder.path(name, 'out'), folder.path(name, 'work')];
    await phiGate(['run', input, '--out', out, '--work', work], { env: { ...process.env, ...env } });
    return outline(out, await manifestOf(work));
  }

  it('does not change the release: time zone, language', async () => {
    const input = copyOfSample(
      folder.path('in'),
      (file) => !file.includes('/us_burned') && !file.includes('multiframe'),
    );
    const here = await release('utc', input, { TZ: 'UTC', LANG: 'C', LC_ALL: 'C' });
    const there = await release('auckland', input, {
      TZ: 'Pacific/Auckland',
      LANG: 'tr_TR.UTF-8',
      LC_ALL: 'tr_TR.UTF-8',
    });
    expect(there).toEqual(here);
    expect(here.length).toBeGreaterThan(500);
  });

  it('gives other codes in another project', async () => {
    const input = copyOfSample(folder.path('one'), (file) => file === 'hl7/adt_a04_other_issuer.hl7');
    const codes = async (name: string) => {
      mkdirSync(folder.path(name));
      const [out, work] = [folder.path(name, 'out'), folder.path(name, 'work')];
      await phiGate(['run', input, '--out', out, '--work', work]);
      const [line] = await manifestOf(work);
      return line?.sha256Out;
    };
    const [first, second] = [await codes('project-a'), await codes('project-b')];
    expect(first).toMatch(/^[0-9a-f]{64}$/);
    expect(second).not.toBe(first);
  });
});
