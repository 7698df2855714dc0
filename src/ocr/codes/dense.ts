import type { Box } from '../../dicom/pixels/image.ts';
import type { Standing } from './black-white.ts';

const BLOCK = 16;
/** A pixel of a code stands out by this much: bars and modules are as dark and as light as can be. */
const STARK = 48;
/** Share of the pixels of a block that do, where a code covers half of it. */
const SHARE = 0.45;
/** Blocks around a patch that are looked at with it. */
const ROOM = 1;

/**
 * Patches of a picture that are black and white all over, which every code is and little else: only there is it worth
 * looking closer. Every second pixel of every second row tells.
 */
export function densePatches({ width, height, values }: Standing): Box[] {
  const columns = Math.ceil(width / BLOCK);
  const rows = Math.ceil(height / BLOCK);
  const counts = new Uint16Array(columns * rows);
  for (let y = 0; y < height; y += 2) {
    const row = Math.floor(y / BLOCK) * columns;
    for (let x = 0; x < width; x += 2) {
      const value = values[y * width + x] as number;
      if (value > STARK || value < -STARK) counts[row + (x >> 4)] = (counts[row + (x >> 4)] as number) + 1;
    }
  }
  const dense = Uint8Array.from(counts, (count) => (count >= SHARE * (BLOCK / 2) ** 2 ? 1 : 0));
  const patches: Box[] = [];
  for (let at = 0; at < dense.length; at++) {
    if (dense[at] === 1) patches.push(patchAt(dense, columns, rows, at, width, height));
  }
  return patches;
}

/** The blocks that hang together with one, which are taken out. */
function patchAt(
  dense: Uint8Array,
  columns: number,
  rows: number,
  start: number,
  width: number,
  height: number,
): Box {
  let [left, right, top, bottom] = [columns, 0, rows, 0];
  const open = [start];
  dense[start] = 0;
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const [x, y] = [at % columns, Math.floor(at / columns)];
    [left, right, top, bottom] = [
      Math.min(left, x),
      Math.max(right, x),
      Math.min(top, y),
      Math.max(bottom, y),
    ];
    for (let v = Math.max(0, y - 1); v <= Math.min(rows - 1, y + 1); v++) {
      for (let u = Math.max(0, x - 1); u <= Math.min(columns - 1, x + 1); u++) {
        const next = v * columns + u;
        if (dense[next] !== 1) continue;
        dense[next] = 0;
        open.push(next);
      }
    }
  }
  const from = (block: number) => Math.max(0, block - ROOM) * BLOCK;
  const to = (block: number, limit: number) => Math.min(limit, (block + 1 + ROOM) * BLOCK);
  const [x, y] = [from(left), from(top)];
  return [x, y, to(right, width) - x, to(bottom, height) - y];
}
