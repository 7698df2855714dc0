import { largestBody, skinLevel } from '../dicom/volume/body.ts';
import type { CoarseVolume } from '../dicom/volume/coarse.ts';
import { frontSurface } from '../dicom/volume/front-surface.ts';
import { remainsOfFace } from './face-relief.ts';

/**
 * Why a staged series is not taken for one without a face, by the series as it was; undefined where the face is gone. What is skin
 * is told by the original: what was cut away would move the level.
 */
export function faceLeft(before: CoarseVolume, after: CoarseVolume, kind: string): string | undefined {
  const level = skinLevel(before, kind);
  if (level === undefined) return 'the audit cannot tell head and air apart';
  const isMoved = before.origin.some((at, axis) => Math.abs(at - (after.origin[axis] ?? 0)) > 0.01);
  if (isMoved || before.size.join() !== after.size.join()) return 'the slices do not lie where they lay';
  const surfaceOf = (volume: CoarseVolume) => frontSurface(volume, largestBody(volume, level), level);
  return remainsOfFace(surfaceOf(before), surfaceOf(after));
}
