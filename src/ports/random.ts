import { randomBytes, randomInt } from 'node:crypto';

/** A source of cryptographic randomness, as a port: tests replace it with a seeded one. */
export interface Random {
  bytes(length: number): Uint8Array;
  /** A whole number, `min` included, `max` excluded. */
  integer(min: number, max: number): number;
}

/** One call to the system costs as much for 16 bytes as for thousands. */
const POOL = 8192;

/** Randomness of the system, drawn in stocks. No byte is given out twice. */
function pooledRandom(): Random {
  let pool = Buffer.alloc(0);
  let used = 0;
  return {
    bytes(length) {
      if (length > POOL / 4) return randomBytes(length);
      if (used + length > pool.length) {
        pool = randomBytes(POOL);
        used = 0;
      }
      used += length;
      const bytes = Buffer.from(pool.subarray(used - length, used));
      pool.fill(0, used - length, used);
      return bytes;
    },
    integer: (min, max) => randomInt(min, max),
  };
}

export const systemRandom: Random = pooledRandom();
