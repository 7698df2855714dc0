import type { Measured } from './measure.ts';

/** One line of the table. */
export interface Row extends Measured {
  readonly what: string;
  /** CPU seconds of what this one is held against; the ratio is to stay under `limit`. */
  readonly against?: number;
  readonly limit?: number;
  /** Times faster than `against`, to stay over this. */
  readonly atLeast?: number;
  /** Megabytes. */
  readonly peakLimit?: number;
  readonly note?: string;
  /** What was measured, where it is not a process by its CPU. */
  readonly figure?: {
    readonly value: number;
    readonly unit: string;
    readonly atMost?: number;
    readonly atLeast?: number;
  };
}

/** Why a row misses its goal; undefined where it has none or meets it. */
export function shortfall(row: Row): string | undefined {
  if (row.status !== 0) return `ended with ${row.status}`;
  const { value = 0, atMost, atLeast } = row.figure ?? {};
  if (atMost !== undefined && value > atMost) return `over ${atMost}`;
  if (atLeast !== undefined && value < atLeast) return `under ${atLeast}`;
  if (row.against !== undefined && row.limit !== undefined && row.cpu / row.against > row.limit)
    return `over ${row.limit}x`;
  if (row.against !== undefined && row.atLeast !== undefined && row.against / row.cpu < row.atLeast)
    return `under ${row.atLeast}x`;
  if (row.peakLimit !== undefined && !((row.peakMegabytes ?? Infinity) < row.peakLimit))
    return `over ${row.peakLimit} MB`;
  return undefined;
}

export function formatTable(rows: readonly Row[]): string {
  const cells = rows.map((row) => [
    row.what,
    row.figure ? '' : row.cpu.toFixed(2),
    row.figure ? '' : row.wall.toFixed(2),
    row.peakMegabytes?.toFixed(0) ?? '',
    ratioOf(row),
    shortfall(row) ?? goalOf(row),
  ]);
  const table = [['', 'CPU s', 'wall s', 'peak MB', 'ratio', ''], ...cells];
  const widths = (table[0] ?? []).map((_, column) =>
    Math.max(...table.map((line) => line[column]?.length ?? 0)),
  );
  const pad = (cell: string, column: number) =>
    column === 0 || column > 3 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0);
  return `${table.map((line) => line.map(pad).join('  ').trimEnd()).join('\n')}\n`;
}

function ratioOf(row: Row): string {
  if (row.note) return row.note;
  if (row.figure) return `${row.figure.value.toFixed(2)} ${row.figure.unit}`.trimEnd();
  if (row.against === undefined) return '';
  return row.atLeast === undefined
    ? `${(row.cpu / row.against).toFixed(2)}x the loop`
    : `${(row.against / row.cpu).toFixed(1)}x as fast`;
}

function goalOf(row: Row): string {
  if (row.figure?.atMost !== undefined) return `ok, at most ${row.figure.atMost}`;
  if (row.figure?.atLeast !== undefined) return `ok, at least ${row.figure.atLeast}`;
  if (row.limit !== undefined) return `ok, at most ${row.limit}x`;
  if (row.atLeast !== undefined) return `ok, at least ${row.atLeast}x`;
  return row.peakLimit === undefined ? '' : `ok, under ${row.peakLimit} MB`;
}
