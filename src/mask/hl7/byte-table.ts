/** What a hash of bytes begins with and what each byte is mixed in by (FNV-1a). */
export const HASH_SEED = 0x811c9dc5;
export const HASH_PRIME = 0x01000193;

const FIRST_SLOTS = 1 << 10;
const FIRST_BYTES = 1 << 14;
/** Numbers of an entry: its tag, where its bytes begin and end. */
const ENTRY = 3;

/**
 * Numbers spans of bytes: equal bytes with equal tags have one number, counted from 0. Neither the entries nor the looking up
 * make an object, so that looking for what was seen before costs little more than reading it.
 */
export class ByteTable {
  /** Open addressing: a mixed hash and, after it, the number of the entry plus 1; 0 where the slot is free. */
  #slots = new Int32Array(2 * FIRST_SLOTS);
  #entries = new Int32Array(ENTRY * FIRST_SLOTS);
  #bytes = new Uint8Array(FIRST_BYTES);
  #used = 0;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** The number of `bytes[start, end)`, whose hash is `hash`, under a tag; -1 where they were not added. */
  find(tag: number, hash: number, bytes: Uint8Array, start: number, end: number): number {
    const slots = this.#slots;
    const entries = this.#entries;
    const mixed = mix(tag, hash);
    const mask = slots.length - 2;
    for (let slot = (mixed << 1) & mask; ; slot = (slot + 2) & mask) {
      const number = (slots[slot + 1] as number) - 1;
      if (number < 0) return -1;
      if (slots[slot] !== mixed || entries[ENTRY * number] !== tag) continue;
      const from = entries[ENTRY * number + 1] as number;
      if ((entries[ENTRY * number + 2] as number) - from !== end - start) continue;
      if (isSame(this.#bytes, from, bytes, start, end)) return number;
    }
  }

  /** Adds bytes that were not found, and returns their number. */
  add(tag: number, hash: number, bytes: Uint8Array, start: number, end: number): number {
    const number = this.#size++;
    if (4 * this.#size > this.#slots.length) this.#grow();
    if (ENTRY * this.#size > this.#entries.length) this.#entries = doubled(this.#entries);
    while (this.#used + end - start > this.#bytes.length) {
      const more = new Uint8Array(2 * this.#bytes.length);
      more.set(this.#bytes);
      this.#bytes = more;
    }
    const from = this.#used;
    for (let at = start; at < end; at++) this.#bytes[this.#used++] = bytes[at] as number;
    this.#entries[ENTRY * number] = tag;
    this.#entries[ENTRY * number + 1] = from;
    this.#entries[ENTRY * number + 2] = this.#used;
    place(this.#slots, mix(tag, hash), number);
    return number;
  }

  clear(): void {
    this.#slots.fill(0);
    this.#size = 0;
    this.#used = 0;
  }

  #grow(): void {
    const before = this.#slots;
    this.#slots = new Int32Array(2 * before.length);
    for (let slot = 0; slot < before.length; slot += 2) {
      const number = (before[slot + 1] as number) - 1;
      if (number >= 0) place(this.#slots, before[slot] as number, number);
    }
  }
}

/** One number of a tag and a hash, with the high bits of both in the low ones. */
export function mix(tag: number, hash: number): number {
  const mixed = hash ^ Math.imul(tag + 1, HASH_PRIME);
  return mixed ^ (mixed >>> 15);
}

function place(slots: Int32Array, mixed: number, number: number): void {
  const mask = slots.length - 2;
  let slot = (mixed << 1) & mask;
  while (slots[slot + 1] !== 0) slot = (slot + 2) & mask;
  slots[slot] = mixed;
  slots[slot + 1] = number + 1;
}

function doubled(numbers: Int32Array): Int32Array<ArrayBuffer> {
  const more = new Int32Array(2 * numbers.length);
  more.set(numbers);
  return more;
}

function isSame(known: Uint8Array, from: number, bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start, i = from; at < end; at++, i++) if (known[i] !== bytes[at]) return false;
  return true;
}
