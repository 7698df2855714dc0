import { PhiGateError } from '../../errors.ts';
import type { PixelDescription } from './description.ts';
import { isJpegXl, jpegXlHeader } from './jxl-header.ts';

/** What a compressed stream says of its picture in its own header. */
export interface StreamHeader {
  /** Where the header stands: thumbnails in application segments, whole streams themselves, come before it. */
  readonly at: number;
  readonly coding: 'jpeg' | 'jpeg-ls' | 'jpeg-2000' | 'jpeg-xl';
  /** JPEG: low nibble of the SOF marker (0 baseline, 1 extended, 2 progressive, 3 lossless). */
  readonly process?: number;
  /** Bits of a sample; the most of all components. */
  readonly precision: number;
  readonly isSigned: boolean;
  readonly rows: number;
  readonly columns: number;
  readonly components: number;
  /** JPEG-LS whose components stand in scans of their own: CharLS gives them one plane after the other. */
  readonly isPlanar?: boolean;
  /** Some component has fewer samples than the picture has pixels. */
  readonly isSubsampled: boolean;
}

const SOC = 0xff4f;
const SIZ = 0xff51;
const SOF_LS = 0xf7;
const JP2_SIGNATURE = 0x6a502020;

/**
 * The header of a JPEG (ITU-T T.81 B.2.2), JPEG-LS (T.87 C.2.2), JPEG 2000 (T.800 A.5.1), in a JP2 file too, or
 * JPEG XL stream.
 * @throws PhiGateError `malformed` where there is none: no decoder is asked then.
 */
export function streamHeader(stream: Uint8Array): StreamHeader {
  const view = new DataView(stream.buffer, stream.byteOffset, stream.byteLength);
  if (stream.length >= 12 && view.getUint32(4) === JP2_SIGNATURE)
    return jpeg2000Header(view, codestreamIn(view));
  if (isJpegXl(view)) return jpegXlHeader(view);
  if (stream.length >= 4 && view.getUint16(0) === SOC) return jpeg2000Header(view, 0);
  return jpegHeader(view);
}

/** SOF0 to SOF15 but DHT (C4), JPG (C8) and DAC (CC). */
const isStartOfFrame = (marker: number): boolean =>
  (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) ||
  marker === SOF_LS;

const missing = (): PhiGateError =>
  new PhiGateError('malformed', 'the compressed stream has no frame header');

function jpegHeader(view: DataView): StreamHeader {
  const size = view.byteLength;
  if (size < 4 || view.getUint16(0) !== 0xffd8) throw missing();
  for (let at = 2; at + 4 <= size; ) {
    if (view.getUint8(at) !== 0xff) throw missing();
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at += 1; // fill byte
      continue;
    }
    if (isStartOfFrame(marker)) return startOfFrame(view, at, marker);
    if (marker === 0xda || marker === 0xd9) throw missing();
    at += 2 + view.getUint16(at + 2);
  }
  throw missing();
}

function startOfFrame(view: DataView, at: number, marker: number): StreamHeader {
  if (at + 10 > view.byteLength) throw missing();
  const components = view.getUint8(at + 9);
  if (components === 0 || at + 10 + 3 * components > view.byteLength) throw missing();
  const factors = Array.from({ length: components }, (_, i) => view.getUint8(at + 11 + 3 * i));
  return {
    at,
    ...(marker === SOF_LS
      ? { coding: 'jpeg-ls', isPlanar: components > 1 && isOneByOne(view, at) }
      : { coding: 'jpeg', process: marker & 0xf }),
    precision: view.getUint8(at + 4),
    isSigned: false,
    rows: view.getUint16(at + 5),
    columns: view.getUint16(at + 7),
    components,
    isSubsampled: factors.some((factor) => factor !== factors[0]),
  };
}

/** Whether the first scan after `from` holds one component alone (T.87 C.2.3). */
function isOneByOne(view: DataView, from: number): boolean {
  for (
    let at = from;
    at + 5 <= view.byteLength && view.getUint8(at) === 0xff;
    at += 2 + view.getUint16(at + 2)
  ) {
    if (view.getUint8(at + 1) === 0xda) return view.getUint8(at + 4) === 1;
  }
  return false;
}

/** Where the codestream box of a JP2 file has its content (T.800 I.5.4). */
function codestreamIn(view: DataView): number {
  for (let at = 0; at + 8 <= view.byteLength; ) {
    const length = view.getUint32(at);
    if (view.getUint32(at + 4) === 0x6a703263) return at + 8;
    if (length < 8) break;
    at += length;
  }
  throw missing();
}

function jpeg2000Header(view: DataView, start: number): StreamHeader {
  if (start + 42 > view.byteLength || view.getUint16(start) !== SOC || view.getUint16(start + 2) !== SIZ)
    throw missing();
  const at = start + 4;
  const [x, y, x0, y0] = [at + 4, at + 8, at + 12, at + 16].map((offset) => view.getUint32(offset)) as [
    number,
    number,
    number,
    number,
  ];
  const components = view.getUint16(at + 36);
  if (components === 0 || at + 38 + 3 * components > view.byteLength) throw missing();
  const sizes = Array.from({ length: components }, (_, i) => view.getUint8(at + 38 + 3 * i));
  const steps = Array.from({ length: components }, (_, i) => view.getUint16(at + 39 + 3 * i));
  return {
    at: start,
    coding: 'jpeg-2000',
    precision: Math.max(...sizes.map((size) => (size & 0x7f) + 1)),
    isSigned: sizes.some((size) => size > 0x7f),
    rows: y - y0,
    columns: x - x0,
    components,
    isSubsampled: steps.some((step) => step !== 0x0101),
  };
}

/** Why a stream is not what the description says, or undefined. A decoder must not be the one to find out. */
export function headerMismatch(header: StreamHeader, description: PixelDescription): string | undefined {
  if (header.rows !== description.rows || header.columns !== description.columns) {
    return 'the size in the compressed stream differs from Rows and Columns';
  }
  if (header.components !== description.samplesPerPixel) {
    return 'the components in the compressed stream differ from Samples per Pixel';
  }
  if (
    header.precision > description.bitsAllocated ||
    (description.bitsAllocated > 8 && header.precision <= 8 && header.coding === 'jpeg')
  ) {
    return 'the bits of the compressed stream do not fit Bits Allocated';
  }
  return undefined;
}
