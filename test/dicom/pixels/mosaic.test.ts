import { describe, expect, it } from 'vitest';
import type { Frame, FrameReader } from '../../../src/dicom/pixels/frames.ts';
import { greyImage } from '../../../src/dicom/pixels/image.ts';
import { withNeighbours } from '../../../src/dicom/pixels/mosaic.ts';

const SIDE = 256;

/** Tiles each of whose pixels have the tile's number. */
const reader = (read: number[] = []): FrameReader => ({
  count: 4,
  read: async (index) => {
    read.push(index);
    const image = greyImage(SIDE, SIDE, new Uint8Array(SIDE * SIDE).fill(index + 1));
    return index === 3 ? { state: 'not-run', why: 'cut' } : { state: 'decoded', image, levels: [] };
  },
});
const layout = {
  width: 2 * SIDE,
  height: 2 * SIDE,
  places: [
    [0, 0],
    [SIDE, 0],
    [0, SIDE],
    [SIDE, SIDE],
  ] as const,
};

function picture(frame: Frame) {
  if (frame.state !== 'decoded') throw new Error(frame.why);
  const { width, height, data } = frame.image;
  return { width, height, at: (x: number, y: number) => data[y * width + x] };
}

describe('withNeighbours', () => {
  it('shows a tile with the beginnings of those to the right and below', async () => {
    const { width, height, at } = picture(await withNeighbours(reader(), layout).read(0));
    expect([width, height]).toEqual([448, 448]);
    expect([at(255, 255), at(256, 0), at(0, 256), at(300, 300)]).toEqual([1, 2, 3, 0]);
  });

  it('leaves the last ones as they are, and says what could not be read', async () => {
    const tiled = withNeighbours(reader(), layout);
    expect(picture(await tiled.read(1)).width).toBe(SIDE);
    expect(picture(await tiled.read(1)).height).toBe(SIDE);
    expect(await tiled.read(3)).toEqual({ state: 'not-run', why: 'cut' });
  });

  it('shows the neighbours of its own layer where several tiles lie in one place', async () => {
    const row = layout.places.slice(0, 2);
    const layers = withNeighbours(reader(), { ...layout, height: SIDE, places: [...row, ...row] });
    expect(picture(await layers.read(0)).at(256, 0)).toBe(2);
  });

  it('decodes each tile once', async () => {
    const read: number[] = [];
    const tiled = withNeighbours(reader(read), layout);
    for (let i = 0; i < 4; i++) await tiled.read(i);
    expect([...read].sort()).toEqual([0, 1, 2, 3]);
  });
});
