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
  const level = lines.filter(({ vertical }) => !vertical);
  const upright = lines.filter(({ vertical }) => vertical);
  if (level.length === 0 || upright.length === 0) return [...lines];
  return lines.filter((line) => {
    const closer = (line.vertical ? level : upright).filter(
      (other) => other.gap < line.gap && crosses(other.box, line.box, line.vertical),
    );
    return closer.length === 0 || covered(line, closer) < CROSSED;
  });
}

/** Whether `other` lies across a line and is long enough for one. */
function crosses(other: Box, line: Box, vertical: boolean): boolean {
  if (other[0] >= line[0] + line[2] || other[0] + other[2] <= line[0]) return false;
  if (other[1] >= line[1] + line[3] || other[1] + other[3] <= line[1]) return false;
  return vertical ? other[2] > LONGER * line[2] : other[3] > LONGER * line[3];
}

/** Share of a line's length that lies in any of the others. */
function covered({ box, vertical }: Spaced, others: readonly Spaced[]): number {
  const span = ([x, y, width, height]: Box) =>
    (vertical ? [y, y + height] : [x, x + width]) as [number, number];
  const [from, to] = span(box);
  const spans = others.map((other) => span(other.box)).sort((a, b) => a[0] - b[0]);
  let sum = 0;
  let at = from;
  for (const [start, end] of spans) {
    sum += Math.max(0, Math.min(to, end) - Math.max(at, start));
    at = Math.max(at, Math.min(to, end));
  }
  return sum / Math.max(1, to - from);
}
