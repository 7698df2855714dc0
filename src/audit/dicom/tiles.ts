import type { TileLayout } from '../../dicom/pixels/mosaic.ts';
import type { SecondElement, SecondReading } from './second-reader.ts';

const IMAGE_TYPE = 0x00080008;
const ROWS = 0x00280010;
const COLUMNS = 0x00280011;
const TOTAL_COLUMNS = 0x00480006;
const TOTAL_ROWS = 0x00480007;
const ORGANIZATION = 0x00209311;
/** Per-Frame Functional Groups, Plane Position (Slide), and the place in it, counted from 1. */
const POSITION = /^\(5200,9230\)\[(\d+)\]\.\(0048,021A\)\[0\]\.\(0048,021([EF])\)$/;

/** Image Type value 3 of the photograph of a slide's label: nothing but identifiers is on it (PS3.3 C.8.12.4.1.1). */
export function isLabelImage(reading: SecondReading): boolean {
  return textOf(topLevel(reading, IMAGE_TYPE)).split('\\')[2]?.trim().toUpperCase() === 'LABEL';
}

/**
 * How the frames of a tiled image lie (PS3.3 C.7.6.17): row by row where TILED_FULL, as each frame says where TILED_SPARSE.
 * Undefined where the image is not tiled, or where what it says of its tiles makes no sense: each is read alone then.
 */
export function tileLayout(reading: SecondReading, frames: number): TileLayout | undefined {
  const unsigned = (tag: number): number => numberOf(topLevel(reading, tag));
  const [width, height] = [unsigned(TOTAL_COLUMNS), unsigned(TOTAL_ROWS)];
  const [columns, rows] = [unsigned(COLUMNS), unsigned(ROWS)];
  if (!(width > 0 && height > 0 && columns > 0 && rows > 0) || frames < 2) return undefined;
  const organization = textOf(topLevel(reading, ORGANIZATION)).trim();
  const places =
    organization === 'TILED_FULL'
      ? fullPlaces(frames, Math.ceil(width / columns), Math.ceil(height / rows), columns, rows)
      : sparsePlaces(reading, frames);
  return places === undefined ? undefined : { width, height, places };
}

/** All tiles of one focal plane and optical path, then all of the next (PS3.3 C.7.6.17.3). */
function fullPlaces(frames: number, across: number, down: number, columns: number, rows: number) {
  if (frames % (across * down) !== 0) return undefined;
  return Array.from({ length: frames }, (_, i) => {
    const row = Math.floor(i / across) % down;
    return [(i % across) * columns, row * rows] as const;
  });
}

function sparsePlaces(reading: SecondReading, frames: number): TileLayout['places'] | undefined {
  const lefts = new Map<number, number>();
  const tops = new Map<number, number>();
  for (const element of reading.elements) {
    const [, frame, which] = POSITION.exec(element.path) ?? [];
    if (frame !== undefined) (which === 'E' ? lefts : tops).set(Number(frame), signedOf(element) - 1);
  }
  const places = Array.from({ length: frames }, (_, i) => [lefts.get(i) ?? -1, tops.get(i) ?? -1] as const);
  return places.every(([left, top]) => left >= 0 && top >= 0) ? places : undefined;
}

function topLevel(reading: SecondReading, tag: number): SecondElement | undefined {
  return reading.elements.find((element) => element.tag === tag && element.depth === 0 && !element.meta);
}

function textOf(element: SecondElement | undefined): string {
  return element === undefined ? '' : Buffer.from(element.value()).toString('latin1');
}

/** US or UL; 0 where absent. */
function numberOf(element: SecondElement | undefined): number {
  if (element === undefined || element.length < 2) return 0;
  const value = element.value();
  const view = new DataView(value.buffer, value.byteOffset, value.byteLength);
  return element.length >= 4
    ? view.getUint32(0, element.littleEndian)
    : view.getUint16(0, element.littleEndian);
}

function signedOf(element: SecondElement): number {
  const value = element.value();
  if (value.byteLength < 4) return -1;
  return new DataView(value.buffer, value.byteOffset, value.byteLength).getInt32(0, element.littleEndian);
}
