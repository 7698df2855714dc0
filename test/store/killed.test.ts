import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SqliteFile } from '../../src/store/sqlite.ts';
import { open } from '../crosswalk/open.ts';
import { temporaryFolder, workplace } from './workplace.ts';

/** Opens the work folder and prints every code once it is committed, until it is killed. */
const CHILD = `
import { openCrosswalk } from './src/crosswalk/crosswalk.ts';
import { systemRandom } from './src/ports/random.ts';
import { loadProjectKeys } from './src/store/keys.ts';
import { openStore } from './src/store/store.ts';
const keys = loadProjectKeys(process.env.WORK, { environment: {} });
const project = { codes: 'random', link: 'keep', leadingZeros: 'significant', defaultIssuer: '' };
const crosswalk = openCrosswalk(openStore(process.env.WORK, keys), keys, { project }, systemRandom);
for (let at = 0; ; at++) {
  const uid = '1.2.' + at;
  process.stdout.write(uid + ' ' + crosswalk.resolve([{ kind: 'uid', uid }]).uid(uid) + '\\n');
}`;

/** What the child had printed, in whole lines, when it was killed after `lines` of them. */
function killAfter(lines: number, workDir: string): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', CHILD], {
      env: { ...process.env, WORK: workDir },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let printed = '';
    child.stdout.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
      if (printed.split('\n').length > lines) child.kill('SIGKILL');
    });
    child.on('error', reject);
    child.on('close', () => resolve(printed.split('\n').slice(0, -1)));
  });
}

describe('a store whose process was killed', () => {
  it('has every code that was given out, and gives no second one', async () => {
    const place = workplace();
    place.store.close();
    const lines = await killAfter(300, place.workDir);
    expect(lines.length).toBeGreaterThanOrEqual(300);
    place.reopen();
    const crosswalk = open(place);
    for (const line of lines) {
      const [uid = '', code = ''] = line.split(' ');
      expect(crosswalk.isIssued(code)).toBe(true);
      expect(crosswalk.resolve([{ kind: 'uid', uid }]).uid(uid)).toBe(code);
    }
  });
});

describe('a store whose disk is full', () => {
  it('tells that, undoes the step and goes on when there is room', () => {
    const file = new SqliteFile(join(temporaryFolder(), 'store.sqlite'));
    file.exec('CREATE TABLE t (b BLOB NOT NULL) STRICT; PRAGMA max_page_count = 8');
    const insert = file.prepare('INSERT INTO t (b) VALUES (?)');
    const fill = (): void => {
      for (let at = 0; at < 20; at++) insert.run(Buffer.alloc(4000));
    };
    expect(() => file.transaction(fill)).toThrowError(expect.objectContaining({ code: 'disk' }));
    expect(file.prepare('SELECT count(*) AS n FROM t').get()).toMatchObject({ n: 0 });
    file.exec('PRAGMA max_page_count = 1000');
    file.transaction(fill);
    expect(file.prepare('SELECT count(*) AS n FROM t').get()).toMatchObject({ n: 20 });
    file.close();
  });
});
