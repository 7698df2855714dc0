import { type Box, type GreyImage, greyImage } from '../dicom/pixels/image.ts';

/** Degrees by which a text is turned clockwise in the picture. */
export type Turn = 0 | 90 | 180 | 270;

/** A picture of turned text, brought upright. */
export function uprighted(image: GreyImage, turn: Turn): GreyImage {
  if (turn === 0) return image;
  const { width, height, data } = image;
  const out = new Uint8Array(data.length);
  if (turn === 180) {
    for (let i = 0; i < out.length; i++) out[i] = data[out.length - 1 - i] as number;
    return greyImage(width, height, out);
  }
  // Upright, the new rows are the old columns: the last column first where the text ran downwards.
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [row, column] = turn === 90 ? [width - 1 - x, y] : [x, height - 1 - y];
      out[row * height + column] = data[y * width + x] as number;
    }
  }
  return greyImage(height, width, out);
}

/** A box of the upright picture as a box of the turned one, whose size is `width` by `height`. */
export function turnedBack([x, y, w, h]: Box, turn: Turn, width: number, height: number): Box {
  switch (turn) {
    case 0:
      return [x, y, w, h];
    case 90:
      return [width - y - h, x, h, w];
    case 180:
      return [width - x - w, height - y - h, w, h];
    case 270:
      return [y, height - x - w, h, w];
  }
}

/**
 * A box as it would lie if the whole picture were turned upright about its corner: good for putting words in order, and
 * nothing else, for its origin is anywhere.
 */
export function readingPlace([x, y, w, h]: Box, turn: Turn): Box {
  switch (turn) {
    case 0:
      return [x, y, w, h];
    case 90:
      return [y, -x - w, h, w];
    case 180:
      return [-x - w, -y - h, w, h];
    case 270:
      return [-y - h, x, h, w];
  }
}
