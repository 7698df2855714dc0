import type { FilePixels } from '../../../dicom/pixels/of-file.ts';
import { fillsAllocation } from '../../../dicom/pixels/samples.ts';
import type { ByteSource, Edit } from '../../../splice.ts';

const CHUNK = 1 << 20;

/** Which bits of a sample are the picture's. */
interface Layout {
  readonly bytes: 1 | 2 | 4;
  readonly littleEndian: boolean;
  /** Bits of the sample. */
  readonly stored: number;
  /** Allocated bits above High Bit. */
  readonly above: number;
  /** High Bit, where it is a sign; else 0. */
  readonly sign: number;
}

/**
 * Edits that clear what native samples carry outside Bits Stored (retired overlays lie there: PS3.5 8.1.2, PS3.3 C.9.2). A
 * sign extension above High Bit says nothing and stays; where there is more than that, the bits become one. Chunks that carry
 * nothing are not touched, and those that do are made when they are written: pixels of any size pass through.
 */
export function unusedBitsEdits({ description, data }: FilePixels): Edit[] {
  const layout = layoutOf(description);
  if (layout === undefined || data.kind !== 'native') return [];
  const edits: Edit[] = [];
  const end = data.start + data.length - (data.length % layout.bytes);
  for (let at = data.start; at < end; at += CHUNK) {
    const length = Math.min(CHUNK, end - at);
    if (carries(data.source.read(at, length), layout)) {
      edits.push(new ClearedChunk(data.source, at, at + length, layout));
    }
  }
  return edits;
}

function layoutOf(description: FilePixels['description']): Layout | undefined {
  const { bitsAllocated, bitsStored, highBit, pixelRepresentation, littleEndian } = description;
  const sensible = bitsStored >= 1 && highBit >= bitsStored - 1 && highBit < bitsAllocated;
  if (!sensible || ![8, 16, 32].includes(bitsAllocated) || fillsAllocation(description)) return undefined;
  const upTo = (bits: number) => 2 ** bits - 1;
  const stored = upTo(highBit + 1) - upTo(highBit + 1 - bitsStored);
  return {
    bytes: (bitsAllocated / 8) as Layout['bytes'],
    littleEndian,
    stored: stored >>> 0,
    above: (upTo(bitsAllocated) - upTo(highBit + 1)) >>> 0,
    sign: pixelRepresentation === 1 ? 2 ** highBit : 0,
  };
}

/** Made anew each time it is asked for, so that many of them take no memory. */
class ClearedChunk implements Edit {
  readonly start: number;
  readonly end: number;
  readonly #source: ByteSource;
  readonly #layout: Layout;

  constructor(source: ByteSource, start: number, end: number, layout: Layout) {
    this.start = start;
    this.end = end;
    this.#source = source;
    this.#layout = layout;
  }

  get bytes(): Uint8Array {
    const bytes = Uint8Array.from(this.#source.read(this.start, this.end - this.start));
    clear(bytes, this.#layout);
    return bytes;
  }
}

function carries(bytes: Uint8Array, layout: Layout): boolean {
  if (layout.bytes === 2) return carries16(bytes, layout);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at < bytes.length; at += layout.bytes) {
    const sample = readSample(view, at, layout);
    if (sample !== cleared(sample, layout) && !isSignExtended(sample, layout)) return true;
  }
  return false;
}

/** Most pixels of most archives come this way: two samples at a time, and one by one only where a bit outside is set. */
function carries16(bytes: Uint8Array, layout: Layout): boolean {
  if (!setsOutside(bytes, layout)) return false;
  const { stored, above, sign, littleEndian } = layout;
  const [low, high] = littleEndian ? [0, 1] : [1, 0];
  const unused = 0xffff & ~stored;
  for (let at = 0; at + 1 < bytes.length; at += 2) {
    const sample = (bytes[at + low] as number) | ((bytes[at + high] as number) << 8);
    const bits = sample & unused;
    if (bits !== 0 && !(bits === above && (sample & sign) !== 0)) return true;
  }
  return false;
}

/** Whether any sample has a bit outside the stored ones, of a sign or not. Samples begin at even places. */
function setsOutside(bytes: Uint8Array, { stored, littleEndian }: Layout): boolean {
  const unused = 0xffff & ~stored;
  const [first, second] = littleEndian ? [unused & 255, unused >> 8] : [unused >> 8, unused & 255];
  const lead = bytes.byteOffset % 4;
  if (lead % 2 === 1) return true; // no place for words to begin
  const tail = lead + ((bytes.length - lead) & ~3);
  let set = 0;
  const words = new Int32Array(bytes.buffer, bytes.byteOffset + lead, (tail - lead) >> 2);
  for (let i = 0; i < words.length; i++) set |= words[i] as number;
  const [mask = 0] = new Int32Array(Uint8Array.of(first, second, first, second).buffer);
  if ((set & mask) !== 0) return true;
  for (const [from, to] of [
    [0, Math.min(lead, bytes.length)],
    [tail, bytes.length],
  ] as const) {
    for (let at = from; at < to; at++)
      if (((bytes[at] as number) & (at % 2 === 0 ? first : second)) !== 0) return true;
  }
  return false;
}

function clear(bytes: Uint8Array, layout: Layout): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at < bytes.length; at += layout.bytes) {
    const sample = readSample(view, at, layout);
    if (!isSignExtended(sample, layout)) writeSample(view, at, cleared(sample, layout), layout);
  }
}

/** Ones above a set sign bit, and nothing below the sample. */
function isSignExtended(sample: number, { stored, above, sign }: Layout): boolean {
  return (sample & sign) !== 0 && sample >>> 0 === ((sample & stored) | above) >>> 0;
}

const cleared = (sample: number, { stored }: Layout): number => (sample & stored) >>> 0;

function readSample(view: DataView, at: number, { bytes, littleEndian }: Layout): number {
  if (bytes === 1) return view.getUint8(at);
  return bytes === 2 ? view.getUint16(at, littleEndian) : view.getUint32(at, littleEndian);
}

function writeSample(view: DataView, at: number, sample: number, { bytes, littleEndian }: Layout): void {
  if (bytes === 1) view.setUint8(at, sample);
  else if (bytes === 2) view.setUint16(at, sample, littleEndian);
  else view.setUint32(at, sample, littleEndian);
}
