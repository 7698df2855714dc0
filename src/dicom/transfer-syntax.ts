import type { Encoding } from './element.ts';

/** Transfer syntaxes by UID (PS3.5 Annex A, PS3.6 Table A-1). */
export const IMPLICIT_LE = '1.2.840.10008.1.2';
export const EXPLICIT_LE = '1.2.840.10008.1.2.1';
export const EXPLICIT_BE = '1.2.840.10008.1.2.2';
export const DEFLATED_LE = '1.2.840.10008.1.2.1.99';
export const JPEG_BASELINE = '1.2.840.10008.1.2.4.50';
export const JPEG_EXTENDED = '1.2.840.10008.1.2.4.51';
export const RLE_LOSSLESS = '1.2.840.10008.1.2.5';
const JPIP_DEFLATE = '1.2.840.10008.1.2.4.95';
const JPIP_HTJ2K_DEFLATE = '1.2.840.10008.1.2.4.205';
/** Implicit VR with big-endian pixels, of GE: pixel bytes cannot be told from the data set's byte order. */
export const GE_PRIVATE_BE_PIXELS = '1.2.840.113619.5.2';

const DEFLATED = new Set([DEFLATED_LE, JPIP_DEFLATE, JPIP_HTJ2K_DEFLATE]);

export const isDeflated = (uid: string): boolean => DEFLATED.has(uid);

/** Native pixel data: PixelData holds the frames themselves. */
export const isNative = (uid: string): boolean =>
  uid === IMPLICIT_LE || uid === EXPLICIT_LE || uid === EXPLICIT_BE || DEFLATED.has(uid);

/** How the data set is encoded: everything but the two oldest syntaxes is explicit little endian (PS3.5 A.4). */
export function encodingOf(uid: string): Encoding {
  if (uid === IMPLICIT_LE) return { explicit: false, littleEndian: true };
  if (uid === EXPLICIT_BE) return { explicit: true, littleEndian: false };
  return { explicit: true, littleEndian: true };
}

/** The native syntax of an encoding, for a file that declares none. */
export function nativeSyntaxOf(encoding: Encoding): string {
  if (!encoding.explicit) return IMPLICIT_LE;
  return encoding.littleEndian ? EXPLICIT_LE : EXPLICIT_BE;
}
