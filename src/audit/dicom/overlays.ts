import type { PixelDescription } from '../../dicom/pixels/description.ts';
import { EXPLICIT_LE } from '../../dicom/transfer-syntax.ts';
import type { Locus } from '../../model/passage.ts';
import type { ByteSource } from '../../splice.ts';
import type { Pixels } from './pixel-data.ts';
import type { SecondElement, SecondReading } from './second-reader.ts';

/** An overlay plane as frames of one bit. */
export interface Overlay {
  /** `overlay 6000`, with the path before it where it lies in a sequence. */
  readonly locus: Locus;
  readonly pixels: Pixels;
}

/** (60xx,0010) and (60xx,0011), (60xx,0015), (60xx,3000): PS3.3 C.9.2. */
const ROWS = 0x10;
const COLUMNS = 0x11;
const FRAMES = 0x15;
const DATA = 0x3000;

/**
 * The overlay planes of a file, wherever they stand. Their bits follow one another without padding, the lowest of a byte first
 * (PS3.5 8.1.2). Planes in the unused bits of pixels (retired) have no data of their own, and are not among them.
 */
export function overlaysOf(reading: SecondReading, body: ByteSource): Overlay[] {
  const planes = new Map<string, Map<number, SecondElement>>();
  for (const element of reading.elements) {
    const group = element.tag >>> 16;
    if (element.meta || group < 0x6000 || group > 0x60ff || group % 2 === 1) continue;
    const scope = element.path.slice(0, -'(gggg,eeee)'.length);
    const key = `${scope}overlay ${group.toString(16)}`;
    const plane = planes.get(key) ?? new Map<number, SecondElement>();
    plane.set(element.tag & 0xffff, element);
    planes.set(key, plane);
  }
  return [...planes].flatMap(([locus, plane]) => {
    const data = plane.get(DATA);
    return data === undefined || data.length === 0 ? [] : [{ locus, pixels: asFrames(plane, data, body) }];
  });
}

function asFrames(
  plane: ReadonlyMap<number, SecondElement>,
  data: SecondElement,
  source: ByteSource,
): Pixels {
  const description: PixelDescription = {
    transferSyntax: EXPLICIT_LE,
    rows: unsigned(plane.get(ROWS)),
    columns: unsigned(plane.get(COLUMNS)),
    frames: Math.max(1, Number.parseInt(text(plane.get(FRAMES)), 10) || 1),
    samplesPerPixel: 1,
    photometric: 'MONOCHROME2',
    planarConfiguration: 0,
    bitsAllocated: 1,
    bitsStored: 1,
    highBit: 0,
    pixelRepresentation: 0,
    windows: [],
    rescale: { slope: 1, intercept: 0 },
    littleEndian: data.littleEndian,
  };
  const { valueStart: start, length, vr } = data;
  return {
    description,
    data: { kind: 'native', source, start, length, ...(vr !== undefined && { vr }) },
    offsetTable: { start: 0, length: 0 },
  };
}

function unsigned(element: SecondElement | undefined): number {
  const value = element?.value();
  if (element === undefined || value === undefined || value.length < 2) return 0;
  return new DataView(value.buffer, value.byteOffset, 2).getUint16(0, element.littleEndian);
}

function text(element: SecondElement | undefined): string {
  const value = element?.value();
  return value === undefined ? '' : Buffer.from(value).toString('latin1').trim();
}
