import { randomBytes } from 'node:crypto';
import type { FingerprintSource } from '../audit/finding.ts';

/** Fingerprints of one run, in memory alone: for a scan that keeps nothing. */
export function memoryFingerprints(): FingerprintSource {
  const ids = new Map<string, string>();
  return {
    of(value) {
      const id = ids.get(value) ?? randomBytes(8).toString('hex');
      ids.set(value, id);
      return id;
    },
  };
}
