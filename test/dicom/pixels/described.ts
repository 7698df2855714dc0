import type { PixelData, PixelDescription } from '../../../src/dicom/pixels/description.ts';
import { memorySource } from '../../../src/splice.ts';

/** An 8-bit grey description of 4 by 2 pixels, with what a test changes. */
export function described(changes: Partial<PixelDescription> = {}): PixelDescription {
  return {
    transferSyntax: '1.2.840.10008.1.2.1',
    rows: 2,
    columns: 4,
    frames: 1,
    samplesPerPixel: 1,
    photometric: 'MONOCHROME2',
    planarConfiguration: 0,
    bitsAllocated: 8,
    bitsStored: changes.bitsAllocated ?? 8,
    highBit: (changes.bitsStored ?? changes.bitsAllocated ?? 8) - 1,
    pixelRepresentation: 0,
    windows: [],
    rescale: { slope: 1, intercept: 0 },
    littleEndian: true,
    ...changes,
  };
}

export function nativeData(bytes: Uint8Array, vr?: string): Extract<PixelData, { kind: 'native' }> {
  const data = { kind: 'native', source: memorySource(bytes), start: 0, length: bytes.length } as const;
  return vr === undefined ? data : { ...data, vr };
}

/** Fragments as they stand in a file: each behind an item header of eight bytes. */
export function encapsulatedData(
  parts: readonly Uint8Array[],
  offsetTable: readonly number[] = [],
): Extract<PixelData, { kind: 'encapsulated' }> {
  const fragments: { start: number; length: number }[] = [];
  const bytes: Uint8Array[] = [];
  let at = 0;
  for (const part of parts) {
    bytes.push(new Uint8Array(8), part);
    fragments.push({ start: at + 8, length: part.length });
    at += 8 + part.length;
  }
  return { kind: 'encapsulated', source: memorySource(Buffer.concat(bytes)), fragments, offsetTable };
}
