import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/model/finding.ts';
import { SHOWN } from '../../src/model/finding.ts';
import type { RunResult } from '../../src/model/result.ts';
import { MetaTable } from '../../src/store/meta.ts';
import { migrate } from '../../src/store/migrate.ts';
import { MIGRATIONS } from '../../src/store/schema.ts';
import { SqliteFile } from '../../src/store/sqlite.ts';
import { openStore } from '../../src/store/store.ts';
import { temporaryFolder, workplace } from './workplace.ts';

const found = (path: string, size = 10, mtimeNs = 1_700_000_000_123_456_789n) => ({
  path: Buffer.from(path),
  size,
  mtimeNs,
});

const finding = (sourceId: string, rule: string): Finding => ({
  sourceId,
  format: 'hl7',
  locus: 'PID-5.1',
  span: [0, 4],
  category: 'A',
  detector: 'known',
  rule,
  tier: 'leak',
  confidence: 1,
  explain: 'a known name, whole or in part',
  shown: SHOWN,
  fingerprint: '0011223344556677',
});

describe('sources', () => {
  it('keep their id from run to run, and say whether the file changed', () => {
    const place = workplace();
    const first = place.store.sources.seen(found('a/Meier.dcm'), 'run1');
    expect(first.change).toBe('new');
    expect(first.source.id).toMatch(/^[0-9a-f]{16}$/);
    place.store.sources.update(first.source.id, { phase: 'done', status: 'released', output: 'x/1.dcm' });
    const again = place.reopen().sources.seen(found('a/Meier.dcm'), 'run2');
    expect(again.change).toBe('same');
    expect(again.source).toMatchObject({
      id: first.source.id,
      status: 'released',
      run: 'run2',
      phase: 'done',
    });
  });

  it.each([
    ['size', found('a', 11)],
    ['modification time, by a nanosecond', found('a', 10, 1_700_000_000_123_456_790n)],
  ])('start again when the file changed in %s, and still say what was released', (_, changed) => {
    const { store } = workplace();
    const { source } = store.sources.seen(found('a'), 'run1');
    store.surveys.put(source.id, '{}');
    store.findings.replace(source.id, [finding(source.id, 'r')]);
    store.sources.update(source.id, {
      phase: 'done',
      status: 'released',
      sha256In: 'ab',
      output: 'x.dcm',
      parts: { released: 2, withheld: 1 },
      details: { frames: 3 },
    });
    const again = store.sources.seen(changed, 'run2');
    expect(again.change).toBe('changed');
    expect(again.source).toMatchObject({ phase: 'found', output: 'x.dcm' });
    expect(again.source.status).toBeUndefined();
    expect(again.source.details).toBeUndefined();
    expect(again.source.parts).toBeUndefined();
    expect(store.surveys.get(source.id)).toBeUndefined();
    expect(store.findings.of(source.id)).toEqual([]);
  });

  it('may have names that are not UTF-8 or hold line ends', () => {
    const { store } = workplace();
    const path = Buffer.from([0x61, 0xff, 0x0a, 0x62]);
    const { source } = store.sources.seen({ path, size: 1, mtimeNs: 1n }, 'r');
    expect(store.sources.byPath(path)?.id).toBe(source.id);
    expect(store.sources.get(source.id)?.path).toEqual(path);
  });

  it('come back in the order they were first met, over many pages, while rows change', () => {
    const { store } = workplace();
    const names = Array.from({ length: 1200 }, (_, at) => `f${at}`);
    store.transaction(() => {
      for (const name of names) store.sources.seen(found(name), 'r');
    });
    const seen: string[] = [];
    for (const source of store.sources.all('r')) {
      seen.push(source.path.toString());
      store.sources.update(source.id, { phase: 'surveyed' });
    }
    expect(seen).toEqual(names);
  });

  it('that vanished from the input belong to the earlier run', () => {
    const { store } = workplace();
    store.sources.seen(found('gone'), 'run1');
    store.sources.seen(found('stays'), 'run1');
    store.sources.seen(found('stays'), 'run2');
    expect([...store.sources.all('run2')].map(({ path }) => path.toString())).toEqual(['stays']);
    expect(store.sources.notSeen('run2').map(({ path }) => path.toString())).toEqual(['gone']);
  });

  it('clear a field by null, leave it by undefined, and are counted by status and reason', () => {
    const { store } = workplace();
    const { source } = store.sources.seen(found('a'), 'r');
    store.sources.update(source.id, { status: 'held', reason: 'suspects', output: 'x' });
    store.sources.update(source.id, { output: null });
    expect(store.sources.get(source.id)).toMatchObject({ status: 'held', reason: 'suspects' });
    expect(store.sources.get(source.id)?.output).toBeUndefined();
    expect(store.sources.counts('r')).toEqual([{ status: 'held', reason: 'suspects', count: 1 }]);
  });
});

