import type { Store } from '../store/store.ts';

/** A commit costs more than the work on a small file: this many share one. */
const BATCH = 64;

/**
 * Does `work` for each item, in transactions of some items each. A kill loses the last batch at most, and what it lost is
 * done again. `signal` ends it between two items, with what was done committed.
 */
export function inBatches<T>(
  store: Pick<Store, 'transaction'>,
  items: readonly T[],
  signal: AbortSignal | undefined,
  work: (item: T) => void,
): void {
  for (let at = 0; at < items.length; at += BATCH) {
    store.transaction(() => {
      for (const item of items.slice(at, at + BATCH)) {
        if (signal?.aborted) break;
        work(item);
      }
    });
    signal?.throwIfAborted();
  }
}
