import type { ByteSource } from '../splice.ts';

// Not more than what a source opened for its head alone holds: a wider one would read the beginning twice.
const WINDOW = 1 << 14;

/** Reads numbers at any offset of a source through a window, so that a header costs few reads and little memory. */
export class Cursor {
  readonly size: number;
  readonly #source: ByteSource;
  #start = 0;
  #bytes: Uint8Array = new Uint8Array(0);
  #view: DataView = new DataView(new ArrayBuffer(0));

  constructor(source: ByteSource) {
    this.#source = source;
    this.size = source.size;
  }

  #at(offset: number, length: number): number {
    const index = offset - this.#start;
    if (index >= 0 && index + length <= this.#bytes.length) return index;
    this.#bytes = this.#source.read(offset, Math.max(WINDOW, length));
    this.#view = new DataView(this.#bytes.buffer, this.#bytes.byteOffset, this.#bytes.length);
    this.#start = offset;
    if (this.#bytes.length < length) throw new RangeError('read past the end of the source');
    return 0;
  }

  uint8(offset: number): number {
    const index = this.#at(offset, 1);
    return this.#bytes[index] ?? 0;
  }

  uint16(offset: number, littleEndian: boolean): number {
    const index = this.#at(offset, 2); // may replace the view
    return this.#view.getUint16(index, littleEndian);
  }

  uint32(offset: number, littleEndian: boolean): number {
    const index = this.#at(offset, 4); // may replace the view
    return this.#view.getUint32(index, littleEndian);
  }

  /** Bytes as Latin-1 characters: for VRs, UIDs and private creators, which are ASCII. */
  ascii(offset: number, length: number): string {
    const index = this.#at(offset, length);
    let text = '';
    for (let i = index; i < index + length; i += 1) text += String.fromCharCode(this.#bytes[i] ?? 0);
    return text;
  }
}
