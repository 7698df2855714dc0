import { type Box, type GreyImage, greyImage } from '../dicom/pixels/image.ts';
import type { Region } from './regions.ts';
import { cropAndScale } from './scaling.ts';

/** How lines are prepared. Two passes with different preparation read what one alone does not. */
export interface Preparation {
  /** Height in pixels that characters are brought to: about 30 is what the recogniser reads best. */
  readonly glyphHeight: number;
  /** Room above and below a line, against the height of its characters. */
  readonly margin: number;
  /** The commonest grey of the ground becomes white paper. */
  readonly whiten: boolean;
}

const GAP = 26;
const BORDER = 24;
const PAPER = 255;
/** Pixels of a row: the recogniser stops at 32,767, and memory should not depend on the picture. */
const WIDEST = 6000;

/** A line of the picture on a page, and where on the page it stands. */
export interface PageRow {
  readonly region: Region;
  /** The part of the picture that was cut out. */
  readonly source: Box;
  /** Where it stands on the page. */
  readonly target: Box;
  readonly factor: number;
}

/** Lines cut from a picture, brought to one size, dark on white, one below another: what a recogniser expects. */
export interface Page {
  readonly image: GreyImage;
  readonly rows: readonly PageRow[];
}

/** Puts the regions of a picture on one page, so that one call reads them all. */
export function composePage(regions: readonly Region[], preparation: Preparation): Page {
  const cuts = regions.map((region) => cutOut(region, preparation));
  const width = Math.max(...cuts.map((cut) => cut.image.width)) + 2 * BORDER;
  const height = cuts.reduce((sum, cut) => sum + cut.image.height + GAP, 2 * BORDER);
  const data = new Uint8Array(width * height).fill(PAPER);
  const rows: PageRow[] = [];
  let y = BORDER;
  for (const { image, source, region, factor } of cuts) {
    for (let row = 0; row < image.height; row++) {
      data.set(image.data.subarray(row * image.width, (row + 1) * image.width), (y + row) * width + BORDER);
    }
    rows.push({ region, source, factor, target: [BORDER, y, image.width, image.height] });
    y += image.height + GAP;
  }
  return { image: greyImage(width, height, data), rows };
}

interface Cut {
  readonly region: Region;
  readonly image: GreyImage;
  readonly source: Box;
  readonly factor: number;
}

function cutOut(region: Region, preparation: Preparation): Cut {
  const source = withMargin(region, preparation.margin);
  const factor = Math.min(6, preparation.glyphHeight / region.glyphHeight, WIDEST / source[2]);
  const image = cropAndScale(region.plane, source, factor);
  stretch(image.data, region.polarity === 'light', preparation.whiten);
  return { region, image, source, factor };
}

/** Room at the sides for a character that the gate did not see; above and below, the next lines may stand close. */
function withMargin({ box, glyphHeight, plane }: Region, margin: number): Box {
  const across = Math.max(2, Math.round(glyphHeight * 0.35));
  const down = Math.max(1, Math.round(glyphHeight * margin));
  const left = Math.max(0, box[0] - across);
  const top = Math.max(0, box[1] - down);
  const right = Math.min(plane.width, box[0] + box[2] + across);
  const bottom = Math.min(plane.height, box[1] + box[3] + down);
  return [left, top, right - left, bottom - top];
}

/** Full contrast, dark on white. In place. */
function stretch(data: Uint8Array, light: boolean, whiten: boolean): void {
  const counts = new Uint32Array(256);
  for (const value of data) counts[value] = (counts[value] as number) + 1;
  let low = percentile(counts, data.length * 0.02);
  let high = percentile(counts, data.length * 0.98);
  const common = counts.indexOf(Math.max(...counts));
  const half = (low + high) / 2;
  if (whiten && light && common < half) low = common;
  if (whiten && !light && common > half) high = common;
  const scale = 255 / Math.max(1, high - low);
  const map = Uint8ClampedArray.from({ length: 256 }, (_, value) => {
    const grey = (value - low) * scale;
    return light ? 255 - grey : grey;
  });
  for (let i = 0; i < data.length; i++) data[i] = map[data[i] as number] as number;
}

function percentile(counts: Uint32Array, rank: number): number {
  let seen = 0;
  for (let value = 0; value < 256; value++) {
    seen += counts[value] as number;
    if (seen > rank) return value;
  }
  return 255;
}

/** A box on the page as a box in the picture, for the row that holds its middle; undefined between rows. */
export function boxInPicture(page: Page, box: Box): { row: number; box: Box } | undefined {
  const middle = box[1] + box[3] / 2;
  const row = page.rows.findIndex(
    ({ target }) => middle >= target[1] - GAP / 2 && middle < target[1] + target[3] + GAP / 2,
  );
  const found = page.rows[row];
  if (found === undefined) return undefined;
  const { source, target, factor } = found;
  const x = source[0] + (box[0] - target[0]) / factor;
  const y = source[1] + (box[1] - target[1]) / factor;
  return {
    row,
    box: [
      Math.round(x),
      Math.round(y),
      Math.max(1, Math.round(box[2] / factor)),
      Math.max(1, Math.round(box[3] / factor)),
    ],
  };
}
