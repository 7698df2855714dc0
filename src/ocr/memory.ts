import type { Box, GreyImage } from '../dicom/pixels/image.ts';
import type { ReadRegion, Word } from './reader.ts';
import type { Region } from './regions.ts';
import { cropped } from './scaling.ts';

const BLOCK = 8;
/** Mean difference in grey levels that a block may show: JPEG noise stays below it, another character does not. */
const TOLERANCE = 12;
/** Pixels by which the box of the same text may differ from frame to frame. */
const SHIFT = 2;
/** Regions that are remembered: a cine shows the same few over and over. */
const MOST = 1000;

/** A region as it was when it was read, without the picture around it. */
interface Memory {
  readonly region: Region;
  readonly words: readonly Word[];
  /** The part of the plane around the region, and where it lay. */
  readonly look: GreyImage;
  readonly place: Box;
}

/** What was read in the frames before, so that a region that looks as it did in one of them is not read again. */
export class RegionMemory {
  #memories: Memory[] = [];

  /** Words of a region that looked the same in an earlier frame; undefined where none did. */
  recall(region: Region): readonly Word[] | undefined {
    return this.#memories.find((known) => isSame(known, region))?.words;
  }

  /** The regions of one frame; the oldest are forgotten. */
  remember(regions: readonly ReadRegion[]): void {
    const fresh = regions.filter(({ region }) => this.recall(region) === undefined).map(memoryOf);
    this.#memories = [...fresh, ...this.#memories].slice(0, MOST);
  }
}

function memoryOf({ region, words }: ReadRegion): Memory {
  const { box, plane } = region;
  const left = Math.max(0, box[0] - SHIFT);
  const top = Math.max(0, box[1] - SHIFT);
  const right = Math.min(plane.width, box[0] + box[2] + SHIFT);
  const bottom = Math.min(plane.height, box[1] + box[3] + SHIFT);
  const place: Box = [left, top, right - left, bottom - top];
  // The plane itself is a whole frame, and is not to be kept.
  const kept = { ...region, plane: { ...plane, data: new Uint8Array(0) } };
  return { region: kept, words, look: cropped(plane, place), place };
}

function isSame(known: Memory, region: Region): boolean {
  const { plane, box, polarity, code } = known.region;
  if (polarity !== region.polarity || code !== region.code) return false;
  if (plane.width !== region.plane.width || plane.height !== region.plane.height) return false;
  if (box.some((edge, i) => Math.abs(edge - (region.box[i] as number)) > SHIFT)) return false;
  return looksSame(known, region);
}

/** Compares block by block where the two overlap: nearly all of the region, for their boxes are alike. */
function looksSame({ look, place }: Memory, { plane, box }: Region): boolean {
  const left = Math.max(box[0], place[0]);
  const top = Math.max(box[1], place[1]);
  const right = Math.min(box[0] + box[2], place[0] + place[2]);
  const bottom = Math.min(box[1] + box[3], place[1] + place[3]);
  for (let y = top; y < bottom; y += BLOCK) {
    for (let x = left; x < right; x += BLOCK) {
      const block: Box = [x, y, Math.min(BLOCK, right - x), Math.min(BLOCK, bottom - y)];
      if (difference(plane, block, look, x - place[0], y - place[1]) > TOLERANCE) return false;
    }
  }
  return true;
}

function difference(plane: GreyImage, [x, y, w, h]: Box, look: GreyImage, left: number, top: number): number {
  let sum = 0;
  for (let v = 0; v < h; v++) {
    for (let u = 0; u < w; u++) {
      const here = plane.data[(y + v) * plane.width + x + u] as number;
      sum += Math.abs(here - (look.data[(top + v) * look.width + left + u] as number));
    }
  }
  return sum / (w * h);
}
