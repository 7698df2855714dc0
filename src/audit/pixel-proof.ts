import { fillBoxes } from '../dicom/pixels/boxes.ts';
import { DEFAULT_FRAME_LIMITS, type FrameLimits } from '../dicom/pixels/readable.ts';
import { hasSameSamples } from '../dicom/pixels/samples.ts';
import { openStored, type StoredFrame, type StoredReader } from '../dicom/pixels/stored.ts';
import { PhiGateError } from '../errors.ts';
import { type BlackedOut, boxesOfFrame } from '../model/redaction.ts';
import type { Pixels } from './dicom/pixel-data.ts';

/**
 * Whether two files show the same picture: every sample of every frame that both decode is equal, but for those inside boxes.
 * Bytes may differ: comments of streams, padding, bits outside the samples, another lossless syntax. Frames that neither file
 * decodes count as equal: nobody can tell, and they are `not-run` wherever they are looked at.
 * @returns the first frame (from 1) that differs; undefined where none does
 */
export async function changedFrame(
  before: Pixels,
  after: Pixels,
  redaction: readonly BlackedOut[],
  limits: FrameLimits = DEFAULT_FRAME_LIMITS,
): Promise<number | undefined> {
  const [original, staged] = [open(before, limits), open(after, limits)];
  if (original === undefined || staged === undefined) return original === staged ? undefined : 1;
  if (original.count !== staged.count) return Math.min(original.count, staged.count) + 1;
  for (let index = 0; index < original.count; index++) {
    const boxes = boxesOfFrame(redaction, index);
    const [was, is] = [await frameOf(original, index), await frameOf(staged, index)];
    if (was?.state !== 'decoded' || is?.state !== 'decoded') {
      if (was?.state === 'decoded' || is?.state === 'decoded') return index + 1;
      continue;
    }
    for (const { values } of [was, is]) fillBoxes(values, before.description, boxes, []);
    if (!hasSameSamples(was.values, is.values)) return index + 1;
  }
  return undefined;
}

function open({ description, data }: Pixels, limits: FrameLimits): StoredReader | undefined {
  try {
    return openStored(description, data, limits);
  } catch (error) {
    if (error instanceof PhiGateError) return undefined;
    throw error;
  }
}

/** Undefined for a frame that is broken. */
async function frameOf(reader: StoredReader, index: number): Promise<StoredFrame | undefined> {
  try {
    return await reader.read(index);
  } catch (error) {
    if (error instanceof PhiGateError) return undefined;
    throw error;
  }
}
