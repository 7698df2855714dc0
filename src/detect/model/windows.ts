import type { Inference } from './inference.ts';
import type { Token, Tokenizer } from './tokenizer.ts';

/** Tokens that two windows share: each answers for the half that lies deeper inside it. */
const OVERLAP = 64;

/**
 * Probabilities of each label for each token of a text, a row a token. A text that is longer than the model takes goes
 * through in windows.
 * @param longest tokens of a window, special ones included
 * @throws PhiGateError `not-searched` where the model fails.
 */
export function probabilities(
  tokens: readonly Token[],
  { before, after }: Pick<Tokenizer, 'before' | 'after'>,
  inference: Inference,
  longest: number,
): Float32Array[] {
  const room = Math.max(1, longest - before.length - after.length);
  const overlap = Math.min(OVERLAP, Math.floor(room / 2));
  const rows: Float32Array[] = [];
  for (let from = 0; rows.length < tokens.length; from += room - overlap) {
    const window = tokens.slice(from, from + room);
    const { labels, data } = inference.run([...before, ...window.map(({ id }) => id), ...after]);
    const isLast = from + room >= tokens.length;
    const until = isLast ? tokens.length : from + room - Math.floor(overlap / 2);
    for (let token = rows.length; token < until; token++) {
      const at = (before.length + token - from) * labels;
      rows.push(softmax(data.subarray(at, at + labels)));
    }
  }
  return rows;
}

function softmax(scores: Float32Array): Float32Array {
  const greatest = scores.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const powers = scores.map((score) => Math.exp(score - greatest));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / sum);
}
