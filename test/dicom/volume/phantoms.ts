import { type GreyImage, greyImage } from '../../../src/dicom/pixels/image.ts';

/** An ellipse in millimetres, and how bright it is (0 to 1). */
export interface Ellipse {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly level: number;
}

const AIR = 0.05;

/** Ellipses in noisy air, later over earlier; the middle of the picture is (0, 0). */
function levels(size: number, pixel: number, ellipses: readonly Ellipse[]): Float32Array {
  const values = new Float32Array(size * size);
  for (let i = 0; i < values.length; i++) {
    const x = ((i % size) - size / 2) * pixel;
    const y = (Math.floor(i / size) - size / 2) * pixel;
    const hit = ellipses.findLast(
      (one) => ((x - one.x) / (one.width / 2)) ** 2 + ((y - one.y) / (one.height / 2)) ** 2 <= 1,
    );
    values[i] = (hit?.level ?? AIR) + 0.03 * Math.sin(i * 12.9898);
  }
  return values;
}

export function picture(size: number, pixel: number, ellipses: readonly Ellipse[]): GreyImage {
  return greyImage(
    size,
    size,
    Uint8Array.from(levels(size, pixel, ellipses), (level) => 255 * level),
  );
}

/** The same as stored values of 12 bits. */
export function stored(size: number, pixel: number, ellipses: readonly Ellipse[]): Uint16Array {
  return Uint16Array.from(levels(size, pixel, ellipses), (level) => 4095 * level);
}

const ellipse = (width: number, height: number, level: number, x = 0, y = 0): Ellipse => ({
  x,
  y,
  width,
  height,
  level,
});

/** Skin, skull and brain of somebody who is nobody, cut across. */
export const HEAD = [ellipse(155, 195, 0.45), ellipse(145, 185, 0.95), ellipse(132, 170, 0.5)];
/** The same seen from the side, with the neck leaving the picture below. */
export const PROFILE = [ellipse(110, 260, 0.45, 10, 80), ellipse(195, 220, 0.45), ellipse(180, 200, 0.5)];
/** Shoulders wide, with lungs. */
export const CHEST = [ellipse(380, 240, 0.5), ellipse(120, 160, 0.1, -80), ellipse(120, 160, 0.1, 80)];
export const KNEE = [ellipse(130, 128, 0.5), ellipse(70, 60, 0.9)];
export const THIGHS = [ellipse(150, 170, 0.5, -95), ellipse(150, 170, 0.5, 95)];
