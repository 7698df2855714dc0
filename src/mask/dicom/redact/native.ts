import { rowRuns } from '../../../dicom/pixels/boxes.ts';
import { isSubsampled, type NativeData } from '../../../dicom/pixels/native.ts';
import type { FilePixels } from '../../../dicom/pixels/of-file.ts';
import { nativeFrameBits, subsampledFrameBytes } from '../../../dicom/pixels/samples.ts';
import { openStored } from '../../../dicom/pixels/stored.ts';
import { PhiGateError } from '../../../errors.ts';
import { type BlackedOut, boxesOfFrame } from '../../../model/redaction.ts';
import type { Limits } from '../../../project/schema.ts';
import type { Edit } from '../../../splice.ts';
import type { Filling } from './filling.ts';

/**
 * Edits that black out boxes in native frames: the samples inside get other values, not a byte outside changes.
 * @throws PhiGateError `unsupported` for frames that cannot be read.
 */
export async function nativeEdits(
  { description, data }: FilePixels & { readonly data: NativeData },
  redaction: readonly BlackedOut[],
  limits: Pick<Limits, 'framePixels'>,
  { ink }: Pick<Filling, 'ink'>,
): Promise<Edit[]> {
  const reader = openStored(description, data, limits);
  const edits: Edit[] = [];
  for (let index = 0; index < reader.count; index++) {
    const boxes = boxesOfFrame(redaction, index);
    if (boxes.length === 0) continue;
    const frame = await reader.read(index);
    if (frame.state === 'not-run') throw new PhiGateError('unsupported', frame.why);
    const paint = painter(description, data, index, ink(frame.values, description));
    for (const run of rowRuns(boxes, description)) edits.push(...paint(run.y, run.start, run.end));
  }
  const inWords = description.bitsAllocated === 8 && !description.littleEndian && data.vr === 'OW';
  return inWords ? [swapped(data, edits)] : edits;
}

/** Big-endian words hold two pixels of 8 bits, the second first (PS3.5 8.1.1): every byte lies where its neighbour would. */
function swapped(data: NativeData, edits: readonly Edit[]): Edit {
  const bytes = Uint8Array.from(data.source.read(data.start, data.length));
  for (const edit of edits) {
    for (const [i, value] of edit.bytes.entries()) bytes[(edit.start - data.start + i) ^ 1] = value;
  }
  return { start: data.start, end: data.start + data.length, bytes };
}

type Paint = (y: number, start: number, end: number) => Edit[];

/** Paints stretches of rows of one frame, in the layout that its samples have (PS3.5 8.2, PS3.3 C.7.6.3.1.3). */
function painter(
  description: FilePixels['description'],
  data: NativeData,
  index: number,
  ink: readonly number[],
): Paint {
  const { rows, columns, samplesPerPixel: channels, bitsAllocated, planarConfiguration } = description;
  const size = bitsAllocated / 8;
  if (isSubsampled(description, data)) {
    const [y = 0, cb = 0, cr = 0] = ink;
    const row = Math.ceil(columns / 2) * 4;
    const origin = data.start + index * subsampledFrameBytes(description);
    const pair = Uint8Array.of(y, y, cb, cr);
    // Two pixels share their colour: both go.
    return (line, start, end) => [
      repeated(pair, origin + line * row + (start >> 1) * 4, ((end + 1) >> 1) - (start >> 1)),
    ];
  }
  const samples = ink.map((value) => sampleBytes(value, size, description.littleEndian));
  const origin = data.start + (index * nativeFrameBits(description)) / 8;
  if (channels > 1 && planarConfiguration === 1) {
    return (line, start, end) =>
      samples.map((sample, channel) =>
        repeated(sample, origin + ((channel * rows + line) * columns + start) * size, end - start),
      );
  }
  const pixel = Buffer.concat(samples);
  return (line, start, end) => [
    repeated(pixel, origin + (line * columns + start) * pixel.length, end - start),
  ];
}

function sampleBytes(value: number, size: number, littleEndian: boolean): Uint8Array {
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  if (size === 1) view.setUint8(0, value);
  else if (size === 2) view.setUint16(0, value, littleEndian);
  else view.setUint32(0, value, littleEndian);
  return bytes;
}

function repeated(unit: Uint8Array, start: number, count: number): Edit {
  const bytes = new Uint8Array(unit.length * count);
  for (let at = 0; at < bytes.length; at += unit.length) bytes.set(unit, at);
  return { start, end: start + bytes.length, bytes };
}
