import type { Random } from '../../random.ts';
import type { Piece } from './template.ts';

const CONFUSIONS: Readonly<Record<string, string>> = {
  O: '0',
  '0': 'O',
  l: '1',
  '1': 'l',
  I: 'l',
  S: '5',
  '5': 'S',
  B: '8',
  '8': 'B',
  m: 'rn',
  e: 'c',
  c: 'e',
  h: 'b',
  u: 'v',
  n: 'ri',
  g: 'q',
  t: 'f',
  Z: '2',
  G: '6',
  w: 'vv',
  D: 'O',
  i: 'j',
};

const each = (pieces: readonly Piece[], change: (text: string) => string): Piece[] =>
  pieces.map((piece) => ({ ...piece, text: change(piece.text) }));

/** One letter changed, swapped with the next, left out or doubled. */
function mistyped(text: string, random: Random): string {
  const letters = [...text.matchAll(/\p{L}/gu)].map((match) => match.index);
  if (letters.length < 4) return text;
  const at = random.pick(letters.slice(1));
  const before = text.slice(0, at);
  const letter = text.charAt(at);
  const after = text.slice(at + 1);
  switch (random.whole(0, 3)) {
    case 0:
      return before + after;
    case 1:
      return before + letter + letter + after;
    case 2:
      return /^\p{L}/u.test(after) ? before + after.charAt(0) + letter + after.slice(1) : text;
    default:
      return before + random.pick([...'aeiorstn']) + after;
  }
}

const misread = (text: string, random: Random, share: number): string =>
  [...text].map((char) => (random.chance(share) ? (CONFUSIONS[char] ?? char) : char)).join('');

/** Breaks lines at blanks, as a terminal of `width` columns does. */
function wrapped(pieces: readonly Piece[], width: number): Piece[] {
  let column = 0;
  return each(pieces, (text) => {
    let out = '';
    for (const char of text) {
      if (char === '\n') column = 0;
      else column += 1;
      if (char === ' ' && column >= width) {
        out += '\n';
        column = 0;
      } else out += char;
    }
    return out;
  });
}

/** A letter is never split by a change of case: the capital of `ß` is two letters, so texts are changed piece by piece. */
const changes: readonly { share: number; change(pieces: readonly Piece[], random: Random): Piece[] }[] = [
  { share: 0.09, change: (pieces) => each(pieces, (text) => text.toUpperCase()) },
  { share: 0.07, change: (pieces) => each(pieces, (text) => text.toLowerCase()) },
  { share: 0.03, change: (pieces) => each(pieces, (text) => text.replace(/[.,;:](?=\s|$)/g, '')) },
  {
    share: 0.04,
    change: (pieces, random) => each(pieces, (text) => (random.chance(0.3) ? mistyped(text, random) : text)),
  },
  {
    share: 0.04,
    change: (pieces, random) =>
      pieces.map((piece) =>
        piece.label === undefined
          ? { ...piece, text: piece.text.replace(/ /g, () => (random.chance(0.3) ? '  ' : ' ')) }
          : piece,
      ),
  },
  { share: 0.05, change: (pieces, random) => wrapped(pieces, random.whole(24, 72)) },
  { share: 0.03, change: (pieces, random) => each(pieces, (text) => misread(text, random, 0.03)) },
  { share: 0.03, change: (pieces) => each(pieces, (text) => text.normalize('NFD').replace(/\p{M}/gu, '')) },
];

/** A passage as it may come: in one case, with slips of the finger or of a scanner, lines broken; mostly unchanged. */
export function withNoise(pieces: readonly Piece[], random: Random): Piece[] {
  let out = [...pieces];
  for (const { share, change } of changes) {
    if (random.chance(share)) out = change(out, random);
  }
  return out;
}
