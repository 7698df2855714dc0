import type { Box } from '../dicom/pixels/image.ts';

/** A line that may be text, and how far apart its glyphs stand. */
export interface Spaced {
  readonly box: Box;
  readonly vertical: boolean;
  /** Median distance between neighbours along the line, in pixels. */
  readonly gap: number;
}

/** Share of a line's length that lines across it take up. */
const CROSSED = 0.5;
/** A line across is longer than the other is wide: more than one letter of it stands beside. */
const LONGER = 1.5;

/**
 * Lines without those that only the letters of other lines make, one below another. Letters of a word stand closer to one
 * another than lines of a paragraph do: of two directions the closer one is that of reading.
 */
export function withoutCrossings<Line extends Spaced>(lines: readonly Line[]): Line[] {
  return lines.filter((line) => {
    const across = lines.filter((other) => other.vertical !== line.vertical && crosses(other, line));
    const closer = across.filter((other) => other.gap < line.gap);
    return covered(line, closer) < CROSSED;
  });
}

/** From, to, and the same across, along the direction of `line`. */
function extents({ vertical }: Spaced, [x, y, width, height]: Box): [number, number, number, number] {
  return vertical ? [y, y + height, x, x + width] : [x, x + width, y, y + height];
}

function crosses(other: Spaced, line: Spaced): boolean {
  const [from, to, left, right] = extents(line, line.box);
  const [start, end, near, far] = extents(line, other.box);
  return start < to && end > from && near < right && far > left && far - near > LONGER * (right - left);
}

/** Share of a line's length that lies in any of the others. */
function covered(line: Spaced, others: readonly Spaced[]): number {
  const [from, to] = extents(line, line.box);
  const spans = others
    .map(({ box }) => extents(line, box))
    .map(([start, end]) => [Math.max(from, start), Math.min(to, end)] as const)
    .sort((a, b) => a[0] - b[0]);
  let sum = 0;
  let at = from;
  for (const [start, end] of spans) {
    sum += Math.max(0, end - Math.max(at, start));
    at = Math.max(at, end);
  }
  return sum / Math.max(1, to - from);
}
