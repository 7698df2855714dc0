import { fillBoxes, rowRuns } from '../../../dicom/pixels/boxes.ts';
import { blackOutStream } from '../../../dicom/pixels/dct/black-out.ts';
import type { PixelDescription } from '../../../dicom/pixels/description.ts';
import { encapsulate } from '../../../dicom/pixels/encapsulate.ts';
import {
  type EncapsulatedData,
  joinFragments,
  mapFragmentsToFrames,
} from '../../../dicom/pixels/fragments.ts';
import type { Box } from '../../../dicom/pixels/image.ts';
import type { FilePixels } from '../../../dicom/pixels/of-file.ts';
import { hasSameSamples, type SampleArray } from '../../../dicom/pixels/samples.ts';
import { decodeStored } from '../../../dicom/pixels/stored.ts';
import { JPEG_BASELINE, JPEG_EXTENDED } from '../../../dicom/transfer-syntax.ts';
import { PhiGateError } from '../../../errors.ts';
import { type BlackedOut, boxesOfFrame } from '../../../model/redaction.ts';
import type { RedactedFrames } from './encapsulated.ts';

/** Sequential DCT: whole coding units can be black while all others keep their coefficients. */
const SEQUENTIAL: ReadonlySet<string> = new Set([JPEG_BASELINE, JPEG_EXTENDED]);

/** Black may come out a little off after rounding; text does not come out so near to it. */
const NEAR_BLACK = 4;

/**
 * Blacks out boxes of JPEG frames in their own syntax, in units of their coding. Frames without a box keep their streams.
 * Undefined where the streams are of another process, or something else came out than should: then all frames are to be
 * decoded and written without loss.
 */
export async function redactCoefficients(
  { element, description, data }: FilePixels & { readonly data: EncapsulatedData },
  redaction: readonly BlackedOut[],
): Promise<RedactedFrames | undefined> {
  const { transferSyntax, photometric } = description;
  if (!SEQUENTIAL.has(transferSyntax)) return undefined;
  const covered: BlackedOut[] = [];
  const frames: Uint8Array[] = [];
  for (const [index, fragments] of mapFragmentsToFrames(data, description.frames).entries()) {
    const stream = joinFragments(data, fragments);
    const boxes = boxesOfFrame(redaction, index);
    const black = boxes.length === 0 ? { stream, covered: [] } : await blackened(description, stream, boxes);
    if (black === undefined) return undefined;
    frames.push(black.stream);
    covered.push(...black.covered.map((box) => ({ first: index + 1, last: index + 1, box })));
  }
  return {
    transferSyntax,
    photometric,
    element: encapsulate(element, frames),
    transcoded: false,
    covered,
  };
}

type Blackened = ReturnType<typeof blackOutStream>;

async function blackened(
  description: PixelDescription,
  stream: Uint8Array,
  boxes: readonly Box[],
): Promise<Blackened | undefined> {
  try {
    const inverted = description.photometric === 'MONOCHROME1';
    const black = blackOutStream(stream, boxes, inverted);
    const before = await decodeStored(stream, 'jpeg', description);
    const after = await decodeStored(black.stream, 'jpeg', description);
    if (before.state === 'not-run' || after.state === 'not-run') return undefined;
    const isRight =
      isBlack(after.values, description, boxes, inverted) &&
      isSameOutside(before.values, after.values, description, black.covered);
    return isRight ? black : undefined;
  } catch (error) {
    if (error instanceof PhiGateError) return undefined;
    throw error;
  }
}

function isBlack(
  values: SampleArray,
  description: PixelDescription,
  boxes: readonly Box[],
  inverted: boolean,
): boolean {
  const { columns, samplesPerPixel: channels, bitsStored } = description;
  const most = 2 ** bitsStored - 1;
  return rowRuns(boxes, description).every(({ y, start, end }) => {
    for (let x = start; x < end; x++) {
      const value = values[(y * columns + x) * channels] as number;
      if ((inverted ? most - value : value) > NEAR_BLACK) return false;
    }
    return true;
  });
}

/** Works on the values themselves: they are not needed afterwards. */
function isSameOutside(
  before: SampleArray,
  after: SampleArray,
  description: PixelDescription,
  covered: readonly Box[],
): boolean {
  for (const values of [before, after]) fillBoxes(values, description, covered, []);
  return hasSameSamples(before, after);
}
