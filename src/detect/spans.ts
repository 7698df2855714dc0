/** Turns UTF-16 offsets of a text into code-point offsets; the identity where no character is outside the BMP. */
export function codePointOffsets(text: string): (offset: number) => number {
  if (!/[\ud800-\udbff]/.test(text)) return (offset) => offset;
  const before = new Uint32Array(text.length + 1);
  for (let i = 0, points = 0; i < text.length; i++) {
    before[i] = points;
    const code = text.charCodeAt(i);
    const isHighOfPair = code >= 0xd800 && code <= 0xdbff && i + 1 < text.length;
    if (!isHighOfPair) points++;
    before[i + 1] = points;
  }
  return (offset) => before[offset] ?? 0;
}

/** Cuts code points `[start, end)` out of a text: one walk over it, however many are asked for. */
export function codePointSlicer(text: string): (start: number, end: number) => string {
  if (!/[\ud800-\udbff]/.test(text)) return (start, end) => text.slice(start, end);
  const units = new Uint32Array(text.length + 1);
  let points = 0;
  for (let unit = 0; unit < text.length; points++) {
    units[points] = unit;
    unit += (text.codePointAt(unit) ?? 0) > 0xffff ? 2 : 1;
  }
  units.fill(text.length, points);
  return (start, end) => text.slice(units[start] ?? text.length, units[end] ?? text.length);
}

interface Range {
  readonly start: number;
  readonly end: number;
}

/** Asks ranges that follow one another and do not overlap, of which a long text has very many. */
export class Ranges {
  readonly #ranges: readonly Range[];

  constructor(ranges: readonly Range[]) {
    this.#ranges = ranges;
  }

  /** Whether one of them holds all of a stretch. */
  hold({ start, end }: Range): boolean {
    return end <= this.#endOfLast(start + 1);
  }

  /** Whether one of them holds part of it. */
  touch({ start, end }: Range): boolean {
    return start < this.#endOfLast(end);
  }

  /** Where the last range ends that begins before an offset; -1 for none. */
  #endOfLast(offset: number): number {
    let [low, high] = [0, this.#ranges.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#ranges[middle]?.start ?? 0) < offset) low = middle + 1;
      else high = middle;
    }
    return this.#ranges[low - 1]?.end ?? -1;
  }
}
