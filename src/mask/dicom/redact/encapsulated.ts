import { encodeHeader } from '../../../dicom/encode.ts';
import { fillBoxes } from '../../../dicom/pixels/boxes.ts';
import type { PixelDescription } from '../../../dicom/pixels/description.ts';
import { canWrite, encodeFrame } from '../../../dicom/pixels/encode.ts';
import {
  type EncapsulatedData,
  joinFragments,
  mapFragmentsToFrames,
} from '../../../dicom/pixels/fragments.ts';
import { blackOf } from '../../../dicom/pixels/ink.ts';
import type { FilePixels } from '../../../dicom/pixels/of-file.ts';
import { openStored } from '../../../dicom/pixels/stored.ts';
import { RLE_LOSSLESS } from '../../../dicom/transfer-syntax.ts';
import { PhiGateError } from '../../../errors.ts';
import { type BlackedOut, boxesOfFrame } from '../../../model/redaction.ts';
import type { Limits } from '../../../project/schema.ts';

/** Compressed frames of which some were decoded, blacked out and coded again without loss. */
export interface RedactedFrames {
  readonly transferSyntax: string;
  /** Photometric interpretation of what a decoder will give (PS3.3 C.7.6.3.1.2). */
  readonly photometric: string;
  /** The whole Pixel Data element: offset table, a fragment a frame, delimiter (PS3.5 A.4). */
  readonly element: Uint8Array;
  /** Frames were decoded from a lossy syntax; the bytes of all of them, to tell how much was lost. */
  readonly transcoded: boolean;
}

const JPEG = '1.2.840.10008.1.2.4.';
/** The lossless syntax of the same family; what is not here is written as it is. */
const LOSSLESS: Readonly<Record<string, string>> = {
  [`${JPEG}50`]: `${JPEG}70`,
  [`${JPEG}51`]: `${JPEG}70`,
  [`${JPEG}53`]: `${JPEG}70`,
  [`${JPEG}55`]: `${JPEG}70`,
  [`${JPEG}81`]: `${JPEG}80`,
  [`${JPEG}91`]: `${JPEG}90`,
  [`${JPEG}203`]: `${JPEG}201`,
};
/** Takes any depth and any colours: where the family's own encoder cannot. */
const LAST_RESORT = RLE_LOSSLESS;
const MOST_BYTES = 1 << 30;

/**
 * Blacks out boxes in compressed frames. Where the syntax is lossless the frames without a box keep their streams; else all
 * frames are decoded and written in the lossless syntax of the family, and `photometric` says what colours they are in.
 * @param rewriteAll every frame is written anew, to leave behind what lies outside its samples
 * @throws PhiGateError `unsupported` where a frame cannot be read, or written without loss; `too-large`.
 */
export async function redactEncapsulated(
  { element, description, data }: FilePixels & { readonly data: EncapsulatedData },
  redaction: readonly BlackedOut[],
  limits: Pick<Limits, 'framePixels'>,
  rewriteAll = false,
): Promise<RedactedFrames> {
  const { transferSyntax } = description;
  const preferred = LOSSLESS[transferSyntax] ?? transferSyntax;
  for (const target of new Set([preferred, LAST_RESORT])) {
    if (!canWrite(target)) continue;
    const keeps = target === transferSyntax && !rewriteAll;
    try {
      const frames = await framesIn(target, description, data, redaction, limits, keeps);
      return {
        transferSyntax: target,
        photometric: photometricIn(target, description),
        element: encapsulated(frames, element.tag),
        transcoded: target !== transferSyntax,
      };
    } catch (error) {
      if (!(error instanceof PhiGateError && error.code === 'unsupported') || target === LAST_RESORT)
        throw error;
    }
  }
  throw new PhiGateError('unsupported', 'frames of this transfer syntax cannot be written');
}

async function framesIn(
  transferSyntax: string,
  description: PixelDescription,
  data: EncapsulatedData,
  redaction: readonly BlackedOut[],
  limits: Pick<Limits, 'framePixels'>,
  keepsUntouched: boolean,
): Promise<Uint8Array[]> {
  const reader = openStored(description, data, limits);
  const streams = mapFragmentsToFrames(data, reader.count);
  const colours = coloursOf(description);
  const target = { ...description, transferSyntax, photometric: colours, planarConfiguration: 0 };
  const frames: Uint8Array[] = [];
  let total = 0;
  for (let index = 0; index < reader.count; index++) {
    const boxes = boxesOfFrame(redaction, index);
    const frame =
      boxes.length === 0 && keepsUntouched
        ? joinFragments(data, streams[index] ?? [])
        : await redacted(index);
    total += frame.length;
    if (total > MOST_BYTES) {
      throw new PhiGateError('too-large', 'the frames that are to be blacked out take too much memory');
    }
    frames.push(frame);
  }
  return frames;

  async function redacted(index: number): Promise<Uint8Array> {
    const frame = await reader.read(index);
    if (frame.state === 'not-run') throw new PhiGateError('unsupported', frame.why);
    const as = { ...description, photometric: colours };
    fillBoxes(frame.values, as, boxesOfFrame(redaction, index), blackOf(frame.values, as));
    return encodeFrame(frame.values, target);
  }
}

/** The colours that a decoded frame is in: JPEG 2000 undoes its transform, and shared chroma is shared no longer. */
function coloursOf({ photometric }: PixelDescription): string {
  if (photometric === 'YBR_ICT' || photometric === 'YBR_RCT') return 'RGB';
  return photometric === 'YBR_FULL_422' ? 'YBR_FULL' : photometric;
}

/** JPEG 2000 encoders transform RGB reversibly, and the standard has a name for that (PS3.5 8.2.4). */
function photometricIn(transferSyntax: string, description: PixelDescription): string {
  const colours = coloursOf(description);
  const transforms = ['90', '201', '202'].some((suffix) => transferSyntax === JPEG + suffix);
  if (transferSyntax === description.transferSyntax && description.photometric !== 'YBR_FULL_422')
    return description.photometric;
  return transforms && colours === 'RGB' ? 'YBR_RCT' : colours;
}

/** Pixel Data with one fragment a frame; always explicit little endian (PS3.5 A.4). */
function encapsulated(frames: readonly Uint8Array[], tag: FilePixels['element']['tag']): Uint8Array {
  const header = Buffer.from(encodeHeader(tag, 'OB', 0xffffffff, { explicit: true, littleEndian: true }));
  const offsets = Buffer.alloc(4 * frames.length);
  let at = 0;
  frames.forEach((frame, i) => {
    offsets.writeUInt32LE(at, 4 * i);
    at += 8 + frame.length;
  });
  const items = frames.flatMap((frame) => [itemHeader(0xe000, frame.length), frame]);
  return Buffer.concat([
    header,
    itemHeader(0xe000, offsets.length),
    offsets,
    ...items,
    itemHeader(0xe0dd, 0),
  ]);
}

function itemHeader(element: number, length: number): Uint8Array {
  const header = Buffer.alloc(8);
  header.writeUInt16LE(0xfffe, 0);
  header.writeUInt16LE(element, 2);
  header.writeUInt32LE(length, 4);
  return header;
}
