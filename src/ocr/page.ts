import { type Box, type GreyImage, greyImage } from '../dicom/pixels/image.ts';
import { inkOnPaper } from './ground.ts';
import type { Region } from './regions.ts';
import { cropAndScale, cropped, shrunk } from './scaling.ts';
import { type Turn, turnedBack, uprighted } from './turn.ts';

/** How lines are prepared. Two passes with different preparation read what one alone does not. */
export interface Preparation {
  /** Height in pixels that characters are brought to: about 30 is what the recogniser reads best. */
  readonly glyphHeight: number;
  /** Room above and below a line, against the height of its characters. */
  readonly margin: number;
  /** The ground is taken away, wherever along the line it is what. */
  readonly flat: boolean;
  /** Height in pixels that larger characters are brought down to before: the steps of dot-matrix letters melt. */
  readonly melted?: number;
}

const GAP = 26;
const BORDER = 24;
const PAPER = 255;
/** Pixels of a row: the recogniser stops at 32,767, and memory should not depend on the picture. */
const WIDEST = 6000;

/** A region, and how it is to be turned to be read. */
export interface Approach {
  readonly region: Region;
  readonly turn: Turn;
}

/** A line of the picture on a page, and where on the page it stands. */
export interface PageRow extends Approach {
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
export function composePage(approaches: readonly Approach[], preparation: Preparation): Page {
  const cuts = approaches.map((approach) => cutOut(approach, preparation));
  const width = Math.max(...cuts.map((cut) => cut.image.width)) + 2 * BORDER;
  const height = cuts.reduce((sum, cut) => sum + cut.image.height + GAP, 2 * BORDER);
  const data = new Uint8Array(width * height).fill(PAPER);
  const rows: PageRow[] = [];
  let y = BORDER;
  for (const { image, ...cut } of cuts) {
    for (let row = 0; row < image.height; row++) {
      data.set(image.data.subarray(row * image.width, (row + 1) * image.width), (y + row) * width + BORDER);
    }
    rows.push({ ...cut, target: [BORDER, y, image.width, image.height] });
    y += image.height + GAP;
  }
  return { image: greyImage(width, height, data), rows };
}

interface Cut extends Approach {
  readonly image: GreyImage;
  readonly source: Box;
  readonly factor: number;
}

function cutOut({ region, turn }: Approach, preparation: Preparation): Cut {
  const source = withMargin(region, preparation.margin);
  const light = region.polarity === 'light';
  const raw = uprighted(cropped(region.plane, source), turn);
  const cut = preparation.flat ? inkOnPaper(raw, light, Math.ceil(region.glyphHeight * REACH)) : raw;
  const shrink = Math.max(1, Math.round(region.glyphHeight / (preparation.melted ?? region.glyphHeight)));
  const small = shrunk(cut, shrink);
  const length = Math.max(source[2], source[3]);
  const factor = Math.min(6, preparation.glyphHeight / region.glyphHeight, WIDEST / length);
  const image = cropAndScale(small, [0, 0, small.width, small.height], factor * shrink);
  if (!preparation.flat) stretch(image.data, light);
  return { region, turn, image, source, factor };
}

/** How far along a line the ground is looked for, against the height of its characters. */
const REACH = 1.5;

/** Room before and behind a line, against the height of its characters. */
const ENDS = 0.7;

/** Room at the ends for a character that the gate did not see; above and below, the next lines may stand close. */
function withMargin({ box, glyphHeight, plane, vertical }: Region, margin: number): Box {
  const along = Math.max(3, Math.round(glyphHeight * ENDS));
  const beside = Math.max(1, Math.round(glyphHeight * margin));
  const [across, down] = vertical ? [beside, along] : [along, beside];
  const left = Math.max(0, box[0] - across);
  const top = Math.max(0, box[1] - down);
  const right = Math.min(plane.width, box[0] + box[2] + across);
  const bottom = Math.min(plane.height, box[1] + box[3] + down);
  return [left, top, right - left, bottom - top];
}

/** Full contrast, dark on white. In place. */
function stretch(data: Uint8Array, light: boolean): void {
  const counts = new Uint32Array(256);
  for (const value of data) counts[value] = (counts[value] as number) + 1;
  const low = percentile(counts, data.length * 0.02);
  const high = percentile(counts, data.length * 0.98);
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
  const { source, target, factor, turn } = found;
  const within: Box = [box[0] - target[0], box[1] - target[1], box[2], box[3]];
  const upright = turn % 180 === 0;
  const [width, height] = upright ? [target[2], target[3]] : [target[3], target[2]];
  const [x, y, w, h] = turnedBack(within, turn, width, height);
  return {
    row,
    box: [
      Math.round(source[0] + x / factor),
      Math.round(source[1] + y / factor),
      Math.max(1, Math.round(w / factor)),
      Math.max(1, Math.round(h / factor)),
    ],
  };
}
