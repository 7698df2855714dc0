import { biometricsOf } from '../audit/dicom/biometrics.ts';
import type { Pixels } from '../audit/dicom/pixel-data.ts';
import type { SecondReading } from '../audit/dicom/second-reader.ts';
import { type FrameReader, openFrames } from '../dicom/pixels/frames.ts';
import type { Image } from '../dicom/pixels/image.ts';
import { PhiGateError } from '../errors.ts';
import { findFaces } from '../faces/find-faces.ts';
import type { PassageSearch } from './passage-search.ts';

/**
 * Looks for faces in every frame of a picture that may show anything, and gives them to `search` (category Q). What its class or
 * modality calls a photograph already is not looked at. Frames that cannot be decoded are counted by the search for text.
 */
export async function searchFaces(
  reading: SecondReading,
  pixels: Pixels,
  search: PassageSearch,
  framePixels: number,
): Promise<void> {
  if (biometricsOf(reading).some(({ category }) => category === 'Q')) return;
  const reader = readerOf(pixels, framePixels);
  for (let index = 0; index < (reader?.count ?? 0); index++) {
    const image = await imageOf(reader, index);
    if (image === undefined) continue;
    for (const box of findFaces(image)) {
      const locus = `frame ${index + 1} ${box.join()}`;
      search.whole(
        'face',
        { category: 'Q', rule: 'face.frontal', locus, value: locus },
        { frame: index + 1, box },
      );
    }
  }
}

function readerOf({ description, data }: Pixels, framePixels: number): FrameReader | undefined {
  return ignoringUnreadable(() => openFrames(description, data, { framePixels }));
}

async function imageOf(reader: FrameReader | undefined, index: number): Promise<Image | undefined> {
  try {
    const frame = await reader?.read(index);
    return frame?.state === 'decoded' ? frame.image : undefined;
  } catch (error) {
    if (error instanceof PhiGateError) return undefined;
    throw error;
  }
}

function ignoringUnreadable<T>(open: () => T): T | undefined {
  try {
    return open();
  } catch (error) {
    if (error instanceof PhiGateError) return undefined;
    throw error;
  }
}
