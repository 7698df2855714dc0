import type { Ground } from '../draw/grounds.ts';
import type { Lettering } from '../draw/lettering.ts';
import type { Random } from '../random.ts';
import type { Token } from './sample.ts';

type Box = readonly [number, number, number, number];

/** Where the ink of a lettering lies in it. */
function extent({ width, height, ink, outline }: Lettering): Box {
  let [left, top, right, bottom] = [width, height, 0, 0];
  for (let i = 0; i < ink.length; i++) {
    if (ink[i] === 0 && !outline?.[i]) continue;
    const [x, y] = [i % width, Math.floor(i / width)];
    left = Math.min(left, x);
    right = Math.max(right, x + 1);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y + 1);
  }
  return [left, top, right - left, bottom - top];
}

/** Keeps lines apart from one another, and inside the picture. */
export class Places {
  readonly #taken: Box[] = [];
  readonly #width: number;
  readonly #height: number;

  constructor(width: number, height: number) {
    this.#width = width;
    this.#height = height;
  }

  /** Top left corner for a lettering, so that its ink has room; undefined where there is none. */
  find(
    lettering: Lettering,
    random: Random,
    atBorder: boolean,
    room: number,
    allowed: (box: Box) => boolean = () => true,
  ): [number, number] | undefined {
    const [ix, iy, width, height] = extent(lettering);
    const [free, wide] = [this.#width - width, this.#height - height];
    if (free < 2 || wide < 2) return undefined;
    for (let attempt = 0; attempt < 60; attempt++) {
      const spot: [number, number] = [random.whole(1, free - 1), random.whole(1, wide - 1)];
      if (atBorder) {
        const gap = random.whole(0, 2);
        const edge = random.whole(0, 3);
        if (edge === 0) spot[0] = gap;
        if (edge === 1) spot[0] = free - gap;
        if (edge === 2) spot[1] = gap;
        if (edge === 3) spot[1] = wide - gap;
      }
      const box: Box = [spot[0] - room, spot[1] - room, width + 2 * room, height + 2 * room];
      if (this.#taken.some((other) => meet(other, box)) || !allowed(box)) continue;
      this.#taken.push(box);
      return [spot[0] - ix, spot[1] - iy];
    }
    return undefined;
  }
}

function meet(a: Box, b: Box): boolean {
  return a[0] < b[0] + b[2] && b[0] < a[0] + a[2] && a[1] < b[1] + b[3] && b[1] < a[1] + a[3];
}

/** A step in level from which an eye sees a pixel as ink. */
const VISIBLE = 0.03;

/** Draws ink of `level` (and its outline) into a picture, in place; tokens with the pixels that changed visibly. */
export function inkInto(
  picture: Ground,
  lettering: Lettering,
  [left, top]: readonly [number, number],
  level: number,
  identifying: readonly boolean[],
): Token[] {
  const changed = new Set<number>();
  const blend = (mask: Uint8Array, value: number) => {
    for (let i = 0; i < mask.length; i++) {
      const share = (mask[i] as number) / 255;
      const [x, y] = [left + (i % lettering.width), top + Math.floor(i / lettering.width)];
      if (share === 0 || x < 0 || y < 0 || x >= picture.width || y >= picture.height) continue;
      const at = y * picture.width + x;
      const before = picture.level[at] as number;
      const after = before + (value - before) * share;
      if (Math.abs(after - before) > VISIBLE) changed.add(i);
      picture.level[at] = after;
    }
  };
  if (lettering.outline) blend(lettering.outline, level > 0.5 ? 0.02 : 0.98);
  blend(lettering.ink, level);
  return lettering.words.map(({ text, box: [x, y, width, height] }, n) => {
    const ink: number[] = [];
    for (const i of changed) {
      const [px, py] = [i % lettering.width, Math.floor(i / lettering.width)];
      if (px >= x && px < x + width && py >= y && py < y + height) ink.push(left + px, top + py);
    }
    return { text, identifying: identifying[n] ?? false, ink };
  });
}
