import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { MALFORMED, whole } from '../../fixtures/malformed.ts';
import {
  CLI,
  copyOfSample,
  filesUnder,
  has,
  IN_CI,
  isBuilt,
  isRoot,
  manifestOf,
  phiGate,
  resultOf,
  SAMPLE,
  scratch,
  TRACE,
  treeHash,
} from './cli.ts';
import { leaksUnder, needles, needlesIn } from './key.ts';

/**
 * Where the tool has a choice: what contradicts its transfer syntax may be read and put right; under a syntax that nobody
 * knows the header may be read (PS3.5 A.4 has explicit little endian for all of them) and the pixels not.
 */
const MAY_END_AS: Record<string, string> = { 'wrong-syntax.dcm': 'released', 'unknown-syntax.dcm': 'held' };

describe.skipIf(!isBuilt)('bad input', { timeout: 600_000 }, () => {
  const folder = scratch('bad');
  afterAll(() => folder.remove());

  const inputWith = (name: string, files: Record<string, Buffer>): string => {
    const input = folder.path(name, 'in');
    mkdirSync(input, { recursive: true });
    for (const [file, bytes] of Object.entries(files)) writeFileSync(join(input, file), bytes);
    return input;
  };
  const run = (name: string, input: string, options = {}, wrapper: string[] = []) =>
    phiGate(
      ['run', input, '--out', folder.path(name, 'out'), '--work', folder.path(name, 'work')],
      options,
      wrapper,
    );

  describe('one bad file beside a good one', () => {
    it.each(Object.keys(MALFORMED))(
      '%s is quarantined with a reason, the other is released, nothing crashes',
      async (file) => {
        const bytes = MALFORMED[file]?.() ?? Buffer.alloc(0);
        const input = inputWith(file, { [file]: bytes, 'intact.dcm': whole() });
        const outcome = await run(file, input);
        expect(outcome.stderr).not.toMatch(TRACE);
        const manifest = await manifestOf(folder.path(file, 'work'));
        const bad = manifest.find((line) => line.source === file);
        expect(manifest.find((line) => line.source === 'intact.dcm')).toMatchObject({
          status: 'released',
          reason: 'clean',
        });
        if (bad?.status !== undefined && MAY_END_AS[file] === bad.status) return;
        expect(bad?.status).toBe('quarantined');
        expect(bad?.reason).toMatch(/^[a-z-]+$/);
        expect(outcome.code, outcome.stderr).toBe(3);
        expect(resultOf(folder.path(file, 'out')).sources).toMatchObject({
          total: 2,
          released: 1,
          quarantined: 1,
        });
        expect(leaksUnder(folder.path(file, 'out'))).toEqual([]);
      },
    );
  });

  it('quarantines all of them in one run and carries on to the last', async () => {
    const bad = Object.fromEntries(Object.entries(MALFORMED).map(([file, make]) => [file, make()]));
    const input = inputWith('all', { ...bad, 'a-first.dcm': whole(1), 'z-last.dcm': whole(2) });
    const before = treeHash(input);
    const outcome = await run('all', input);
    expect(outcome.code).toBe(3);
    expect(outcome.stderr).not.toMatch(TRACE);
    const manifest = await manifestOf(folder.path('all', 'work'));
    expect(manifest).toHaveLength(Object.keys(bad).length + 2);
    expect(manifest.filter((line) => line.status === 'released').map((line) => line.source)).toEqual(
      expect.arrayContaining(['a-first.dcm', 'z-last.dcm']),
    );
    expect(needlesIn(Buffer.from(outcome.stderr + outcome.stdout), needles())).toEqual([]);
    expect(treeHash(input)).toBe(before);
  });

  it('holds an image that was cut between two elements, unless the project wants headers alone', async () => {
    const intact = whole();
    const cut = intact.subarray(0, intact.indexOf(Buffer.from([0xe0, 0x7f, 0x10, 0x00])));
    const input = inputWith('cut', { 'cut.dcm': cut, 'intact.dcm': intact });
    const outcome = await run('cut', input);
    const of = async (name: string) =>
      (await manifestOf(folder.path(name, 'work'))).find(({ source }) => source === 'cut.dcm');
    expect(await of('cut')).toMatchObject({ status: 'held', reason: 'pixels-missing' });
    expect(outcome.code).toBe(3);
    expect(outcome.stdout).toContain('an image without its pixels');
    writeFileSync(folder.path('headers.yaml'), 'version: 1\nimagesWithoutPixels: release\n');
    const [out, work] = [folder.path('headers', 'out'), folder.path('headers', 'work')];
    const project = ['--project', folder.path('headers.yaml'), '--out', out, '--work', work];
    const released = await phiGate(['run', input, ...project]);
    expect(await of('headers')).toMatchObject({ status: 'released' });
    expect(released.code, released.stderr).toBe(0);
  });

  it('names each quarantined source by its id, with what is wrong, and never by its name', async () => {
    const names = ['truncated-header.dcm', 'length-past-end.dcm', 'no-msh.hl7'];
    const input = inputWith(
      'named',
      Object.fromEntries(names.map((file) => [file, MALFORMED[file]?.() ?? whole()])),
    );
    const outcome = await run('named', input);
    const told = outcome.stderr + outcome.stdout;
    for (const line of await manifestOf(folder.path('named', 'work'))) expect(told).toContain(line.sourceId);
    expect(told).toMatch(/\([0-9A-F]{4},[0-9A-F]{4}\)/);
    for (const file of names) expect(told).not.toContain(file);
  });

  it('scan takes the same files without a crash and says that it is incomplete', async () => {
    const input = inputWith(
      'scan',
      Object.fromEntries(Object.entries(MALFORMED).map(([file, make]) => [file, make()])),
    );
    const outcome = await phiGate(['scan', input, '--format', 'json']);
    expect(outcome.code).toBe(3);
    expect(outcome.stderr).not.toMatch(TRACE);
  });

  it('refuses an output inside the input, and an input that is not there', async () => {
    const input = inputWith('inside', { 'intact.dcm': whole() });
    const before = treeHash(input);
    const inside = await phiGate(['run', input, '--out', join(input, 'out')]);
    expect(inside.code).toBe(2);
    expect(inside.stderr).not.toMatch(TRACE);
    expect(treeHash(input)).toBe(before);
    const link = folder.path('inside', 'link');
    symlinkSync(input, link);
    expect((await phiGate(['run', input, '--out', join(link, 'out')])).code).toBe(2);
    const workInside = await phiGate([
      'run',
      input,
      '--out',
      folder.path('inside', 'o'),
      '--work',
      folder.path('inside', 'o', 'w'),
    ]);
    expect(workInside.code).toBe(2);
    const missing = await phiGate(['run', folder.path('nowhere'), '--out', folder.path('inside', 'out2')]);
    expect(missing.code).toBe(2);
    expect(missing.stderr).not.toMatch(TRACE);
  });

  it('gets over a symlink loop and a link that leads nowhere', async () => {
    const input = inputWith('loop', { 'intact.dcm': whole() });
    mkdirSync(join(input, 'sub'));
    symlinkSync('..', join(input, 'sub', 'up'));
    symlinkSync('self', join(input, 'self'));
    symlinkSync('/nowhere/at/all', join(input, 'dangling'));
    const outcome = await run('loop', input);
    expect(outcome.stderr).not.toMatch(TRACE);
    const manifest = await manifestOf(folder.path('loop', 'work'));
    expect(manifest.filter((line) => line.status === 'released')).toHaveLength(1);
    expect(outcome.code).toBe(3);
  });

  it.skipIf(process.platform !== 'linux')(
    'takes names with a newline and names that are not UTF-8',
    async () => {
      const input = inputWith('names', { 'a\nGREENHALGE.dcm': whole(1) });
      writeFileSync(
        Buffer.concat([Buffer.from(`${input}/M`), Buffer.from([0xfc, 0xff]), Buffer.from('ller.dcm')]),
        whole(2),
      );
      const outcome = await run('names', input);
      expect(outcome.stderr).not.toMatch(TRACE);
      const manifest = await manifestOf(folder.path('names', 'work'));
      expect(manifest).toHaveLength(2);
      expect(manifest.filter((line) => line.status === 'released')).toHaveLength(2);
      expect(new Set(filesUnder(folder.path('names', 'out', 'data'))).size).toBe(2);
      expect(outcome.stderr + outcome.stdout).not.toContain('GREENHALGE');
    },
  );

  const asNobody = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'];
  const canDropPrivileges =
    isRoot &&
    has('setpriv') &&
    spawnSync(asNobody[0] ?? '', [...asNobody.slice(1), 'cat', CLI], { stdio: 'ignore' }).status === 0;
  if (isRoot && !canDropPrivileges)
    console.warn('SKIPPED: permission tests need setpriv and a project folder that others may read');
  if (IN_CI && isRoot && !canDropPrivileges)
    throw new Error('CI must be able to drop privileges for the permission tests');

  it.skipIf(isRoot && !canDropPrivileges)(
    'quarantines what it may not read, a file and a folder',
    async () => {
      const input = inputWith('denied', { 'intact.dcm': whole(1), 'denied.dcm': whole(2) });
      mkdirSync(join(input, 'closed'));
      writeFileSync(join(input, 'closed', 'inside.dcm'), whole(3));
      chmodSync(join(input, 'denied.dcm'), 0o000);
      chmodSync(join(input, 'closed'), 0o000);
      if (isRoot) chownSync(folder.path('denied'), 65534, 65534);
      const outcome = await run(
        'denied',
        input,
        { env: { ...process.env, HOME: folder.path('denied') } },
        isRoot ? asNobody : [],
      );
      chmodSync(join(input, 'closed'), 0o755);
      expect(outcome.stderr).not.toMatch(TRACE);
      expect(outcome.code, outcome.stderr).toBe(3);
      const manifest = await manifestOf(folder.path('denied', 'work'));
      expect(manifest.find((line) => line.source === 'denied.dcm')).toMatchObject({
        status: 'quarantined',
        reason: 'unreadable',
      });
      expect(manifest.find((line) => line.source === 'intact.dcm')?.status).toBe('released');
      expect(manifest.some((line) => line.source.startsWith('closed') && line.status === 'quarantined')).toBe(
        true,
      );
    },
  );

  it.skipIf(isRoot && !canDropPrivileges)('says so when it may not write the output', async () => {
    const input = inputWith('unwritable', { 'intact.dcm': whole() });
    const outcome = await run('unwritable', input, {}, isRoot ? asNobody : []);
    if (!isRoot) return;
    expect(outcome.stderr).not.toMatch(TRACE);
    expect([2, 3]).toContain(outcome.code);
  });

  it('a full disk ends the run incomplete and loses nothing; with room again it completes', async (context) => {
    const mounted = folder.path('full', 'disk');
    mkdirSync(mounted, { recursive: true });
    const mount = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=400k', 'tmpfs', mounted], {
      stdio: 'ignore',
    });
    if (mount.status !== 0) {
      console.warn('SKIPPED: the full-disk test needs to mount a small tmpfs');
      context.skip();
    }
    onTestFinished(() => void spawnSync('umount', [mounted]));
    const input = inputWith('full', {});
    for (let i = 0; i < 80; i++) writeFileSync(join(input, `${i}.dcm`), whole(i));
    const args = ['run', input, '--out', join(mounted, 'out'), '--work', folder.path('full', 'work')];
    const full = await phiGate(args);
    expect(full.stderr).not.toMatch(TRACE);
    expect(full.code, full.stderr).toBe(3);
    expect(full.stderr + full.stdout).toMatch(/space|disk|full/i);
    expect(full.stderr).toMatch(/of 80 sources .*not done.*the same command goes on from here/);
    expect(spawnSync('mount', ['-o', 'remount,size=64m', mounted]).status).toBe(0);
    const again = await phiGate(args);
    expect(again.code, again.stderr).toBe(0);
    const manifest = await manifestOf(folder.path('full', 'work'));
    expect(manifest.filter((line) => line.status === 'released')).toHaveLength(80);
    expect(filesUnder(join(mounted, 'out', 'data'))).toHaveLength(80);
  });

  it('does not take an unknown key of the project for a wish', async () => {
    const input = inputWith('project', { 'intact.dcm': whole() });
    const project = folder.path('project', 'project.yaml');
    writeFileSync(project, 'version: 1\ntemplate: safe-harbor\ndatez: shift\n');
    const outcome = await phiGate([
      'run',
      input,
      '--out',
      folder.path('project', 'out'),
      '--project',
      project,
    ]);
    expect(outcome.code).toBe(2);
    expect(outcome.stderr).toContain('datez');
    expect(outcome.stderr).toContain('dates');
    expect(outcome.stderr).toMatch(/line 3|:3/);
  });

  it('withholds a broken message and releases the rest of its batch', async () => {
    const input = folder.path('batch', 'in');
    copyOfSample(input, (file) => file === 'hl7/batch.hl7');
    const outcome = await run('batch', input);
    const [line] = await manifestOf(folder.path('batch', 'work'));
    expect(line).toMatchObject({ status: 'released', parts: { released: 3, withheld: 1 } });
    const released = readFileSync(folder.path('batch', 'out', 'data', line?.output ?? ''), 'utf8');
    expect(released).toContain('BTS|3|');
    expect(released.match(/^MSH\|/gm) ?? released.match(/(^|\r)MSH\|/g)).toHaveLength(3);
    expect(outcome.code).toBe(3);
  });

  it('treats a folder of the sample under a name that says whose it is as any other', async () => {
    const input = folder.path('GREENHALGE_MARTHA', 'in');
    mkdirSync(input, { recursive: true });
    cpSync(join(SAMPLE, 'hl7/ack.hl7'), join(input, 'ack.hl7'));
    const outcome = await run('GREENHALGE_MARTHA', input);
    expect(leaksUnder(folder.path('GREENHALGE_MARTHA', 'out'))).toEqual([]);
    expect(outcome.code).toBe(0);
  });
});
