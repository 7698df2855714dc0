/** What could be a digest: its bytes, and whether it is a UUID that says its version. */
export interface Candidate {
  readonly start: number;
  readonly length: number;
  readonly bytes: Buffer;
  readonly isUuid?: boolean;
}

/** Whole or cut short: twelve hex digits and more. */
const HEX = /(?<![0-9A-Za-z])(?:[0-9a-f]{2}){6,64}(?![0-9A-Za-z])/gi;
const UUID_LIKE = /(?<![0-9A-Za-z-])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![0-9A-Za-z-])/gi;
/** `a1:b2:...`, `A1B2 C3D4 ...`. */
const GROUPED =
  /(?<![0-9A-Za-z])([0-9a-f]{2,8})(?:([: -])[0-9a-f]{2,8})(?:\2[0-9a-f]{2,8}){2,62}(?![0-9A-Za-z])/gi;
const BASE64 = /(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{22,86}={0,2}(?![A-Za-z0-9+/=_-])/g;
/** A UUID as UID (PS3.5 B.2, ITU-T X.667). */
const UUID_UID = /(?<![\d.])2\.25\.(\d{20,39})(?![\d.])/g;
const DIGEST_BYTES = new Set([16, 20, 32, 64]);

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
  if (!text.includes('2.25.')) return;
  for (const match of text.matchAll(UUID_UID)) {
    const bytes = uuidBytes(match[1] ?? '');
    if (bytes !== undefined) yield { start: match.index, length: match[0].length, bytes, isUuid: true };
  }
}

/** The UUID that a UID under 2.25 counts, where it is made from a name (versions 3 and 5). */
function uuidBytes(decimal: string): Buffer | undefined {
  const hex = BigInt(decimal).toString(16).padStart(32, '0');
  return hex.length === 32 && /[35]/.test(hex.charAt(12)) ? Buffer.from(hex, 'hex') : undefined;
}
