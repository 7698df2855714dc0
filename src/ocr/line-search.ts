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
 * @throws PhiGateError `too-large` where a picture is mostly noise: it is not cleared then
 */
export function searchLines(plane: GreyImage): FoundLine[] {
  const found: FoundLine[] = [];
  const standing = relief(plane);
  const contrasts = contrastsFor(standing);
  for (const polarity of ['light', 'dark'] as const) {
    for (const contrast of contrasts) {
      const crowd = new Crowd(plane);
      const candidates = findComponents(plane, standing, polarity, contrast).components(
        (x, y, w, h, area) => {
          crowd.add(x, y);
          return isGlyphLike({ width: w, height: h, area }) || isGlyphLike({ width: h, height: w, area });
        },
      );
      if (candidates.length > MOST_GLYPHS)
        throw new PhiGateError('too-large', 'the frame is too noisy to look for text in it');
      for (const vertical of [false, true]) {
        const glyphs = (vertical ? candidates.map(exchanged) : candidates).filter(isGlyphLike);
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
  const { x, y, width, height } = component;
  return { ...component, x: y, y: x, width: height, height: width };
}

const CELL = 32;

/** Counts components in cells of the picture; noise has them everywhere, a line of text has its own and few around. */
class Crowd {
  readonly #columns: number;
  readonly #rows: number;
  readonly #counts: Uint32Array;

  constructor({ width, height }: GreyImage) {
    this.#columns = Math.ceil(width / CELL);
    this.#rows = Math.ceil(height / CELL);
    this.#counts = new Uint32Array(this.#columns * this.#rows);
  }

  add(x: number, y: number): void {
    const cell = Math.floor(y / CELL) * this.#columns + Math.floor(x / CELL);
    this.#counts[cell] = (this.#counts[cell] as number) + 1;
  }

  /** Components a thousand pixels in the cells that a line touches. */
  around({ box }: Line, vertical: boolean): number {
    const [x, y, w, h] = vertical ? [box[1], box[0], box[3], box[2]] : box;
    let [sum, cells] = [0, 0];
    const cellOf = (at: number, limit: number) => Math.min(limit - 1, Math.floor(at / CELL));
    for (let row = cellOf(y, this.#rows); row <= cellOf(y + h, this.#rows); row++) {
      for (let column = cellOf(x, this.#columns); column <= cellOf(x + w, this.#columns); column++, cells++) {
        sum += this.#counts[row * this.#columns + column] as number;
      }
    }
    return (1000 * sum) / (cells * CELL * CELL);
  }
}
