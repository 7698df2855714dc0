const FIRST_SLOTS = 1 << 10;
const FIRST_BYTES = 1 << 14;
/** Numbers of an entry: its tag, where its bytes begin and end. */
const ENTRY = 3;
/** Bytes whose hashes collide more often than chance would have it are not kept. */
const MOST_PROBES = 16;

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
    let slot = (mixed << 1) & mask;
    for (let probe = 0; probe < MOST_PROBES; probe++) {
      const number = (slots[slot + 1] as number) - 1;
      if (number < 0) return -1;
      if (slots[slot] === mixed && entries[ENTRY * number] === tag) {
        const from = entries[ENTRY * number + 1] as number;
        const isAsLong = (entries[ENTRY * number + 2] as number) - from === end - start;
        if (isAsLong && isSame(this.#bytes, from, bytes, start, end)) return number;
      }
      slot = (slot + 2) & mask;
    }
    return -1;
  }

  /** Adds bytes that were not found, and returns their number; -1 where they cannot be kept. */
  add(tag: number, hash: number, bytes: Uint8Array, start: number, end: number): number {
    if (4 * (this.#size + 1) > this.#slots.length) this.#grow();
    const number = this.#size;
    if (!place(this.#slots, mix(tag, hash), number)) return -1;
    this.#size++;
    if (ENTRY * this.#size > this.#entries.length) {
      const more = new Int32Array(2 * this.#entries.length);
      more.set(this.#entries);
      this.#entries = more;
    }
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

/** One number of two, with the high bits of both in the low ones. */
export function mix(tag: number, hash: number): number {
  const mixed = hash ^ Math.imul(tag + 1, 0x9e3779b1);
  return mixed ^ (mixed >>> 15);
}

/** A hash of all bytes of a span, four at a time. */
export function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = end - start;
  let at = start;
  for (; at + 4 <= end; at += 4) {
    hash = Math.imul(hash ^ wordAt(bytes, at), 0x85ebca6b);
    hash ^= hash >>> 15;
  }
  for (; at < end; at++) hash = Math.imul(hash ^ (bytes[at] as number), 0x01000193);
  return hash ^ (hash >>> 16);
}

function wordAt(bytes: Uint8Array, at: number): number {
  return (
    (bytes[at] as number) |
    ((bytes[at + 1] as number) << 8) |
    ((bytes[at + 2] as number) << 16) |
    ((bytes[at + 3] as number) << 24)
  );
}

function place(slots: Int32Array, mixed: number, number: number): boolean {
  const mask = slots.length - 2;
  let slot = (mixed << 1) & mask;
  for (let probe = 0; probe < MOST_PROBES; probe++) {
    if (slots[slot + 1] === 0) {
      slots[slot] = mixed;
      slots[slot + 1] = number + 1;
      return true;
    }
    slot = (slot + 2) & mask;
  }
  return false;
}

function isSame(known: Uint8Array, from: number, bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start, i = from; at < end; at++, i++) if (known[i] !== bytes[at]) return false;
  return true;
}
