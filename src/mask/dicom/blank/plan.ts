import { largestBody, skinLevel } from '../../../dicom/volume/body.ts';
import type { CoarseVolume } from '../../../dicom/volume/coarse.ts';
import { frontSurface } from '../../../dicom/volume/front-surface.ts';
import { type FaceCut, faceCut } from './cut.ts';
import { landmarksOf, type NoLandmarks } from './landmarks.ts';
import { profileOf } from './profile.ts';

/** Where a head is to be cut so that no face is left, or why that cannot be told. `kind` says in what units the values are. */
export function planFaceCut(volume: CoarseVolume, kind: string): FaceCut | NoLandmarks {
  const level = skinLevel(volume, kind);
  if (level === undefined) return { why: 'head and air cannot be told apart' };
  const body = largestBody(volume, level);
  const profile = profileOf(volume, body, frontSurface(volume, body, level));
  const landmarks = landmarksOf(volume, body, profile);
  return 'why' in landmarks ? landmarks : faceCut(landmarks);
}
