/** An 8-bit picture, row by row, top left first. */
export type GreyImage = {
  readonly kind: 'grey';
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
};

/** Red, green and blue of each pixel side by side. */
export type RgbImage = {
  readonly kind: 'rgb';
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
};

export type Image = GreyImage | RgbImage;

/** x, y, width, height in pixels of the image. */
export type Box = readonly [x: number, y: number, width: number, height: number];

export function greyImage(width: number, height: number, data: Uint8Array): GreyImage {
  return { kind: 'grey', width, height, data };
}

export function rgbImage(width: number, height: number, data: Uint8Array): RgbImage {
  return { kind: 'rgb', width, height, data };
}
