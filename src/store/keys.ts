import { createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { PhiGateError } from '../errors.ts';
import { writeAtomically } from '../ports/output.ts';
import { WORK_FILES } from './work-folder.ts';

/** Name of the environment variable that may hold the project key: 32 bytes in base64. */
export const KEY_VARIABLE = 'PHI_GATE_KEY';

const KEY_BYTES = 32;

/** Keys of one project, each for one purpose, derived from the project key by HKDF-SHA-256 (RFC 5869). */
export interface ProjectKeys {
  /** AES-256-GCM, for originals at rest. */
  readonly encryption: Uint8Array;
  /** HMAC-SHA-256, to look originals up. */
  readonly lookup: Uint8Array;
  /** HMAC-SHA-256, for `codes: keyed-hash`. */
  readonly codes: Uint8Array;
  /** HMAC-SHA-256, for stable fingerprints of findings in the work folder. */
  readonly fingerprints: Uint8Array;
}

/** The keys of a project key of 32 bytes. */
export function deriveKeys(projectKey: Uint8Array): ProjectKeys {
  const derive = (purpose: string): Uint8Array =>
    new Uint8Array(hkdfSync('sha256', projectKey, new Uint8Array(0), `phi-gate/1/${purpose}`, KEY_BYTES));
  return {
    encryption: derive('encryption'),
    lookup: derive('lookup'),
    codes: derive('codes'),
    fingerprints: derive('fingerprints'),
  };
}

/** Tells whether a store was made with these keys, without saying anything of them. Lower-case hex. */
export function keyCheck(keys: ProjectKeys): string {
  return createHmac('sha256', keys.lookup).update('phi-gate key check').digest('hex');
}

export interface LoadKeyOptions {
  /** Make a key where there is no store yet. Default false. */
  readonly create?: boolean;
  /** Default `process.env`. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/**
 * The keys of the project: from the environment (`PHI_GATE_KEY`), else from `project.key` in the work folder, else new
 * ones, written there with mode 0600.
 * @throws PhiGateError `crosswalk` where the key of an existing store is lost or no key; `usage` where there is nothing
 * to open.
 */
export function loadProjectKeys(workDir: string, options: LoadKeyOptions = {}): ProjectKeys {
  const fromEnvironment = (options.environment ?? process.env)[KEY_VARIABLE];
  if (fromEnvironment)
    return deriveKeys(decodeKey(fromEnvironment, `the environment variable ${KEY_VARIABLE}`));
  const path = join(workDir, WORK_FILES.key);
  if (existsSync(path)) return deriveKeys(readKeyFile(path));
  const storePath = join(workDir, WORK_FILES.store);
  if (existsSync(storePath) && statSync(storePath).size > 0) {
    throw new PhiGateError(
      'crosswalk',
      `the key of this work folder is lost: put ${WORK_FILES.key} back, or set ${KEY_VARIABLE}; without it the codes of earlier runs cannot be read`,
    );
  }
  if (!options.create)
    throw new PhiGateError('usage', 'the work folder holds no project; give the one of a run');
  const key = randomBytes(KEY_BYTES);
  writeAtomically(path, Buffer.from(`${key.toString('base64')}\n`), { fsync: true, fixedTime: false });
  return deriveKeys(key);
}

function readKeyFile(path: string): Uint8Array {
  let text: string;
  try {
    if ((statSync(path).mode & 0o077) !== 0) chmodSync(path, 0o600);
    text = readFileSync(path, 'utf8');
  } catch {
    throw new PhiGateError('crosswalk', `${WORK_FILES.key} cannot be read; check its permissions`);
  }
  return decodeKey(text, WORK_FILES.key);
}

function decodeKey(text: string, place: string): Uint8Array {
  const trimmed = text.trim();
  const key = Buffer.from(trimmed, 'base64');
  if (key.length !== KEY_BYTES || !/^[A-Za-z0-9+/_-]+=*$/.test(trimmed)) {
    throw new PhiGateError('crosswalk', `${place} holds no key: 32 bytes in base64 are expected`);
  }
  return key;
}
