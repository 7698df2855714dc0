import { createHash } from 'node:crypto';
import type { RandomKind } from '../../model/action.ts';
import type { Random } from '../../ports/random.ts';
import { addDays, calendarDate } from './dates.ts';

const CONSONANTS = 'BDFGKLMNPRSTVZ';
const VOWELS = 'AEIOU';
const EARLIEST = '19500101';
const LATEST = '20191231';
const DAY = 86_400_000;

/**
 * A random value of a kind:
 * - `name`: syllables that are nobody's name, family and given name joined by `separator`;
 * - `number` and `text`: the shape of the original, each digit and letter replaced by another of its kind;
 * - `date`: `YYYYMMDD` between `from` and `to` (`YYYY-MM-DD`, both included), cut to the original's precision;
 * - `uid`: `2.25.` and a 128-bit number (PS3.5 B.2).
 */
export function randomValue(
  kind: RandomKind,
  original: string,
  random: Random,
  options: { readonly from?: string; readonly to?: string; readonly separator?: string } = {},
): string {
  if (kind === 'name') return `${randomWord(random)}${options.separator ?? '^'}${randomWord(random)}`;
  if (kind === 'date') return randomDate(original, random, options.from, options.to);
  if (kind === 'uid') return randomUid(random);
  return sameShape(original, random);
}

/**
 * A `Random` that repeats for one seed. The seed is a code of the crosswalk, itself random, so that equal originals get
 * equal random values, in this run and the next, and nothing is derived from an original (164.514(c)).
 */
export function seededRandom(seed: string): Random {
  let counter = 0;
  const bytes = (length: number): Uint8Array => {
    const chunks: Buffer[] = [];
    for (let have = 0; have < length; have += 32) {
      chunks.push(createHash('sha256').update(`${seed}/${counter++}`).digest());
    }
    return Buffer.concat(chunks).subarray(0, length);
  };
  const integer = (min: number, max: number): number =>
    min + Math.floor((Buffer.from(bytes(6)).readUIntBE(0, 6) / 2 ** 48) * (max - min));
  return { bytes, integer };
}

function randomWord(random: Random): string {
  let word = '';
  for (let syllable = 0; syllable < 3; syllable++) {
    word += CONSONANTS[random.integer(0, CONSONANTS.length)] ?? '';
    word += VOWELS[random.integer(0, VOWELS.length)] ?? '';
  }
  return word;
}

function randomDate(original: string, random: Random, from = EARLIEST, to = LATEST): string {
  const [first, last] = [dayOf(from), dayOf(to)].sort((a, b) => a - b) as [number, number];
  const days = random.integer(0, Math.round((last - first) / DAY) + 1);
  const date = new Date(first);
  const day = addDays(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate(), days) ?? EARLIEST;
  return day.slice(0, calendarDate(original)?.length ?? 8);
}

function dayOf(text: string): number {
  const compact = text.replaceAll('-', '');
  return Date.UTC(Number(compact.slice(0, 4)), Number(compact.slice(4, 6)) - 1, Number(compact.slice(6, 8)));
}

function randomUid(random: Random): string {
  return `2.25.${BigInt(`0x${Buffer.from(random.bytes(16)).toString('hex')}`)}`;
}

/** A first digit that is not 0 stays so, or the number would be shorter when it is read as one. */
function sameShape(original: string, random: Random): string {
  return [...original]
    .map((character) => {
      if (character >= '1' && character <= '9') return String(random.integer(1, 10));
      if (character === '0') return String(random.integer(0, 10));
      if (!/\p{L}|\p{Nd}/u.test(character)) return character;
      const letter = String.fromCharCode(65 + random.integer(0, 26));
      return character === character.toLowerCase() ? letter.toLowerCase() : letter;
    })
    .join('');
}
