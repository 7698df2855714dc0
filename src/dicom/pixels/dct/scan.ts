import { PhiGateError } from '../../../errors.ts';
import type { Box } from '../image.ts';
import { BitReader, BitWriter, type HuffmanTable, huffmanTable } from './huffman.ts';
import type { DctComponent, DctState } from './segments.ts';

/** A component of a scan with its tables. */
interface Part {
  readonly component: DctComponent;
  /** The DC table that the stream is read with, and its number. */
  readonly dc: HuffmanTable;
  readonly dcId: number;
  /** The one that it is written with. */
  writes: HuffmanTable;
  readonly ac: HuffmanTable;
  /** The quantized DC coefficient of black. */
  readonly black: number;
}

/** A scan written anew, and the DC tables that it needs instead of those in force. */
export interface RewrittenScan {
  readonly bytes: Uint8Array;
  readonly tables: readonly Uint8Array[];
}

/**
 * Writes a scan with all minimum coded units (MCU) that a box touches in black: DC alone, no AC. The DC of other blocks keeps
 * its value, though its difference to the block before may be another; their AC bits are copied.
 * @param header the SOS segment behind its length (T.81 B.2.3)
 * @param segments entropy-coded data between restart markers, without stuffing
 * @param markers the restart markers between them
 */
export function rewriteScan(
  state: DctState,
  header: Uint8Array,
  segments: readonly Uint8Array[],
  markers: readonly number[],
  boxes: readonly Box[],
  blackOf: (component: DctComponent) => number,
): RewrittenScan {
  const { frame } = state;
  if (frame === undefined) throw new PhiGateError('malformed', 'the JPEG stream has a scan before its frame');
  const count = header[0] ?? 0;
  const parts = Array.from({ length: count }, (_, i) => partOf(state, header, i, blackOf));
  const tables = replacedTables(parts, frame.precision);
  const most = (of: (component: DctComponent) => number) => Math.max(...frame.components.map(of));
  const [across, down] = [most((c) => c.across), most((c) => c.down)];
  const [unitWidth, unitHeight] = [8 * across, 8 * down];
  const single = count === 1 ? parts[0]?.component : undefined;
  // One component alone: a unit is a block, and blocks of padding are left out (T.81 A.2.2).
  const columns = single
    ? Math.ceil(Math.ceil((frame.columns * single.across) / across) / 8)
    : Math.ceil(frame.columns / unitWidth);
  const rows = single
    ? Math.ceil(Math.ceil((frame.rows * single.down) / down) / 8)
    : Math.ceil(frame.rows / unitHeight);
  const isBlack = (unit: number): boolean => {
    const [x, y] = [unit % columns, Math.floor(unit / columns)];
    const left = (single ? Math.floor(x / single.across) : x) * unitWidth;
    const top = (single ? Math.floor(y / single.down) : y) * unitHeight;
    return boxes.some(
      (box) =>
        box[0] < left + unitWidth &&
        box[0] + box[2] > left &&
        box[1] < top + unitHeight &&
        box[1] + box[3] > top,
    );
  };
  const out: Uint8Array[] = [];
  let unit = 0;
  for (const [index, segment] of segments.entries()) {
    const units = state.restart > 0 ? Math.min(state.restart, columns * rows - unit) : columns * rows - unit;
    out.push(rewriteSegment(segment, parts, unit, units, single !== undefined, isBlack));
    unit += units;
    const marker = markers[index];
    if (marker !== undefined) out.push(Uint8Array.of(0xff, marker));
  }
  if (unit !== columns * rows)
    throw new PhiGateError('malformed', 'the JPEG scan has fewer units than its picture');
  return { bytes: Buffer.concat(out), tables };
}

function partOf(
  state: DctState,
  header: Uint8Array,
  index: number,
  blackOf: (component: DctComponent) => number,
): Part {
  const component = state.frame?.components.find(({ id }) => id === header[1 + 2 * index]);
  const ids = header[2 + 2 * index] ?? 0;
  const dc = state.dc.get(ids >> 4);
  const ac = state.ac.get(ids & 15);
  if (component === undefined || dc === undefined || ac === undefined)
    throw new PhiGateError('malformed', 'the JPEG scan names a component or a table that is missing');
  return { component, dc, dcId: ids >> 4, writes: dc, ac, black: blackOf(component) };
}

/** New DC tables, with a code for every size, where the stream's own lacks some: differences become larger. */
function replacedTables(parts: readonly Part[], precision: number): Uint8Array[] {
  const sizes = precision > 8 ? 16 : 12;
  const lacking = new Set(
    parts
      .filter(({ dc }) => [...Array(sizes).keys()].some((size) => !dc.codes.has(size)))
      .map(({ dcId }) => dcId),
  );
  return [...lacking].map((id) => {
    const length = sizes > 15 ? 5 : 4;
    const counts = Uint8Array.from({ length: 16 }, (_, i) => (i + 1 === length ? sizes : 0));
    const symbols = Uint8Array.from({ length: sizes }, (_, i) => i);
    for (const part of parts) if (part.dcId === id) part.writes = huffmanTable(counts, symbols);
    return Uint8Array.of(0xff, 0xc4, 0, 19 + sizes, id, ...counts, ...symbols);
  });
}

function rewriteSegment(
  segment: Uint8Array,
  parts: readonly Part[],
  first: number,
  units: number,
  single: boolean,
  isBlack: (unit: number) => boolean,
): Uint8Array {
  const reader = new BitReader(segment);
  const writer = new BitWriter();
  const predicted = parts.map(() => ({ read: 0, written: 0 }));
  for (let unit = first; unit < first + units; unit++) {
    const black = isBlack(unit);
    for (const [index, part] of parts.entries()) {
      const { component } = part;
      const blocks = single ? 1 : component.across * component.down;
      const prediction = predicted[index] ?? { read: 0, written: 0 };
      for (let block = 0; block < blocks; block++) {
        const { dc, start, end } = readBlock(reader, part, prediction.read);
        prediction.read = dc;
        const value = black ? part.black : dc;
        writeDifference(writer, part.writes, value - prediction.written);
        prediction.written = value;
        if (black) writer.symbol(part.ac, END_OF_BLOCK);
        else writer.copy(segment, start, end);
      }
    }
  }
  return writer.end();
}

const END_OF_BLOCK = 0;
const ZERO_RUN = 0xf0;

/** The DC value of a block, and where its AC bits lie (T.81 F.2.2). */
function readBlock(
  reader: BitReader,
  part: Part,
  predicted: number,
): { dc: number; start: number; end: number } {
  const size = reader.symbol(part.dc);
  const dc = predicted + signed(reader.bits(size), size);
  const start = reader.position;
  for (let k = 1; k < 64; ) {
    const symbol = reader.symbol(part.ac);
    if (symbol === END_OF_BLOCK) break;
    k += (symbol >> 4) + 1;
    if (symbol !== ZERO_RUN) reader.skip(symbol & 15);
    if (k > 64) throw new PhiGateError('malformed', 'a block of the JPEG scan has too many coefficients');
  }
  return { dc, start, end: reader.position };
}

/** T.81 F.2.2.1, EXTEND. */
const signed = (bits: number, size: number): number =>
  size === 0 || bits >= 1 << (size - 1) ? bits : bits - (1 << size) + 1;

function writeDifference(writer: BitWriter, table: HuffmanTable, difference: number): void {
  const size = 32 - Math.clz32(Math.abs(difference));
  writer.symbol(table, size);
  writer.bits(difference < 0 ? difference + (1 << size) - 1 : difference, size);
}
