import type { PixelDescription } from './description.ts';
import type { Box } from './image.ts';
import type { SampleArray } from './samples.ts';

/** A stretch of a row, `end` excluded. */
export interface RowRun {
  readonly y: number;
  readonly start: number;
  readonly end: number;
}

/** The pixels of some boxes as stretches of rows that neither overlap nor leave the picture, from top to bottom. */
export function rowRuns(
  boxes: readonly Box[],
  { rows, columns }: Pick<PixelDescription, 'rows' | 'columns'>,
): RowRun[] {
  const runs: RowRun[] = [];
  for (let y = 0; y < rows; y++) {
    const spans = boxes
      .filter(([, top, , height]) => y >= top && y < top + height)
      .map(([left, , width]) => [Math.max(0, left), Math.min(columns, left + width)] as const)
      .filter(([start, end]) => start < end)
      .sort((a, b) => a[0] - b[0]);
    let open: { start: number; end: number } | undefined;
    for (const [start, end] of spans) {
      if (open !== undefined && start <= open.end) open.end = Math.max(open.end, end);
      else {
        if (open !== undefined) runs.push({ y, ...open });
        open = { start, end };
      }
    }
    if (open !== undefined) runs.push({ y, ...open });
  }
  return runs;
}

/** Puts `ink` (one value a channel) into every pixel of the boxes. Works in place. */
export function fillBoxes(
  values: SampleArray,
  description: PixelDescription,
  boxes: readonly Box[],
  ink: readonly number[],
): void {
  const { columns, samplesPerPixel: channels } = description;
  for (const { y, start, end } of rowRuns(boxes, description)) {
    for (let at = (y * columns + start) * channels; at < (y * columns + end) * channels; at += channels) {
      for (let c = 0; c < channels; c++) values[at + c] = ink[c] ?? 0;
    }
  }
}
