import { randomBytes, scryptSync } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { PhiGateError } from '../errors.ts';
import { seal, unseal } from '../store/cipher.ts';
import type { Store } from '../store/store.ts';
import type { PatientKey } from './codes.ts';

/** The whole crosswalk in clear: for the honest broker, and nobody else. */
export interface CrosswalkContent {
  readonly version: 1;
  readonly patients: readonly {
    readonly keys: readonly PatientKey[];
    /** In the order of their issue: the first (of a study) is in force. */
    readonly codes: readonly {
      readonly code: string;
      readonly dateOffsetDays: number;
      readonly study?: string;
    }[];
  }[];
  readonly uids: readonly { readonly uid: string; readonly study?: string; readonly code: string }[];
  readonly codes: readonly { readonly domain: string; readonly value: string; readonly code: string }[];
}

const MAGIC = Buffer.from('phi-gate crosswalk 1\n');
const PURPOSE = 'crosswalk export 1';
const SALT = 16;
/** 128 MiB of memory for each guess at the passphrase. */
const SCRYPT = { N: 1 << 17, r: 8, p: 1, maxmem: 256 * 1024 * 1024 };
const MIN_PASSPHRASE = 8;

/**
 * The crosswalk under a passphrase: a line that names the form, a salt of 16 bytes, then AES-256-GCM (key by scrypt,
 * N = 2^17, r = 8, p = 1) over deflated JSON.
 * @throws PhiGateError `usage` for a passphrase under 8 characters.
 */
export function exportEncrypted(store: Store, passphrase: string): Uint8Array {
  if (passphrase.length < MIN_PASSPHRASE) {
    throw new PhiGateError('usage', `the passphrase needs ${MIN_PASSPHRASE} characters at least`);
  }
  const salt = randomBytes(SALT);
  const plain = deflateRawSync(Buffer.from(JSON.stringify(contentOf(store)), 'utf8'));
  return Buffer.concat([MAGIC, salt, seal(keyOf(passphrase, salt), PURPOSE, plain)]);
}

/**
 * The counterpart, for the broker's side.
 * @throws PhiGateError `usage` where the bytes are no export, `crosswalk` for a wrong passphrase or changed bytes.
 */
export function readExport(bytes: Uint8Array, passphrase: string): CrosswalkContent {
  if (!MAGIC.equals(bytes.subarray(0, MAGIC.length)) || bytes.length < MAGIC.length + SALT) {
    throw new PhiGateError('usage', 'this is no crosswalk export that this version can read');
  }
  const salt = bytes.subarray(MAGIC.length, MAGIC.length + SALT);
  const plain = unseal(keyOf(passphrase, salt), PURPOSE, bytes.subarray(MAGIC.length + SALT));
  return JSON.parse(inflateRawSync(plain).toString('utf8')) as CrosswalkContent;
}

function keyOf(passphrase: string, salt: Uint8Array): Uint8Array {
  return scryptSync(passphrase.normalize('NFC'), salt, 32, SCRYPT);
}

function contentOf(store: Store): CrosswalkContent {
  const stored = store.codes.all();
  return {
    version: 1,
    patients: store.patients.all().map((patient) => ({
      keys: store.patients.keysOf(patient),
      codes: store.patients.codesOf(patient).map(({ code, dateOffsetDays, study }) => ({
        code,
        dateOffsetDays,
        ...(study !== undefined && { study }),
      })),
    })),
    uids: stored
      .filter(({ space }) => space === 'uid')
      .map(({ original, code }) => {
        const [uid = '', study] = original.split('\0');
        return { uid, ...(study !== undefined && { study }), code };
      }),
    codes: stored
      .filter(({ space }) => space !== 'uid')
      .map(({ space, original, code }) => ({ domain: space, value: original, code })),
  };
}
