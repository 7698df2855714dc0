import { createHmac } from 'node:crypto';
import { CODE_ALPHABET, CODE_RANDOM_LETTERS, checkCharacter } from '../model/code-form.ts';
import type { Random } from '../ports/random.ts';
import type { CodeDomain } from './codes.ts';

/** First letter of a code: says what it stands for when a person reads it. */
export const CODE_PREFIX: Readonly<Record<'patient' | CodeDomain, string>> = {
  patient: 'P',
  order: 'A',
  'study-id': 'S',
  visit: 'V',
  account: 'C',
  message: 'M',
  person: 'R',
  device: 'D',
  specimen: 'N',
  organization: 'G',
  other: 'X',
};

/** Bytes from here on would favour some letters. */
const FAIR = 256 - (256 % CODE_ALPHABET.length);

const MIN_OFFSET = 31;
const MAX_OFFSET = 365;

/** Makes new codes. `attempt` counts up while a code turns out to be taken or forbidden. */
export interface CodeMaker {
  /** Prefix, 11 letters or digits (52 bits) and a check character, or undefined where this attempt gives none that will do. */
  code(prefix: string, original: string, attempt: number): string | undefined;
  /** `2.25.` and a UUID as a decimal number (PS3.5 B.2), 44 characters. */
  uid(original: string, attempt: number): string;
  /** Whole days from 31 to 365, forwards or back: never 0, and not bound to whole weeks. */
  dateOffset(original: string): number;
}

/** Codes from chance alone (164.514(c)). */
export function randomCodes(random: Random): CodeMaker {
  return {
    code: (prefix) => spell(prefix, random.bytes(CODE_RANDOM_LETTERS * 2)),
    uid: () => fullLength(() => uuidUid(random.bytes(16), 4)),
    dateOffset: () => (random.integer(0, 2) === 0 ? -1 : 1) * random.integer(MIN_OFFSET, MAX_OFFSET + 1),
  };
}

/** Codes from a keyed hash of the original: derived, so that only an expert can find them acceptable (164.514(c)). */
export function keyedCodes(key: Uint8Array): CodeMaker {
  const digest = (kind: string, original: string, attempt: number): Buffer =>
    createHmac('sha256', key).update(`${kind}\0${attempt}\0${original}`).digest();
  return {
    code: (prefix, original, attempt) => spell(prefix, digest(`code ${prefix}`, original, attempt)),
    uid: (original, attempt) => {
      let round = 0;
      return fullLength(() => uuidUid(digest(`uid ${round++}`, original, attempt).subarray(0, 16), 8));
    },
    dateOffset: (original) => {
      const number = digest('offset', original, 0).readUIntBE(0, 6);
      const span = MAX_OFFSET - MIN_OFFSET + 1;
      return (number % 2 === 0 ? -1 : 1) * (MIN_OFFSET + (Math.floor(number / 2) % span));
    },
  };
}

function spell(prefix: string, bytes: Uint8Array): string | undefined {
  let letters = '';
  for (const byte of bytes) {
    if (byte < FAIR) letters += CODE_ALPHABET[byte % CODE_ALPHABET.length];
    if (letters.length === CODE_RANDOM_LETTERS) break;
  }
  if (letters.length < CODE_RANDOM_LETTERS) return undefined;
  const code = prefix + letters + checkCharacter(prefix + letters);
  // Runs of digits would read as a year, a ZIP code or a telephone number.
  return /\d{4}/.test(code) ? undefined : code;
}

const UID_LENGTH = 44;

/** Draws until the UID has as many digits as the largest: files then have the same length whatever their UIDs. */
function fullLength(draw: () => string): string {
  for (;;) {
    const uid = draw();
    if (uid.length === UID_LENGTH) return uid;
  }
}

/** A UUID of `version` (RFC 9562: 4 is random, 8 is made in one's own way) as a UID root 2.25 (ITU-T X.667). */
function uuidUid(bytes: Uint8Array, version: number): string {
  const uuid = Buffer.from(bytes);
  uuid.writeUInt8((uuid.readUInt8(6) & 0x0f) | (version << 4), 6);
  uuid.writeUInt8((uuid.readUInt8(8) & 0x3f) | 0x80, 8);
  return `2.25.${BigInt(`0x${uuid.toString('hex')}`)}`;
}
