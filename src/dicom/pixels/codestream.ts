import { inflateRawSync } from 'node:zlib';
import { memorySource } from '../../splice.ts';
import type { PixelDescription } from './description.ts';
import { nativeDataLength } from './native.ts';
import { nativeFrameBits } from './samples.ts';
import { syntaxRule } from './syntaxes.ts';

/** A stretch of a frame's stream that is no part of the picture. */
export interface StreamPart {
  /** `COM`, `APP1`, `marker f3`, the name of a box, `after the end`, `between segments`. */
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

const AFTER = 'after the end';
/** What a decoder makes the picture of; it is none of the parts beside it. */
const CODED = 'coded data';
const SOI = 0xffd8;
const SOC = 0xff4f;
/** `jP  ` and `JXL `: the first box of a JPEG 2000 or JPEG XL file. */
const BOXED: ReadonlySet<number> = new Set([0x6a502020, 0x4a584c20]);
/** Boxes without which the picture is none, and how much of each is the picture's (T.800 I.5, ISO/IEC 18181-2 clause 9). */
const OF_PICTURE: ReadonlyMap<string, number> = new Map([
  ['jP  ', 4],
  ['JXL ', 4],
  ['ftyp', 32],
  ['jxll', 1],
  ['jxlc', Number.POSITIVE_INFINITY],
  ['jxlp', Number.POSITIVE_INFINITY],
]);
const JXL = 0xff0a;
const RLE_HEADER = 64;

/**
 * What the stream of a frame holds besides its picture, by the transfer syntax of the description. Never throws: where nobody
 * can tell how long the picture is, nothing is beside it.
 */
export function partsBesideFrame(stream: Uint8Array, description: PixelDescription): StreamPart[] {
  switch (syntaxRule(description.transferSyntax)?.family) {
    case 'rle':
      return rlePartsBesidePicture(stream, description.rows * description.columns);
    case 'encapsulated-native':
      return behind(stream, nativeLength(stream, description));
    case 'deflated-frames':
      return behind(stream, deflatedLength(stream, description));
    default:
      return partsBesidePicture(stream);
  }
}

/** Bytes of a fragment, of 0 for those that nobody can read. */
function behind(stream: Uint8Array, length: number): StreamPart[] {
  const part = { name: AFTER, start: length, end: stream.length };
  return length > 0 && length < stream.length && !isPadding(stream, part.start, part.end) ? [part] : [];
}

function nativeLength(stream: Uint8Array, description: PixelDescription): number {
  const data = { kind: 'native', source: memorySource(stream), start: 0, length: stream.length } as const;
  return nativeDataLength({ ...description, frames: 1 }, data);
}

/** Where the deflated data of a frame have their end (RFC 1951). */
function deflatedLength(stream: Uint8Array, description: PixelDescription): number {
  const maxOutputLength = Math.ceil(nativeFrameBits(description) / 8) + 1;
  try {
    const { engine } = inflateRawSync(stream, { maxOutputLength, info: true }) as unknown as Inflated;
    return engine.bytesWritten;
  } catch {
    return 0;
  }
}

/** What zlib gives with `info`; its types do not say so. */
interface Inflated {
  readonly engine: { readonly bytesWritten: number };
}

/**
 * What a compressed frame holds besides its picture: comments, application segments and boxes, and what stands behind its
 * end. JPEG and JPEG-LS (ITU-T T.81, T.87), JPEG 2000 (T.800 annexes A and I), JPEG XL in boxes; nothing for streams of other kinds. Never
 * throws: a stream that breaks off gives what was found until there.
 */
export function partsBesidePicture(stream: Uint8Array): StreamPart[] {
  return partsOf(stream).filter(({ name }) => name !== CODED);
}

/** The stretches that a decoder makes the picture of, as far as a stream says where they are. */
export function codedData(stream: Uint8Array): StreamPart[] {
  return partsOf(stream).filter(({ name }) => name === CODED);
}

function partsOf(stream: Uint8Array): StreamPart[] {
  const view = new DataView(stream.buffer, stream.byteOffset, stream.byteLength);
  if (stream.length < 4) return [];
  const parts =
    view.getUint16(0) === SOI
      ? jpegParts(stream, view)
      : view.getUint16(0) === SOC
        ? jpeg2000Parts(view, 0)
        : view.getUint16(0) === JXL
          ? [{ name: CODED, start: 0, end: stream.length }]
          : stream.length > 12 && BOXED.has(view.getUint32(4))
            ? boxes(view)
            : [];
  return parts.filter(({ start, end }) => !isPadding(stream, start, end));
}

/** Bytes of an RLE frame that belong to no segment, or that a segment has left when its pixels are full (PS3.5 annex G). */
export function rlePartsBesidePicture(stream: Uint8Array, pixels: number): StreamPart[] {
  if (stream.length < RLE_HEADER) return [];
  const view = new DataView(stream.buffer, stream.byteOffset, stream.byteLength);
  const count = Math.min(15, view.getUint32(0, true));
  const offsets = Array.from({ length: count }, (_, i) => view.getUint32(4 + 4 * i, true));
  const parts: StreamPart[] = [{ name: 'between segments', start: 4 + 4 * count, end: RLE_HEADER }];
  const first = offsets[0] ?? stream.length;
  parts.push({ name: 'between segments', start: RLE_HEADER, end: Math.min(first, stream.length) });
  offsets.forEach((start, i) => {
    const end = Math.min(offsets[i + 1] ?? stream.length, stream.length);
    parts.push({ name: 'between segments', start: endOfRuns(stream, start, end, pixels), end });
  });
  return parts.filter(({ start, end }) => start < end && !isPadding(stream, start, end));
}

/** Where PackBits has given `pixels` bytes. */
function endOfRuns(stream: Uint8Array, start: number, end: number, pixels: number): number {
  let at = start;
  for (let given = 0; given < pixels && at < end; ) {
    const control = stream[at] as number;
    if (control < 128) {
      given += control + 1;
      at += control + 2;
    } else if (control > 128) {
      given += 257 - control;
      at += 2;
    } else at += 1;
  }
  return Math.min(at, end);
}

/** Zeros and ones fill a stream up to even length, some writers' to more. */
function isPadding(stream: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (stream[at] !== 0 && stream[at] !== 0xff) return false;
  return true;
}

function jpegParts(stream: Uint8Array, view: DataView): StreamPart[] {
  const parts: StreamPart[] = [];
  const size = stream.length;
  for (let at = 2; at + 2 <= size; ) {
    if (stream[at] !== 0xff) return [...parts, { name: 'unknown', start: at, end: size }];
    const marker = stream[at + 1] as number;
    if (marker === 0xff) {
      at += 1; // fill byte
      continue;
    }
    if (marker === 0xd9) return [...parts, { name: AFTER, start: at + 2, end: size }];
    if (isAlone(marker)) {
      at += 2;
      continue;
    }
    if (at + 4 > size) return parts;
    const end = Math.min(size, at + 2 + view.getUint16(at + 2));
    if (marker === 0xfe) parts.push({ name: 'COM', start: at + 4, end });
    else if (marker >= 0xe0 && marker <= 0xef) parts.push({ name: `APP${marker & 0xf}`, start: at + 4, end });
    else if (at + 4 + read(marker) < end)
      parts.push({ name: `marker ${marker.toString(16)}`, start: at + 4 + read(marker), end });
    at = Math.max(end, at + 4);
    if (marker !== 0xda) continue;
    const scanEnd = endOfScan(stream, at);
    parts.push({ name: CODED, start: at, end: scanEnd });
    at = scanEnd;
  }
  return parts;
}

const DNL = 0xdc;

/**
 * How much of a marker segment decoders read: all of tables and headers (SOF, DHT, DAC, SOS, DQT, DRI, DHP, EXP, and SOF55 and
 * LSE of T.87), a number of DNL (T.81 B.2.5), nothing of those that are reserved.
 */
function read(marker: number): number {
  if (marker === DNL) return 2;
  const isKnown = (marker >= 0xc0 && marker <= 0xdf && marker !== 0xc8) || marker === 0xf7 || marker === 0xf8;
  return isKnown ? Number.POSITIVE_INFINITY : 0;
}

/** Markers without a length: restarts, start of image, TEM. */
const isAlone = (marker: number): boolean => (marker >= 0xd0 && marker <= 0xd8) || marker === 0x01;

/** The next marker that is no restart; stuffed bytes are below 0xC0 in JPEG and JPEG-LS. */
function endOfScan(stream: Uint8Array, from: number): number {
  for (let at = from; at + 1 < stream.length; at++) {
    const next = stream[at + 1] as number;
    if (stream[at] === 0xff && next >= 0xc0 && next !== 0xff && !isAlone(next)) return at;
  }
  return stream.length;
}

/** Walks the main header and those of tile-parts; their data are passed over by their length (T.800 A.4.2). */
function jpeg2000Parts(view: DataView, start: number): StreamPart[] {
  const parts: StreamPart[] = [];
  const size = view.byteLength;
  const isExtended = size >= start + 8 && view.getUint16(start + 6) >= EXTENDED;
  let tile: { readonly end?: number } | undefined;
  for (let at = start + 2; at + 2 <= size; ) {
    const marker = view.getUint16(at);
    if (marker === 0xffd9) return [...parts, { name: AFTER, start: at + 2, end: size }];
    if (marker === 0xff93) {
      if (tile === undefined) return parts;
      // No length: the last tile-part goes on to the end of the codestream.
      const end = Math.min(size, tile.end ?? endOfCodestream(view, at + 2));
      parts.push({ name: CODED, start: at + 2, end: Math.max(at + 2, end) });
      at = Math.max(at + 2, end);
      continue;
    }
    if (marker >= 0xff30 && marker <= 0xff3f) {
      at += 2; // reserved, and alone
      continue;
    }
    if (marker < 0xff01 || at + 4 > size) return [...parts, { name: 'unknown', start: at, end: size }];
    const length = view.getUint16(at + 2);
    if (marker === 0xff90 && at + 10 <= size) {
      const tilePart = view.getUint32(at + 6);
      tile = tilePart === 0 ? {} : { end: Math.max(at + 12, at + tilePart) };
    }
    const end = Math.min(size, at + 2 + length);
    if (marker === 0xff64) parts.push({ name: 'COM', start: at + 6, end });
    else if (!JPEG_2000.has(marker) && !(isExtended && isOfPart2(marker)) && at + 4 < end)
      parts.push({ name: `marker ${(marker & 0xff).toString(16)}`, start: at + 4, end });
    at += 2 + Math.max(2, length);
  }
  return parts;
}

/** SOT, and SIZ to PPT but COM: marker segments of T.800 A.2 and T.814 that decoders know. */
const JPEG_2000: ReadonlySet<number> = new Set(
  [0x90, 0x50, 0x51, 0x52, 0x53, 0x55, 0x56, 0x57, 0x58, 0x59, 0x5c, 0x5d, 0x5e, 0x5f, 0x60, 0x61, 0x63].map(
    (low) => 0xff00 | low,
  ),
);

/** Rsiz, first bit: the marker segments of part 2 are among those that decoders need (T.801 A.2). */
const EXTENDED = 0x8000;
const isOfPart2 = (marker: number): boolean => marker >= 0xff70 && marker <= 0xff79;

/** The first marker of an end: packets have nothing above FF8F (T.800 B.10.1). */
function endOfCodestream(view: DataView, from: number): number {
  for (let at = from; at + 2 <= view.byteLength; at++) if (view.getUint16(at) === 0xffd9) return at;
  return view.byteLength;
}

/** The boxes of a file around a codestream: all but the codestream's own are metadata (T.800 annex I, ISO/IEC 18181-2). */
function boxes(view: DataView): StreamPart[] {
  const parts: StreamPart[] = [];
  const size = view.byteLength;
  for (let at = 0; at + 8 <= size; ) {
    const length = view.getUint32(at);
    const name = String.fromCharCode(...[4, 5, 6, 7].map((i) => view.getUint8(at + i)));
    const end = length === 0 ? size : Math.min(size, at + Math.max(8, length));
    const most = OF_PICTURE.get(name) ?? 0;
    if (name === 'jp2c') {
      const inner = new DataView(view.buffer, view.byteOffset + at + 8, end - at - 8);
      for (const part of jpeg2000Parts(inner, 0))
        parts.push({ ...part, start: part.start + at + 8, end: part.end + at + 8 });
    } else if (name === 'jp2h') parts.push(...headerBoxes(view, at + 8, end));
    else if (at + 8 + most < end) parts.push({ name, start: at + 8 + most, end });
    else if (most === Number.POSITIVE_INFINITY) parts.push({ name: CODED, start: at + 8, end });
    at = end;
  }
  return parts;
}

/** Size, depth, palette and channels, which a decoder needs (T.800 I.5.3). */
const STRUCTURAL = new Set(['ihdr', 'bpcc', 'pclr', 'cmap', 'cdef', 'res ']);
/** Method, precedence, approximation; then an enumerated colour space, or a whole profile. */
const COLOUR_HEAD = 3;
const ENUMERATED = 1;

/** What the header box holds besides: a colour profile, and boxes that nobody knows there. */
function headerBoxes(view: DataView, start: number, end: number): StreamPart[] {
  const parts: StreamPart[] = [];
  for (let at = start; at + 8 <= end; ) {
    const length = view.getUint32(at);
    const name = String.fromCharCode(...[4, 5, 6, 7].map((i) => view.getUint8(at + i)));
    const next = length === 0 ? end : Math.min(end, at + Math.max(8, length));
    const isEnumerated = name === 'colr' && at + 8 < next && view.getUint8(at + 8) === ENUMERATED;
    const from = at + 8 + (name === 'colr' ? COLOUR_HEAD : 0);
    if (!STRUCTURAL.has(name) && !isEnumerated && from < next) parts.push({ name, start: from, end: next });
    at = next;
  }
  return parts;
}
