import { fromBase32 } from './base32.ts';

/** What could be a digest: its bytes, and whether it is a UUID that says its version. */
export interface Candidate {
  readonly start: number;
  readonly length: number;
  readonly bytes: Buffer;
  /** A number under 2.25: a UUID, or the bytes of a digest taken for one. */
  readonly isUuid?: boolean;
}

/** Whole or cut short: twelve hex digits and more. */
const HEX = /(?<![0-9A-Za-z])(?:[0-9a-f]{2}){6,64}(?![0-9A-Za-z])/gi;
const UUID_LIKE = /(?<![0-9A-Za-z-])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![0-9A-Za-z-])/gi;
/** `a1:b2:...`, `A1B2 C3D4 ...`. */
const GROUPED =
  /(?<![0-9A-Za-z])([0-9a-f]{2,8})(?:([: -])[0-9a-f]{2,8})(?:\2[0-9a-f]{2,8}){2,62}(?![0-9A-Za-z])/gi;
const BASE64 = /(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{22,88}={0,2}(?![A-Za-z0-9+/=_-])/g;
/** Digests of 16, 20 and 32 bytes in base32; a digit and no word, or all letters that words are made of. */
const BASE32 =
  /(?<![A-Za-z0-9])(?=[A-Z]*[2-7])(?:[A-Z2-7]{26}|[A-Z2-7]{32}|[A-Z2-7]{52})={0,6}(?![A-Za-z0-9=])/gi;
/** A UUID as UID (PS3.5 B.2, ITU-T X.667). */
const UUID_UID = /(?<![\d.])2\.25\.(\d{20,39})(?![\d.])/g;
const DIGEST_BYTES = new Set([16, 20, 28, 32, 48, 64]);

/** Runs of a text that have the shape of a digest. */
export function* candidatesIn(text: string): Generator<Candidate> {
  for (const shape of [HEX, UUID_LIKE, GROUPED]) {
    for (const match of text.matchAll(shape)) {
      const digits = match[0].replace(/[: -]/g, '');
      const isWhole = DIGEST_BYTES.has(digits.length / 2);
      // A number is a digest by chance alone, and words of other things are grouped too.
      if (!isWhole && (shape === GROUPED || !/[a-f]/i.test(digits) || !/\d/.test(digits))) continue;
      yield { start: match.index, length: match[0].length, bytes: Buffer.from(digits, 'hex') };
    }
  }
  for (const match of text.matchAll(BASE64)) {
    const bytes = Buffer.from(match[0], 'base64');
    if (DIGEST_BYTES.has(bytes.length)) yield { start: match.index, length: match[0].length, bytes };
  }
  for (const match of text.matchAll(BASE32)) {
    const bytes = fromBase32(match[0]);
    if (bytes !== undefined && DIGEST_BYTES.has(bytes.length))
      yield { start: match.index, length: match[0].length, bytes };
  }
  if (!text.includes('2.25.')) return;
  for (const match of text.matchAll(UUID_UID)) {
    const bytes = uuidBytes(match[1] ?? '');
    if (bytes !== undefined) yield { start: match.index, length: match[0].length, bytes, isUuid: true };
  }
}

/** The UUID that a UID under 2.25 counts, unless it says that it is random (version 4), as all of ours do. */
function uuidBytes(decimal: string): Buffer | undefined {
  const hex = BigInt(decimal).toString(16).padStart(32, '0');
  const isRandom = hex.charAt(12) === '4' && /[89ab]/.test(hex.charAt(16));
  return hex.length === 32 && !isRandom ? Buffer.from(hex, 'hex') : undefined;
}
