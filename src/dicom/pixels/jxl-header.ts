import { PhiGateError } from '../../errors.ts';
import type { StreamHeader } from './stream-header.ts';

const CODESTREAM = 0xff0a;
/** `JXL ` in the first box (ISO/IEC 18181-2, 9.1). */
const SIGNATURE = 0x4a584c20;

/** Whether a stream is JPEG XL, bare or in boxes. */
export function isJpegXl(view: DataView): boolean {
  return (
    (view.byteLength >= 2 && view.getUint16(0) === CODESTREAM) ||
    (view.byteLength >= 12 && view.getUint32(0) === 12 && view.getUint32(4) === SIGNATURE)
  );
}

/**
 * The header of a JPEG XL codestream (ISO/IEC 18181-1, annex D): size, depth, and whether it is grey. Colours come as one
 * component or three.
 * @throws PhiGateError `malformed` where there is none
 */
export function jpegXlHeader(view: DataView): StreamHeader {
  const at = codestreamAt(view);
  const bits = new LowBits(view, at + 2);
  const [rows, columns] = sizeOf(bits);
  const { precision, components } = metadataOf(bits);
  return {
    at,
    coding: 'jpeg-xl',
    precision,
    isSigned: false,
    rows,
    columns,
    components,
    isSubsampled: false,
  };
}

const missing = (): PhiGateError =>
  new PhiGateError('malformed', 'the compressed stream has no frame header');

/** In boxes: the whole codestream (`jxlc`), or the first of its parts (`jxlp`, behind a counter). */
function codestreamAt(view: DataView): number {
  if (view.getUint16(0) === CODESTREAM) return 0;
  for (let at = 0; at + 8 <= view.byteLength; ) {
    const length = view.getUint32(at);
    const type = view.getUint32(at + 4);
    const content = at + 8 + (length === 1 ? 8 : 0) + (type === 0x6a786c70 ? 4 : 0);
    if (type === 0x6a786c63 || type === 0x6a786c70) {
      if (content + 2 <= view.byteLength && view.getUint16(content) === CODESTREAM) return content;
      throw missing();
    }
    if (length < 8) break;
    at += length;
  }
  throw missing();
}

/** D.2: heights in steps of eight or not, widths by themselves or in a ratio to the height. */
function sizeOf(bits: LowBits): [rows: number, columns: number] {
  const inEights = bits.read(1) === 1;
  const size = () => (inEights ? 8 * (1 + bits.read(5)) : 1 + bits.read([9, 13, 18, 30][bits.read(2)] ?? 9));
  const rows = size();
  const ratio = [0, 1, 12 / 10, 4 / 3, 3 / 2, 16 / 9, 5 / 4, 2][bits.read(3)] ?? 0;
  return [rows, ratio === 0 ? size() : Math.floor(rows * ratio)];
}

/** D.3, as far as depth and colours. */
function metadataOf(bits: LowBits): { precision: number; components: number } {
  if (bits.read(1) === 1) return { precision: 8, components: 3 };
  if (bits.read(1) === 1) {
    bits.read(3); // orientation
    if (bits.read(1) === 1) sizeOf(bits); // intrinsic size
    if (bits.read(1) === 1) throw new PhiGateError('unsupported', 'the JPEG XL stream has a preview');
    if (bits.read(1) === 1) throw new PhiGateError('unsupported', 'the JPEG XL stream is an animation');
  }
  const precision = depthOf(bits);
  bits.read(1); // modular 16-bit buffers
  const hasExtra = bits.read(2) !== 0;
  if (hasExtra) throw new PhiGateError('unsupported', 'the JPEG XL stream has channels beside its picture');
  bits.read(1); // XYB
  return { precision, components: isGrey(bits) ? 1 : 3 };
}

function depthOf(bits: LowBits): number {
  const isFloat = bits.read(1) === 1;
  const selector = bits.read(2);
  if (isFloat) {
    const precision = [32, 16, 24][selector] ?? 1 + bits.read(6);
    bits.read(4); // exponent
    return precision;
  }
  return [8, 10, 12][selector] ?? 1 + bits.read(6);
}

/** D.3.4: by default RGB; with a profile of its own or without, the colour space says grey. */
function isGrey(bits: LowBits): boolean {
  if (bits.read(1) === 1) return false;
  bits.read(1); // ICC profile
  return bits.read(2) === 1; // enumeration: 0 RGB, 1 grey
}

/** Bits from the lowest of each byte up. */
class LowBits {
  readonly #view: DataView;
  #at: number;

  constructor(view: DataView, start: number) {
    this.#view = view;
    this.#at = start * 8;
  }

  read(count: number): number {
    let value = 0;
    for (let i = 0; i < count; i++, this.#at++) {
      if (this.#at >> 3 >= this.#view.byteLength) throw missing();
      value += ((this.#view.getUint8(this.#at >> 3) >> (this.#at & 7)) & 1) * 2 ** i;
    }
    return value;
  }
}
