import { CELL } from '../dicom/volume/coarse.ts';
import { type FrontSurface, surfaceAt } from '../dicom/volume/front-surface.ts';

/** A nose, as the front of a head shows it: a ridge that runs up and down, in cells of the surface. */
export interface Ridge {
  readonly x: number;
  readonly z: number;
  /** Row in which it ends between the eyes. */
  readonly top: number;
  /** Millimetres that it stands out over both sides, least. */
  readonly height: number;
}

/** The cheeks, in cells beside the ridge. */
const [NEAR, FAR] = [16 / CELL, 44 / CELL];
/** Rows from the tip up in which a nose ends at the latest. */
const LONGEST = 56 / CELL;
/** A ridge that is no higher than this is none. */
const FLAT = 4;

/**
 * The highest ridge of a surface among some of its places: what stands out over a length of rows everywhere. Over the length of a
 * nose it is the nose; the edge of a chin is shorter.
 */
export function highestRidge(
  surface: FrontSurface,
  length: number,
  isMeant: IsMeant = () => true,
): Ridge | undefined {
  let best: Ridge | undefined;
  for (let z = 0; z <= surface.rows - length; z++) {
    const rows = Array.from({ length }, (_, row) => z + row);
    for (let x = 0; x < surface.columns; x++) {
      if (!rows.every((row) => isMeant(x, row))) continue;
      const height = Math.min(...rows.map((row) => ridgeAt(surface, x, row)));
      if (best === undefined || height > best.height) best = { x, z: z + (length >> 1), top: z, height };
    }
  }
  return best && { ...best, top: topOf(surface, best) };
}

/** Which places of a surface are looked at. */
type IsMeant = (x: number, z: number) => boolean;

/** How far a place stands out over what is most forward on its right and on its left; 0 where there is nothing beside it. */
function ridgeAt(surface: FrontSurface, x: number, z: number): number {
  const here = surfaceAt(surface, x, z);
  if (here === undefined) return 0;
  const sides = [-1, 1].map((side) => {
    let front = Number.NaN;
    for (let d = NEAR; d <= FAR; d++) {
      const there = surfaceAt(surface, x + side * d, z);
      if (there !== undefined && !(there >= front)) front = there;
    }
    return front - here;
  });
  return sides.some(Number.isNaN) ? 0 : Math.max(0, Math.min(...sides));
}

function topOf(surface: FrontSurface, { x, z }: Ridge): number {
  let top = z;
  const isRidge = (row: number) => [x - 1, x, x + 1].some((at) => ridgeAt(surface, at, row) >= FLAT);
  while (top < surface.rows - 1 && top - z < LONGEST && isRidge(top + 1)) top += 1;
  return top;
}

/** The nose of a child stands out by as much as this over 20 mm of its height. */
const NOSE = { height: 6, length: 20 / CELL };
/** What may still stand out of a face, in millimetres. */
const LEFT_OVER = { height: 5, length: 12 / CELL };
/** The front of a head around its nose, in cells: from ear to ear, from the chin to the forehead. */
const [ASIDE, DOWN, UP] = [60 / CELL, 72 / CELL, 72 / CELL];
/** The part of it of which all skin must be gone: eyes, nose, cheeks, mouth. */
const [FACE_ASIDE, FACE_DOWN] = [32 / CELL, 52 / CELL];
/** What lies behind the tip of the nose by more is no skin of the face, in millimetres. */
const FACE_DEPTH = 45;
/** Skin and what lies right under it, in millimetres. */
const SKIN = 6;

/**
 * Why the front of a head still shows a face, by the head as it was; undefined where it shows none. The nose must be found on the
 * original, else nothing is proven. All skin from the eyes to the mouth must be gone with 6 mm of what lies under it, and of
 * whatever else stood out from chin to forehead none may have its skin. What stands out of the cut itself (bone, sinuses) is no face.
 */
export function remainsOfFace(before: FrontSurface, after: FrontSurface): string | undefined {
  const nose = highestRidge(before, NOSE.length);
  if (nose === undefined || nose.height < NOSE.height) return 'the audit sees no nose in the original';
  const tip = surfaceAt(before, nose.x, nose.z) ?? 0;
  const hasSkin: IsMeant = (x, z) => {
    const was = surfaceAt(before, x, z);
    const is = surfaceAt(after, x, z);
    return was !== undefined && is !== undefined && was - tip <= FACE_DEPTH && is - was < SKIN;
  };
  for (let z = nose.z - FACE_DOWN; z <= nose.top; z++)
    for (let x = nose.x - FACE_ASIDE; x <= nose.x + FACE_ASIDE; x++)
      if (hasSkin(x, z)) return 'the audit still sees skin of the face';
  const left = highestRidge(
    before,
    LEFT_OVER.length,
    (x, z) => Math.abs(x - nose.x) <= ASIDE && z >= nose.z - DOWN && z <= nose.z + UP && hasSkin(x, z),
  );
  return left !== undefined && left.height > LEFT_OVER.height
    ? 'the audit still sees relief of a face'
    : undefined;
}
