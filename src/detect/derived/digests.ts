import { hash } from 'node:crypto';
import type { KnownIdentifier } from '../detector.ts';
import { jointSpellings, type KnownPerson } from './persons.ts';
import { keyedDigests, saltedSpellings } from './salts.ts';
import { spellingsOf, uuidSpellings } from './spellings.ts';

/** RFC 4122 appendix C: DNS, URL, OID, X.500; and the nil UUID, which stands for none. */
const NAMESPACES = [
  ...['10', '11', '12', '14'].map((last) => Buffer.from(`6ba7b8${last}9dad11d180b400c04fd430c8`, 'hex')),
  Buffer.alloc(16),
];
/** Obvious salts and keys are tried for as many ids: 150 digests each. */
const MOST_SALTED = 300;
/** Name, birth date and number joined, for as many persons; of more, the test over the population tries some. */
const MOST_JOINED = 2000;
/** Bytes of a digest, and the fewest to which anybody cuts it. */
const ALGORITHMS = {
  md5: [6, 16],
  sha1: [6, 20],
  sha256: [6, 32],
  sha224: [6, 28],
  sha384: [33, 48],
  sha512: [6, 64],
} as const;
type Algorithm = keyof typeof ALGORITHMS;
const SALTED: ReadonlySet<Algorithm> = new Set<Algorithm>(['md5', 'sha1', 'sha256', 'sha512']);
const NAMES = Object.keys(ALGORITHMS) as Algorithm[];
/** Bytes of a digest that are kept and compared; a candidate has as many or more. */
const PREFIX = 6;

/**
 * Digests without a key of known identifiers: MD5 and SHA of their spellings, UUIDs of version 3 and 5 of the usual ones.
 * Each kind is made when the first candidate that could be one turns up; six bytes of each are kept, sorted.
 */
export class Digests {
  readonly #values: readonly KnownIdentifier[];
  readonly #persons: readonly KnownPerson[];
  readonly #tables = new Map<Algorithm | 'uuid', Float64Array>();

  constructor(values: readonly KnownIdentifier[], persons: readonly KnownPerson[] = []) {
    this.#values = values;
    this.#persons = persons;
  }

  /** Whether these bytes are a digest, or the first ones of a longer one. */
  has(bytes: Buffer): boolean {
    if (bytes.length < PREFIX) return false;
    const prefix = prefixOf(bytes);
    if (bytes.length === 16 && contains(this.#table('uuid'), prefix)) return true;
    return NAMES.some((algorithm) => {
      const [least, most] = ALGORITHMS[algorithm];
      return bytes.length >= least && bytes.length <= most && contains(this.#table(algorithm), prefix);
    });
  }

  #table(kind: Algorithm | 'uuid'): Float64Array {
    let table = this.#tables.get(kind);
    if (table === undefined) {
      const prefixes = kind === 'uuid' ? uuidsOf(this.#values) : hashesOf(this.#values, this.#persons, kind);
      table = Float64Array.from(prefixes).sort();
      this.#tables.set(kind, table);
    }
    return table;
  }
}

function* hashesOf(
  values: readonly KnownIdentifier[],
  persons: readonly KnownPerson[],
  algorithm: Algorithm,
): Generator<number> {
  let salted = 0;
  for (const known of values) {
    for (const spelling of spellingsOf(known)) yield prefixOfHex(hash(algorithm, spelling));
    if (known.kind !== 'id' || salted === MOST_SALTED || !SALTED.has(algorithm)) continue;
    salted += 1;
    for (const spelling of saltedSpellings(known.value)) yield prefixOfHex(hash(algorithm, spelling));
    for (const digest of keyedDigests(known.value, algorithm)) yield prefixOfHex(digest);
  }
  if (!SALTED.has(algorithm)) return;
  for (const person of persons.slice(0, MOST_JOINED)) {
    for (const spelling of jointSpellings(person)) yield prefixOfHex(hash(algorithm, spelling));
  }
}

/** RFC 4122 4.3: the digest of namespace and name; version and variant change later bytes alone. */
function* uuidsOf(values: readonly KnownIdentifier[]): Generator<number> {
  for (const known of values) {
    for (const spelling of uuidSpellings(known)) {
      const name = Buffer.from(spelling);
      for (const namespace of NAMESPACES) {
        const data = Buffer.concat([namespace, name]);
        for (const algorithm of ['md5', 'sha1']) yield prefixOfHex(hash(algorithm, data));
      }
    }
  }
}

const prefixOf = (bytes: Buffer): number => bytes.readUIntBE(0, PREFIX);

const prefixOfHex = (hex: string): number => Number.parseInt(hex.slice(0, 2 * PREFIX), 16);

function contains(sorted: Float64Array, wanted: number): boolean {
  let [low, high] = [0, sorted.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const value = sorted[middle] as number;
    if (value === wanted) return true;
    if (value < wanted) low = middle + 1;
    else high = middle - 1;
  }
  return false;
}
