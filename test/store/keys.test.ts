import { chmodSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createCipher } from '../../src/store/cipher.ts';
import { deriveKeys, KEY_VARIABLE, loadProjectKeys } from '../../src/store/keys.ts';
import { openStore } from '../../src/store/store.ts';
import { prepareWorkFolder } from '../../src/store/work-folder.ts';
import { temporaryFolder, workplace } from './workplace.ts';

describe('the project key', () => {
  it('is made once, for its owner alone', () => {
    const workDir = temporaryFolder();
    const first = loadProjectKeys(workDir, { create: true, environment: {} });
    expect(statSync(join(workDir, 'project.key')).mode & 0o777).toBe(0o600);
    expect(loadProjectKeys(workDir, { create: true, environment: {} })).toEqual(first);
  });

  it('comes from the environment before the file, and leaves no file', () => {
    const workDir = temporaryFolder();
    const environment = { [KEY_VARIABLE]: Buffer.alloc(32, 7).toString('base64') };
    expect(loadProjectKeys(workDir, { create: true, environment })).toEqual(deriveKeys(Buffer.alloc(32, 7)));
    expect(() => statSync(join(workDir, 'project.key'))).toThrow();
  });

  it('differs from project to project and from purpose to purpose', () => {
    const keys = [1, 2].map(() => loadProjectKeys(temporaryFolder(), { create: true, environment: {} }));
    const all = keys.flatMap((key) => Object.values(key).map((bytes) => Buffer.from(bytes).toString('hex')));
    expect(new Set(all).size).toBe(8);
  });

  it('when lost is an error, and no new one is made in its place', () => {
    const { workDir, store } = workplace();
    store.close();
    rmSync(join(workDir, 'project.key'));
    expect(() => loadProjectKeys(workDir, { create: true, environment: {} })).toThrowError(
      expect.objectContaining({ code: 'crosswalk', message: expect.stringContaining('lost') }),
    );
    expect(() => statSync(join(workDir, 'project.key'))).toThrow();
  });

  it('when wrong does not open the store', () => {
    const { workDir } = workplace();
    expect(() => openStore(workDir, deriveKeys(Buffer.alloc(32, 1)))).toThrowError(
      expect.objectContaining({ code: 'crosswalk' }),
    );
  });

  it.each(['', 'short', `${'A'.repeat(43)}!`, Buffer.alloc(31).toString('base64')])(
    'refuses %j as a key',
    (text) => {
      const workDir = temporaryFolder();
      writeFileSync(join(workDir, 'project.key'), text);
      expect(() => loadProjectKeys(workDir, { environment: {} })).toThrowError(
        expect.objectContaining({ code: 'crosswalk' }),
      );
    },
  );

  it('is closed to others where somebody opened it', () => {
    const { workDir } = workplace();
    chmodSync(join(workDir, 'project.key'), 0o644);
    loadProjectKeys(workDir, { environment: {} });
    expect(statSync(join(workDir, 'project.key')).mode & 0o777).toBe(0o600);
  });
});

describe('the cipher', () => {
  const cipher = createCipher(deriveKeys(Buffer.alloc(32, 3)));

  it('gives back what it sealed, and never the same bytes twice', () => {
    const [a, b] = [cipher.seal('uid', 'Muster^Änne'), cipher.seal('uid', 'Muster^Änne')];
    expect(a).not.toEqual(b);
    expect(cipher.unsealText('uid', a)).toBe('Muster^Änne');
  });

  it('opens nothing for another purpose, after a change or when cut short', () => {
    const sealed = cipher.seal('uid', '1.2.3');
    const changed = Buffer.from(sealed);
    changed.writeUInt8(changed.readUInt8(13) ^ 1, 13);
    for (const attempt of [
      () => cipher.unseal('path', sealed),
      () => cipher.unseal('uid', changed),
      () => cipher.unseal('uid', sealed.subarray(0, 20)),
      () => cipher.unseal('uid', new Uint8Array(0)),
    ]) {
      expect(attempt).toThrowError(expect.objectContaining({ code: 'crosswalk' }));
    }
  });

  it('looks up by purpose and key', () => {
    const other = createCipher(deriveKeys(Buffer.alloc(32, 4)));
    expect(cipher.lookup('a', 'x')).toEqual(cipher.lookup('a', 'x'));
    expect(cipher.lookup('a', 'x')).not.toEqual(cipher.lookup('b', 'x'));
    expect(cipher.lookup('a', 'x')).not.toEqual(other.lookup('a', 'x'));
  });
});

describe('the work folder', () => {
  it('is closed to others, with all files in it', () => {
    const { workDir, store } = workplace();
    store.sources.seen({ path: Buffer.from('a'), size: 1, mtimeNs: 1n }, 'r');
    expect(statSync(workDir).mode & 0o777).toBe(0o700);
    for (const name of ['store.sqlite', 'store.sqlite-wal', 'store.sqlite-shm', 'project.key']) {
      expect(statSync(join(workDir, name)).mode & 0o777, name).toBe(0o600);
    }
  });

  it("is not taken where it holds somebody's files, and their mode stays", () => {
    const folder = temporaryFolder();
    chmodSync(folder, 0o755);
    writeFileSync(join(folder, 'thesis.doc'), 'x');
    expect(() => prepareWorkFolder(folder)).toThrowError(expect.objectContaining({ code: 'usage' }));
    expect(statSync(folder).mode & 0o777).toBe(0o755);
    expect(readFileSync(join(folder, 'thesis.doc'), 'utf8')).toBe('x');
  });
});
