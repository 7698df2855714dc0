import sharp from 'sharp';
import type { Sample, Token } from '../frames/sample.ts';
import type { Look } from './look.ts';
import type { Miss } from './tally.ts';

/** Room around a word, and how large it is shown. */
const ROOM = 8;
const [CELL_WIDTH, CELL_HEIGHT, COLUMNS] = [300, 80, 3];

/**
 * A sheet of generated words that were missed, one a frame: what they look like says more than their number. Real frames are
 * left out: what they show is not ours to print.
 */
export async function sheetOfMisses(
  looks: readonly Look[],
  misses: readonly Miss[],
  most: number,
): Promise<Buffer> {
  const chosen = new Map<Sample, Miss>();
  for (const miss of misses) {
    if (chosen.size < most && !chosen.has(miss.sample)) chosen.set(miss.sample, miss);
  }
  const cells: { input: Buffer; left: number; top: number }[] = [];
  for (const [sample, { token }] of chosen) {
    const look = looks.find((one) => one.sample === sample);
    const found = sample.tokens.find(({ text }) => text === token);
    if (look === undefined || found === undefined || found.ink.length === 0) continue;
    const at = cells.length;
    cells.push({
      input: await cellOf(look, found),
      left: (at % COLUMNS) * CELL_WIDTH,
      top: Math.floor(at / COLUMNS) * CELL_HEIGHT,
    });
  }
  const height = Math.ceil(cells.length / COLUMNS) * CELL_HEIGHT;
  return sharp({ create: { width: COLUMNS * CELL_WIDTH, height, channels: 3, background: '#888' } })
    .composite(cells)
    .png({ palette: true, colours: 64 })
    .toBuffer();
}

function cellOf({ frame, sample }: Look, { ink }: Token): Promise<Buffer> {
  const xs = ink.filter((_, i) => i % 2 === 0);
  const ys = ink.filter((_, i) => i % 2 === 1);
  const { image } = frame;
  const left = Math.max(0, Math.min(...xs) - ROOM);
  const top = Math.max(0, Math.min(...ys) - ROOM);
  const width = Math.min(image.width, Math.max(...xs) + ROOM) - left;
  const height = Math.min(image.height, Math.max(...ys) + ROOM) - top;
  const raw = { width: image.width, height: image.height, channels: image.kind === 'rgb' ? 3 : 1 } as const;
  const upright = (360 - Number(sample.traits.turn ?? 0)) % 360;
  return sharp(image.data, { raw })
    .extract({ left, top, width, height })
    .toColourspace('srgb')
    .png()
    .toBuffer()
    .then((png) =>
      sharp(png)
        .rotate(upright)
        .resize(CELL_WIDTH - 8, CELL_HEIGHT - 8, { fit: 'contain', background: '#888', kernel: 'nearest' })
        .extend({ top: 4, bottom: 4, left: 4, right: 4, background: '#888' })
        .png()
        .toBuffer(),
    );
}
