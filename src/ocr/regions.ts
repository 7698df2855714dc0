import type { Box, GreyImage, Image } from '../dicom/pixels/image.ts';
import { PhiGateError } from '../errors.ts';
import { components, localMean, type Polarity } from './components.ts';
import { chainLines, isGlyphLike, type Line } from './lines.ts';
import { readingPlanes } from './planes.ts';

/** A part of a picture that looks like a line of text. */
export interface Region {
  readonly box: Box;
  /** The grey picture in which it shows. */
  readonly plane: GreyImage;
  readonly polarity: Polarity;
  readonly glyphs: number;
  /** Components of the proportions of one letter: the halo around a word has fewer than the word. */
  readonly letters: number;
  readonly glyphHeight: number;
  /** Several aligned characters of one colour: hardly anything but text looks so. */
  readonly sure: boolean;
}

/** Grey levels by which text stands out: plain text, and faint text, where shapes must be better. */
const CONTRASTS = [56, 20] as const;

/**
 * Where a picture may hold text: lines of character-like components, light on dark and dark on light, at two contrasts.
 * Cheap, so that pictures without text need no OCR. Empty means that nothing here looks like text.
 * @param levels further views of the same pixels
 * @throws PhiGateError `too-large` where a picture is mostly noise: it is not cleared then
 */
export function textRegions(image: Image, ...levels: readonly Image[]): Region[] {
  const found: Region[] = [];
  for (const plane of [image, ...levels].flatMap(readingPlanes)) {
    const mean = localMean(plane);
    for (const polarity of ['light', 'dark'] as const) {
      for (const contrast of CONTRASTS) {
        const glyphs = components(plane, mean, polarity, contrast).filter(isGlyphLike);
        if (glyphs.length > MOST_GLYPHS)
          throw new PhiGateError('too-large', 'the frame is too noisy to look for text in it');
        for (const line of chainLines(glyphs)) {
          if (!isTextLike(line)) continue;
          found.push({
            box: line.box,
            plane,
            polarity,
            glyphs: line.glyphs,
            letters: line.slender * line.components.length,
            glyphHeight: line.glyphHeight,
            sure: isSure(line),
          });
        }
      }
    }
  }
  if (found.length > MOST_LINES)
    throw new PhiGateError('too-large', 'the frame is too noisy to look for text in it');
  return withoutRepeats(found);
}

/** More than this in one picture is noise, and would take long to chain. */
const MOST_GLYPHS = 200_000;
const MOST_LINES = 6000;

/** A line no higher than characters with ascenders and descenders, of one colour and one pen. */
function isTextLike(line: Line): boolean {
  if (line.glyphs < 2 || line.aligned < 0.6 || line.unevenness > 40) return false;
  if (line.box[3] > line.glyphHeight * 2.2 || line.stroke < 0.07 || line.stroke > 0.5) return false;
  return isSharp(line) || isFaintLine(line);
}

/** Sharp edges: the fewer components there are, the better they must be. One alone may be a word whose letters touch. */
function isSharp(line: Line): boolean {
  const count = line.components.length;
  if (line.glyphHeight < 6) return false;
  if (count === 1) return line.edge >= 110 && line.glyphHeight <= 40;
  if (count === 2)
    return line.edge >= 90 && line.aligned === 1 && line.unevenness <= 12 && line.slender >= 0.5;
  return line.edge >= 70 && line.slender >= 0.5;
}

/** Grey on nearly the same grey has no sharp edges: there the shapes must be those of a line. */
function isFaintLine(line: Line): boolean {
  if (line.components.length < 5 || line.edge < 25) return false;
  if (line.aligned < 0.8 || line.unevenness > 15 || line.slender < 0.7 || line.even < 0.8) return false;
  return line.stroke >= 0.08 && line.stroke <= 0.45;
}

/** At least five letters of one colour, one size and one pen on one base, with sharp edges. */
function isSure(line: Line): boolean {
  if (line.slender * line.components.length < 5 || line.glyphHeight < 7) return false;
  if (line.aligned < 0.8 || line.unevenness > 25 || line.edge < 60) return false;
  if (line.box[3] > line.glyphHeight * 1.9 || line.slender < 0.7 || line.even < 0.9) return false;
  return line.stroke >= 0.09 && line.stroke <= 0.45;
}

/** One region for what several planes, polarities and contrasts show: the one with most characters, the sure first. */
function withoutRepeats(regions: readonly Region[]): Region[] {
  const best = [...regions].sort((a, b) => Number(b.sure) - Number(a.sure) || b.letters - a.letters);
  const kept: Region[] = [];
  for (const region of best) {
    if (!kept.some((other) => isRepeat(other, region))) kept.push(region);
  }
  return kept.sort((a, b) => a.box[1] - b.box[1] || a.box[0] - b.box[0]);
}

/**
 * What stands in a line's box in the other polarity, with fewer letters, is its letters' insides and halo. What has letters
 * of another size is another text, though it stands in the midst.
 */
function isRepeat(kept: Region, region: Region): boolean {
  const share = covered(kept.box, region.box);
  if (kept.sure && region.polarity !== kept.polarity) {
    const overlap = Math.max(share, covered(region.box, kept.box));
    return overlap >= 0.25 && region.letters < 0.6 * kept.letters;
  }
  const taller = Math.max(kept.glyphHeight, region.glyphHeight);
  return share >= 0.6 && taller <= 1.6 * Math.min(kept.glyphHeight, region.glyphHeight);
}

/** Share of `inner` that lies in `outer`. */
function covered(outer: Box, inner: Box): number {
  const width = Math.min(outer[0] + outer[2], inner[0] + inner[2]) - Math.max(outer[0], inner[0]);
  const height = Math.min(outer[1] + outer[3], inner[1] + inner[3]) - Math.max(outer[1], inner[1]);
  return width > 0 && height > 0 ? (width * height) / (inner[2] * inner[3]) : 0;
}
