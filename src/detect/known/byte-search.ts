import type { HipaaCategory } from '../../model/category.ts';
import type { KnownKind } from '../detector.ts';
import { isExcluded } from './equipment.ts';
import type { Entry, Match } from './known-index.ts';

/** A known identifier in raw bytes. */
export interface ByteHit {
  readonly start: number;
  readonly end: number;
  readonly category: HipaaCategory;
  readonly kind: KnownKind;
}

export interface ByteSearchOptions {
  /**
   * Pixels and other bulk values: chance makes short words there, so a hit needs 8 characters, and smooth greys make
   * numbers like 444333333, which do not count.
   */
  readonly bulk: boolean;
  readonly dates?: 'find' | 'expected' | 'kept';
  readonly exclude?: Iterable<string>;
  /**
   * The bytes are a chunk of something longer that goes on before, after: what touches that edge may be cut and is left
   * to the next chunk. Chunks overlap by `CHUNK_OVERLAP`.
   */
  readonly openStart?: boolean;
  readonly openEnd?: boolean;
}

/** Bytes that neighbouring chunks share, so that no identifier is cut in both. */
export const CHUNK_OVERLAP = 1024;

const WINDOW_LONG = 256;
const WINDOW_BEFORE = 26;
const WINDOW_AFTER = 26;
const BULK_LENGTH = 8;
/** A strong form has four characters or more. */
const LEAST_LENGTH = 4;
const CHAIN = 4;
const SEED = 0x811c9dc5 | 0;
const PRIME = 0x01000193;

const OTHER = 0;
const DIGIT = 1;
const LETTER = 2;
const GAP = 3;

