import { PhiGateError } from '../../errors.ts';
import { unsupported } from './unsupported.ts';

/** The `model` of a tokenizer.json, as far as it is read here. */
export interface PiecesSpec {
  readonly type?: string;
  readonly vocab: Readonly<Record<string, number>>;
  readonly unk_token?: string | null;
  readonly continuing_subword_prefix?: string | null;
  readonly end_of_word_suffix?: string | null;
  readonly max_input_chars_per_word?: number;
  readonly merges?: readonly (string | readonly [string, string])[];
  readonly ignore_merges?: boolean;
}

/** Part of a word, in UTF-16 offsets of the word, and its number in the vocabulary. */
export interface Piece {
  readonly id: number;
  readonly start: number;
  readonly end: number;
}

/** Cuts one word into the pieces that a model knows. @throws PhiGateError `not-searched` where it knows none for a part. */
export type Pieces = (word: string) => Piece[];

/**
 * The function that cuts words by a `model`: whole words, word pieces, or pairs of bytes.
 * @param bytes whether words are read as bytes in the letters that byte-level BPE gives them
 * @throws PhiGateError `usage` for a type that is not known.
 */
export function piecesOf(spec: PiecesSpec, bytes: boolean): Pieces {
  const vocabulary = new Map(Object.entries(spec.vocab));
  const unknown = spec.unk_token == null ? undefined : vocabulary.get(spec.unk_token);
  const type = spec.type ?? (spec.merges === undefined ? 'WordPiece' : 'BPE');
  if (type === 'BPE') {
    if (!bytes || spec.continuing_subword_prefix || spec.end_of_word_suffix)
      throw unsupported('BPE that is not byte-level');
    return bytePairs(vocabulary, spec, unknown);
  }
  if (bytes || (type !== 'WordPiece' && type !== 'WordLevel'))
    throw unsupported(`the model ${type}${bytes ? ' of bytes' : ''}`);
  if (unknown === undefined) throw unsupported('a vocabulary without its unk_token');
  if (type === 'WordPiece') return wordPieces(vocabulary, spec, unknown);
  return (word) => [{ id: vocabulary.get(word) ?? unknown, start: 0, end: word.length }];
}

/** The longest piece that is known, from the left; a word that does not come out even is unknown as a whole. */
function wordPieces(vocabulary: ReadonlyMap<string, number>, spec: PiecesSpec, unknown: number): Pieces {
  const prefix = spec.continuing_subword_prefix ?? '##';
  const longest = spec.max_input_chars_per_word ?? 100;
  return (word) => {
    const whole = [{ id: unknown, start: 0, end: word.length }];
    if (word.length > longest * 2 || [...word].length > longest) return whole;
    const pieces: Piece[] = [];
    let start = 0;
    while (start < word.length) {
      let end = word.length;
      let id: number | undefined;
      for (; end > start; end--) {
        id = vocabulary.get((start > 0 ? prefix : '') + word.slice(start, end));
        if (id !== undefined) break;
      }
      if (id === undefined) return whole;
      pieces.push({ id, start, end });
      start = end;
    }
    return pieces;
  };
}

/** Longer runs without a blank are cut: merging takes time by the square. */
const LONGEST_RUN = 256;

function bytePairs(
  vocabulary: ReadonlyMap<string, number>,
  spec: PiecesSpec,
  unknown: number | undefined,
): Pieces {
  const ranks = new Map(
    (spec.merges ?? []).map((pair, rank) => [typeof pair === 'string' ? pair : pair.join(' '), rank]),
  );
  const merged = (symbols: string[]): string[] => {
    while (symbols.length > 1) {
      let [best, at] = [Number.POSITIVE_INFINITY, -1];
      for (let i = 0; i + 1 < symbols.length; i++) {
        const rank = ranks.get(`${symbols[i]} ${symbols[i + 1]}`) ?? Number.POSITIVE_INFINITY;
        if (rank < best) [best, at] = [rank, i];
      }
      if (at < 0) break;
      symbols.splice(at, 2, `${symbols[at]}${symbols[at + 1]}`);
    }
    return symbols;
  };
  return (word) => {
    const letters: string[] = [];
    const places: { start: number; end: number }[] = [];
    let at = 0;
    for (const character of word) {
      for (const byte of Buffer.from(character, 'utf8')) {
        letters.push(BYTE_LETTERS[byte] ?? '');
        places.push({ start: at, end: at + character.length });
      }
      at += character.length;
    }
    const pieces: Piece[] = [];
    for (let from = 0; from < letters.length; from += LONGEST_RUN) {
      const run = letters.slice(from, from + LONGEST_RUN);
      const isWhole = spec.ignore_merges === true && vocabulary.has(run.join(''));
      let first = from;
      for (const symbol of isWhole ? [run.join('')] : merged(run)) {
        const last = first + [...symbol].length - 1;
        const id = vocabulary.get(symbol) ?? unknown;
        if (id === undefined)
          throw new PhiGateError('not-searched', 'the tokenizer of `names.model` has no token for a byte');
        pieces.push({ id, start: places[first]?.start ?? 0, end: places[last]?.end ?? word.length });
        first = last + 1;
      }
    }
    return pieces;
  };
}

/**
 * The letter that stands for each byte: itself where it is printable in Latin-1, else the next one from U+0100 on. A
 * vocabulary is written in these letters.
 */
const BYTE_LETTERS: readonly string[] = (() => {
  let next = 0x100;
  return Array.from({ length: 256 }, (_, byte) => {
    const isPrintable = (byte > 0x20 && byte < 0x7f) || (byte > 0xa0 && byte !== 0xad);
    return String.fromCharCode(isPrintable ? byte : next++);
  });
})();
