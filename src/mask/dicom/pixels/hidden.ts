import type { FilePixels } from '../../../dicom/pixels/of-file.ts';
import type { Edit } from '../../../splice.ts';
import { besidePictureEdits } from './beside-picture.ts';
import { unusedBitsEdits } from './unused-bits.ts';

/** Edits over Pixel Data that take away what no picture shows. Samples stay as they are, and so do all lengths. */
export function hiddenEdits(pixels: FilePixels): Edit[] {
  return pixels.data.kind === 'native' ? unusedBitsEdits(pixels) : besidePictureEdits(pixels);
}
