import { PhiGateError } from '../../errors.ts';
import type { Palette, PaletteTable, PixelDescription } from './description.ts';
import type { Samples } from './samples.ts';
import { expandSegments } from './segmented-palette.ts';

/** 8-bit RGB from samples of any depth: the high bits count. */
export function rgbFromRgb(samples: Samples): Uint8Array {
  return to8Bit(samples);
}

/** YBR_FULL and YBR_FULL_422 to RGB (PS3.3 C.7.6.3.1.2: full range, Cb and Cr centred on half). */
export function rgbFromYbrFull(samples: Samples): Uint8Array {
  const ybr = to8Bit(samples);
  const out = new Uint8ClampedArray(ybr.length);
  for (let i = 0; i < ybr.length; i += 3) {
    const y = ybr[i] as number;
    const cb = (ybr[i + 1] as number) - 128;
    const cr = (ybr[i + 2] as number) - 128;
    out[i] = y + 1.402 * cr;
    out[i + 1] = y - 0.344136 * cb - 0.714136 * cr;
    out[i + 2] = y + 1.772 * cb;
  }
  return new Uint8Array(out.buffer);
}

/** PALETTE COLOR to RGB by the three tables (PS3.3 C.7.6.3.1.5). */
export function rgbFromPalette(
  samples: Samples,
  palette: Palette,
  description: PixelDescription,
): Uint8Array {
  const tables = [palette.red, palette.green, palette.blue].map((table) => tableOf(table, description));
  const [red, green, blue] = inEightBits(tables) as [Table, Table, Table];
  const { values } = samples;
  const out = new Uint8Array(values.length * 3);
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    out[i * 3] = entry(red, value);
    out[i * 3 + 1] = entry(green, value);
    out[i * 3 + 2] = entry(blue, value);
  }
  return out;
}

interface Table {
  readonly first: number;
  readonly entries: Uint16Array;
}

/** Values outside the table take its first or last entry. */
function entry(table: Table, value: number): number {
  const i = Math.min(Math.max(value - table.first, 0), table.entries.length - 1);
  return table.entries[i] as number;
}

/** Entries as 8 bits, by the bits that they use: writers put 8 or 12 of them into tables that say 16, and all would be dark. */
function inEightBits(tables: readonly Table[]): Table[] {
  const used = tables.map(({ entries }) => usedBits(entries));
  const shift = Math.max(0, Math.max(...used) - 8);
  return tables.map(({ first, entries }, i) => ({
    first,
    entries: (used[i] as number) > 8 ? entries.map((entry) => entry >> shift) : entries,
  }));
}

/** Writers put 8-bit entries into bytes or into words. */
function tableOf(table: PaletteTable, { littleEndian, pixelRepresentation }: PixelDescription): Table {
  const count = table.descriptor[0] === 0 ? 0x10000 : table.descriptor[0];
  const inBytes = table.segmented ? table.descriptor[2] === 8 : table.data.length < count * 2;
  const stored = inBytes ? Uint16Array.from(table.data) : wordsOf(table.data, littleEndian);
  const words = table.segmented ? expandSegments(stored, count) : stored.subarray(0, count);
  if (words.length < count) {
    throw new PhiGateError('malformed', 'a palette lookup table is shorter than its descriptor says');
  }
  return { first: firstMapped(table.descriptor[1], pixelRepresentation), entries: words };
}

/** The first value that is mapped has the sign that the samples have (PS3.3 C.7.6.3.1.5). */
const firstMapped = (first: number, pixelRepresentation: number): number =>
  pixelRepresentation === 1 && first > 0x7fff ? first - 0x10000 : first;

function wordsOf(data: Uint8Array, littleEndian: boolean): Uint16Array {
  const [low, high] = littleEndian ? [0, 1] : [1, 0];
  return Uint16Array.from({ length: data.length >> 1 }, (_, i) => {
    return (data[i * 2 + low] as number) | ((data[i * 2 + high] as number) << 8);
  });
}

function to8Bit(samples: Samples): Uint8Array {
  const { values, bits } = samples;
  if (values instanceof Uint8Array && bits === 8) return values;
  // Some writers declare more bits than they use; the largest value says how many are real.
  const used = usedBits(values);
  const scale = used > 8 ? 255 / (2 ** used - 1) : 1;
  return Uint8Array.from(values as Uint16Array, (value) => value * scale);
}

/** Bits that the largest value takes: at twelve in sixteen, text would be no lighter than its ground if all of them counted. */
function usedBits(values: ArrayLike<number>): number {
  let most = 0;
  for (let i = 0; i < values.length; i++) if ((values[i] as number) > most) most = values[i] as number;
  return 32 - Math.clz32(most);
}
