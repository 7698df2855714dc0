import { hash } from 'node:crypto';
import type { KnownIdentifier } from '../detector.ts';

/**
 * Digests written as decimal numbers, whole or cut after some digits, as makers of UIDs do: a root and the number behind
 * it (PS3.5 9.1 leaves 64 characters), or the number alone. UUIDs under 2.25 are read as what they are elsewhere.
 */
const RUN = /(?<![\d])\d{16,155}(?![\d])/g;
const ALGORITHMS = ['md5', 'sha1', 'sha256', 'sha512'] as const;
/** Leading digits that are compared: exact in a double. One number in 10^15 has them by chance. */
const LEADING = 15;
/** A UUID of version 4 as a UID is random, and every UID of ours is one. */
const UUID_ROOT = '2.25.';

export class DecimalDigests {
  readonly #values: readonly KnownIdentifier[];
  #table: ReadonlySet<number> | undefined;

  /** `values`: ids, and UIDs as they stand. */
  constructor(values: readonly KnownIdentifier[]) {
    this.#values = values;
  }

  *in(text: string): Generator<{ start: number; length: number }> {
    if (this.#values.length === 0) return;
    for (const match of text.matchAll(RUN)) {
      if (match[0].startsWith('0') || text.slice(0, match.index).endsWith(UUID_ROOT)) continue;
      this.#table ??= tableOf(this.#values);
      if (this.#table.has(leading(match[0]))) yield { start: match.index, length: match[0].length };
    }
  }
}

const leading = (digits: string): number => Number(digits.slice(0, LEADING));

function tableOf(values: readonly KnownIdentifier[]): ReadonlySet<number> {
  const table = new Set<number>();
  for (const { value } of values) {
    for (const algorithm of ALGORITHMS) {
      const digest = hash(algorithm, value);
      table.add(leading(BigInt(`0x${digest}`).toString()));
      // Signed, as Java reads bytes: the sign is left out.
      const bits = BigInt(digest.length * 4);
      if (Number.parseInt(digest.charAt(0), 16) >= 8)
        table.add(leading(((1n << bits) - BigInt(`0x${digest}`)).toString()));
    }
  }
  return table;
}
