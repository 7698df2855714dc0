import type { Box, GreyImage } from '../dicom/pixels/image.ts';
import { greyImage } from '../dicom/pixels/image.ts';

/**
 * The part of a picture inside `box`, resampled by `factor` with cubic convolution (Catmull-Rom): letters keep their edges
 * and grow smooth, as OCR likes them.
 */
export function cropAndScale(image: GreyImage, box: Box, factor: number): GreyImage {
  const [left, top, boxWidth, boxHeight] = box;
  const width = Math.max(1, Math.round(boxWidth * factor));
  const height = Math.max(1, Math.round(boxHeight * factor));
  const across = taps(width, boxWidth, left, image.width);
  const rows = new Float32Array(boxHeight * width);
  for (let y = 0; y < boxHeight; y++) {
    const from = Math.min(top + y, image.height - 1) * image.width;
    for (let x = 0; x < width; x++) rows[y * width + x] = weigh(image.data, from, 1, across, x);
  }
  const down = taps(height, boxHeight, 0, boxHeight);
  const data = new Uint8ClampedArray(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) data[y * width + x] = weigh(rows, x, width, down, y);
  }
  return greyImage(width, height, new Uint8Array(data.buffer));
}

/** The part of a picture inside `box`, which lies within it. */
export function cropped({ data, width }: GreyImage, [left, top, w, h]: Box): GreyImage {
  const out = new Uint8Array(w * h);
  for (let y = 0; y < h; y++) {
    out.set(data.subarray((top + y) * width + left, (top + y) * width + left + w), y * w);
  }
  return greyImage(w, h, out);
}

/** A picture whose pixels are the means of squares of `step` pixels; what is left over at the right and below counts too. */
export function shrunk(image: GreyImage, step: number): GreyImage {
  if (step <= 1) return image;
  const width = Math.ceil(image.width / step);
  const height = Math.ceil(image.height / step);
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let [sum, count] = [0, 0];
      for (let v = y * step; v < Math.min((y + 1) * step, image.height); v++) {
        for (let u = x * step; u < Math.min((x + 1) * step, image.width); u++, count++) {
          sum += image.data[v * image.width + u] as number;
        }
      }
      data[y * width + x] = sum / count;
    }
  }
  return greyImage(width, height, data);
}

interface Taps {
  readonly index: Int32Array;
  readonly weight: Float32Array;
}

/** Four source positions and weights for each of `count` outputs that span `length` inputs from `start`. */
function taps(count: number, length: number, start: number, limit: number): Taps {
  const index = new Int32Array(count * 4);
  const weight = new Float32Array(count * 4);
  for (let i = 0; i < count; i++) {
    const at = ((i + 0.5) * length) / count - 0.5;
    const base = Math.floor(at);
    const t = at - base;
    const weights = [
      t * (-0.5 + t * (1 - 0.5 * t)),
      1 + t * t * (-2.5 + 1.5 * t),
      t * (0.5 + t * (2 - 1.5 * t)),
      t * t * (-0.5 + 0.5 * t),
    ];
    for (let k = 0; k < 4; k++) {
      index[i * 4 + k] = Math.min(Math.max(start + base - 1 + k, 0), limit - 1);
      weight[i * 4 + k] = weights[k] as number;
    }
  }
  return { index, weight };
}

function weigh(
  data: Uint8Array | Float32Array,
  from: number,
  step: number,
  { index, weight }: Taps,
  i: number,
): number {
  let sum = 0;
  for (let k = i * 4; k < i * 4 + 4; k++) {
    sum += (data[from + (index[k] as number) * step] as number) * (weight[k] as number);
  }
  return sum;
}
