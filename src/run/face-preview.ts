import sharp from 'sharp';
import { largestBody, skinLevel } from '../dicom/volume/body.ts';
import type { CoarseVolume } from '../dicom/volume/coarse.ts';
import { type FrontSurface, frontSurface } from '../dicom/volume/front-surface.ts';
import { writeAtomically } from '../ports/output.ts';

/** Pixels of the preview for one cell of the volume. */
const ZOOM = 4;

/**
 * Writes a picture for the reviewer of a series, mode 0600: on the left as it was, on the right as it is, above from the side in
 * the middle of the head, below from the front, near bright and far dark. It shows a face: it belongs into the work folder.
 */
export async function writeFacePreview(
  path: string,
  before: CoarseVolume,
  after: CoarseVolume,
  kind: string,
): Promise<void> {
  const level = skinLevel(before, kind) ?? 0;
  const surfaces = [before, after].map((volume) => frontSurface(volume, largestBody(volume, level), level));
  // Both from one distance, so that what is gone looks deeper.
  const nearest = surfaces[0]?.y.reduce((least, at) => (at < least ? at : least), Infinity) ?? 0;
  const fronts = surfaces.map((surface) => fromTheFront(surface, nearest));
  const sides = [before, after].map((volume) => fromTheSide(volume, level));
  const [left = [], right = []] = [0, 1].map((i) =>
    [sides[i], fronts[i]].filter((panel) => panel !== undefined),
  );
  const width = Math.max(...left.map((panel) => panel.width));
  const height = left.reduce((sum, panel) => sum + panel.height, 0);
  const canvas = Buffer.alloc(2 * width * height);
  for (const [side, column] of [left, right].entries()) {
    let top = 0;
    for (const panel of column) {
      for (let y = 0; y < panel.height; y++)
        canvas.set(
          panel.data.subarray(y * panel.width, (y + 1) * panel.width),
          (top + y) * 2 * width + side * width,
        );
      top += panel.height;
    }
  }
  const png = await sharp(canvas, { raw: { width: 2 * width, height, channels: 1 } })
    .resize({ width: 2 * width * ZOOM, kernel: 'nearest' })
    .png()
    .toBuffer();
  writeAtomically(path, png);
}

interface Panel {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** Head up, front to the left. */
function fromTheSide({ size: [nx, ny, nz], values }: CoarseVolume, level: number): Panel {
  const middle = nx >> 1;
  const data = new Uint8Array(ny * nz);
  const known = values.filter((value) => !Number.isNaN(value)).sort();
  const [low, high] = [0.01, 0.98].map((part) => known[Math.floor(part * (known.length - 1))] ?? level);
  const range = Math.max(1, (high ?? level) - (low ?? level));
  for (let z = 0; z < nz; z++) {
    for (let y = 0; y < ny; y++) {
      const value = ((values[(z * ny + y) * nx + middle] ?? Number.NaN) - (low ?? level)) / range;
      data[(nz - 1 - z) * ny + y] = 255 * Math.min(1, Math.max(0, value || 0));
    }
  }
  return { width: ny, height: nz, data };
}

function fromTheFront({ y, columns, rows }: FrontSurface, nearest: number): Panel {
  const data = new Uint8Array(columns * rows);
  for (let row = 0; row < rows; row++) {
    for (let x = 0; x < columns; x++) {
      const depth = (y[row * columns + x] ?? Number.NaN) - nearest;
      if (!Number.isNaN(depth)) data[(rows - 1 - row) * columns + x] = Math.max(30, 255 - 2 * depth);
    }
  }
  return { width: columns, height: rows, data };
}
