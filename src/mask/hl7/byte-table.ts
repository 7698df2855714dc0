/** Bytes that can be read four at a time as well. */
export interface ByteSpan {
  readonly bytes: Uint8Array;
  readonly view: DataView;
}

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
  #kept = spanOf(new Uint8Array(FIRST_BYTES));
  #used = 0;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** The number of `bytes[start, end)`, whose hash is `hash`, under a tag; -1 where they were not added. */
  find(tag: number, hash: number, source: ByteSpan, start: number, end: number): number {
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
        if (isAsLong && isSame(this.#kept, from, source, start, end)) return number;
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
    while (this.#used + end - start > this.#kept.bytes.length) {
      const more = new Uint8Array(2 * this.#kept.bytes.length);
      more.set(this.#kept.bytes);
      this.#kept = spanOf(more);
    }
    const from = this.#used;
    this.#kept.bytes.set(bytes.subarray(start, end), from);
    this.#used += end - start;
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

/** Bytes with a view of them. */
export function spanOf(bytes: Uint8Array): ByteSpan {
  return { bytes, view: new DataView(bytes.buffer, bytes.byteOffset, bytes.length) };
}

/** A hash of all bytes of `[start, end)`, four at a time. */
export function hashOf({ bytes, view }: ByteSpan, start: number, end: number): number {
  let hash = end - start;
  let at = start;
  for (; at + 4 <= end; at += 4) {
    hash = Math.imul(hash ^ view.getInt32(at, true), 0x85ebca6b);
    hash ^= hash >>> 15;
  }
  for (; at < end; at++) hash = Math.imul(hash ^ (bytes[at] as number), 0x01000193);
  return hash ^ (hash >>> 16);
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

function isSame(known: ByteSpan, from: number, source: ByteSpan, start: number, end: number): boolean {
  let [at, i] = [start, from];
  for (; at + 4 <= end; at += 4, i += 4)
    if (known.view.getInt32(i, true) !== source.view.getInt32(at, true)) return false;
  for (; at < end; at++, i++) if (known.bytes[i] !== source.bytes[at]) return false;
  return true;
}
