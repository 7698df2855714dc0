import type { Word } from '../../src/ocr/reader.ts';
import type { TextBox } from '../../src/ocr/text-boxes.ts';
import type { Token } from '../frames/sample.ts';

/** Letters and digits alone, in one case: `D. O'Neil` is `doneil`. */
const bare = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** One error in five characters. */
const ERRORS = 5;

/** Whether a token stands in what was read, with at most one error in five characters. */
export function wasRead(token: string, words: readonly Word[]): boolean {
  const sought = bare(token);
  const readings = [
    words.map(({ text }) => bare(text)).join(' '),
    words.map(({ text, alternative }) => bare(alternative ?? text)).join(' '),
  ];
  return readings.some((text) => errorsWithin(sought, text) <= Math.floor(sought.length / ERRORS));
}

/** Whether a text of another reader has a token. */
export function standsIn(token: string, text: string): boolean {
  const sought = bare(token);
  const words = text.split(/\s+/).map(bare).join(' ');
  return errorsWithin(sought, words) <= Math.floor(sought.length / ERRORS);
}

/** Fewest edits that make `sought` a part of `text` (Sellers). */
function errorsWithin(sought: string, text: string): number {
  let row = Array.from({ length: sought.length + 1 }, (_, i) => i);
  let best = row.at(-1) ?? 0;
  for (const character of text) {
    const next = [0];
    for (let i = 1; i <= sought.length; i++) {
      const same = sought[i - 1] === character ? 0 : 1;
      next.push(Math.min((row[i - 1] ?? 0) + same, (row[i] ?? 0) + 1, (next[i - 1] ?? 0) + 1));
    }
    row = next;
    best = Math.min(best, row.at(-1) ?? best);
  }
  return best;
}

/** Share of a token's ink that lies in boxes. */
export function coveredShare({ ink }: Token, boxes: readonly TextBox[]): number {
  if (ink.length === 0) return 1;
  let inside = 0;
  for (let i = 0; i < ink.length; i += 2) {
    const [x, y] = [ink[i] as number, ink[i + 1] as number];
    const hit = boxes.some(
      ({ box }) => x >= box[0] && x < box[0] + box[2] && y >= box[1] && y < box[1] + box[3],
    );
    if (hit) inside++;
  }
  return inside / (ink.length / 2);
}

/** Some pixels of a soft edge may stay: nobody reads a letter from them. */
export const COVERED = 0.99;
