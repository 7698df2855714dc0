import type { Store } from '../store/store.ts';

/** Lets signals and other work of the process have their turn: a phase of many small files never waits for anything. */
export const breath = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A commit costs more than the work on a small file: this many share one. */
const BATCH = 64;

/**
 * Does `work` for each item, in transactions of some items each. A kill loses the last batch at most, and what it lost is
 * done again. `signal` ends it between two items, with what was done committed.
 */
export async function inBatches<T>(
  store: Pick<Store, 'transaction'>,
  items: readonly T[],
  signal: AbortSignal | undefined,
  work: (item: T) => void,
): Promise<void> {
  for (let at = 0; at < items.length; at += BATCH) {
    store.transaction(() => {
      for (const item of items.slice(at, at + BATCH)) {
        if (signal?.aborted) break;
        work(item);
      }
    });
    signal?.throwIfAborted();
    await breath();
  }
}
