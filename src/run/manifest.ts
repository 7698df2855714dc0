import { printableName } from '../input/walk.ts';
import { loadProjectKeys } from '../store/keys.ts';
import { openStore } from '../store/store.ts';

/**
 * One JSON line for each source of the last run: `{source, sourceId, output, status, reason, sha256In, sha256Out, parts?}`.
 * `source` is relative to the input, `output` to `data/`. Not to be handed on: it names sources.
 * @throws PhiGateError `usage` where the folder holds no project, `crosswalk` for a wrong key.
 */
export function* manifestLines(work: string): IterableIterator<string> {
  const store = openStore(work, loadProjectKeys(work), { mustExist: true });
  try {
    const run = store.runs.last()?.id;
    for (const record of store.sources.all(run)) {
      yield JSON.stringify({
        source: printableName(record.path),
        sourceId: record.id,
        output: record.status === 'released' ? (record.output ?? null) : null,
        status: record.status ?? 'unfinished',
        reason: record.reason ?? null,
        sha256In: record.sha256In ?? null,
        sha256Out: record.status === 'released' ? (record.sha256Out ?? null) : null,
        ...(record.parts && { parts: record.parts }),
      });
    }
  } finally {
    store.close();
  }
}
