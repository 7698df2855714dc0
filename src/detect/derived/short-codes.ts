import { hash } from 'node:crypto';
import type { Tier } from '../../model/finding.ts';
import type { KnownIdentifier } from '../detector.ts';
import { CHECKSUMS } from './checksums.ts';

/**
 * Codes of 32 bits: checksums, the first eight digits of digests, a number written in hexadecimal. One code in 2^32 is a
 * given one by chance, so how many are looked for decides what a hit says: up to 4,000 forms a leak (one in a million for
 * each token of the shape), up to 400,000 a suspect, more are left to the test over the population.
 */
export interface ShortCodeHit {
  readonly start: number;
  readonly length: number;
  readonly tier: Tier;
}

const HEX = /(?<![0-9A-Za-z.])(?=\d*[a-f])(?=[a-f]*\d)[0-9a-f]{7,8}(?![0-9A-Za-z]|\.\d)/gi;
/** Nine and ten digits are telephone and other numbers too: never more than a suspect. */
const DECIMAL = /(?<![0-9A-Za-z.])\d{9,10}(?![0-9A-Za-z]|\.\d)/g;
const DIGESTS = ['md5', 'sha1', 'sha256'] as const;
const MOST_FOR_LEAK = 4000;
const MOST_FOR_SUSPECT = 400_000;
const BITS = 32;

export class ShortCodes {
  readonly #ids: readonly KnownIdentifier[];
  #forms: ReadonlySet<string> | undefined;

  constructor(values: readonly KnownIdentifier[]) {
    this.#ids = values.filter(({ kind, value }) => kind === 'id' && value.length >= 5);
  }

  *in(text: string): Generator<ShortCodeHit> {
    if (this.#ids.length === 0) return;
    for (const shape of [HEX, DECIMAL]) {
      for (const match of text.matchAll(shape)) {
        const forms = this.#table();
        if (forms.size > MOST_FOR_SUSPECT) return;
        if (!forms.has(match[0].toLowerCase())) continue;
        const isSure = shape === HEX && forms.size <= MOST_FOR_LEAK;
        yield { start: match.index, length: match[0].length, tier: isSure ? 'leak' : 'suspect' };
      }
    }
  }

  #table(): ReadonlySet<string> {
    this.#forms ??= formsOf(this.#ids);
    return this.#forms;
  }
}

function formsOf(ids: readonly KnownIdentifier[]): ReadonlySet<string> {
  const forms = new Set<string>();
  for (const { value } of ids) {
    const bare = value.replace(/[^A-Za-z0-9]/g, '');
    for (const spelling of new Set([value, bare, bare.toUpperCase()])) {
      const bytes = Buffer.from(spelling);
      for (const { bits, of } of CHECKSUMS) {
        if (bits !== BITS) continue;
        const sum = of(bytes);
        forms.add(sum.toString(16).padStart(8, '0'));
        if (sum >= 1e8) forms.add(String(sum));
      }
      for (const algorithm of DIGESTS) forms.add(hash(algorithm, spelling).slice(0, 8));
    }
    const number = /^\d{8,15}$/.test(bare) ? Number(bare) : 0;
    const hex = number.toString(16);
    if (hex.length === 7 || hex.length === 8) forms.add(hex);
    if (forms.size > MOST_FOR_SUSPECT) break;
  }
  return forms;
}
