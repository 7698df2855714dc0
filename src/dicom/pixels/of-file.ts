import type { DataElement, DicomFile } from '../element.ts';
import { findElement } from '../file.ts';
import { EXPLICIT_LE, isDeflated } from '../transfer-syntax.ts';
import { asciiValue, valueBytes } from '../values.ts';
import type { PaletteTable, PixelData, PixelDescription } from './description.ts';

/** The pixels of a file as the tokenizer sees them. Offsets count in `file.body`. */
export interface FilePixels {
  readonly element: DataElement;
  readonly description: PixelDescription;
  readonly data: PixelData;
}

const PIXEL_DATA = 0x7fe00010;

/**
 * Describes Pixel Data (7FE0,0010) of the top level (PS3.3 C.7.6.3), for whoever writes pixels: windows and rescaling, which
 * matter for looking at them, are left at their defaults. Undefined where there is none.
 */
export function pixelsOfFile(file: DicomFile): FilePixels | undefined {
  const element = findElement(file.dataSet, PIXEL_DATA);
  if (element === undefined) return undefined;
  const unsigned = (tag: number): number | undefined => unsignedValues(file, tag)[0];
  const text = (tag: number): string => {
    const found = findElement(file.dataSet, tag);
    return found === undefined ? '' : asciiValue(file.body, found);
  };
  const bitsAllocated = unsigned(0x00280100) ?? 0;
  const bitsStored = unsigned(0x00280101) ?? bitsAllocated;
  const [red, green, blue] = [1, 2, 3].map((channel) => tableOf(file, channel));
  const description: PixelDescription = {
    // A deflated data set is read inflated: its frames are native then.
    transferSyntax: isDeflated(file.transferSyntax) ? EXPLICIT_LE : file.transferSyntax,
    rows: unsigned(0x00280010) ?? 0,
    columns: unsigned(0x00280011) ?? 0,
    frames: Math.max(1, Math.trunc(Number(text(0x00280008).split('\\')[0]) || 1)),
    samplesPerPixel: unsigned(0x00280002) ?? 1,
    photometric: text(0x00280004),
    planarConfiguration: unsigned(0x00280006) ?? 0,
    bitsAllocated,
    bitsStored,
    highBit: unsigned(0x00280102) ?? bitsStored - 1,
    pixelRepresentation: unsigned(0x00280103) ?? 0,
    windows: [],
    rescale: { slope: 1, intercept: 0 },
    ...(red && green && blue && { palette: { red, green, blue } }),
    littleEndian: element.encoding.littleEndian,
  };
  return { element, description, data: dataOf(element, file) };
}

function dataOf(element: DataElement, { body }: DicomFile): PixelData {
  if (element.fragments === undefined) {
    const { valueStart, valueEnd, vr } = element;
    return { kind: 'native', source: body, start: valueStart, length: valueEnd - valueStart, vr };
  }
  const fragments = element.fragments
    .slice(1)
    .map(({ valueStart, end }) => ({ start: valueStart, length: end - valueStart }));
  // Frames are found by count or by their start markers, as the audit finds them: a table that lies cannot mislead.
  return { kind: 'encapsulated', source: body, fragments, offsetTable: [] };
}

function unsignedValues(file: DicomFile, tag: number): number[] {
  const element = findElement(file.dataSet, tag);
  if (element === undefined) return [];
  const bytes = valueBytes(file.body, element);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: bytes.length >> 1 }, (_, i) =>
    view.getUint16(2 * i, element.encoding.littleEndian),
  );
}

function tableOf(file: DicomFile, channel: number): PaletteTable | undefined {
  const [entries, first, bits] = unsignedValues(file, 0x00281100 + channel);
  const plain = findElement(file.dataSet, 0x00281200 + channel);
  const data = plain ?? findElement(file.dataSet, 0x00281220 + channel);
  if (entries === undefined || first === undefined || bits === undefined || data === undefined)
    return undefined;
  const segmented = plain === undefined;
  return { descriptor: [entries, first, bits], data: valueBytes(file.body, data), segmented };
}
