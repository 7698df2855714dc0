import { type GreyImage, greyImage } from '../../src/dicom/pixels/image.ts';

/** Five by seven dots a character, a hex digit pair a column from left to right, the lowest bit on top. */
const FONT: Readonly<Record<string, string>> = {
  A: '7e1111117e',
  B: '7f49494936',
  C: '3e41414122',
  D: '7f4141221c',
  E: '7f49494941',
  F: '7f09090901',
  G: '3e4149497a',
  H: '7f0808087f',
  I: '00417f4100',
  J: '2040413f01',
  K: '7f08142241',
  L: '7f40404040',
  M: '7f020c027f',
  N: '7f0408107f',
  O: '3e4141413e',
  P: '7f09090906',
  Q: '3e4151215e',
  R: '7f09192946',
  S: '4649494931',
  T: '01017f0101',
  U: '3f4040403f',
  V: '1f2040201f',
  W: '3f4038403f',
  X: '6314081463',
  Y: '0708700807',
  Z: '6151494543',
  0: '3e5149453e',
  1: '00427f4000',
  2: '4261514946',
  3: '2141454b31',
  4: '1814127f10',
  5: '2745454539',
  6: '3c4a494930',
  7: '0171090503',
  8: '3649494936',
  9: '064949291e',
  '/': '2010080402',
  ':': '0036360000',
  '.': '0060600000',
  '-': '0808080808',
  ' ': '0000000000',
};

/** Text of capitals and digits in dots of `scale` pixels, drawn into `image` with its top left corner at (x, y). */
export function drawText(
  image: GreyImage,
  text: string,
  x: number,
  y: number,
  scale: number,
  level = 255,
): void {
  [...text].forEach((character, i) => {
    const columns = FONT[character];
    if (columns === undefined) throw new Error(`no such character in the font: ${character}`);
    for (let column = 0; column < 5; column++) {
      const bits = Number.parseInt(columns.slice(column * 2, column * 2 + 2), 16);
      for (let row = 0; row < 7; row++) {
        if ((bits >> row) & 1) fill(image, x + (i * 6 + column) * scale, y + row * scale, scale, level);
      }
    }
  });
}

function fill(image: GreyImage, left: number, top: number, size: number, level: number): void {
  for (let y = top; y < top + size; y++) {
    image.data.fill(level, y * image.width + left, y * image.width + left + size);
  }
}

export function blank(width: number, height: number, level = 0): GreyImage {
  return greyImage(width, height, new Uint8Array(width * height).fill(level));
}

/** Soft blobs of all sizes, as tissue has: nothing of it is text. */
export function tissue(width: number, height: number): GreyImage {
  const image = blank(width, height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const wave =
        Math.sin(x / 17) * Math.cos(y / 23) +
        0.6 * Math.sin((x + 2 * y) / 9) +
        0.3 * Math.sin((3 * x - y) / 5);
      image.data[y * width + x] = Math.round(110 + 45 * wave);
    }
  }
  return image;
}
