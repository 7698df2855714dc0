import type { DicomFile } from '../../../dicom/element.ts';
import { encodeElement } from '../../../dicom/encode.ts';
import { findElement } from '../../../dicom/file.ts';
import type { Addition } from '../../../dicom/layout.ts';
import type { FilePixels } from '../../../dicom/pixels/of-file.ts';
import { frameCount } from '../../../dicom/pixels/readable.ts';
import { nativeFrameBits } from '../../../dicom/pixels/samples.ts';
import type { Tag } from '../../../dicom/tag.ts';
import { asciiValue } from '../../../dicom/values.ts';

const LOSSY = 0x00282110 as Tag;
const RATIO = 0x00282112 as Tag;
const METHOD = 0x00282114 as Tag;

const JPEG = '1.2.840.10008.1.2.4.';
/** Defined terms of Lossy Image Compression Method (PS3.3 C.7.6.1.1.5.1), by the syntax that lost something. */
const METHODS: Readonly<Record<string, string>> = {
  [`${JPEG}50`]: 'ISO_10918_1',
  [`${JPEG}51`]: 'ISO_10918_1',
  [`${JPEG}53`]: 'ISO_10918_1',
  [`${JPEG}55`]: 'ISO_10918_1',
  [`${JPEG}81`]: 'ISO_14495_1',
  [`${JPEG}91`]: 'ISO_15444_1',
  [`${JPEG}203`]: 'ISO_15444_15',
};

/**
 * That pixels have been through a lossy compression stays true when they are written without loss later (PS3.3
 * C.7.6.1.1.5). What the file says of it already stays; what is missing is added. Nothing for a lossless syntax.
 */
export function lossOf(file: DicomFile, { description, data }: FilePixels): Addition[] {
  const method = METHODS[description.transferSyntax];
  if (method === undefined) return [];
  const said = findElement(file.dataSet, LOSSY);
  if (said !== undefined && asciiValue(file.body, said) === '01') return [];
  const native = (nativeFrameBits(description) / 8) * frameCount(description);
  const compressed =
    data.kind === 'native' ? native : data.fragments.reduce((sum, { length }) => sum + length, 0);
  const text = (tag: Tag, vr: string, value: string): Addition => ({
    tag,
    bytes: encodeElement(tag, vr, Buffer.from(value, 'latin1'), file.encoding),
  });
  const missing = (tag: Tag) => findElement(file.dataSet, tag) === undefined;
  return [
    text(LOSSY, 'CS', '01'),
    ...(missing(RATIO) ? [text(RATIO, 'DS', (native / Math.max(1, compressed)).toFixed(2))] : []),
    ...(missing(METHOD) ? [text(METHOD, 'CS', method)] : []),
  ];
}
