import type { Frame, FrameReader } from './frames.ts';
import { greyImage, type Image, rgbImage } from './image.ts';

/** Where the frames of a tiled image lie in the whole (PS3.3 C.7.6.17.3), in pixels from its top left corner. */
export interface TileLayout {
  readonly width: number;
  readonly height: number;
  /** One for each frame: left, top. */
  readonly places: readonly (readonly [left: number, top: number])[];
}

/** The tile whose corner lies so many pixels to the right of another's, and below it. */
export type TileAt = (index: number, right: number, below: number) => number | undefined;

/**
 * Finds tiles by their places. Several may lie in one place, of other focal planes or optical paths: the first of each place
 * belong together then, and the second.
 */
export function tilesByPlace({ places }: Pick<TileLayout, 'places'>): TileAt {
  const byPlace = new Map<string, number[]>();
  const ranks = places.map(([left, top], index) => {
    const here = byPlace.get(key(left, top)) ?? [];
    byPlace.set(key(left, top), here);
    return here.push(index) - 1;
  });
  return (index, right, below) => {
    const [left, top] = places[index] ?? [];
    if (left === undefined || top === undefined) return undefined;
    return byPlace.get(key(left + right, top + below))?.[ranks[index] as number];
  };
}

/** Pixels of the tiles to the right and below that are looked at together with a tile: as much as a few words need. */
const OVERLAP = 192;
/** Decoded tiles that are kept for their neighbours. */
const KEPT = 96;

/**
 * Reads each frame of a tiled image together with the beginning of its neighbours to the right and below, so that text across
 * the border of two tiles is seen whole. Boxes count from the corner of the frame and may reach beyond it.
 */
export function withNeighbours(reader: FrameReader, layout: TileLayout): FrameReader {
  const { width, height, places } = layout;
  const tileAt = tilesByPlace(layout);
  const kept = new Map<number, Promise<Frame>>();
  const read = (index: number): Promise<Frame> => {
    const known = kept.get(index);
    if (known !== undefined) return known;
    const frame = reader.read(index);
    // Whoever asks gets the error; a tile that nobody asks for again must not end the process.
    frame.catch(() => undefined);
    kept.set(index, frame);
    for (const [oldest] of kept) if (kept.size > KEPT) kept.delete(oldest);
    return frame;
  };
  const neighbour = async (of: number, right: number, below: number): Promise<Decoded | undefined> => {
    const index = tileAt(of, right, below);
    const frame = index === undefined ? undefined : await read(index).catch(() => undefined);
    return frame?.state === 'decoded' ? frame : undefined;
  };
  return {
    count: reader.count,
    read: async (index) => {
      const frame = await read(index);
      const place = places[index];
      if (frame.state !== 'decoded' || place === undefined) return frame;
      const [left, top] = place;
      const { width: w, height: h } = frame.image;
      const [right, below, across] = await Promise.all([
        neighbour(index, w, 0),
        neighbour(index, 0, h),
        neighbour(index, w, h),
      ]);
      // Beyond the last column and row tiles are filled up; what they show there is looked at all the same.
      const room: Room = [left + w < width ? OVERLAP : 0, top + h < height ? OVERLAP : 0];
      if ((room[0] === 0 || right === undefined) && (room[1] === 0 || below === undefined)) return frame;
      return joined(frame, room, [right, below, across]);
    },
  };
}

type Decoded = Extract<Frame, { state: 'decoded' }>;
type Room = readonly [right: number, below: number];
type Neighbours = readonly [right?: Decoded, below?: Decoded, across?: Decoded];

const key = (left: number, top: number): string => `${left},${top}`;

/** Views beyond the first are of one tile's own levels: they are left as they are, for neighbours have others. */
function joined(frame: Decoded, [roomRight, roomBelow]: Room, neighbours: Neighbours): Decoded {
  const { width: w, height: h, kind } = frame.image;
  const [right, below] = neighbours;
  const width = w + (right === undefined ? 0 : Math.min(roomRight, right.image.width));
  const height = h + (below === undefined ? 0 : Math.min(roomBelow, below.image.height));
  const channels = kind === 'rgb' ? 3 : 1;
  const data = new Uint8Array(width * height * channels);
  const put = (image: Image | undefined, left: number, top: number) => {
    if (image === undefined || image.kind !== kind) return;
    const columns = Math.min(image.width, width - left);
    for (let y = 0; y < Math.min(image.height, height - top); y++) {
      const from = y * image.width * channels;
      data.set(image.data.subarray(from, from + columns * channels), ((top + y) * width + left) * channels);
    }
  };
  put(frame.image, 0, 0);
  put(right?.image, w, 0);
  put(below?.image, 0, h);
  put(neighbours[2]?.image, w, h);
  const image = kind === 'rgb' ? rgbImage(width, height, data) : greyImage(width, height, data);
  return { ...frame, image };
}
