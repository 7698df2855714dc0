import { exportEncrypted } from '../crosswalk/broker.ts';
import { loadProjectKeys } from '../store/keys.ts';
import { openStore } from '../store/store.ts';

/**
 * The crosswalk of a work folder under a passphrase, for an honest broker: originals and codes, readable with the passphrase
 * alone.
 * @throws PhiGateError `usage` where there is no project or the passphrase is too short, `crosswalk` for a wrong key.
 */
export function exportCrosswalk(work: string, passphrase: string): Uint8Array {
  const store = openStore(work, loadProjectKeys(work), { mustExist: true });
  try {
    return exportEncrypted(store, passphrase);
  } finally {
    store.close();
  }
}
