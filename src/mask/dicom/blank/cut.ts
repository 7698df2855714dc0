import type { Landmarks } from './landmarks.ts';

/**
 * What goes of a head: everything in front of a surface that does not change from left to right. Corners of its outline from the
 * side, in millimetres of the patient, from the brow down.
 */
export interface FaceCut {
  readonly corners: readonly { readonly z: number; readonly y: number }[];
}

/**
 * Height over the nasion and depth behind it, of an adult: in at the brow, back over the roof of the orbits, which carries the
 * brain, 44 mm behind the nasion where the eyes end and the temporal lobes do not begin, and on back to the neck, so that chin and
 * cheeks of a bent head go too.
 */
const OUTLINE: readonly (readonly [height: number, depth: number])[] = [
  [20, 4],
  [9, 24],
  [-4, 44],
  [-70, 66],
  [-150, 66],
];

export function faceCut({ nasion, scale }: Landmarks): FaceCut {
  return {
    corners: OUTLINE.map(([height, depth]) => ({
      z: nasion.z + scale * height,
      y: nasion.y + scale * depth,
    })),
  };
}

/** How far back the cut reaches at a height; nothing goes above the brow and below the chin. */
export function depthAt({ corners }: FaceCut, z: number): number {
  for (const [i, low] of corners.entries()) {
    const high = corners[i - 1];
    if (high === undefined || z > high.z || z < low.z) continue;
    return low.y + ((high.y - low.y) * (z - low.z)) / (high.z - low.z);
  }
  return -Infinity;
}