describe('what masking and audit leave', () => {
  it('findings are replaced by source and come in the order of the walk', () => {
    const { store } = workplace();
    const [a, b] = ['a', 'b'].map((name) => store.sources.seen(found(name), 'r').source.id) as [
      string,
      string,
    ];
    store.findings.replace(b, [finding(b, 'b1')]);
    store.findings.replace(a, [finding(a, 'old')]);
    store.findings.replace(a, [finding(a, 'a1'), finding(a, 'a2')]);
    expect([...store.findings.all('r')].map(({ rule }) => rule)).toEqual(['a1', 'a2', 'b1']);
    expect([...store.findings.all('other')]).toEqual([]);
  });

  it('actions are summed over the sources of the run', () => {
    const { store } = workplace();
    const taken = [
      { attribute: 'PID-5', action: 'pseudonym' },
      { attribute: 'PID-5', action: 'pseudonym' },
      { attribute: 'PID-3', action: 'pseudonym' },
    ];
    for (const name of ['a', 'b']) store.actions.put(store.sources.seen(found(name), 'r').source.id, taken);
    store.actions.put(store.sources.seen(found('c'), 'r').source.id, taken.slice(2));
    store.actions.put(store.sources.seen(found('gone'), 'earlier').source.id, taken);
    expect(store.actions.totals('r')).toEqual([
      { attribute: 'PID-3', action: 'pseudonym', count: 3 },
      { attribute: 'PID-5', action: 'pseudonym', count: 4 },
    ]);
  });

  it('fingerprints are random ids, one for each value, kept over runs', () => {
    const place = workplace();
    const id = place.store.fingerprints.of('Meier');
    expect(id).toMatch(/^[0-9a-f]{16}$/);
    expect(place.store.fingerprints.of('Meyer')).not.toBe(id);
    expect(place.reopen().fingerprints.of('Meier')).toBe(id);
    expect(workplace().store.fingerprints.of('Meier')).not.toBe(id);
  });

  it('runs are kept with their results', () => {
    const { store } = workplace();
    store.runs.start({ id: 'r1', command: 'run', startedAt: '2024-01-01T00:00:00Z', projectSha256: 'ab' });
    expect(store.runs.last()).toEqual({
      id: 'r1',
      command: 'run',
      startedAt: '2024-01-01T00:00:00Z',
      projectSha256: 'ab',
    });
    store.runs.end('r1', { endedAt: '2024-01-01T00:01:00Z', verdict: 'pass' } as RunResult);
    expect(store.runs.last()?.result?.verdict).toBe('pass');
  });
});

describe('transactions', () => {
  it('undo all of the outermost one when an inner step fails, even if somebody catches that', () => {
    const { store } = workplace();
    expect(() =>
      store.transaction(() => {
        store.meta.set('a', '1');
        try {
          store.transaction(() => {
            store.meta.set('b', '1');
            throw new Error('inner');
          });
        } catch {
          store.meta.set('c', '1');
        }
      }),
    ).toThrowError(expect.objectContaining({ code: 'internal' }));
    expect(['a', 'b', 'c'].map((key) => store.meta.get(key))).toEqual([undefined, undefined, undefined]);
    store.transaction(() => store.meta.set('a', '2'));
    expect(store.meta.get('a')).toBe('2');
  });

  it('tell listeners that they were undone', () => {
    const { store } = workplace();
    let undone = 0;
    store.onRollback(() => undone++);
    store.transaction(() => store.meta.set('a', '1'));
    expect(undone).toBe(0);
    expect(() =>
      store.transaction(() => {
        throw new Error('x');
      }),
    ).toThrow('x');
    expect(undone).toBe(1);
  });
});

