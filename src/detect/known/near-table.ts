import { skeletonOf } from './skeleton.ts';

const SEED = 0x811c9dc5 | 0;
const PRIME = 0x01000193;

/**
 * Words by what is left of them when a letter or two are taken out: two words that are an edit apart share one such rest.
 * Flat tables of hashes, for words as they are and as OCR reads them; who asks verifies what comes back.
 */
export class NearTable {
  readonly #hashes: Int32Array;
  readonly #words: Int32Array;
  readonly #mask: number;
  readonly #edits: (length: number) => number;

  /** `edits`: letters that may be wrong in a word of that length, two at most. */
  constructor(words: readonly string[], edits: (length: number) => number) {
    this.#edits = edits;
    let count = 0;
    for (const word of words) for (const _ of this.#restsOf(word)) count++;
    let size = 1024;
    while (size < count * 2) size *= 2;
    this.#mask = size - 1;
    this.#hashes = new Int32Array(size);
    this.#words = new Int32Array(size);
    for (const [at, word] of words.entries()) for (const hash of this.#restsOf(word)) this.#insert(hash, at);
  }

  /** Numbers of the words that may be near, each once. */
  near(word: string): Set<number> {
    const found = new Set<number>();
    for (const hash of this.#restsOf(word)) {
      for (let slot = mix(hash) & this.#mask; this.#hashes[slot] !== 0; slot = (slot + 1) & this.#mask) {
        if (this.#hashes[slot] === hash) found.add(this.#words[slot] as number);
      }
    }
    return found;
  }

  #insert(hash: number, word: number): void {
    let slot = mix(hash) & this.#mask;
    while (this.#hashes[slot] !== 0) {
      if (this.#hashes[slot] === hash && this.#words[slot] === word) return;
      slot = (slot + 1) & this.#mask;
    }
    this.#hashes[slot] = hash;
    this.#words[slot] = word;
  }

  *#restsOf(word: string): Generator<number> {
    yield* this.#restsOfOne(word);
    const skeleton = skeletonOf(word);
    if (skeleton !== word) yield* this.#restsOfOne(skeleton);
  }

  *#restsOfOne(word: string): Generator<number> {
    const { length } = word;
    yield hashWithout(word, -1, -1);
    for (let i = 0; i < length; i++) yield hashWithout(word, i, -1);
    // A word that is two letters shorter than one with two wrong has none to spare.
    if (this.#edits(length + 2) < 2) return;
    for (let i = 0; i < length; i++) for (let j = i + 1; j < length; j++) yield hashWithout(word, i, j);
  }
}

function hashWithout(word: string, i: number, j: number): number {
  let hash = SEED;
  for (let k = 0; k < word.length; k++) {
    if (k !== i && k !== j) hash = Math.imul(hash ^ word.charCodeAt(k), PRIME);
  }
  return hash === 0 ? 1 : hash;
}

const mix = (hash: number): number => Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 4;
