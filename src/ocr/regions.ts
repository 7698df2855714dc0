import type { Box, GreyImage, Image } from '../dicom/pixels/image.ts';
import { PhiGateError } from '../errors.ts';
import { type Code, type CodeKind, codesIn } from './codes/codes.ts';
import { type Polarity, relief } from './components.ts';
import { type Spaced, withoutCrossings } from './crossing.ts';
import { lineFeatures } from './line-features.ts';
import { scoreLine } from './line-model.ts';
import { type FoundLine, searchLines } from './line-search.ts';
import { readingPlanes } from './planes.ts';

/** A part of a picture that looks like a line of text. */
export interface Region {
  readonly box: Box;
  /** The grey picture in which it shows. */
  readonly plane: GreyImage;
  readonly polarity: Polarity;
  /** The line runs from top to bottom or from bottom to top. */
  readonly vertical: boolean;
  readonly glyphs: number;
  /** Components of the proportions of one letter: the halo around a word has fewer than the word. */
  readonly letters: number;
  readonly glyphHeight: number;
  /** How much its shapes speak for text: see `scoreLine`. */
  readonly score: number;
  /** Hardly anything but text looks so. */
  readonly sure: boolean;
  /** A symbol for machines: it is not read, and says who knows what. */
  readonly code?: CodeKind;
}

/** Score from which a line is worth reading. */
const CANDIDATE = 1;
/** Score from which a line is text whatever OCR makes of it, and the letters that such a line must have. */
const SURE = 4.5;
const FEWEST_LETTERS = 4;
const MOST_LINES = 6000;

/**
 * Where a picture may hold text: lines of character-like components, light on dark and dark on light, level or upright; and
 * bar codes and the like.
 * Cheap, so that pictures without text need no OCR. Empty means that nothing here looks like text.
 * @param levels further views of the same pixels
 * @throws PhiGateError `too-large` where a picture is mostly noise: it is not cleared then
 */
export function textRegions(image: Image, ...levels: readonly Image[]): Region[] {
  const found: Candidate[] = [];
  const codes: Region[] = [];
  const planes = [image, ...levels].flatMap(readingPlanes);
  planes.forEach((plane, i) => {
    const standing = relief(plane);
    // A code is as dark and as light as can be: the first view shows it.
    if (i === 0) codes.push(...codesIn(plane, standing).map((code) => codeRegion(code, plane)));
    const candidates: Candidate[] = [];
    for (const line of searchLines(plane, standing)) {
      const score = scoreLine(lineFeatures(line.line, line));
      if (score >= CANDIDATE) candidates.push({ ...regionOf(line, score, plane), gap: gapOf(line) });
    }
    found.push(...withoutCrossings(candidates));
  });
  if (found.length > MOST_LINES)
    throw new PhiGateError('too-large', 'the frame is too noisy to look for text in it');
  const text = withoutRepeats(found).filter(
    (region) => !codes.some((code) => covered(code.box, region.box) >= INSIDE),
  );
  return [...codes, ...text];
}

type Candidate = Region & Spaced;

/** Median distance from one component to the next. */
function gapOf({ line }: FoundLine): number {
  const sorted = [...line.components].sort((a, b) => a.x - b.x);
  const gaps = sorted.slice(1).map((c, i) => c.x - ((sorted[i]?.x ?? 0) + (sorted[i]?.width ?? 0)));
  return gaps.sort((a, b) => a - b)[gaps.length >> 1] ?? 0;
}

/** Bars and modules look like letters in places. */
const INSIDE = 0.7;

function codeRegion({ kind, box }: Code, plane: GreyImage): Region {
  return {
    box,
    plane,
    polarity: 'dark',
    vertical: false,
    glyphs: 0,
    letters: 0,
    glyphHeight: 0,
    score: SURE,
    sure: true,
    code: kind,
  };
}

function regionOf({ line, polarity, vertical }: FoundLine, score: number, plane: GreyImage): Region {
  const [x, y, width, height] = line.box;
  const letters = line.components.filter(
    (c) => c.width >= c.height * 0.08 && c.width <= c.height * 1.4,
  ).length;
  return {
    box: vertical ? [y, x, height, width] : line.box,
    plane,
    polarity,
    vertical,
    glyphs: line.glyphs,
    letters,
    glyphHeight: line.glyphHeight,
    score,
    sure: score >= SURE && line.glyphs >= FEWEST_LETTERS,
  };
}

/** One region for what several planes, polarities and contrasts show: the one that speaks most for text. */
function withoutRepeats(regions: readonly Region[]): Region[] {
  const best = [...regions].sort((a, b) => weight(b) - weight(a));
  const kept: Region[] = [];
  for (const region of best) {
    if (!kept.some((other) => isRepeat(other, region))) kept.push(region);
  }
  return kept.sort((a, b) => a.box[1] - b.box[1] || a.box[0] - b.box[0]);
}

/** Many letters say more than few, and a better score more than a worse one. */
function weight({ score, letters }: Region): number {
  return score + 2 * Math.log2(1 + letters);
}

/**
 * What stands in a line's box in the other polarity or across it, with fewer letters, is its letters' insides and halo. What
 * has letters of another size is another text, though it stands in the midst.
 */
function isRepeat(kept: Region, region: Region): boolean {
  const share = covered(kept.box, region.box);
  if (kept.sure && (region.polarity !== kept.polarity || region.vertical !== kept.vertical)) {
    const overlap = Math.max(share, covered(region.box, kept.box));
    return overlap >= 0.25 && region.letters < 0.6 * kept.letters;
  }
  const taller = Math.max(kept.glyphHeight, region.glyphHeight);
  const like = kept.sure && kept.score > region.score && kept.glyphs > region.glyphs ? 2.5 : 1.6;
  return share >= 0.6 && taller <= like * Math.min(kept.glyphHeight, region.glyphHeight);
}

/** Share of `inner` that lies in `outer`. */
function covered(outer: Box, inner: Box): number {
  const width = Math.min(outer[0] + outer[2], inner[0] + inner[2]) - Math.max(outer[0], inner[0]);
  const height = Math.min(outer[1] + outer[3], inner[1] + inner[3]) - Math.max(outer[1], inner[1]);
  return width > 0 && height > 0 ? (width * height) / (inner[2] * inner[3]) : 0;
}
