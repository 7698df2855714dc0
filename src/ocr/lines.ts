import type { Box } from '../dicom/pixels/image.ts';
import type { Component } from './components.ts';

/** Components that stand side by side as the characters of a line do. */
export interface Line {
  readonly box: Box;
  /** Characters, as far as their shapes tell: one for each component of full height, more for a wide one. */
  readonly glyphs: number;
  /** Median height of the components of full height, in pixels. */
  readonly glyphHeight: number;
  /** 0 to 1: share of components that stand on or hang from the line's common edges. */
  readonly aligned: number;
  /** Spread of the grey levels of the components, against the contrast: text is drawn in one colour. */
  readonly unevenness: number;
  /** Median step in grey levels across the edges of the components. */
  readonly edge: number;
  /** 0 to 1: share of the components with the proportions of one letter. */
  readonly slender: number;
  /** 0 to 1: share of the components of about the median height. */
  readonly even: number;
  /** Median width of a stroke, against the height: area over width and height together. */
  readonly stroke: number;
  readonly components: readonly Component[];
}

const SMALLEST = 5;
const LARGEST = 100;

/** Could be a character, or a few that touch: not a speck, not a frame around the picture, not a solid block. */
export function isGlyphLike({ width, height, area }: Component): boolean {
  if (height < SMALLEST || height > LARGEST || width > height * 12 || width > 400) return false;
  const fill = area / (width * height);
  if (height > width * 12) return false;
  return fill > 0.12 && (fill < 0.9 || width <= height * 0.45);
}

/** Chains of components, each with a neighbour to its right at the distance of a character or a space. */
export function chainLines(candidates: readonly Component[]): Line[] {
  const sorted = [...candidates].sort((a, b) => a.x - b.x);
  const rows = new Map<number, number[]>();
  const bucket = (y: number) => Math.floor(y / 8);
  const chainOf = sorted.map((_, i) => i);
  const root = (i: number): number => {
    let at = i;
    while ((chainOf[at] as number) !== at) at = chainOf[at] as number;
    chainOf[i] = at;
    return at;
  };
  sorted.forEach((right, i) => {
    const middle = bucket(right.y + right.height / 2);
    const reach = Math.ceil(right.height / 8) + 1;
    let best: { index: number; gap: number } | undefined;
    for (let row = middle - reach; row <= middle + reach; row++) {
      const members = rows.get(row) ?? [];
      for (let m = members.length - 1; m >= Math.max(0, members.length - 24); m--) {
        const index = members[m] as number;
        const left = sorted[index] as Component;
        const gap = right.x - (left.x + left.width);
        if (follows(left, right, gap) && (best === undefined || gap < best.gap)) best = { index, gap };
      }
    }
    if (best !== undefined) chainOf[root(i)] = root(best.index);
    const members = rows.get(middle);
    if (members === undefined) rows.set(middle, [i]);
    else members.push(i);
  });
  const chains = new Map<number, Component[]>();
  sorted.forEach((component, i) => {
    const key = root(i);
    const chain = chains.get(key);
    if (chain === undefined) chains.set(key, [component]);
    else chain.push(component);
  });
  return [...chains.values()].map(describeLine);
}

function follows(left: Component, right: Component, gap: number): boolean {
  const taller = Math.max(left.height, right.height);
  const smaller = Math.min(left.height, right.height);
  if (gap > taller * 1.3 || gap < -0.4 * taller) return false;
  if (taller > smaller * 2.2) return false;
  const overlap = Math.min(left.y + left.height, right.y + right.height) - Math.max(left.y, right.y);
  return overlap >= smaller * 0.6 && Math.abs(left.level - right.level) <= 60;
}

function describeLine(chain: readonly Component[]): Line {
  const left = Math.min(...chain.map((c) => c.x));
  const top = Math.min(...chain.map((c) => c.y));
  const right = Math.max(...chain.map((c) => c.x + c.width));
  const bottom = Math.max(...chain.map((c) => c.y + c.height));
  const glyphHeight = median(chain.map((c) => c.height));
  return {
    box: [left, top, right - left, bottom - top],
    glyphs: chain.reduce((sum, c) => sum + Math.max(1, Math.round(c.width / (glyphHeight * 0.9))), 0),
    glyphHeight,
    aligned: alignment(chain, glyphHeight),
    unevenness: spread(chain.map((c) => c.level)),
    edge: median(chain.map((c) => c.edge)),
    slender: share(chain, (c) => c.width >= c.height * 0.08 && c.width <= c.height * 1.4),
    even: share(chain, (c) => c.height >= glyphHeight * 0.5 && c.height <= glyphHeight * 1.6),
    stroke: median(chain.map((c) => c.area / (c.width + c.height))) / glyphHeight,
    components: chain,
  };
}

/** Share of the components whose foot or head is level with that of their neighbours. */
function alignment(chain: readonly Component[], glyphHeight: number): number {
  const tolerance = Math.max(1, glyphHeight * 0.12);
  const foot = median(chain.map((c) => c.y + c.height));
  const head = median(chain.map((c) => c.y));
  const level = chain.filter(
    (c) => Math.abs(c.y + c.height - foot) <= tolerance || Math.abs(c.y - head) <= tolerance,
  );
  return level.length / chain.length;
}

function share(chain: readonly Component[], test: (component: Component) => boolean): number {
  return chain.filter(test).length / chain.length;
}

function spread(values: readonly number[]): number {
  const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
  return Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length);
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