/** What a byte can be in a run: bytes above 0x7F are letters of Latin-1 or UTF-8. */
const CLASS = new Uint8Array(256);
/** Upper-case ASCII to lower. */
const LOWER = new Uint8Array(256);
for (let byte = 0; byte < 256; byte++) {
  const char = String.fromCharCode(byte);
  LOWER[byte] = /[A-Z]/.test(char) ? byte + 32 : byte;
  if (/[0-9]/.test(char)) CLASS[byte] = DIGIT;
  else if (/[A-Za-z]/.test(char) || byte >= 0x80) CLASS[byte] = LETTER;
  else if (/[\s\-._'^,=&+/()@:#]/.test(char)) CLASS[byte] = GAP;
  else CLASS[byte] = OTHER;
}

/**
 * Searches raw bytes in one pass: the runs of letters and digits are hashed, alone and with up to three before them, and
 * looked up in a table of the hashes of all known values. What the table has is decoded with its surroundings and
 * matched as text, so that bytes and passages follow one rule of what counts.
 */
export class ByteSearch {
  readonly #filter: Uint32Array;
  readonly #table: Int32Array;
  readonly #mask: number;
  /** Triggers of forms that begin before the four runs that were hashed. */
  readonly #long = new Set<number>();
  readonly #match: (text: string, dates: 'find' | 'skip') => Match[];

  constructor(entries: Iterable<Entry>, match: (text: string, dates: 'find' | 'skip') => Match[]) {
    const hashes = new Set<number>();
    for (const entry of entries) {
      for (const hash of triggersOf(entry)) {
        hashes.add(hash);
        if (entry.form.raw.length > CHAIN) this.#long.add(hash);
      }
    }
    let size = 1024;
    while (size < hashes.size * 8) size *= 2;
    this.#mask = size - 1;
    this.#table = new Int32Array(size);
    this.#filter = new Uint32Array(size / 8);
    for (const hash of hashes) this.#insert(hash);
    this.#match = match;
  }

  search(bytes: Uint8Array, options: ByteSearchOptions, excluded: ReadonlySet<string>): ByteHit[] {
    const hits: ByteHit[] = [];
    const scan: Scan = { bytes, options, excluded, hits, seen: new Set(), length: bytes.length };
    if (options.bulk) this.#scanBulk(scan);
    else this.#scanRuns(scan, 0, bytes.length, identity);
    this.#scanUtf16(scan);
    return hits.sort((a, b) => a.start - b.start);
  }

  #insert(hash: number): void {
    const mixed = mix(hash);
    const bit = mixed & (this.#filter.length * 32 - 1);
    this.#filter[bit >>> 5] = (this.#filter[bit >>> 5] ?? 0) | (1 << (bit & 31));
    let slot = mixed & this.#mask;
    while (this.#table[slot] !== 0) slot = (slot + 1) & this.#mask;
    this.#table[slot] = hash;
  }

  #has(hash: number): boolean {
    for (let slot = mix(hash) & this.#mask; this.#table[slot] !== 0; slot = (slot + 1) & this.#mask) {
      if (this.#table[slot] === hash) return true;
    }
    return false;
  }

  /** Bulk data: only stretches of eight text bytes or more can hold a hit, so seven of eight bytes are not looked at. */
  #scanBulk(scan: Scan): void {
    const { bytes } = scan;
    for (let i = BULK_LENGTH - 1; i < bytes.length; ) {
      if (CLASS[bytes[i] as number] === OTHER) {
        i += BULK_LENGTH;
        continue;
      }
      let start = i;
      while (start > 0 && CLASS[bytes[start - 1] as number] !== OTHER) start--;
      let end = i + 1;
      while (end < bytes.length && CLASS[bytes[end] as number] !== OTHER) end++;
      if (end - start >= BULK_LENGTH) this.#scanRuns(scan, start, end, identity);
      i = end + BULK_LENGTH;
    }
  }

  /** Hashes the runs of `[from, to)` and verifies what the table has. */
  #scanRuns(scan: Scan, from: number, to: number, at: Mapping): void {
    const { bytes } = scan;
    const least = scan.options.bulk ? BULK_LENGTH : LEAST_LENGTH;
    const filter = this.#filter;
    const bits = filter.length * 32 - 1;
    // Hashes of the last run, the last two, three and four; where they begin, and how long they are together.
    let h1 = 0;
    let h2 = 0;
    let h3 = 0;
    let h4 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    let s4 = 0;
    let l1 = 0;
    let l2 = 0;
    let l3 = 0;
    let l4 = 0;
    let chain = 0;
    let gap = 0;
    for (let i = from; i < to; ) {
      const kind = CLASS[bytes[i] as number] as number;
      if (kind === OTHER || kind === GAP) {
        if (kind === OTHER || ++gap > 3) chain = 0;
        i++;
        continue;
      }
      const separator = (bytes[i] as number) < 0xc2 ? 0 : separatorLength(bytes, i);
      if (separator > 0) {
        gap++;
        i += separator;
        continue;
      }
      gap = 0;
      h4 = h3;
      h3 = h2;
      h2 = h1;
      h1 = SEED;
      s4 = s3;
      s3 = s2;
      s2 = s1;
      s1 = i;
      if (chain < CHAIN) chain++;
      for (; i < to && CLASS[bytes[i] as number] === kind; i++) {
        const byte = bytes[i] as number;
        if (byte >= 0xc2 && separatorLength(bytes, i) > 0) break;
        const lower = LOWER[byte] as number;
        h1 = Math.imul(h1 ^ lower, PRIME);
        h2 = Math.imul(h2 ^ lower, PRIME);
        h3 = Math.imul(h3 ^ lower, PRIME);
        h4 = Math.imul(h4 ^ lower, PRIME);
      }
      const length = i - s1;
      l4 = l3 + length;
      l3 = l2 + length;
      l2 = l1 + length;
      l1 = length;
      if (l1 >= least && isLikely(filter, bits, h1) && this.#has(h1))
        this.#verify(scan, h1, from, s1, i, to, at);
      if (chain > 1 && l2 >= least && isLikely(filter, bits, h2) && this.#has(h2))
        this.#verify(scan, h2, from, s2, i, to, at);
      if (chain > 2 && l3 >= least && isLikely(filter, bits, h3) && this.#has(h3))
        this.#verify(scan, h3, from, s3, i, to, at);
      if (chain > 3 && l4 >= least && isLikely(filter, bits, h4) && this.#has(h4))
        this.#verify(scan, h4, from, s4, i, to, at);
    }
  }

  /** Decodes what surrounds the trigger `[begin, end)` and matches it as text. */
  #verify(scan: Scan, hash: number, from: number, begin: number, end: number, to: number, at: Mapping): void {
    const { bytes, options, excluded } = scan;
    const start = Math.max(from, this.#long.has(hash) ? end - WINDOW_LONG : begin - WINDOW_BEFORE);
    const stop = Math.min(to, end + WINDOW_AFTER);
    const dates = options.dates === undefined || options.dates === 'find' ? 'find' : 'skip';
    for (const { text, offsets } of decodings(bytes.subarray(start, stop))) {
      for (const match of this.#match(text, dates)) {
        const { form, category, kind } = match.entry;
        const [first, last] = [start + offsets(match.start), start + offsets(match.end)];
        if (isExcluded(match.entry, excluded) || (options.bulk && isChance(form.key))) continue;
        if (/^\d{1,5}$/.test(form.key)) continue;
        // The trigger alone was looked for; what else the window shows may be cut by its ends.
        if (first >= end || last < end) continue;
        if ((first === start && start > from) || (last === stop && stop < to)) continue;
        const hit = { start: at.start(first), end: at.end(last), category, kind };
        if (options.openStart && hit.start === 0) continue;
        if (options.openEnd && hit.end >= scan.length) continue;
        if (scan.seen.has(hit.start * 4096 + (hit.end - hit.start))) continue;
        scan.seen.add(hit.start * 4096 + (hit.end - hit.start));
        scan.hits.push(hit);
      }
    }
  }

  /** UTF-16: every other byte is zero. One unit of four is looked at; a run found there is gathered and searched. */
  #scanUtf16(scan: Scan): void {
    for (const parity of [0, 1]) {
      const { bytes } = scan;
      for (let i = parity; i + 1 < bytes.length; i += 8) {
        if (bytes[i + 1] !== 0 || CLASS[bytes[i] as number] === OTHER) continue;
        let start = i;
        while (start >= 2 && isNarrow(bytes, start - 2)) start -= 2;
        let end = i + 2;
        while (end < bytes.length && isNarrow(bytes, end)) end += 2;
        // Big-endian text ends in a character whose zero byte stands before it.
        if (end < bytes.length && bytes[end - 1] === 0 && CLASS[bytes[end] as number] !== OTHER) end += 2;
        const length = (end - start) >> 1;
        if (length >= 4) {
          const narrow = new Uint8Array(length);
          for (let k = 0; k < length; k++) narrow[k] = bytes[start + 2 * k] as number;
          const inner: Scan = { ...scan, bytes: narrow };
          // The zero byte of a big-endian character stands before it.
          const base = start > 0 && bytes[start - 1] === 0 && bytes[end - 1] !== 0 ? start - 1 : start;
          this.#scanRuns(inner, 0, length, { start: (n) => base + 2 * n, end: (n) => base + 2 * n });
        }
        if (end > i + 8) i += (end - i) & ~7;
      }
    }
  }
}

/** What neighbouring samples spell by themselves: a short word, or digits none of which stands alone. */
function isChance(key: string): boolean {
  return key.length < BULK_LENGTH || isOfRuns(key);
}

const isOfRuns = (key: string): boolean =>
  /^\d+$/.test(key) && (key.match(/(\d)\1*/g) ?? []).every((run) => run.length > 1);

interface Scan {
  readonly bytes: Uint8Array;
  readonly options: ByteSearchOptions;
  readonly excluded: ReadonlySet<string>;
  readonly hits: ByteHit[];
  readonly seen: Set<number>;
  /** Length of the searched bytes, whatever `bytes` was gathered into. */
  readonly length: number;
}

interface Mapping {
  readonly start: (offset: number) => number;
  readonly end: (offset: number) => number;
}

const identity: Mapping = { start: (offset) => offset, end: (offset) => offset };

const isNarrow = (bytes: Uint8Array, at: number): boolean =>
  bytes[at + 1] === 0 && CLASS[bytes[at] as number] !== OTHER;

/** UTF-8 punctuation that Latin-1 text has no use for: U+0080-00BF and U+2000-203F (quotes, dashes, spaces). */
function separatorLength(bytes: Uint8Array, at: number): number {
  if (bytes[at] === 0xc2) return 2;
  return bytes[at] === 0xe2 && bytes[at + 1] === 0x80 ? 3 : 0;
}

const mix = (hash: number): number => Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 4;

/** Whether the bit filter has the hash: most runs end here. */
function isLikely(filter: Uint32Array, bits: number, hash: number): boolean {
  const bit = mix(hash) & bits;
  return ((filter[bit >>> 5] as number) & (1 << (bit & 31))) !== 0;
}

function hashBytes(bytes: Uint8Array): number {
  let hash = SEED;
  for (const byte of bytes) hash = Math.imul(hash ^ (LOWER[byte] as number), PRIME);
  return hash === 0 ? 1 : hash;
}

/** Hashes of the last four runs of a form, in each encoding that writes them otherwise. */
function* triggersOf({ form }: Entry): Generator<number> {
  if (form.shape === 'date') {
    const [year, month, day] = [form.key.slice(0, 4), form.key.slice(4, 6), form.key.slice(6)];
    for (const digits of [year + month + day, month + day + year, day + month + year])
      yield hashBytes(Buffer.from(digits));
    return;
  }
  const tail = form.raw.slice(-CHAIN).join('');
  for (const spelling of new Set([
    tail,
    tail.toLowerCase(),
    tail.toUpperCase(),
    form.raw.length <= CHAIN ? form.key : tail,
  ])) {
    yield hashBytes(Buffer.from(spelling, 'utf8'));
    if (/[^\x00-\x7f]/.test(spelling)) yield hashBytes(Buffer.from(spelling, 'latin1'));
  }
}

interface Decoding {
  readonly text: string;
  /** UTF-16 offset in the text to byte offset. */
  readonly offsets: (offset: number) => number;
}

/** The bytes as Latin-1 and, where they are more than ASCII, as UTF-8. */
function decodings(bytes: Uint8Array): Decoding[] {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
  const latin: Decoding = { text, offsets: (offset) => offset };
  return /[\xc3-\xf4][\x80-\xbf]/.test(text) ? [latin, utf8(bytes)] : [latin];
}

function utf8(bytes: Uint8Array): Decoding {
  let at = 0;
  while (at < 3 && at < bytes.length && ((bytes[at] as number) & 0xc0) === 0x80) at++;
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(at));
  const skipped = at;
  return { text, offsets: (offset) => skipped + Buffer.byteLength(text.slice(0, offset), 'utf8') };
}
