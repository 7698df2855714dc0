import { type GreyImage, greyImage } from '../dicom/pixels/image.ts';

/** Rank of the ground among the pixels of a stretch: below bold letters, above the outline of outlined ones. */
const GROUND = 0.5;
/** Share of the pixels that may be darker than black on paper: ink is never as even as paint. */
const DEEPEST = 0.015;

/**
 * A line of text without what it was written over: black ink on white paper, however the ground rises and falls along the
 * line. What differs from the ground in the other direction (the outline of outlined letters) becomes paper.
 * @param light the ink is lighter than the ground
 * @param reach half the width of the stretch whose pixels tell what the ground is
 */
export function inkOnPaper({ width, height, data }: GreyImage, light: boolean, reach: number): GreyImage {
  const counts = new Uint32Array(256);
  const ink = new Uint8Array(data.length);
  const inks = new Uint32Array(256);
  const count = (x: number, step: 1 | -1) => {
    for (let i = x; i < data.length; i += width)
      counts[data[i] as number] = (counts[data[i] as number] as number) + step;
  };
  for (let x = 0; x < Math.min(reach, width); x++) count(x, 1);
  for (let x = 0; x < width; x++) {
    if (x + reach < width) count(x + reach, 1);
    if (x - reach - 1 >= 0) count(x - reach - 1, -1);
    const columns = Math.min(width - 1, x + reach) - Math.max(0, x - reach) + 1;
    const ground = rankOf(counts, columns * height * (light ? GROUND : 1 - GROUND));
    for (let i = x; i < data.length; i += width) {
      const depth = light ? (data[i] as number) - ground : ground - (data[i] as number);
      ink[i] = Math.max(0, depth);
      inks[ink[i] as number] = (inks[ink[i] as number] as number) + 1;
    }
  }
  const scale = 255 / Math.max(1, rankOf(inks, data.length * (1 - DEEPEST)));
  for (let i = 0; i < ink.length; i++) ink[i] = Math.max(0, 255 - (ink[i] as number) * scale);
  return greyImage(width, height, ink);
}

/** The level below which about `rank` of the counted pixels lie. */
function rankOf(counts: Uint32Array, rank: number): number {
  let seen = 0;
  for (let value = 0; value < 256; value++) {
    seen += counts[value] as number;
    if (seen > rank) return value;
  }
  return 255;
}
