import type { Box } from '../dicom/pixels/image.ts';
import type { Component } from './components.ts';
import { median } from './line-features.ts';

/** Components that stand side by side as the characters of a line do. */
export interface Line {
  readonly box: Box;
  /** Characters, as far as their shapes tell: one for each component of full height, more for a wide one. */
  readonly glyphs: number;
  /** Median height of the components, in pixels. */
  readonly glyphHeight: number;
  /** From left to right. */
  readonly components: readonly Component[];
}

const SMALLEST = 4;
const LARGEST = 100;

/** Could be a character, or a few that touch: not a speck, not a frame around the picture, not a solid block. */
export function isGlyphLike(width: number, height: number, area: number): boolean {
  if (height < SMALLEST || height > LARGEST || width > height * 12 || width > 400) return false;
  const fill = area / (width * height);
  if (height > width * 12) return false;
  return fill > 0.12 && (fill < 0.9 || width <= height * 0.45);
}

/** Chains of components that make two glyphs or more, each with a neighbour to its right at the distance of a character or a space. */
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
      const members = rows.get(row);
      if (members === undefined) continue;
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
  const lines: Line[] = [];
  for (const chain of chains.values())
    if (chain.length > 1 || isWide(chain[0])) lines.push(describeLine(chain));
  return lines;
}

/** Glyphs for a width, against the height of a glyph. */
const glyphsIn = (width: number, height: number): number => Math.max(1, Math.round(width / (height * 0.9)));

/** A component alone that may be a word whose letters touch. Most are alone, and no line. */
const isWide = (component: Component | undefined): boolean =>
  component !== undefined && glyphsIn(component.width, component.height) > 1;

function follows(left: Component, right: Component, gap: number): boolean {
  const taller = Math.max(left.height, right.height);
  const smaller = Math.min(left.height, right.height);
  if (gap > taller * 1.6 || gap < -0.4 * taller) return false;
  if (taller > smaller * 2.2) return false;
  const overlap = Math.min(left.y + left.height, right.y + right.height) - Math.max(left.y, right.y);
  return overlap >= smaller * 0.6 && Math.abs(left.level - right.level) <= 60;
}

function describeLine(chain: readonly Component[]): Line {
  let [left, top] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  let [right, bottom] = [0, 0];
  for (const c of chain) {
    left = Math.min(left, c.x);
    top = Math.min(top, c.y);
    right = Math.max(right, c.x + c.width);
    bottom = Math.max(bottom, c.y + c.height);
  }
  const glyphHeight = median(Float64Array.from(chain, (c) => c.height));
  return {
    box: [left, top, right - left, bottom - top],
    glyphs: chain.reduce((sum, c) => sum + glyphsIn(c.width, glyphHeight), 0),
    glyphHeight,
    components: chain,
  };
}
