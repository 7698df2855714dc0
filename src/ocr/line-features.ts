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
  const strokes = chain.map((c) => c.area / (c.width + c.height));
  const widths = chain.map((c) => c.width / glyphHeight);
  const gaps = gapsOf(chain, glyphHeight);
  const runs = chain.map((c) => c.runs / (vertical ? c.width : c.height));
  const edges = chain.map((c) => c.edge);
  const edge = median(edges);
  return [
    chain.length,
    glyphHeight,
    contrast,
    density,
    Number(vertical),
    alignment(chain, glyphHeight),
    spread(chain.map((c) => c.level)),
    edge,
    spread(edges) / Math.max(1, edge),
    share(chain, (c) => c.width >= c.height * 0.08 && c.width <= c.height * 1.4),
    share(chain, (c) => c.height >= glyphHeight * 0.5 && c.height <= glyphHeight * 1.6),
    median(strokes) / glyphHeight,
    spread(strokes) / Math.max(0.5, median(strokes)),
    median(chain.map((c) => c.area / (c.width * c.height))),
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

function gapsOf(chain: readonly Component[], glyphHeight: number): number[] {
  if (chain.length < 2) return [0];
  return chain.slice(1).map((c, i) => {
    const before = chain[i] as Component;
    return (c.x - before.x - before.width) / glyphHeight;
  });
}

/** Share of the components whose foot or head is level with that of their neighbours. */
function alignment(chain: readonly Component[], glyphHeight: number): number {
  const tolerance = Math.max(1, glyphHeight * 0.12);
  const foot = median(chain.map((c) => c.y + c.height));
  const head = median(chain.map((c) => c.y));
  return share(
    chain,
    (c) => Math.abs(c.y + c.height - foot) <= tolerance || Math.abs(c.y - head) <= tolerance,
  );
}

function share(chain: readonly Component[], test: (component: Component) => boolean): number {
  return chain.filter(test).length / chain.length;
}

function spread(values: readonly number[]): number {
  const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
  return Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length);
}

/** The middle one; 0 of none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
