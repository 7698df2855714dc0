import type { GreyImage } from '../dicom/pixels/image.ts';
import { PhiGateError } from '../errors.ts';
import { type Component, findComponents, type Polarity, relief } from './components.ts';
import type { LineSetting } from './line-features.ts';
import { chainLines, isGlyphLike, type Line } from './lines.ts';

/** A row of character-like components, and how it was found. Of a vertical one x and y are exchanged throughout. */
export interface FoundLine extends LineSetting {
  readonly line: Line;
  readonly polarity: Polarity;
}

/** Grey levels by which text stands out: plain text, faint text, and text that only an even ground lets show. */
const [PLAIN, FAINT, FAINTEST] = [56, 20, 9];
/** Mean differences from the local mean: below the first a picture is even, above the second faint text drowns. */
const [QUIET, LOUD] = [1.5, 24];
/** More than this in one picture is noise, and would take long to chain. */
const MOST_GLYPHS = 200_000;

/**
 * Rows of character-like components, light on dark and dark on light, at several contrasts, from left to right and from top
 * to bottom.
 * @param standing how far each pixel stands out, where that is known
 * @throws PhiGateError `too-large` where a picture is mostly noise: it is not cleared then
 */
export function searchLines(plane: GreyImage, standing = relief(plane)): FoundLine[] {
  const found: FoundLine[] = [];
  const contrasts = contrastsFor(standing);
  for (const contrast of contrasts) {
    const sets = findComponents(plane, standing, contrast);
    for (const polarity of ['light', 'dark'] as const) {
      const crowd = new Crowd(plane);
      const candidates = sets[polarity].components((x, y, w, h, area) => {
        crowd.add(x, y);
        return isGlyphLike(w, h, area) || isGlyphLike(h, w, area);
      });
      if (candidates.length > MOST_GLYPHS)
        throw new PhiGateError('too-large', 'the frame is too noisy to look for text in it');
      for (const vertical of [false, true]) {
        const glyphs = vertical
          ? candidates.filter(({ width, height, area }) => isGlyphLike(height, width, area)).map(exchanged)
          : candidates.filter(({ width, height, area }) => isGlyphLike(width, height, area));
        for (const line of chainLines(glyphs)) {
          if (line.glyphs < 2) continue;
          found.push({ line, polarity, contrast, vertical, density: crowd.around(line, vertical) });
        }
      }
    }
  }
  return found;
}

/** Every seventh pixel tells. */
function contrastsFor(standing: Int16Array): readonly number[] {
  let sum = 0;
  for (let i = 0; i < standing.length; i += 7) sum += Math.abs(standing[i] as number);
  const loudness = sum / (standing.length / 7);
  return loudness < QUIET ? [PLAIN, FAINT, FAINTEST] : loudness < LOUD ? [PLAIN, FAINT] : [PLAIN];
}

function exchanged(component: Component): Component {
  const { x, y, width, height, area, level, edge, runs } = component;
  return { x: y, y: x, width: height, height: width, area, level, edge, runs };
}

/** Side of a cell, as a power of two. */
const CELL = 5;

/** Counts components in cells of the picture; noise has them everywhere, a line of text has its own and few around. */
class Crowd {
  readonly #columns: number;
  readonly #rows: number;
  readonly #counts: Uint32Array;

  constructor({ width, height }: GreyImage) {
    this.#columns = (width >> CELL) + 1;
    this.#rows = (height >> CELL) + 1;
    this.#counts = new Uint32Array(this.#columns * this.#rows);
  }

  add(x: number, y: number): void {
    const cell = (y >> CELL) * this.#columns + (x >> CELL);
    this.#counts[cell] = (this.#counts[cell] as number) + 1;
  }

  /** Components a thousand pixels in the cells that a line touches. */
  around({ box }: Line, vertical: boolean): number {
    const [x, y, w, h] = vertical ? [box[1], box[0], box[3], box[2]] : box;
    const [left, right] = [x >> CELL, Math.min(this.#columns - 1, (x + w) >> CELL)];
    const [top, bottom] = [y >> CELL, Math.min(this.#rows - 1, (y + h) >> CELL)];
    let sum = 0;
    for (let row = top; row <= bottom; row++) {
      for (let column = left; column <= right; column++)
        sum += this.#counts[row * this.#columns + column] as number;
    }
    const cells = (right - left + 1) * (bottom - top + 1);
    return (1000 * sum) / (cells << (2 * CELL));
  }
}
