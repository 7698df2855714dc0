import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Found, printableName, walk } from '../../src/input/walk.ts';
import { temporaryFolder } from '../store/workplace.ts';

/** A folder of files, named by path. */
function folderOf(...paths: (string | Buffer)[]): string {
  const folder = temporaryFolder();
  for (const path of paths) {
    const at = Buffer.concat([Buffer.from(`${folder}/`), Buffer.from(path)]);
    mkdirSync(at.subarray(0, at.lastIndexOf('/')), { recursive: true });
    writeFileSync(at, 'content');
  }
  return folder;
}

const names = (input: string, ...rest: [{ exclude: string[] }?]): string[] =>
  [...walk(input, ...rest)].map((found) => found.relative.toString('latin1'));
const problems = (input: string): Extract<Found, { kind: 'problem' }>[] =>
  [...walk(input)].filter((found) => found.kind === 'problem');

describe('the walk', () => {
  it('goes through folders in the byte order of names, whatever the locale', () => {
    const folder = folderOf('b', 'a/2', 'a/1', 'B', 'ä', 'a.txt', '_', 'Z/z');
    expect(names(folder)).toEqual(
      ['B', 'Z/z', '_', 'a/1', 'a/2', 'a.txt', 'b', 'ä'].map((name) => Buffer.from(name).toString('latin1')),
    );
  });

  it('tells size and modification time, empty files included', () => {
    const folder = folderOf('a');
    writeFileSync(join(folder, 'empty'), '');
    const [a, empty] = [...walk(folder)];
    expect(a).toMatchObject({ kind: 'file', size: 7 });
    expect(a?.kind === 'file' && a.mtimeNs > 1_600_000_000_000_000_000n).toBe(true);
    expect(empty).toMatchObject({ kind: 'file', size: 0 });
  });

  it('takes one file as input, under its own name', () => {
    const folder = folderOf('x/one.dcm');
    expect(names(join(folder, 'x/one.dcm'))).toEqual(['one.dcm']);
  });

  it('finds nothing in an empty folder', () => {
    expect(names(temporaryFolder())).toEqual([]);
  });

  it('reads names with line ends, and names that are not UTF-8', () => {
    const odd = Buffer.from([0x66, 0xff, 0xfe, 0x66]);
    const folder = folderOf('two\nlines', odd);
    const found = [...walk(folder)];
    expect(found.map(({ relative }) => relative)).toEqual([odd, Buffer.from('two\nlines')]);
    expect(found.every(({ kind }) => kind === 'file')).toBe(true);
    expect(printableName(odd)).toBe('f\uFFFD\uFFFDf');
    expect(printableName(Buffer.from('two\nlines'))).toBe('two\uFFFDlines');
  });

  it('goes down as deep as the system allows', () => {
    const folder = temporaryFolder();
    const deep = `${'d/'.repeat(1500)}file`;
    execFileSync('sh', ['-c', `mkdir -p "$0" && : > "$0/file"`, join(folder, 'd/'.repeat(1500))]);
    expect(names(folder)).toEqual([deep]);
  });

  it('refuses an input that is not there, without naming it', () => {
    expect(() => names('/nowhere/Meier^Anna')).toThrowError(
      expect.objectContaining({ code: 'usage', message: expect.not.stringContaining('Meier') }),
    );
  });
});

