import type { Box } from '../dicom/pixels/image.ts';
import { boxAround } from './passages.ts';
import type { ReadRegion, Word } from './reader.ts';
import { isSafeTerm } from './safe-terms.ts';

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

/** Certainty from which a word counts as text that a person could read. */
const CERTAIN = 0.6;

/**
 * Where a frame holds text, for redaction: regions that are text for sure or in which a word was read. A box covers the
 * region and its words with a margin, for the edges of glyphs are softer than their insides.
 */
export function textBoxes(readings: readonly ReadRegion[]): TextBox[] {
  return readings.flatMap((reading) => {
    const kind = kindOf(reading);
    const box = boxAround([reading.region.box, ...reading.words.map((word) => word.box)]);
    return kind === undefined || box === undefined
      ? []
      : [{ kind, box: widened(box, reading.region.glyphHeight, reading.region.plane) }];
  });
}

function kindOf({ region, words }: ReadRegion): TextKind | undefined {
  const certain = words.filter((word) => word.confidence >= CERTAIN && letters(word) > 0);
  if (certain.some((word) => !isSafeTerm(word.text))) return 'unsafe';
  if (certain.length > 0) return 'safe';
  return region.sure ? 'unexplained' : undefined;
}

function letters({ text }: Word): number {
  return text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
}

function widened(box: Box, glyphHeight: number, { width, height }: { width: number; height: number }): Box {
  const room = Math.max(2, Math.round(glyphHeight * 0.25));
  const left = Math.max(0, box[0] - room);
  const top = Math.max(0, box[1] - room);
  const right = Math.min(width, box[0] + box[2] + room);
  const bottom = Math.min(height, box[1] + box[3] + room);
  return [left, top, right - left, bottom - top];
}
