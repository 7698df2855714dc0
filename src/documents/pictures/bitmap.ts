import { PhiGateError } from '../../errors.ts';
import type { DocumentLimits, DocumentPart } from '../document.ts';

const FILE_HEADER = 14;
const RGB = 0;
const BIT_FIELDS = 3;
const ALPHA_BIT_FIELDS = 6;

/** What a bitmap says of itself (BITMAPINFOHEADER and its older and younger kin). */
interface BitmapHeader {
  readonly width: number;
  readonly height: number;
  readonly isTopDown: boolean;
  readonly bits: number;
  readonly palette: { readonly start: number; readonly entry: 3 | 4; readonly count: number };
  readonly masks: readonly number[];
  /** Where the rows begin. */
  readonly start: number;
  readonly stride: number;
}

/**
 * The picture of a BMP file, or of a device-independent bitmap without a file header; and the bytes before and after its rows.
 * @throws PhiGateError `unsupported` for run-length coded ones, `malformed`, `truncated`, `too-large`.
 */
export function* readBitmap(bytes: Uint8Array, limits: DocumentLimits): Generator<DocumentPart> {
  const header = headerOf(bytes, limits);
  const { width, height, start, stride } = header;
  const end = start + stride * height;
  if (end > bytes.length) throw new PhiGateError('truncated', 'the bitmap ends before its last row');
  const data = new Uint8Array(width * height * 3);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let row = 0; row < height; row += 1) {
    const at = start + stride * (header.isTopDown ? row : height - 1 - row);
    for (let x = 0; x < width; x += 1) data.set(colourAt(view, header, at, x), 3 * (row * width + x));
  }
  yield { kind: 'picture', locus: 'page 1', page: 1, width, height, channels: 3, bits: 8, data };
  yield { kind: 'bytes', locus: 'metadata', bytes: bytes.subarray(0, start) };
  if (end < bytes.length) yield { kind: 'document', locus: 'after the end', bytes: bytes.subarray(end) };
}

function headerOf(bytes: Uint8Array, { framePixels }: DocumentLimits): BitmapHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isFile = bytes[0] === 0x42 && bytes[1] === 0x4d;
  const info = isFile ? FILE_HEADER : 0;
  if (bytes.length < info + 40) throw new PhiGateError('truncated', 'the bitmap ends in its header');
  const size = view.getUint32(info, true);
  const isCore = size === 12;
  const width = isCore ? view.getUint16(info + 4, true) : view.getInt32(info + 4, true);
  const tall = isCore ? view.getInt16(info + 6, true) : view.getInt32(info + 8, true);
  const height = Math.abs(tall);
  const bits = view.getUint16(info + (isCore ? 10 : 14), true);
  const compression = isCore ? RGB : view.getUint32(info + 16, true);
  if (width <= 0 || height === 0 || ![1, 4, 8, 16, 24, 32].includes(bits))
    throw new PhiGateError('malformed', 'the header of the bitmap contradicts itself');
  if (width * height > framePixels)
    throw new PhiGateError('too-large', `a picture of the document has more than ${framePixels} pixels`);
  const hasMasks = compression === BIT_FIELDS || compression === ALPHA_BIT_FIELDS;
  if (compression !== RGB && !hasMasks)
    throw new PhiGateError('unsupported', 'a run-length coded bitmap cannot be decoded by this version');
  const maskBytes = hasMasks && size === 40 ? (compression === BIT_FIELDS ? 12 : 16) : 0;
  const colours = isCore ? 0 : view.getUint32(info + 32, true);
  const count = bits > 8 ? Math.min(colours, 256) : Math.min(colours || 1 << bits, 1 << bits);
  const palette = { start: info + size + maskBytes, entry: isCore ? (3 as const) : (4 as const), count };
  const natural = palette.start + palette.entry * count;
  return {
    width,
    height,
    isTopDown: tall < 0,
    bits,
    palette,
    masks: hasMasks ? [0, 4, 8].map((i) => view.getUint32(info + 40 + i, true)) : usualMasks(bits),
    start: isFile ? Math.max(natural, view.getUint32(10, true)) : natural,
    stride: Math.floor((width * bits + 31) / 32) * 4,
  };
}

const usualMasks = (bits: number): number[] =>
  bits === 16 ? [0x7c00, 0x3e0, 0x1f] : [0xff0000, 0xff00, 0xff];

type Colour = readonly [red: number, green: number, blue: number];

function colourAt(view: DataView, { bits, palette, masks }: BitmapHeader, row: number, x: number): Colour {
  if (bits <= 8) {
    const byte = view.getUint8(row + ((x * bits) >> 3));
    const index = (byte >> (8 - bits - ((x * bits) & 7))) & ((1 << bits) - 1);
    const at = palette.start + palette.entry * index;
    if (index >= palette.count || at + 3 > view.byteLength) return [0, 0, 0];
    return [view.getUint8(at + 2), view.getUint8(at + 1), view.getUint8(at)];
  }
  if (bits === 24) {
    const at = row + 3 * x;
    return [view.getUint8(at + 2), view.getUint8(at + 1), view.getUint8(at)];
  }
  const pixel = bits === 16 ? view.getUint16(row + 2 * x, true) : view.getUint32(row + 4 * x, true);
  const [red = 0, green = 0, blue = 0] = masks;
  return [level(pixel, red), level(pixel, green), level(pixel, blue)];
}

/** The bits under a mask, stretched to a byte. */
function level(pixel: number, mask: number): number {
  if (mask === 0) return 0;
  const shift = 31 - Math.clz32(mask & -mask);
  const most = mask >>> shift;
  return Math.round((((pixel & mask) >>> shift) * 255) / most);
}
