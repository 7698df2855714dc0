/** A picture in two levels. */
export interface BlackWhite {
  readonly width: number;
  readonly height: number;
  /** 1 black, 0 white, row by row. */
  readonly black: Uint8Array;
}

/** A pixel that differs less than this from its surroundings stays as the one before it in the row: codes are stark. */
const STEP = 16;

/** By how much the pixels of a picture stand out; see `relief`. */
export interface Standing {
  readonly width: number;
  readonly height: number;
  readonly values: Int16Array;
}

/** Black where a picture is darker than around; flat stretches of a row go on as they began. */
export function blackWhite({ width, height, values }: Standing): BlackWhite {
  const black = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    let state = 0;
    for (let i = y * width; i < (y + 1) * width; i++) {
      const difference = values[i] as number;
      if (difference < -STEP) state = 1;
      else if (difference > STEP) state = 0;
      black[i] = state;
    }
  }
  return { width, height, black };
}

/** Columns as rows. */
export function transposed({ width, height, values }: Standing): Standing {
  const out = new Int16Array(values.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) out[x * height + y] = values[y * width + x] as number;
  }
  return { width: height, height: width, values: out };
}

/** Upside down. */
export function mirrored({ width, height, black }: BlackWhite): BlackWhite {
  const out = new Uint8Array(black.length);
  for (let y = 0; y < height; y++)
    out.set(black.subarray(y * width, (y + 1) * width), (height - 1 - y) * width);
  return { width, height, black: out };
}

/** Rows around a row that are looked at, and how many of them must change at the same place. */
const [AROUND, OF_THEM] = [2, 4];

/**
 * For every `step`th row, where it changes from black to white or back as most rows around it do: straight edges stay, those of
 * noise go.
 */
export function* straightEdges({ width, height, black }: BlackWhite, step: number): Generator<number[]> {
  const counts = new Uint8Array(width);
  const count = (y: number, by: 1 | -1) => {
    if (y < 0 || y >= height) return;
    const base = y * width;
    for (let x = 1; x < width; x++) {
      if (black[base + x] !== black[base + x - 1]) counts[x] = (counts[x] as number) + by;
    }
  };
  for (let y = 0; y < AROUND; y++) count(y, 1);
  for (let y = 0; y < height; y++) {
    count(y + AROUND, 1);
    count(y - AROUND - 1, -1);
    if (y % step !== 0) continue;
    const edges: number[] = [];
    for (let x = 1; x < width; x++) if ((counts[x] as number) >= OF_THEM) edges.push(x);
    yield edges;
  }
}
