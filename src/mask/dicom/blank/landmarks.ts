import { CELL, type CoarseVolume, centreOf } from '../../../dicom/volume/coarse.ts';
import type { Profile } from './profile.ts';

/** Where the face of a head lies, in millimetres of the patient. */
export interface Landmarks {
  /** The most forward point of the nose. */
  readonly nose: { readonly y: number; readonly z: number };
  /** Where the nose meets the forehead. */
  readonly nasion: { readonly y: number; readonly z: number };
  /** 1 for a head of an adult; smaller heads have smaller faces. */
  readonly scale: number;
}

/** Why no face can be told in a head: what the report says. Never a value. */
export interface NoLandmarks {
  readonly why: string;
}

/** The nose stands out this far over the forehead and over the lip, least. */
const STANDS_OUT = 6;
/** The forehead is this far above its tip, the lip or the chin somewhere here below it. */
const ABOVE = 48;
const BELOW: readonly [number, number] = [12, 32];
/** What lies further back than this over its tip is the top of a head. */
const MOST = 45;
/** How far above its tip a nose begins. */
const NASION: readonly [number, number] = [22, 60];
/** So far the nasion lies under the line from the nose to the forehead, least. */
const HOLLOW = 4;
/** From the nasion to the top of the head. */
const HEIGHT: readonly [number, number] = [75, 145];
/** From the nasion to the back of an adult's head. */
const DEPTH = 180;
const SMALLEST = 0.7;
/** The nose lies this near to the middle of a head that looks ahead. */
const ASIDE = 26;
/** Millimetres that a forehead recedes over one upwards: beyond these the chin is on the chest, or the head thrown back. */
const RECEDES: readonly [number, number] = [-0.35, 0.6];

/**
 * Finds nose and nasion on the profile of a head: the nose is what stands out most over the points above and below it, the nasion
 * the deepest point under the line from its tip to the forehead. A chin stands out too, but what lies above it is no forehead. What
 * does not look like the profile of a head that looks ahead is refused: a face that is not understood is not blanked.
 */
export function landmarksOf(
  volume: CoarseVolume,
  body: Uint8Array,
  profile: Profile,
): Landmarks | NoLandmarks {
  let refused: NoLandmarks = { why: 'no nose stands out from the profile of the head' };
  for (const row of noses(profile).reverse()) {
    const found = landmarksAt(volume, body, profile, row);
    if (!('why' in found)) return found;
    refused = found;
  }
  return refused;
}

function landmarksAt(
  volume: CoarseVolume,
  body: Uint8Array,
  profile: Profile,
  tip: number,
): Landmarks | NoLandmarks {
  const at = (z: number): number => valueAt(profile, z);
  const nose = { y: profile.y[tip] ?? Number.NaN, z: profile.z[tip] ?? Number.NaN };
  const nasion = deepest(profile, nose);
  if (nasion === undefined || !isOfHeight(profile, nasion.z)) return { why: 'what stands out is no nose' };
  const slope = (at(nasion.z + 56) - at(nasion.z + 24)) / 32;
  if (Number.isNaN(slope)) return { why: 'no forehead is seen above the nose' };
  if (slope < RECEDES[0] || slope > RECEDES[1]) return { why: 'the head is bent forward or back' };
  if (nose.y - volume.origin[1] < CELL) return { why: 'the picture ends at the nose' };
  if (Math.abs((profile.x[tip] ?? Number.NaN) - profile.middle) > ASIDE)
    return { why: 'the head is turned to a side' };
  const back = backOf(volume, body, nasion.z + 30);
  const scale = Math.min(1, Math.max(SMALLEST, (back - nasion.y) / DEPTH));
  return { nose, nasion, scale };
}

/** Rows of the profile that stand out, from the least to the most. */
function noses({ y }: Profile): number[] {
  const out = y.map((here, row) => {
    const above = (y[row + ABOVE / CELL] ?? Number.NaN) - here;
    const under = y.slice(Math.max(0, row - BELOW[1] / CELL), Math.max(0, row - BELOW[0] / CELL + 1));
    const below = Math.max(...under.filter((front) => !Number.isNaN(front))) - here;
    const isTip = here <= (y[row - 1] ?? here) && here <= (y[row + 1] ?? here);
    return isTip && above <= MOST ? Math.min(above, below) : 0;
  });
  return [...out.keys()]
    .filter((row) => (out[row] ?? 0) >= STANDS_OUT)
    .sort((a, b) => (out[a] ?? 0) - (out[b] ?? 0));
}

function deepest(profile: Profile, nose: Landmarks['nose']): Landmarks['nasion'] | undefined {
  const end = nose.z + 80;
  const forehead = valueAt(profile, end);
  if (Number.isNaN(forehead)) return undefined;
  let best: Landmarks['nasion'] | undefined;
  let most = HOLLOW;
  for (let z = nose.z + NASION[0]; z <= nose.z + NASION[1]; z += CELL / 2) {
    const line = nose.y + ((forehead - nose.y) * (z - nose.z)) / (end - nose.z);
    const depth = valueAt(profile, z) - line;
    if (depth > most) {
      most = depth;
      best = { y: valueAt(profile, z), z };
    }
  }
  // At the end of the range it is the slope of something else.
  return best === undefined || best.z - nose.z > NASION[1] - CELL ? undefined : best;
}

/** Whether the top of the head lies as far above a nasion as it does; where the picture ends before it, not further than that. */
function isOfHeight({ z, y }: Profile, nasion: number): boolean {
  const top = y.findLastIndex((front) => !Number.isNaN(front));
  const height = (z[top] ?? Number.NaN) - nasion;
  return height <= HEIGHT[1] && (height >= HEIGHT[0] || top === y.length - 1);
}

/** Along the profile, between its rows. */
function valueAt({ z, y }: Profile, at: number): number {
  const row = (at - (z[0] ?? 0)) / CELL;
  const low = Math.floor(row);
  const [a, b] = [y[low] ?? Number.NaN, y[low + 1] ?? Number.NaN];
  return a + (b - a) * (row - low);
}

/** The hindmost point of the body at a height. */
function backOf(volume: CoarseVolume, body: Uint8Array, z: number): number {
  const [nx, ny] = volume.size;
  const level = Math.floor((z - volume.origin[2]) / CELL);
  for (let y = ny - 1; y >= 0; y--)
    for (let x = 0; x < nx; x++) if (body[(level * ny + y) * nx + x] === 1) return centreOf(volume, 1, y);
  return Number.NaN;
}
