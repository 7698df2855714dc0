import type {
  ByteRange,
  PaletteTable,
  PixelData,
  PixelDescription,
  Window,
} from '../../dicom/pixels/description.ts';
import type { TileLayout } from '../../dicom/pixels/mosaic.ts';
import { hasRoomForFrames } from '../../dicom/pixels/readable.ts';
import { formatTag } from '../../dicom/tag.ts';
import { EXPLICIT_BE, EXPLICIT_LE, isDeflated } from '../../dicom/transfer-syntax.ts';
import type { Locus } from '../../model/passage.ts';
import type { ByteSource } from '../../splice.ts';
import type { SecondElement, SecondReading } from './second-reader.ts';
import { isLabelImage, tileLayout } from './tiles.ts';

/** The pixels of an instance as the second reader sees them; undefined where it has none. */
export interface Pixels {
  readonly description: PixelDescription;
  readonly data: PixelData;
  /** Where the Basic Offset Table of encapsulated data lies; empty where it has none. */
  readonly offsetTable: ByteRange;
  /** Of a tiled image, where its frames lie. */
  readonly tiles?: TileLayout;
  /** The photograph of a slide's label. */
  readonly isLabel?: true;
}

const PIXEL_DATA = 0x7fe00010;
const FLOAT_PIXEL_DATA = 0x7fe00008;
const DOUBLE_FLOAT_PIXEL_DATA = 0x7fe00009;
/** A value of OF has 32 bits and one of OD 64 (PS3.5 6.2). */
const FLOAT_BITS: ReadonlyMap<number, number> = new Map([
  [FLOAT_PIXEL_DATA, 32],
  [DOUBLE_FLOAT_PIXEL_DATA, 64],
]);
const PIXELS: ReadonlySet<number> = new Set([PIXEL_DATA, FLOAT_PIXEL_DATA, DOUBLE_FLOAT_PIXEL_DATA]);

/**
 * Describes the pixels of the top level (PS3.3 C.7.6.3). `body` is where the reading's offsets count. Attributes that
 * lie in functional groups (windows of enhanced objects) are left at their defaults: reading windows the full range then.
 */
export function pixelsOf(
  reading: SecondReading,
  transferSyntax: string,
  body: ByteSource,
): Pixels | undefined {
  const top = new Level(reading, '');
  const element = top.get(PIXEL_DATA) ?? top.get(FLOAT_PIXEL_DATA) ?? top.get(DOUBLE_FLOAT_PIXEL_DATA);
  if (element === undefined) return undefined;
  const pixels = describe(top, element, transferSyntax, body);
  const tiles = hasRoomForFrames(pixels.description, pixels.data)
    ? tileLayout(reading, pixels.description.frames)
    : undefined;
  return { ...pixels, ...(isLabelImage(reading) && { isLabel: true }), ...(tiles && { tiles }) };
}

function describe(top: Level, element: SecondElement, transferSyntax: string, body: ByteSource): Pixels {
  const floatBits = FLOAT_BITS.get(element.tag);
  const bitsAllocated = floatBits ?? top.unsigned(0x00280100) ?? 0;
  const bitsStored = floatBits ?? top.unsigned(0x00280101) ?? bitsAllocated;
  const palette = paletteOf(top);
  const description: PixelDescription = {
    // A deflated data set is read inflated: its frames are native then.
    transferSyntax: isDeflated(transferSyntax) ? EXPLICIT_LE : transferSyntax,
    rows: top.unsigned(0x00280010) ?? 0,
    columns: top.unsigned(0x00280011) ?? 0,
    frames: Math.max(1, Math.trunc(top.numbers(0x00280008)[0] ?? 1)),
    samplesPerPixel: top.unsigned(0x00280002) ?? 1,
    photometric: top.text(0x00280004),
    planarConfiguration: top.unsigned(0x00280006) ?? 0,
    bitsAllocated,
    bitsStored,
    highBit: floatBits === undefined ? (top.unsigned(0x00280102) ?? bitsStored - 1) : floatBits - 1,
    pixelRepresentation: top.unsigned(0x00280103) ?? 0,
    windows: windowsOf(top),
    rescale: { slope: top.numbers(0x00281053)[0] ?? 1, intercept: top.numbers(0x00281052)[0] ?? 0 },
    ...(palette && { palette }),
    littleEndian: element.littleEndian,
    ...(floatBits !== undefined && { sampleFormat: 'float' as const }),
  };
  return { description, data: dataOf(element, body), offsetTable: offsetTableOf(element) };
}

const ITEM_HEADER = 8;

