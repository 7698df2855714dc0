import { type GreyImage, greyImage, type Image, type RgbImage } from '../dicom/pixels/image.ts';

/** Channels this close to one another make no colour. */
const GREY_TOLERANCE = 12;
/** Share of coloured pixels below which the picture counts as grey. */
const COLOURED = 0.0002;

/**
 * The grey pictures in which text of an image can show. A grey image is its own; of a colour image the luminance, and how
 * far each pixel is from grey: coloured text over grey tissue stands alone there.
 */
export function readingPlanes(image: Image): GreyImage[] {
  if (image.kind === 'grey') return [image];
  if (!isColoured(image)) return [channel(image, 1)];
  return [luminance(image), colourfulness(image)];
}

function isColoured({ data }: RgbImage): boolean {
  const limit = (data.length / 3) * COLOURED;
  let coloured = 0;
  for (let i = 0; i < data.length; i += 3) {
    const r = data[i] as number;
    const g = data[i + 1] as number;
    const b = data[i + 2] as number;
    const spread = Math.max(r, g, b) - Math.min(r, g, b);
    if (spread > GREY_TOLERANCE && ++coloured > limit) return true;
  }
  return false;
}

type Mix = (r: number, g: number, b: number) => number;

const channel = (image: RgbImage, index: 0 | 1 | 2) => mixed(image, (r, g, b) => [r, g, b][index] as number);
/** The distance of the strongest channel from the weakest. */
const colourfulness = (image: RgbImage) =>
  mixed(
    image,
    (r, g, b) => (r > g ? (r > b ? r : b) : g > b ? g : b) - (r < g ? (r < b ? r : b) : g < b ? g : b),
  );
/** ITU-R BT.601 weights. */
const luminance = (image: RgbImage) => mixed(image, (r, g, b) => (r * 77 + g * 150 + b * 29) >> 8);

function mixed({ data, width, height }: RgbImage, mix: Mix): GreyImage {
  const out = new Uint8Array(width * height);
  for (let i = 0, j = 0; i < out.length; i++, j += 3) {
    out[i] = mix(data[j] as number, data[j + 1] as number, data[j + 2] as number);
  }
  return greyImage(width, height, out);
}
