import { rgbFromPalette } from './color.ts';
import type { PixelDescription } from './description.ts';
import type { SampleArray } from './samples.ts';

/**
 * What black is in a frame, one stored value a channel. Of grey pictures the darkest value that the frame itself has, so
 * that windows which viewers work out from the range of the values stay as they are.
 */
export function blackOf(values: SampleArray, description: PixelDescription): number[] {
  const { photometric, bitsStored, samplesPerPixel } = description;
  if (photometric === 'PALETTE COLOR') return [darkestEntry(values, description)];
  if (photometric.startsWith('YBR_FULL')) return [0, 2 ** (bitsStored - 1), 2 ** (bitsStored - 1)];
  if (samplesPerPixel > 1) return Array.from({ length: samplesPerPixel }, () => 0);
  const [low, high] = rangeOf(values);
  return [photometric === 'MONOCHROME1' ? high : low];
}

function rangeOf(values: SampleArray): [low: number, high: number] {
  let low = values[0] ?? 0;
  let high = low;
  for (let i = 1; i < values.length; i++) {
    const value = values[i] as number;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, high];
}

/** The value, among those that the frame has, whose colour is darkest. */
function darkestEntry(values: SampleArray, description: PixelDescription): number {
  const { palette } = description;
  if (palette === undefined) return 0;
  const used = Int32Array.from(new Set(values)); // palettes have 16 bits, and may begin below zero
  const samples = { width: used.length, height: 1, channels: 1, bits: description.bitsStored, values: used };
  const rgb = rgbFromPalette(samples, palette, description);
  const light = (i: number) =>
    77 * (rgb[3 * i] ?? 0) + 150 * (rgb[3 * i + 1] ?? 0) + 29 * (rgb[3 * i + 2] ?? 0);
  let best = 0;
  for (let i = 1; i < used.length; i++) if (light(i) < light(best)) best = i;
  return used[best] ?? 0;
}
