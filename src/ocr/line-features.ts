import type { Component } from './components.ts';
import type { Line } from './lines.ts';

/** What a line was found with. */
export interface LineSetting {
  /** Grey levels by which its pixels had to stand out. */
  readonly contrast: number;
  /** Components a thousand pixels around the line, its own included. */
  readonly density: number;
  /** Runs from top to bottom: its components were turned before they were chained. */
  readonly vertical: boolean;
}

/** Names of the features, in the order of `lineFeatures`. */
export const LINE_FEATURES = [
  'components',
  'glyphHeight',
  'contrast',
  'density',
  'vertical',
  'aligned',
  'unevenness',
  'edge',
  'edgeSpread',
  'slender',
  'even',
  'stroke',
  'strokeSpread',
  'fill',
  'widthSpread',
  'proportion',
  'gap',
  'gapSpread',
  'rise',
  'runs',
  'runsSpread',
  'wide',
] as const;

/**
 * Numbers that tell a line of text from a row of anything else: letters have one height, one pen, one colour, level feet or
 * heads, even gaps and several strokes a row. All are relative to the height of the letters, so that size does not matter.
 */
export function lineFeatures(line: Line, { contrast, density, vertical }: LineSetting): number[] {
  const { components: chain, glyphHeight } = line;
  const count = chain.length;
  const strokes = new Float64Array(count);
  const widths = new Float64Array(count);
  const gaps = new Float64Array(Math.max(1, count - 1));
  const runs = new Float64Array(count);
  const edges = new Float64Array(count);
  const levels = new Float64Array(count);
  const fills = new Float64Array(count);
  let [slender, even] = [0, 0];
  for (let i = 0; i < count; i++) {
    const component = chain[i] as Component;
    const { x, width, height, area } = component;
    strokes[i] = area / (width + height);
    widths[i] = width / glyphHeight;
    runs[i] = component.runs / (vertical ? width : height);
    edges[i] = component.edge;
    levels[i] = component.level;
    fills[i] = area / (width * height);
    if (width >= height * 0.08 && width <= height * 1.4) slender++;
    if (height >= glyphHeight * 0.5 && height <= glyphHeight * 1.6) even++;
    const next = chain[i + 1];
    if (next !== undefined) gaps[i] = (next.x - x - width) / glyphHeight;
  }
  const edge = median(edges);
  const stroke = median(strokes);
  return [
    count,
    glyphHeight,
    contrast,
    density,
    Number(vertical),
    alignment(chain, glyphHeight),
    spread(levels),
    edge,
    spread(edges) / Math.max(1, edge),
    slender / count,
    even / count,
    stroke / glyphHeight,
    spread(strokes) / Math.max(0.5, stroke),
    median(fills),
    spread(widths),
    median(widths),
    median(gaps),
    spread(gaps),
    line.box[3] / glyphHeight,
    median(runs),
    spread(runs),
    line.box[2] / glyphHeight,
  ];
}

/** Share of the components whose foot or head is level with that of their neighbours. */
function alignment(chain: readonly Component[], glyphHeight: number): number {
  const tolerance = Math.max(1, glyphHeight * 0.12);
  const foot = median(Float64Array.from(chain, (c) => c.y + c.height));
  const head = median(Float64Array.from(chain, (c) => c.y));
  let level = 0;
  for (const { y, height } of chain) {
    if (Math.abs(y + height - foot) <= tolerance || Math.abs(y - head) <= tolerance) level++;
  }
  return level / chain.length;
}

function spread(values: Float64Array): number {
  let [sum, squares] = [0, 0];
  for (let i = 0; i < values.length; i++) sum += values[i] as number;
  const mean = sum / values.length;
  for (let i = 0; i < values.length; i++) squares += ((values[i] as number) - mean) ** 2;
  return Math.sqrt(squares / values.length);
}

/** The middle one; 0 of none. The order of `values` is not kept. */
export function median(values: Float64Array): number {
  // Most rows have a few components: sorting them in place by hand is faster than the general way.
  if (values.length > 24) values.sort();
  else {
    for (let i = 1; i < values.length; i++) {
      const value = values[i] as number;
      let at = i;
      for (; at > 0 && (values[at - 1] as number) > value; at--) values[at] = values[at - 1] as number;
      values[at] = value;
    }
  }
  return values[values.length >> 1] ?? 0;
}
