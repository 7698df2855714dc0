import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { filesUnder, has, IN_CI, isBuilt, manifestOf, phiGate, ROOT, SAMPLE, scratch, TRACE } from './cli.ts';
import { leaksUnder } from './key.ts';
import { parse } from './structure.ts';

const CORPORA = join(ROOT, '../shared/corpora');
const hasDcmdump = has('dcmdump');
if (!hasDcmdump && IN_CI) throw new Error('CI needs dcmdump: install dcmtk');
if (!hasDcmdump) console.warn('SKIPPED: dcmdump is not installed (package dcmtk)');
if (!existsSync(CORPORA)) console.warn('SKIPPED: ../shared/corpora is absent');

/** Released DICOM files that a reader of others does not take, with what it said; a released value is not PHI. */
function unreadable(data: string): string[] {
  return filesUnder(data).flatMap((file) => {
    const path = join(data, file);
    const bytes = readFileSync(path);
    if (bytes.subarray(128, 132).toString('latin1') !== 'DICM') return [];
    const dump = spawnSync('dcmdump', ['-q', '+E', path], { encoding: 'utf8' });
    const complaints = dump.status === 0 ? [] : [`${file}: dcmdump ${dump.stderr.slice(0, 200)}`];
    try {
      parse(bytes);
    } catch (error) {
      complaints.push(`${file}: dicom-parser ${String(error).slice(0, 200)}`);
    }
    return complaints;
  });
}

describe.skipIf(!isBuilt || !hasDcmdump)(
  'readers of others take every released DICOM file',
  { timeout: 900_000 },
  () => {
    const folder = scratch('dcmdump');
    afterAll(() => folder.remove());

    it('of the sample set', async () => {
      const out = folder.path('out');
      await phiGate(['run', SAMPLE, '--out', out, '--work', folder.path('work')]);
      expect(filesUnder(join(out, 'data')).length).toBeGreaterThan(30);
      expect(unreadable(join(out, 'data'))).toEqual([]);
    });

    it.skipIf(!existsSync(CORPORA))(
      'of the corpora, where every source ends with a status and nearly all are released or held',
      async () => {
        const out = folder.path('corpora/out');
        const work = folder.path('corpora/work');
        for (const kind of ['dicom', 'hl7']) {
          const outcome = await phiGate([
            'run',
            join(CORPORA, kind),
            '--out',
            `${out}-${kind}`,
            '--work',
            `${work}-${kind}`,
          ]);
          expect(outcome.stderr).not.toMatch(TRACE);
          const manifest = await manifestOf(`${work}-${kind}`);
          expect(manifest).toHaveLength(filesUnder(join(CORPORA, kind)).length);
          const tally = manifest.reduce<Record<string, number>>((counts, line) => {
            const label = `${line.status} ${line.reason}`;
            return Object.assign(counts, { [label]: (counts[label] ?? 0) + 1 });
          }, {});
          console.info(`${kind}: ${JSON.stringify(tally)}`);
          expect(leaksUnder(join(`${out}-${kind}`, 'report'))).toEqual([]);
        }
        expect(unreadable(`${out}-dicom/data`)).toEqual([]);
      },
    );
  },
);