describe('symbolic links', () => {
  it('to files and folders outside are followed, each folder once', () => {
    const outside = folderOf('o1', 'o2/x');
    const folder = folderOf('a');
    symlinkSync(join(outside, 'o1'), join(folder, 'file-link'));
    symlinkSync(outside, join(folder, 'link-1'));
    symlinkSync(outside, join(folder, 'link-2'));
    const found = [...walk(folder)];
    expect(found.map(({ relative, kind }) => `${kind} ${relative}`)).toEqual([
      'file a',
      'file file-link',
      'file link-1/o1',
      'file link-1/o2/x',
      'problem link-2',
    ]);
    expect(found[4]).toMatchObject({ status: 'skipped', reason: 'ignored' });
  });

  it('that lead back up are loops: reported, and everything else is walked', () => {
    const folder = folderOf('a/b/file');
    symlinkSync('..', join(folder, 'a/b/up'));
    symlinkSync(folder, join(folder, 'self'));
    symlinkSync('y', join(folder, 'x'));
    symlinkSync('x', join(folder, 'y'));
    expect(names(folder)).toEqual(['a/b/file', 'a/b/up', 'self', 'x', 'y']);
    expect(problems(folder)).toHaveLength(4);
    for (const problem of problems(folder)) {
      expect(problem).toMatchObject({
        status: 'quarantined',
        reason: 'unreadable',
        error: { code: 'unreadable' },
      });
    }
  });

  it('that lead back up from a folder outside end there', () => {
    const outside = folderOf('o/file');
    symlinkSync(outside, join(outside, 'o/up'));
    const folder = folderOf('a');
    symlinkSync(outside, join(folder, 'link'));
    expect(names(folder)).toEqual(['a', 'link/o/file', 'link/o/up']);
  });

  it('to what is walked under its own name are skipped, whatever comes first', () => {
    const folder = folderOf('m/file');
    symlinkSync(join(folder, 'm'), join(folder, 'a-before'));
    symlinkSync(join(folder, 'm/file'), join(folder, 'z-after'));
    expect([...walk(folder)].map(({ relative, kind }) => `${kind} ${relative}`)).toEqual([
      'problem a-before',
      'file m/file',
      'problem z-after',
    ]);
    for (const problem of problems(folder)) expect(problem.status).toBe('skipped');
  });

  it('that lead nowhere are unreadable', () => {
    const folder = folderOf('a');
    symlinkSync('/nowhere/at-all', join(folder, 'broken'));
    expect(problems(folder)).toMatchObject([{ status: 'quarantined', reason: 'unreadable' }]);
  });

  it('into the release or work folder are not followed', () => {
    const out = folderOf('data/x.dcm');
    const folder = folderOf('a');
    symlinkSync(join(out, 'data'), join(folder, 'link'));
    symlinkSync(join(out, 'data/x.dcm'), join(folder, 'link-file'));
    expect(names(folder)).toEqual(['a', 'link/x.dcm', 'link-file']);
    expect([...walk(folder, { exclude: [out] })].map(({ kind }) => kind)).toEqual([
      'file',
      'problem',
      'problem',
    ]);
  });
});

describe('what is no file', () => {
  it('pipes and sockets are skipped with a reason and never opened', async () => {
    const folder = folderOf('a');
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(join(folder, 'socket'), resolve));
    const found = problems(folder);
    server.close();
    expect(found.map(({ relative, status, reason }) => [relative.toString(), status, reason])).toEqual([
      ['pipe', 'skipped', 'not-supported'],
      ['socket', 'skipped', 'not-supported'],
    ]);
    expect(found[0]?.error.message).toContain('pipe');
  });

  it('a folder that may not be entered is reported, and its neighbours are walked', () => {
    const folder = folderOf('a/x', 'closed/x', 'z');
    chmodSync(folder, 0o755);
    chmodSync(join(folder, 'closed'), 0o000);
    const found = unprivileged(() => [...walk(folder)]);
    chmodSync(join(folder, 'closed'), 0o755);
    expect(found.map(({ relative, kind }) => `${kind} ${relative}`)).toEqual([
      'file a/x',
      'problem closed',
      'file z',
    ]);
    expect(found[1]).toMatchObject({ status: 'quarantined', error: { code: 'unreadable' } });
  });
});

/** Root may read everything: the test gives that up for a moment. */
function unprivileged<T>(action: () => T): T {
  if (process.geteuid?.() !== 0) return action();
  process.seteuid?.(65534);
  try {
    return action();
  } finally {
    process.seteuid?.(0);
  }
}
