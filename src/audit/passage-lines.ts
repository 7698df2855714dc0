import { codePointSlicer } from '../detect/spans.ts';
import type { Locus, Passage } from '../model/passage.ts';

interface PlacedLine {
  readonly locus: Locus;
  /** Code points of the passage before the line, and of the line. */
  readonly start: number;
  readonly length: number;
  /** Code points of its place before the line. */
  readonly offset: number;
}

const linesOf = new WeakMap<Passage, readonly PlacedLine[]>();

/** Remembers that a passage was joined from lines that stand in places of their own, by line feeds or by nothing. */
export function mapLines(
  passage: Passage,
  lines: readonly { readonly text: string; readonly locus: Locus; readonly offset?: number }[],
  separatorLength = 1,
): Passage {
  let start = 0;
  const placed = lines.map(({ text, locus, offset = 0 }) => {
    const length = codePoints(text);
    const line = { locus, start, length, offset };
    start += length + separatorLength;
    return line;
  });
  linesOf.set(passage, placed);
  return passage;
}

/**
 * Where a span of a passage stands: the line in which it begins, and its offsets there in code points. A span that runs on
 * into the next line is cut at the end of the first. For a passage of one place: that place.
 */
export function placeOfSpan(
  passage: Passage,
  start: number,
  end: number,
): { readonly locus: Locus; readonly span: readonly [start: number, end: number] } {
  const line = linesOf.get(passage)?.findLast((candidate) => candidate.start <= start);
  if (line === undefined) return { locus: passage.locus, span: [start, end] };
  const [from, to] = [start - line.start, Math.min(end - line.start, line.length)];
  return { locus: line.locus, span: [line.offset + from, line.offset + to] };
}

const SURROGATES = /[\ud800-\udbff][\udc00-\udfff]/g;

/** Characters of a text as spans count them. */
export function codePoints(text: string): number {
  return text.length - (text.match(SURROGATES)?.length ?? 0);
}

const slicers = new WeakMap<Passage, ReturnType<typeof codePointSlicer>>();

/** The code points `[start, end)` of a passage. */
export function sliceOfPassage(passage: Passage, start: number, end: number): string {
  const slice = slicers.get(passage) ?? codePointSlicer(passage.text);
  slicers.set(passage, slice);
  return slice(start, end);
}
