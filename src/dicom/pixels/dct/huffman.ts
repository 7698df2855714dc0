import { PhiGateError } from '../../../errors.ts';

/** A Huffman table of a JPEG stream (T.81 annex C): symbols by code, and codes by symbol. */
export interface HuffmanTable {
  /** Index of a code of `length` bits: smallest and largest code of the length, and where its symbols begin. */
  readonly smallest: Int32Array;
  readonly largest: Int32Array;
  readonly first: Int32Array;
  readonly symbols: Uint8Array;
  /** Code and length by symbol. */
  readonly codes: ReadonlyMap<number, readonly [code: number, length: number]>;
}

/** A table from the numbers of codes of each length, 1 to 16, and the symbols in the order of their codes. */
export function huffmanTable(counts: ArrayLike<number>, symbols: Uint8Array): HuffmanTable {
  const smallest = new Int32Array(17).fill(-1);
  const largest = new Int32Array(17).fill(-1);
  const first = new Int32Array(17);
  const codes = new Map<number, readonly [number, number]>();
  let code = 0;
  let at = 0;
  for (let length = 1; length <= 16; length++) {
    const count = counts[length - 1] ?? 0;
    if (count > 0) {
      smallest[length] = code;
      first[length] = at;
      for (let i = 0; i < count; i++) codes.set(symbols[at + i] ?? 0, [code + i, length]);
      code += count;
      at += count;
      largest[length] = code - 1;
    }
    code <<= 1;
  }
  return { smallest, largest, first, symbols, codes };
}

/** Bits of entropy-coded data without its stuffing, most significant first. */
export class BitReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** Bits read so far. */
  get position(): number {
    return this.#at;
  }

  bit(): number {
    const byte = this.#bytes[this.#at >> 3];
    if (byte === undefined) throw new PhiGateError('truncated', 'the JPEG scan ends early');
    const bit = (byte >> (7 - (this.#at & 7))) & 1;
    this.#at += 1;
    return bit;
  }

  bits(count: number): number {
    let value = 0;
    for (let i = 0; i < count; i++) value = (value << 1) | this.bit();
    return value;
  }

  skip(count: number): void {
    this.#at += count;
  }

  symbol(table: HuffmanTable): number {
    let code = 0;
    for (let length = 1; length <= 16; length++) {
      code = (code << 1) | this.bit();
      const largest = table.largest[length] as number;
      if (largest >= 0 && code <= largest && code >= (table.smallest[length] as number)) {
        return (
          table.symbols[(table.first[length] as number) + code - (table.smallest[length] as number)] ?? 0
        );
      }
    }
    throw new PhiGateError('malformed', 'the JPEG scan has a code that its tables do not know');
  }
}

/** Writes bits and stuffs a zero behind every byte of ones (T.81 B.1.1.5). */
export class BitWriter {
  readonly #bytes: number[] = [];
  #held = 0;
  #count = 0;

  bits(value: number, count: number): void {
    for (let i = count - 1; i >= 0; i--) {
      this.#held = (this.#held << 1) | ((value >> i) & 1);
      if (++this.#count === 8) this.#flush();
    }
  }

  #flush(): void {
    this.#bytes.push(this.#held);
    if (this.#held === 0xff) this.#bytes.push(0);
    this.#held = 0;
    this.#count = 0;
  }

  /** Bits of other entropy-coded data as they are. */
  copy(from: Uint8Array, start: number, end: number): void {
    for (let at = start; at < end; at++) this.bits(((from[at >> 3] as number) >> (7 - (at & 7))) & 1, 1);
  }

  symbol(table: HuffmanTable, symbol: number): void {
    const code = table.codes.get(symbol);
    if (code === undefined) throw new PhiGateError('unsupported', 'the JPEG tables have no code for black');
    this.bits(code[0], code[1]);
  }

  /** Ones fill the last byte (T.81 F.1.2.3). */
  end(): Uint8Array {
    while (this.#count > 0) this.bits(1, 1);
    return Uint8Array.from(this.#bytes);
  }
}
