import type { Box } from '../dicom/pixels/image.ts';
import { count, isExplained } from './explained.ts';
import { boxAround } from './passages.ts';
import type { ReadRegion } from './reader.ts';
import type { Region } from './regions.ts';
import { isSafeReading } from './safe-terms.ts';
import { certain } from './words.ts';

/**
 * What the text in a box is, as far as reading tells: nothing but safe terms, words that are not among them, or a line that
 * is text by its shapes and could not be read.
 */
export type TextKind = 'safe' | 'unsafe' | 'unexplained';

/** A part of a frame that holds text. */
export interface TextBox {
  readonly box: Box;
  readonly kind: TextKind;
}

/**
 * Where a frame holds text, for redaction: regions that are text for sure or in which words were read. A box covers the
 * region and its words with a margin, for the edges of glyphs are softer than their insides.
 */
export function textBoxes(readings: readonly ReadRegion[]): TextBox[] {
  return readings.flatMap((reading) => {
    const kind = kindOf(reading);
    const box = boxAround([reading.region.box, ...certain(reading.words).map((word) => word.box)]);
    return kind === undefined || box === undefined ? [] : [{ kind, box: widened(box, reading.region) }];
  });
}

/** Certainty that noise hardly ever has, and letters read with it that make a region text, whatever its score. */
const STRONG = 0.8;
const FEWEST_STRONG = 3;
/** The same of words that are certain and no more. */
const FEWEST_CERTAIN = 5;

/** What a region is; undefined where neither its shapes nor its words say that it is text. */
function kindOf({ region, words }: ReadRegion): TextKind | undefined {
  const read = certain(words);
  const strong = words.filter((word) => word.confidence >= STRONG);
  const isText = region.sure || count(strong) >= FEWEST_STRONG || count(read) >= FEWEST_CERTAIN;
  if (!isText) return undefined;
  if (read.some((word) => !isSafeReading(word))) return 'unsafe';
  return isExplained(region, words) ? 'safe' : 'unexplained';
}

/** Room at the ends for a character that the region lacks: a dash, a dot, a thin digit. */
function widened(box: Box, { glyphHeight, vertical, plane: { width, height } }: Region): Box {
  const along = Math.max(3, Math.round(glyphHeight * 0.5));
  const beside = Math.max(2, Math.round(glyphHeight * 0.25));
  const [across, down] = vertical ? [beside, along] : [along, beside];
  const left = Math.max(0, box[0] - across);
  const top = Math.max(0, box[1] - down);
  const right = Math.min(width, box[0] + box[2] + across);
  const bottom = Math.min(height, box[1] + box[3] + down);
  return [left, top, right - left, bottom - top];
}
