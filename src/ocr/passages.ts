import type { Box } from '../dicom/pixels/image.ts';
import type { Word } from './reader.ts';
import { readingPlace, type Turn } from './turn.ts';

/** The words of a frame as running text, and the way back from the text to the picture. */
export interface FramePassage {
  /** Lines from top to bottom, parted by line feeds; words by spaces. */
  readonly text: string;
  /** Box around the words that the code points `[start, end)` touch; undefined where they touch none. */
  boxOf(start: number, end: number): Box | undefined;
  /** The words that the code points `[start, end)` touch. */
  wordsOf(start: number, end: number): Word[];
}

interface Placed {
  readonly word: Word;
  readonly start: number;
  readonly end: number;
}

/**
 * Text for detectors: the preferred reading of all words, and, where some words have an alternative, a second passage with
 * those in place. None where there are no words.
 */
export function passagesOfFrame(words: readonly Word[]): FramePassage[] {
  if (words.length === 0) return [];
  const preferred = passageOf(words, (word) => word.text);
  if (words.every((word) => word.alternative === undefined)) return [preferred];
  return [preferred, passageOf(words, (word) => word.alternative ?? word.text)];
}

function passageOf(words: readonly Word[], reading: (word: Word) => string): FramePassage {
  const placed: Placed[] = [];
  let text = '';
  let at = 0;
  for (const line of linesOf(words)) {
    for (const [i, word] of line.entries()) {
      const separator = at === 0 ? '' : i === 0 ? '\n' : ' ';
      const written = reading(word);
      const start = at + separator.length;
      at = start + [...written].length;
      text += separator + written;
      placed.push({ word, start, end: at });
    }
  }
  const wordsOf = (start: number, end: number) =>
    placed.filter((place) => place.start < end && place.end > start).map(({ word }) => word);
  return { text, wordsOf, boxOf: (start, end) => boxAround(wordsOf(start, end).map(({ box }) => box)) };
}

/**
 * Words whose middles are level stand on one line, whatever the gap: a label and its value may stand far apart. Turned words
 * make lines of their own, behind the upright ones.
 */
function linesOf(words: readonly Word[]): Word[][] {
  return TURNS.flatMap((turn) => linesTurned(words.filter((word) => (word.turn ?? 0) === turn)));
}

const TURNS: readonly Turn[] = [0, 90, 180, 270];

function linesTurned(words: readonly Word[]): Word[][] {
  const lines: Placing[][] = [];
  const placings = words.map((word) => ({ word, place: readingPlace(word.box, word.turn ?? 0) }));
  for (const placing of placings.sort((a, b) => middle(a.place) - middle(b.place))) {
    const line = lines.at(-1);
    const last = line?.at(-1);
    if (line !== undefined && last !== undefined && isLevel(last.place, placing.place)) line.push(placing);
    else lines.push([placing]);
  }
  for (const line of lines) line.sort((a, b) => a.place[0] - b.place[0]);
  return lines.map((line) => line.map(({ word }) => word));
}

interface Placing {
  readonly word: Word;
  readonly place: Box;
}

const middle = (box: Box): number => box[1] + box[3] / 2;

function isLevel(a: Box, b: Box): boolean {
  return Math.abs(middle(a) - middle(b)) <= 0.4 * Math.min(a[3], b[3]);
}

/** The smallest box around all of them; undefined for none. */
export function boxAround(boxes: readonly Box[]): Box | undefined {
  if (boxes.length === 0) return undefined;
  const left = Math.min(...boxes.map((box) => box[0]));
  const top = Math.min(...boxes.map((box) => box[1]));
  const right = Math.max(...boxes.map((box) => box[0] + box[2]));
  const bottom = Math.max(...boxes.map((box) => box[1] + box[3]));
  return [left, top, right - left, bottom - top];
}
