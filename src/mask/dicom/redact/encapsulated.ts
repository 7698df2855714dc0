import { fillBoxes } from '../../../dicom/pixels/boxes.ts';
import type { PixelDescription } from '../../../dicom/pixels/description.ts';
import { encapsulate } from '../../../dicom/pixels/encapsulate.ts';
import { canWrite, encodeFrame } from '../../../dicom/pixels/encode.ts';
import {
  type EncapsulatedData,
  joinFragments,
  mapFragmentsToFrames,
} from '../../../dicom/pixels/fragments.ts';
import type { FilePixels } from '../../../dicom/pixels/of-file.ts';
import { openStored } from '../../../dicom/pixels/stored.ts';
import { RLE_LOSSLESS } from '../../../dicom/transfer-syntax.ts';
import { PhiGateError } from '../../../errors.ts';
import { type BlackedOut, boxesOfFrame } from '../../../model/redaction.ts';
import type { Limits } from '../../../project/schema.ts';
import { redactCoefficients } from './coefficients.ts';
import { BLACK_OUT, type Filling } from './filling.ts';

/** Compressed frames of which some were blacked out. */
export interface RedactedFrames {
  readonly transferSyntax: string;
  /** Photometric interpretation of what a decoder will give (PS3.3 C.7.6.3.1.2). */
  readonly photometric: string;
  /** The whole Pixel Data element. */
  readonly element: Uint8Array;
  /** All frames were decoded and written in another syntax. */
  readonly transcoded: boolean;
  /** What is black or may differ now: the boxes, or the coding units that they touch. */
  readonly covered: readonly BlackedOut[];
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
/** What a decoder of these gives may be other colours than the file says, and nothing says which. */
const COLOURS_BY_DECODER: ReadonlySet<string> = new Set([`${JPEG}111`, `${JPEG}112`]);
/** JPEG 2000 encoders transform RGB reversibly, and the standard has a name for that (PS3.5 8.2.4). */
const TRANSFORMING: ReadonlySet<string> = new Set([`${JPEG}90`, `${JPEG}201`, `${JPEG}202`]);
/** Takes any depth and any colours: where the family's own encoder cannot. */
const LAST_RESORT = RLE_LOSSLESS;
const MOST_BYTES = 1 << 30;

/**
 * Blacks out boxes in compressed frames. Sequential JPEG stays what it is, whole coding units become black. Where the syntax
 * is lossless the frames without a box keep their streams; else all frames are decoded and written in the lossless syntax of
 * the family, and `photometric` says what colours they are in.
 * @param rewriteAll every frame is written anew, to leave behind what lies outside its samples
 * @throws PhiGateError `unsupported` where a frame cannot be read, or written without loss; `too-large`.
 */
export async function redactEncapsulated(
  pixels: FilePixels & { readonly data: EncapsulatedData },
  redaction: readonly BlackedOut[],
  limits: Pick<Limits, 'framePixels'>,
  rewriteAll = false,
  filling: Filling = BLACK_OUT,
): Promise<RedactedFrames> {
  const mayStay = !rewriteAll && filling.inCodingUnits;
  const inCoefficients = mayStay ? await redactCoefficients(pixels, redaction) : undefined;
  if (inCoefficients !== undefined) return inCoefficients;
  const { description, element } = pixels;
  if (COLOURS_BY_DECODER.has(description.transferSyntax))
    throw new PhiGateError('unsupported', 'frames of lossy JPEG XL cannot be written without loss');
  const preferred = LOSSLESS[description.transferSyntax] ?? description.transferSyntax;
  for (const target of new Set([preferred, LAST_RESORT])) {
    if (!canWrite(target)) continue;
    try {
      const frames = await framesIn(target, pixels, redaction, limits, rewriteAll, filling);
      return {
        transferSyntax: target,
        photometric: photometricIn(target, description),
        element: encapsulate(element, frames),
        transcoded: target !== description.transferSyntax,
        covered: redaction,
      };
    } catch (error) {
      const isRefused = error instanceof PhiGateError && error.code === 'unsupported';
      if (!isRefused || target === LAST_RESORT) throw error;
    }
  }
  throw new PhiGateError('unsupported', 'frames of this transfer syntax cannot be written');
}

async function framesIn(
  transferSyntax: string,
  { description, data }: FilePixels & { readonly data: EncapsulatedData },
  redaction: readonly BlackedOut[],
  limits: Pick<Limits, 'framePixels'>,
  rewriteAll: boolean,
  { ink }: Filling,
): Promise<Uint8Array[]> {
  const reader = openStored(description, data, limits);
  const streams = mapFragmentsToFrames(data, reader.count);
  const keepsUntouched =
    transferSyntax === description.transferSyntax && !sharesChroma(description) && !rewriteAll;
  const decoded = { ...description, photometric: coloursOf(description) };
  const target = { ...decoded, transferSyntax };
  const redacted = async (index: number, boxes: readonly BlackedOut['box'][]): Promise<Uint8Array> => {
    const frame = await reader.read(index);
    if (frame.state === 'not-run') throw new PhiGateError('unsupported', frame.why);
    fillBoxes(frame.values, decoded, boxes, ink(frame.values, decoded));
    return encodeFrame(frame.values, target);
  };
  const frames: Uint8Array[] = [];
  let total = 0;
  for (let index = 0; index < reader.count; index++) {
    const boxes = boxesOfFrame(redaction, index);
    const isUntouched = boxes.length === 0 && keepsUntouched;
    const frame = isUntouched ? joinFragments(data, streams[index] ?? []) : await redacted(index, boxes);
    total += frame.length;
    if (total > MOST_BYTES) {
      throw new PhiGateError('too-large', 'the frames that are to be blacked out take too much memory');
    }
    frames.push(frame);
  }
  return frames;
}

/** The colours that a decoded frame is in: JPEG 2000 undoes its transform, and shared chroma is shared no longer. */
function coloursOf({ photometric }: PixelDescription): string {
  if (photometric === 'YBR_ICT' || photometric === 'YBR_RCT') return 'RGB';
  return sharesChroma({ photometric }) ? 'YBR_FULL' : photometric;
}

/** Frames with a box get a colour for every pixel, and then all frames must: one attribute speaks for all. */
const sharesChroma = ({ photometric }: Pick<PixelDescription, 'photometric'>): boolean =>
  photometric === 'YBR_FULL_422';

function photometricIn(transferSyntax: string, description: PixelDescription): string {
  const colours = coloursOf(description);
  if (transferSyntax === description.transferSyntax && !sharesChroma(description))
    return description.photometric;
  return TRANSFORMING.has(transferSyntax) && colours === 'RGB' ? 'YBR_RCT' : colours;
}
