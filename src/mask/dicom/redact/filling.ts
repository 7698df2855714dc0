import type { PixelDescription } from '../../../dicom/pixels/description.ts';
import { blackOf } from '../../../dicom/pixels/ink.ts';
import type { SampleArray } from '../../../dicom/pixels/samples.ts';

/** What stands in the covered pixels afterwards. */
export interface Filling {
  /** One stored value a channel, by the values of the frame. */
  readonly ink: (values: SampleArray, description: PixelDescription) => readonly number[];
  /** Whole coding units of sequential JPEG may go, a little more than the boxes, so that the stream stays in its syntax. */
  readonly inCodingUnits: boolean;
}

export const BLACK_OUT: Filling = { ink: blackOf, inCodingUnits: true };
