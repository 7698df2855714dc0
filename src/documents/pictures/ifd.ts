/** A field of an image file directory (TIFF 6.0 section 2; BigTIFF). */
export interface IfdField {
  readonly tag: number;
  /** Numbers as they stand; empty where the field holds bytes or text. */
  readonly numbers: readonly number[];
  readonly type: number;
  readonly start: number;
  readonly end: number;
  readonly isGps: boolean;
}

export interface Ifds {
  readonly fields: readonly IfdField[];
  /** Stretches that the directories themselves and the data that they point to take. */
  readonly covered: readonly (readonly [start: number, end: number])[];
  /** The pictures inside: `[start, end)` of the JPEG of a thumbnail. */
  readonly thumbnails: readonly (readonly [start: number, end: number])[];
}

const SIZES: Readonly<Record<number, number>> = {
  1: 1,
  2: 1,
  3: 2,
  4: 4,
  5: 8,
  6: 1,
  7: 1,
  8: 2,
  9: 4,
  10: 8,
  11: 4,
  12: 8,
  13: 4,
  16: 8,
  17: 8,
  18: 8,
};
const SUB_DIRECTORIES = new Set([330, 34665, 34853, 40965]);
const GPS = 34853;
/** Offsets and lengths of strips, tiles, and of a thumbnail's JPEG. */
const DATA: readonly (readonly [offsets: number, lengths: number])[] = [
  [273, 279],
  [324, 325],
  [513, 514],
];
const THUMBNAIL = 513;
const MOST_DIRECTORIES = 4096;
const MOST_NUMBERS = 1 << 20;

/** All directories of a TIFF file or of an Exif block. Never throws: what points out of the bytes ends there. */
export function readIfds(bytes: Uint8Array): Ifds | undefined {
  if (bytes.length < 8) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const order = view.getUint16(0);
  if (order !== 0x4949 && order !== 0x4d4d) return undefined;
  return new Walk(view, order === 0x4949).all();
}

class Walk {
  readonly #view: DataView;
  readonly #little: boolean;
  readonly #big: boolean;
  readonly #fields: IfdField[] = [];
  readonly #covered: [number, number][] = [];
  readonly #thumbnails: [number, number][] = [];
  readonly #seen = new Set<number>();

  constructor(view: DataView, little: boolean) {
    this.#view = view;
    this.#little = little;
    this.#big = view.getUint16(2, little) === 43;
  }

  all(): Ifds {
    const first = this.#big ? 16 : 8;
    this.#covered.push([0, first]);
    const waiting = [{ at: this.#big ? this.#long(8) : this.#word(4), isGps: false }];
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      if (next.at < first || this.#seen.has(next.at) || this.#seen.size >= MOST_DIRECTORIES) continue;
      this.#seen.add(next.at);
      waiting.push(...this.#directory(next.at, next.isGps));
    }
    return { fields: this.#fields, covered: this.#covered, thumbnails: this.#thumbnails };
  }

  /** Reads one; gives those that follow it or stand under it. */
  #directory(at: number, isGps: boolean): { at: number; isGps: boolean }[] {
    const [countSize, entrySize] = this.#big ? [8, 20] : [2, 12];
    if (at + countSize > this.#view.byteLength) return [];
    const count = this.#big ? this.#long(at) : this.#view.getUint16(at, this.#little);
    const end = Math.min(at + countSize + count * entrySize, this.#view.byteLength);
    this.#covered.push([at, end + (this.#big ? 8 : 4)]);
    const fields: IfdField[] = [];
    for (let entry = at + countSize; entry + entrySize <= end; entry += entrySize)
      fields.push(this.#field(entry, isGps));
    this.#fields.push(...fields);
    this.#data(fields);
    const next =
      end + (this.#big ? 8 : 4) <= this.#view.byteLength
        ? this.#big
          ? this.#long(end)
          : this.#word(end)
        : 0;
    const under = fields
      .filter(({ tag }) => SUB_DIRECTORIES.has(tag))
      .flatMap(({ tag, numbers }) => numbers.map((offset) => ({ at: offset, isGps: tag === GPS })));
    return [...under, { at: next, isGps: false }];
  }

  #field(entry: number, isGps: boolean): IfdField {
    const tag = this.#view.getUint16(entry, this.#little);
    const type = this.#view.getUint16(entry + 2, this.#little);
    const count = this.#big ? this.#long(entry + 4) : this.#word(entry + 4);
    const length = count * (SIZES[type] ?? 1);
    const [inside, room] = this.#big ? [entry + 12, 8] : [entry + 8, 4];
    const start = length <= room ? inside : this.#big ? this.#long(inside) : this.#word(inside);
    const end = Math.min(start + length, this.#view.byteLength);
    if (length > room) this.#covered.push([start, end]);
    return { tag, type, start, end: Math.max(start, end), isGps, numbers: this.#numbers(type, start, end) };
  }

  #numbers(type: number, start: number, end: number): number[] {
    const size = SIZES[type] ?? 1;
    const numbers: number[] = [];
    if (size === 1) return numbers;
    for (let at = start; at + size <= end && numbers.length < MOST_NUMBERS; at += size)
      numbers.push(this.#number(type, at));
    return numbers;
  }

  #number(type: number, at: number): number {
    const view = this.#view;
    const little = this.#little;
    switch (type) {
      case 3:
        return view.getUint16(at, little);
      case 8:
        return view.getInt16(at, little);
      case 5:
        return view.getUint32(at, little) / (view.getUint32(at + 4, little) || 1);
      case 10:
        return view.getInt32(at, little) / (view.getInt32(at + 4, little) || 1);
      case 9:
        return view.getInt32(at, little);
      case 11:
        return view.getFloat32(at, little);
      case 12:
        return view.getFloat64(at, little);
      case 16:
      case 17:
      case 18:
        return this.#long(at);
      default:
        return view.getUint32(at, little);
    }
  }

  /** What strips, tiles and thumbnails take is picture. */
  #data(fields: readonly IfdField[]): void {
    const numbersOf = (tag: number) => fields.find((field) => field.tag === tag)?.numbers ?? [];
    for (const [offsets, lengths] of DATA) {
      const ends = numbersOf(lengths);
      numbersOf(offsets).forEach((start, i) => {
        const end = Math.min(start + (ends[i] ?? 0), this.#view.byteLength);
        if (end <= start) return;
        this.#covered.push([start, end]);
        if (offsets === THUMBNAIL) this.#thumbnails.push([start, end]);
      });
    }
  }

  #word(at: number): number {
    return this.#view.getUint32(at, this.#little);
  }

  #long(at: number): number {
    return at + 8 <= this.#view.byteLength ? Number(this.#view.getBigUint64(at, this.#little)) : 0;
  }
}
