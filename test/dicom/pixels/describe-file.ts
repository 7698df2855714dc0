import { readFileSync } from 'node:fs';
import { inflateRawSync } from 'node:zlib';
import dicomParser from 'dicom-parser';
import type { Palette, PixelData, PixelDescription } from '../../../src/dicom/pixels/description.ts';
import { memorySource } from '../../../src/splice.ts';

/** What dicom-parser knows of a file's pixels; undefined where it cannot read the file or there are none. */
export function describeFile(path: string): { description: PixelDescription; data: PixelData } | undefined {
  try {
    return describe(readFileSync(path));
  } catch {
    return undefined;
  }
}

function inflater(bytes: Uint8Array, position: number): Uint8Array {
  const inflated = inflateRawSync(bytes.subarray(position));
  return Buffer.concat([bytes.subarray(0, position), inflated]);
}

function describe(bytes: Buffer): { description: PixelDescription; data: PixelData } | undefined {
  const dataSet = dicomParser.parseDicom(bytes, { inflater } as never);
  const transferSyntax = dataSet.string('x00020010') ?? '';
  const float = dataSet.elements.x7fe00008 ?? dataSet.elements.x7fe00009;
  const element = dataSet.elements.x7fe00010 ?? float;
  if (element === undefined) return undefined;
  const uint16 = (tag: string, otherwise: number) => dataSet.uint16(tag) ?? otherwise;
  const bitsAllocated = uint16('x00280100', 0);
  const bitsStored = uint16('x00280101', bitsAllocated);
  const widths = dataSet.string('x00281051')?.split('\\').map(Number) ?? [];
  const centers = dataSet.string('x00281050')?.split('\\').map(Number) ?? [];
  const palette = paletteOf(dataSet);
  const description: PixelDescription = {
    transferSyntax,
    rows: uint16('x00280010', 0),
    columns: uint16('x00280011', 0),
    frames: dataSet.intString('x00280008') ?? 1,
    samplesPerPixel: uint16('x00280002', 1),
    photometric: dataSet.string('x00280004') ?? '',
    planarConfiguration: uint16('x00280006', 0),
    bitsAllocated,
    bitsStored,
    highBit: uint16('x00280102', bitsStored - 1),
    pixelRepresentation: uint16('x00280103', 0),
    windows: centers.map((center, i) => ({ center, width: widths[i] ?? Number.NaN })),
    rescale: {
      slope: dataSet.floatString('x00281053') ?? 1,
      intercept: dataSet.floatString('x00281052') ?? 0,
    },
    ...(palette === undefined ? {} : { palette }),
    littleEndian: transferSyntax !== '1.2.840.10008.1.2.2',
    sampleFormat: float === undefined ? 'integer' : 'float',
  };
  const source = memorySource(dataSet.byteArray as Uint8Array);
  const data: PixelData = element.encapsulatedPixelData
    ? {
        kind: 'encapsulated',
        source,
        fragments: (element.fragments ?? []).map(({ position, length }) => ({ start: position, length })),
        offsetTable: element.basicOffsetTable ?? [],
      }
    : {
        kind: 'native',
        source,
        start: element.dataOffset,
        length: element.length,
        ...(element.vr === undefined ? {} : { vr: element.vr }),
      };
  return { description, data };
}

function paletteOf(dataSet: dicomParser.DataSet): Palette | undefined {
  const [red, green, blue] = ['1', '2', '3'].map((n) => {
    const plain = dataSet.elements[`x0028120${n}`];
    const element = plain ?? dataSet.elements[`x0028122${n}`];
    if (element === undefined) return undefined;
    const entry = (i: number) => dataSet.uint16(`x0028110${n}`, i) ?? 0;
    return {
      descriptor: [entry(0), entry(1), entry(2)] as const,
      data: (dataSet.byteArray as Uint8Array).slice(element.dataOffset, element.dataOffset + element.length),
      segmented: plain === undefined,
    };
  });
  return red && green && blue ? { red, green, blue } : undefined;
}
