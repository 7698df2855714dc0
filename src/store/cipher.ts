import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto';
import { PhiGateError } from '../errors.ts';
import { systemRandom } from '../ports/random.ts';
import type { ProjectKeys } from './keys.ts';

const NONCE = 12;
const TAG = 16;

/** Seals originals for the store and finds them again. Every purpose ("uid", "path"...) is a space of its own. */
export interface Cipher {
  /** AES-256-GCM: random nonce of 12 bytes, ciphertext, tag of 16. The purpose is authenticated with it. */
  seal(purpose: string, plain: Uint8Array | string): Uint8Array;
  /** @throws PhiGateError `crosswalk` where the bytes were changed or sealed with another key or purpose. */
  unseal(purpose: string, sealed: Uint8Array): Buffer;
  unsealText(purpose: string, sealed: Uint8Array): string;
  /** HMAC-SHA-256, its first 16 bytes: the same for the same value, and says nothing of it without the key. */
  lookup(purpose: string, value: Uint8Array | string): Uint8Array;
}

/** The cipher of a project. */
export function createCipher(keys: ProjectKeys): Cipher {
  return {
    seal: (purpose, plain) => seal(keys.encryption, purpose, plain),
    unseal: (purpose, sealed) => unseal(keys.encryption, purpose, sealed),
    unsealText: (purpose, sealed) => unseal(keys.encryption, purpose, sealed).toString('utf8'),
    lookup: (purpose, value) =>
      createHmac('sha256', keys.lookup).update(`${purpose}\0`).update(value).digest().subarray(0, 16),
  };
}

/** AES-256-GCM as `Cipher.seal` writes it, under any key of 32 bytes. */
export function seal(key: Uint8Array, purpose: string, plain: Uint8Array | string): Uint8Array {
  // Never the injected Random: a nonce that repeats breaks GCM.
  const nonce = systemRandom.bytes(NONCE);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.from(purpose));
  const bytes = typeof plain === 'string' ? Buffer.from(plain, 'utf8') : plain;
  return Buffer.concat([nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
}

/** @throws PhiGateError `crosswalk` where key, purpose or bytes do not fit. */
export function unseal(key: Uint8Array, purpose: string, sealed: Uint8Array): Buffer {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE), { authTagLength: TAG });
    decipher.setAAD(Buffer.from(purpose));
    decipher.setAuthTag(sealed.subarray(sealed.length - TAG));
    const body = sealed.subarray(NONCE, sealed.length - TAG);
    return Buffer.concat([decipher.update(body), decipher.final()]);
  } catch {
    throw new PhiGateError(
      'crosswalk',
      'an encrypted value does not open: wrong key, or the bytes were changed',
    );
  }
}
