import type { DicomFile } from '../../../dicom/element.ts';
import { findElement } from '../../../dicom/file.ts';
import type { PixelDescription } from '../../../dicom/pixels/description.ts';
import { blackOf } from '../../../dicom/pixels/ink.ts';
import { valueBytes } from '../../../dicom/values.ts';
import type { BlackedOut } from '../../../model/redaction.ts';
import type { Limits } from '../../../project/schema.ts';
import type { ByteSource } from '../../../splice.ts';
import { type RedactedDicom, redactDicom } from '../redact/redaction.ts';
import { FACE_BLANKED } from '../statement.ts';

const PIXEL_PADDING = 0x00280120;

/**
 * Puts air in the place of the pixels inside boxes of a masked file, and says so in it: (0012,0063), (0012,0064) with 113102,
 * (0008,2111), (0028,0302) = NO. Lossless syntaxes stay what they are, lossy frames are all written without loss. Air is
 * Pixel Padding Value (PS3.3 C.7.5.1.1.2), where the file has one that is as dark as air, else the lowest value of the frame.
 * @throws PhiGateError `unsupported` where the pixels cannot be read, or written without loss.
 */
export function blankDicom(
  source: ByteSource,
  file: DicomFile,
  boxes: readonly BlackedOut[],
  limits: Pick<Limits, 'framePixels'>,
): Promise<RedactedDicom> {
  return redactDicom(source, file, boxes, limits, false, {
    inCodingUnits: false,
    done: FACE_BLANKED,
    ink: (values, description) => {
      const lowest = blackOf(values, description);
      const padding = paddingOf(file, description);
      return padding !== undefined && padding <= (lowest[0] ?? 0) ? [padding] : lowest;
    },
  });
}

/** In the representation of the pixels, whatever VR it has (PS3.6: US or SS); undefined where their bits do not hold it. */
function paddingOf(
  file: DicomFile,
  { pixelRepresentation, bitsStored }: PixelDescription,
): number | undefined {
  const element = findElement(file.dataSet, PIXEL_PADDING);
  if (element === undefined) return undefined;
  const bytes = valueBytes(file.body, element);
  if (bytes.length < 2) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { littleEndian } = element.encoding;
  if (pixelRepresentation === 0) return view.getUint16(0, littleEndian);
  const value = view.getInt16(0, littleEndian);
  return value >= -(2 ** (bitsStored - 1)) ? value : undefined;
}
