import type { GreyImage } from '../dicom/pixels/image.ts';
import { PhiGateError } from '../errors.ts';
import { type Component, components, localMean, type Polarity } from './components.ts';
import type { LineSetting } from './line-features.ts';
import { chainLines, isGlyphLike, type Line } from './lines.ts';

/** A row of character-like components, and how it was found. Of a vertical one x and y are exchanged throughout. */
export interface FoundLine extends LineSetting {
  readonly line: Line;
  readonly polarity: Polarity;
}

/** Grey levels by which text stands out: plain text, and faint text. */
const CONTRASTS = [56, 20];
/** For pictures without noise, where fainter text still has clean shapes. */
const FAINTEST = 9;
/** Mean difference from the local mean below which a picture counts as quiet. */
const QUIET = 1.5;
/** More than this in one picture is noise, and would take long to chain. */
const MOST_GLYPHS = 200_000;

/**
 * Rows of character-like components, light on dark and dark on light, at several contrasts, from left to right and from top
 * to bottom.
 * @throws PhiGateError `too-large` where a picture is mostly noise: it is not cleared then
 */
export function searchLines(plane: GreyImage): FoundLine[] {
  const found: FoundLine[] = [];
  const mean = localMean(plane);
  const contrasts = isQuiet(plane, mean) ? [...CONTRASTS, FAINTEST] : CONTRASTS;
  for (const polarity of ['light', 'dark'] as const) {
    for (const contrast of contrasts) {
      const all = components(plane, mean, polarity, contrast);
      const density = densityOf(all, plane);
      for (const vertical of [false, true]) {
        const glyphs = (vertical ? all.map(exchanged) : all).filter(isGlyphLike);
        if (glyphs.length > MOST_GLYPHS)
          throw new PhiGateError('too-large', 'the frame is too noisy to look for text in it');
        for (const line of chainLines(glyphs)) {
          if (line.glyphs < 2) continue;
          found.push({ line, polarity, contrast, vertical, density: density(line, vertical) });
        }
      }
    }
  }
  return found;
}

/** Every seventh pixel tells. */
function isQuiet({ data }: GreyImage, mean: Uint8Array): boolean {
  let sum = 0;
  for (let i = 0; i < data.length; i += 7) sum += Math.abs((data[i] as number) - (mean[i] as number));
  return sum / (data.length / 7) < QUIET;
}

function exchanged(component: Component): Component {
  const { x, y, width, height } = component;
  return { ...component, x: y, y: x, width: height, height: width };
}

const CELL = 32;

/** Counts components in cells of the picture; noise has them everywhere, a line of text has its own and few around. */
function densityOf(
  all: readonly Component[],
  { width, height }: GreyImage,
): (line: Line, vertical: boolean) => number {
  const columns = Math.ceil(width / CELL);
  const rows = Math.ceil(height / CELL);
  const counts = new Uint32Array(columns * rows);
  for (const { x, y } of all) {
    const cell = Math.floor(y / CELL) * columns + Math.floor(x / CELL);
    counts[cell] = (counts[cell] as number) + 1;
  }
  return ({ box }, vertical) => {
    const [x, y, w, h] = vertical ? [box[1], box[0], box[3], box[2]] : box;
    let [sum, cells] = [0, 0];
    const last = (at: number, limit: number) => Math.min(limit - 1, Math.floor(at / CELL));
    for (let row = last(y, rows); row <= last(y + h, rows); row++) {
      for (let column = last(x, columns); column <= last(x + w, columns); column++, cells++) {
        sum += counts[row * columns + column] as number;
      }
    }
    return (1000 * sum) / (cells * CELL * CELL);
  };
}
