import { type GreyImage, greyImage } from '../dicom/pixels/image.ts';

interface Spot {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly level: number;
}

/** The face of nobody, by which each run proves that the search for faces is live, in parts of its height, dark and bright where every face is. */
const FACE: readonly Spot[] = [
  { x: 0, y: 0, width: 0.86, height: 1.1, level: 190 }, // skin
  { x: 0, y: -0.47, width: 0.8, height: 0.22, level: 60 }, // hair
  { x: -0.19, y: -0.1, width: 0.27, height: 0.12, level: 95 }, // sockets
  { x: 0.19, y: -0.1, width: 0.27, height: 0.12, level: 95 },
  { x: -0.19, y: -0.2, width: 0.28, height: 0.06, level: 70 }, // brows
  { x: 0.19, y: -0.2, width: 0.28, height: 0.06, level: 70 },
  { x: -0.19, y: -0.1, width: 0.1, height: 0.09, level: 40 }, // eyes
  { x: 0.19, y: -0.1, width: 0.1, height: 0.09, level: 40 },
  { x: 0, y: 0.02, width: 0.13, height: 0.26, level: 215 }, // nose
  { x: 0, y: 0.14, width: 0.18, height: 0.06, level: 130 },
  { x: 0, y: 0.28, width: 0.34, height: 0.09, level: 95 }, // mouth
];

/** A picture with the face in its middle, `side` pixels high, before a plain wall. */
export function drawnFace(width: number, height: number, side: number): GreyImage {
  const data = new Uint8Array(width * height).fill(120);
  for (const { x, y, width: across, height: down, level } of FACE) {
    for (let row = 0; row < height; row++) {
      for (let column = 0; column < width; column++) {
        const dx = ((column - width / 2) / side - x) / (across / 2);
        const dy = ((row - height / 2) / side - y) / (down / 2);
        if (dx * dx + dy * dy <= 1) data[row * width + column] = level;
      }
    }
  }
  return greyImage(width, height, data);
}
