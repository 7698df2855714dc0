import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { acquireLock } from '../../src/store/lock.ts';
import { temporaryFolder } from './workplace.ts';

const lockPath = (workDir: string): string => join(workDir, 'run.lock');

function deadProcess(): number {
  return spawnSync(process.execPath, ['-e', '']).pid;
}

describe('the run lock', () => {
  it('names host, process and start, and is gone after its release', () => {
    const workDir = temporaryFolder();
    const lock = acquireLock(workDir, new Date('2024-05-06T07:08:09Z'));
    expect(JSON.parse(readFileSync(lockPath(workDir), 'utf8'))).toMatchObject({
      host: hostname(),
      pid: process.pid,
      start: '2024-05-06T07:08:09.000Z',
    });
    expect(statSync(lockPath(workDir)).mode & 0o777).toBe(0o600);
    lock.release();
    lock.release();
    expect(readdirSync(workDir)).toEqual([]);
  });

  it('refuses a second run and tells who holds it', () => {
    const workDir = temporaryFolder();
    acquireLock(workDir, new Date('2024-05-06T07:08:09Z'));
    expect(() => acquireLock(workDir)).toThrowError(
      expect.objectContaining({
        code: 'usage',
        message: expect.stringMatching(new RegExp(`${process.pid} on ${hostname()} since 2024-05-06`)),
      }),
    );
  });

  it.each([
    ['whose process is dead', () => ({ host: hostname(), pid: deadProcess(), start: 'x' })],
    [
      'whose process id was given to another process since',
      () => ({ host: hostname(), pid: process.pid, start: 'x', processStart: '1' }),
    ],
    ['that is half written', () => undefined],
  ])('takes over a lock %s', (_, holder) => {
    const workDir = temporaryFolder();
    writeFileSync(lockPath(workDir), JSON.stringify(holder()) ?? '{"host":');
    const lock = acquireLock(workDir);
    expect(JSON.parse(readFileSync(lockPath(workDir), 'utf8'))).toMatchObject({ pid: process.pid });
    lock.release();
    expect(readdirSync(workDir)).toEqual([]);
  });

  it('leaves a lock of another host alone', () => {
    const workDir = temporaryFolder();
    writeFileSync(
      lockPath(workDir),
      JSON.stringify({ host: 'elsewhere.invalid', pid: deadProcess(), start: 'x' }),
    );
    expect(() => acquireLock(workDir)).toThrowError(expect.objectContaining({ code: 'usage' }));
    expect(existsSync(lockPath(workDir))).toBe(true);
  });

  it('does not remove a lock that is no longer its own', () => {
    const workDir = temporaryFolder();
    const lock = acquireLock(workDir);
    writeFileSync(lockPath(workDir), '{"host":"elsewhere.invalid","pid":1,"start":"x"}');
    lock.release();
    expect(existsSync(lockPath(workDir))).toBe(true);
  });
});