describe('at rest', () => {
  it('no path and no survey stands in clear in any file of the work folder', () => {
    const { workDir, store } = workplace();
    const { source } = store.sources.seen(found('Ward 7/Quellwasser^Theodora.dcm'), 'r');
    store.surveys.put(source.id, JSON.stringify({ known: ['Quellwasser^Theodora', 'MRN-00471199'] }));
    store.fingerprints.of('MRN-00471199');
    const check = (): void => {
      for (const name of readdirSync(workDir)) {
        const bytes = readFileSync(join(workDir, name)).toString('latin1');
        for (const value of ['Quellwasser', 'Theodora', 'Ward 7', '00471199'])
          expect(bytes).not.toContain(value);
      }
    };
    check();
    store.close();
    check();
  });
});

describe('versions', () => {
  const V2 = 'CREATE TABLE later (id INTEGER PRIMARY KEY) STRICT';

  it('a newer store than this program knows is refused as usage', () => {
    const place = workplace();
    place.store.meta.set('version', '999');
    place.store.close();
    expect(() => openStore(place.workDir, place.keys)).toThrowError(
      expect.objectContaining({ code: 'usage', message: expect.stringContaining('999') }),
    );
  });

  it('an older store gets the missing steps, after a copy was put beside it', () => {
    const path = join(temporaryFolder(), "it's a store.sqlite");
    const file = new SqliteFile(path);
    migrate(file, path, MIGRATIONS);
    new MetaTable(file).set('mark', 'before');
    migrate(file, path, [...MIGRATIONS, V2]);
    expect(new MetaTable(file).get('version')).toBe(String(MIGRATIONS.length + 1));
    expect(file.prepare('SELECT count(*) AS n FROM later').get()).toMatchObject({ n: 0 });
    file.close();
    const backupPath = `${path}.v${MIGRATIONS.length}.backup`;
    expect(statSync(backupPath).mode & 0o777).toBe(0o600);
    const backup = new SqliteFile(backupPath);
    expect(new MetaTable(backup).get('version')).toBe(String(MIGRATIONS.length));
    expect(new MetaTable(backup).get('mark')).toBe('before');
    backup.close();
  });

  it('a step that fails leaves the store as it was', () => {
    const path = join(temporaryFolder(), 'store.sqlite');
    const file = new SqliteFile(path);
    migrate(file, path, MIGRATIONS);
    expect(() => migrate(file, path, [...MIGRATIONS, `${V2}; CREATE TABLE sources (x)`])).toThrow();
    expect(new MetaTable(file).get('version')).toBe(String(MIGRATIONS.length));
    expect(file.prepare("SELECT 1 AS x FROM sqlite_master WHERE name = 'later'").get()).toBeUndefined();
    file.close();
  });

  it('a file that is no store is a typed error without its bytes', () => {
    const place = workplace();
    place.store.close();
    for (const name of readdirSync(place.workDir)) {
      if (name.startsWith('store.sqlite'))
        writeFileSync(join(place.workDir, name), 'Quellwasser '.repeat(500));
    }
    expect(() => openStore(place.workDir, place.keys)).toThrowError(
      expect.objectContaining({ code: 'crosswalk', message: expect.not.stringContaining('Quellwasser') }),
    );
  });

  it('a missing store is refused where it must exist', () => {
    const place = workplace();
    expect(() => openStore(temporaryFolder(), place.keys, { mustExist: true })).toThrowError(
      expect.objectContaining({ code: 'usage' }),
    );
  });
});
