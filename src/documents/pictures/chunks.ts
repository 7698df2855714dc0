/** A stretch of a picture file that is no picture data. */
export interface Chunk {
  /** The format's own name: `tEXt`, `EXIF`, `comment`, `after the end`. */
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

const PNG_SIGNATURE = 8;
/** Chunks that are the picture, or numbers about it (PNG 3rd edition clause 11). */
const PNG_PICTURE = new Set(
  'IHDR PLTE IDAT IEND acTL fcTL fdAT tRNS gAMA cHRM sRGB cICP mDCV cLLI bKGD hIST pHYs sBIT'.split(' '),
);

/** Chunks of a PNG beside the picture, and what stands behind its end. */
export function pngChunks(bytes: Uint8Array): Chunk[] {
  const view = viewOf(bytes);
  const chunks: Chunk[] = [];
  let at = PNG_SIGNATURE;
  while (at + 12 <= bytes.length) {
    const name = latin1(bytes, at + 4, at + 8);
    const end = Math.min(bytes.length, at + 8 + view.getUint32(at));
    if (!PNG_PICTURE.has(name)) chunks.push({ name, start: at + 8, end });
    at = end + 4;
    if (name === 'IEND') break;
  }
  return [...chunks, ...after(bytes, at)];
}

/** Chunks of WebP (RIFF). */
export function webpChunks(bytes: Uint8Array): Chunk[] {
  if (bytes.length < 12) return [];
  const view = viewOf(bytes);
  const picture = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ANIM', 'ANMF']);
  const whole = Math.min(bytes.length, 8 + view.getUint32(4, true));
  const chunks: Chunk[] = [];
  let at = 12;
  while (at + 8 <= whole) {
    const name = latin1(bytes, at, at + 4);
    const length = view.getUint32(at + 4, true);
    const end = Math.min(whole, at + 8 + length);
    if (!picture.has(name)) chunks.push({ name, start: at + 8, end });
    at = end + (length & 1);
  }
  return [...chunks, ...after(bytes, Math.max(at, whole))];
}

const GIF_TRAILER = 0x3b;
const GIF_EXTENSION = 0x21;
const GIF_IMAGE = 0x2c;
/** Comment, plain text and application extensions (GIF89a 24 to 26); others are numbers. */
const GIF_NAMES: Readonly<Record<number, string>> = { 254: 'comment', 1: 'plain text', 255: 'application' };

/** Extensions of a GIF, each with the length bytes of its sub-blocks in it, and what stands behind the trailer. */
export function gifChunks(bytes: Uint8Array): Chunk[] {
  const chunks: Chunk[] = [];
  let at = 13 + colourTable(bytes[10] ?? 0);
  while (at < bytes.length && bytes[at] !== GIF_TRAILER) {
    if (bytes[at] === GIF_EXTENSION) {
      const name = GIF_NAMES[bytes[at + 1] ?? 0];
      const end = endOfBlocks(bytes, at + 2);
      if (name !== undefined) chunks.push({ name, start: at + 2, end });
      at = end;
    } else if (bytes[at] === GIF_IMAGE) {
      at = endOfBlocks(bytes, at + 11 + colourTable(bytes[at + 9] ?? 0));
    } else break;
  }
  return [...chunks, ...after(bytes, at + 1)];
}

const colourTable = (flags: number): number => ((flags & 0x80) === 0 ? 0 : 3 << ((flags & 7) + 1));

function endOfBlocks(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length && bytes[at] !== 0) at += 1 + (bytes[at] as number);
  return Math.min(at + 1, bytes.length);
}

/** The texts of the sub-blocks of a GIF extension, joined. */
export function gifText(block: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [];
  for (let at = 0; at < block.length && block[at] !== 0; at += 1 + (block[at] as number))
    parts.push(block.subarray(at + 1, at + 1 + (block[at] as number)));
  return Buffer.concat(parts);
}

function after(bytes: Uint8Array, at: number): Chunk[] {
  return at < bytes.length ? [{ name: 'after the end', start: at, end: bytes.length }] : [];
}

const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

const latin1 = (bytes: Uint8Array, start: number, end: number): string =>
  Buffer.from(bytes.subarray(start, end)).toString('latin1');
