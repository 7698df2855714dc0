import type { Box } from '../dicom/pixels/image.ts';
import type { ReadRegion, Word } from './reader.ts';
import type { Region } from './regions.ts';

const BLOCK = 8;
/** Mean difference in grey levels that a block may show: JPEG noise stays below it, another character does not. */
const TOLERANCE = 12;
/** Pixels by which the box of the same text may differ from frame to frame. */
const SHIFT = 2;

/** What was read in the frame before, so that a region that did not change is not read again. */
export class RegionMemory {
  #last: readonly ReadRegion[] = [];

  /** Words of a region that looked the same in the frame before; undefined where it did not. */
  recall(region: Region): readonly Word[] | undefined {
    return this.#last.find((known) => isSame(known.region, region))?.words;
  }

  /** Takes the place of what was remembered. */
  remember(regions: readonly ReadRegion[]): void {
    this.#last = regions;
  }
}

function isSame(known: Region, region: Region): boolean {
  if (known.polarity !== region.polarity) return false;
  if (known.plane.width !== region.plane.width || known.plane.height !== region.plane.height) return false;
  if (known.box.some((edge, i) => Math.abs(edge - (region.box[i] as number)) > SHIFT)) return false;
  return looksSame(known, region, region.box);
}

function looksSame(a: Region, b: Region, [left, top, width, height]: Box): boolean {
  for (let y = top; y < top + height; y += BLOCK) {
    for (let x = left; x < left + width; x += BLOCK) {
      if (
        blockDifference(a, b, x, y, Math.min(BLOCK, left + width - x), Math.min(BLOCK, top + height - y)) >
        TOLERANCE
      ) {
        return false;
      }
    }
  }
  return true;
}

function blockDifference(
  a: Region,
  b: Region,
  left: number,
  top: number,
  width: number,
  height: number,
): number {
  let sum = 0;
  for (let y = top; y < top + height; y++) {
    for (let x = left; x < left + width; x++) {
      const at = y * a.plane.width + x;
      sum += Math.abs((a.plane.data[at] as number) - (b.plane.data[at] as number));
    }
  }
  return sum / (width * height);
}