/** The table is the first item of the value, before the fragments (PS3.5 A.4). */
function offsetTableOf({ valueStart, fragments }: SecondElement): ByteRange {
  const start = valueStart + ITEM_HEADER;
  const first = fragments?.[0]?.valueStart ?? start + ITEM_HEADER;
  return { start, length: Math.max(0, first - ITEM_HEADER - start) };
}

/** Pixels inside a sequence, an icon's most often (PS3.3 C.7.6.1.1.6), and the path of the item that they stand in. */
export interface NestedPixels {
  /** `(0088,0200)[0]` */
  readonly locus: Locus;
  readonly pixels: Pixels;
}

/** All of them. They are native or encapsulated by themselves, whatever the pixels of the instance are. */
export function nestedPixels(
  reading: SecondReading,
  transferSyntax: string,
  body: ByteSource,
): NestedPixels[] {
  return reading.elements
    .filter(({ tag, depth, length }) => PIXELS.has(tag) && depth > 0 && length > 0)
    .map((element) => {
      const scope = element.path.slice(0, -'.(gggg,eeee)'.length);
      const native = element.littleEndian ? EXPLICIT_LE : EXPLICIT_BE;
      const syntax = element.fragments === undefined ? native : transferSyntax;
      return { locus: scope, pixels: describe(new Level(reading, `${scope}.`), element, syntax, body) };
    });
}

/** How many elements hold pixels beside those that `pixelsOf` describes: an instance has one (PS3.3 C.7.6.3, C.7.6.24, C.7.6.25). */
export function furtherPixels(reading: SecondReading): number {
  const top = reading.elements.filter(
    ({ tag, depth, length }) => PIXELS.has(tag) && depth === 0 && length > 0,
  );
  return Math.max(0, top.length - 1);
}

function dataOf(element: SecondElement, source: ByteSource): PixelData {
  if (element.fragments !== undefined) {
    const fragments = element.fragments.map(({ valueStart, length }) => ({ start: valueStart, length }));
    // Without the table frames are found by count or by their start markers; a table that lies cannot mislead.
    return { kind: 'encapsulated', source, fragments, offsetTable: [] };
  }
  return {
    kind: 'native',
    source,
    start: element.valueStart,
    length: element.length,
    ...(element.vr && { vr: element.vr }),
  };
}

function windowsOf(top: Level): Window[] {
  const widths = top.numbers(0x00281051);
  return top.numbers(0x00281050).flatMap((center, index) => {
    const width = widths[index];
    return width === undefined ? [] : [{ center, width }];
  });
}

function paletteOf(top: Level): PixelDescription['palette'] {
  const table = (channel: number): PaletteTable | undefined => {
    const [entries, first, bits] = top.unsignedList(0x00281100 + channel);
    const plain = top.get(0x00281200 + channel)?.value();
    const values = plain ?? top.get(0x00281220 + channel)?.value();
    if (entries === undefined || first === undefined || bits === undefined || values === undefined)
      return undefined;
    return { descriptor: [entries, first, bits], data: values, segmented: plain === undefined };
  };
  const [red, green, blue] = [table(1), table(2), table(3)];
  return red && green && blue ? { red, green, blue } : undefined;
}

/** Values of the data set (no path) or of an item by tag; the first of duplicates. */
class Level {
  readonly #elements = new Map<number, SecondElement>();

  constructor(reading: SecondReading, path: Locus) {
    for (const element of reading.elements) {
      const isHere = element.path === path + formatTag(element.tag);
      if (isHere && !element.meta && !this.#elements.has(element.tag))
        this.#elements.set(element.tag, element);
    }
  }

  get(tag: number): SecondElement | undefined {
    return this.#elements.get(tag);
  }

  text(tag: number): string {
    const value = this.get(tag)?.value();
    return value === undefined
      ? ''
      : Buffer.from(value)
          .toString('latin1')
          .replace(/[\0 ]+$/, '')
          .trim();
  }

  numbers(tag: number): number[] {
    return this.text(tag)
      .split('\\')
      .filter((text) => text.trim() !== '')
      .map(Number)
      .filter(Number.isFinite);
  }

  unsignedList(tag: number): number[] {
    const element = this.get(tag);
    const value = element?.value();
    if (element === undefined || value === undefined) return [];
    const view = new DataView(value.buffer, value.byteOffset, value.byteLength);
    return Array.from({ length: Math.floor(value.byteLength / 2) }, (_, i) =>
      view.getUint16(i * 2, element.littleEndian),
    );
  }

  unsigned(tag: number): number | undefined {
    return this.unsignedList(tag)[0];
  }
}
