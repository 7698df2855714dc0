/** A stretch of a frame's stream that is no part of the picture. */
export interface StreamPart {
  /** `COM`, `APP1`, the name of a box, `after the end`, `between segments`. */
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

const AFTER = 'after the end';
const SOI = 0xffd8;
const SOC = 0xff4f;
/** `jP  ` and `JXL `: the first box of a JPEG 2000 or JPEG XL file. */
const BOXED: ReadonlySet<number> = new Set([0x6a502020, 0x4a584c20]);
/** Boxes without which the picture is none, or that only say where it is: ISO/IEC 18181-2, clause 9 for the latter ones. */
const OF_PICTURE = new Set(['jP  ', 'ftyp', 'JXL ', 'jxlc', 'jxlp', 'jxll', 'jxli']);
const RLE_HEADER = 64;

/**
 * What a compressed frame holds besides its picture: comments, application segments and boxes, and what stands behind its
 * end. JPEG and JPEG-LS (ITU-T T.81, T.87), JPEG 2000 (T.800 annexes A and I), JPEG XL in boxes; nothing for streams of other kinds. Never
 * throws: a stream that breaks off gives what was found until there.
 */
export function partsBesidePicture(stream: Uint8Array): StreamPart[] {
  const view = new DataView(stream.buffer, stream.byteOffset, stream.byteLength);
  if (stream.length < 4) return [];
  const parts =
    view.getUint16(0) === SOI
      ? jpegParts(stream, view)
      : view.getUint16(0) === SOC
        ? jpeg2000Parts(view, 0)
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
    if (marker >= 0xe0 && marker <= 0xef) parts.push({ name: `APP${marker & 0xf}`, start: at + 4, end });
    at = marker === 0xda ? endOfScan(stream, end) : Math.max(end, at + 4);
  }
  return parts;
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
  let tile: { readonly end: number } | undefined;
  for (let at = start + 2; at + 2 <= size; ) {
    const marker = view.getUint16(at);
    if (marker === 0xffd9) return [...parts, { name: AFTER, start: at + 2, end: size }];
    if (marker === 0xff93) {
      if (tile === undefined) return parts;
      at = tile.end;
      continue;
    }
    if (marker < 0xff01 || at + 4 > size) return [...parts, { name: 'unknown', start: at, end: size }];
    const length = view.getUint16(at + 2);
    if (marker === 0xff90 && at + 10 <= size) {
      const tilePart = view.getUint32(at + 6);
      // No length: the last tile-part goes on to the end of the codestream.
      tile = { end: tilePart === 0 ? endOfCodestream(view, at) : Math.max(at + 12, at + tilePart) };
    }
    if (marker === 0xff64) parts.push({ name: 'COM', start: at + 6, end: Math.min(size, at + 2 + length) });
    at += 2 + Math.max(2, length);
  }
  return parts;
}

function endOfCodestream(view: DataView, from: number): number {
  for (let at = view.byteLength - 2; at > from; at--) if (view.getUint16(at) === 0xffd9) return at;
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
    if (name === 'jp2c') {
      const inner = new DataView(view.buffer, view.byteOffset + at + 8, end - at - 8);
      for (const part of jpeg2000Parts(inner, 0))
        parts.push({ ...part, start: part.start + at + 8, end: part.end + at + 8 });
    } else if (name === 'jp2h') parts.push(...headerBoxes(view, at + 8, end));
    else if (!OF_PICTURE.has(name)) parts.push({ name, start: at + 8, end });
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
