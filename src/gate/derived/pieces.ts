import { type CodePair, commonest, type Guess } from './family.ts';

/** Letters and digits that an id and a code share, at the least. */
const SHORTEST = 3;
const ENDS = ['left', 'right'] as const;
type End = (typeof ENDS)[number];

/**
 * A piece of the id in one same place of the code, whatever stands around it: prefixes put before or taken off, last
 * digits, first digits. Pairs are of letters and digits, folded. Places are counted from either end.
 */
export function sharedPieces(pairs: readonly CodePair[]): Guess[] {
  const shared = pairs.map(longestShared);
  const [from, to] = [longestOf(pairs, 'original'), longestOf(pairs, 'released')];
  // Both ends of both, and each length at each place.
  const tried = Math.log10(4 * from * to * Math.min(from, to));
  const guesses: Guess[] = [];
  for (const endOfOriginal of ENDS) {
    for (const endOfReleased of ENDS) {
      const keys = pairs.map(({ original, released }, index) => {
        const piece = shared[index];
        if (piece === undefined) return undefined;
        const start = counted(piece.from, piece.length, original.length, endOfOriginal);
        const place = counted(piece.to, piece.length, released.length, endOfReleased);
        return `${start} ${place} ${piece.length}`;
      });
      const [first] = commonest(keys);
      const key = first === undefined ? undefined : keys[first];
      if (key === undefined) continue;
      const [fromPlace = 0, toPlace = 0, length = 0] = key.split(' ').map(Number);
      const pieceOf = (text: string, at: number, end: End): string =>
        end === 'left'
          ? text.slice(at, at + length)
          : text.slice(text.length - at - length, text.length - at);
      const foretold = pairs.map(({ released }) => pieceOf(released, toPlace, endOfReleased));
      const explained = pairs.flatMap(({ original }, index) =>
        foretold[index]?.length === length && pieceOf(original, fromPlace, endOfOriginal) === foretold[index]
          ? [index]
          : [],
      );
      guesses.push({ rule: 'population.piece', explained, tried, fitted: 0, foretold });
    }
  }
  return guesses;
}

const longestOf = (pairs: readonly CodePair[], side: keyof CodePair): number =>
  pairs.reduce((most, pair) => Math.max(most, pair[side].length), 1);

/** Places from an end; the same for all values, whatever their length. */
const counted = (start: number, length: number, total: number, end: End): number =>
  end === 'left' ? start : total - start - length;

interface Piece {
  readonly from: number;
  readonly to: number;
  readonly length: number;
}

function longestShared({ original, released }: CodePair): Piece | undefined {
  let best: Piece | undefined;
  let above = new Array<number>(released.length + 1).fill(0);
  for (let i = 1; i <= original.length; i += 1) {
    const row = new Array<number>(released.length + 1).fill(0);
    for (let j = 1; j <= released.length; j += 1) {
      if (original[i - 1] !== released[j - 1]) continue;
      const length = (above[j - 1] ?? 0) + 1;
      row[j] = length;
      if (length >= SHORTEST && length > (best?.length ?? 0))
        best = { from: i - length, to: j - length, length };
    }
    above = row;
  }
  return best;
}
