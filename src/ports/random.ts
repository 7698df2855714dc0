import { randomBytes, randomInt } from 'node:crypto';

/** A source of cryptographic randomness, as a port: tests replace it with a seeded one. */
export interface Random {
  bytes(length: number): Uint8Array;
  /** A whole number, `min` included, `max` excluded. */
  integer(min: number, max: number): number;
}

export const systemRandom: Random = {
  bytes: (length) => randomBytes(length),
  integer: (min, max) => randomInt(min, max),
};
