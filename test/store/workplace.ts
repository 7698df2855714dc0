import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { loadProjectKeys, type ProjectKeys } from '../../src/store/keys.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { prepareWorkFolder } from '../../src/store/work-folder.ts';

/** A folder that is gone when the test ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'phi-gate-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export interface Workplace {
  readonly workDir: string;
  readonly keys: ProjectKeys;
  readonly store: Store;
  /** Closes the store and opens it again, as the next run would. */
  reopen(): Store;
}

/** A fresh work folder with its store open. */
export function workplace(workDir = join(temporaryFolder(), 'work')): Workplace {
  prepareWorkFolder(workDir);
  const keys = loadProjectKeys(workDir, { create: true, environment: {} });
  let store = openStore(workDir, keys);
  onTestFinished(() => store.close());
  return {
    workDir,
    keys,
    get store() {
      return store;
    },
    reopen() {
      store.close();
      store = openStore(workDir, loadProjectKeys(workDir, { environment: {} }));
      return store;
    },
  };
}
