import { FEATURES, featuresOf, fieldsOf, HASH_BITS, IDENTITY } from '../../src/detect/tagger/features.ts';
import { LABEL_COUNT, type Model, posteriors } from '../../src/detect/tagger/model.ts';
import { tokenize } from '../../src/detect/tagger/tokens.ts';
import { Vocabulary } from '../../src/detect/tagger/vocabulary.ts';
import type { Random } from '../random.ts';

/** A text whose tokens may bear some labels each: bit `l` for label `l`. */
export interface Example {
  readonly text: string;
  readonly allowed: Uint8Array;
}

export interface Training {
  readonly epochs: number;
  readonly rate: number;
  readonly l2: number;
  /** What is smaller than this after the epochs stays zero in those that follow, so that the rest makes up for it. */
  readonly least: number;
  /** Epochs with the weights that are left. */
  readonly epochsAfter: number;
  /** What the squares of slopes begin with: the greater, the less a rare feature learns at once. */
  readonly damping: number;
  /** How often the features that name a token's own word are left out: where it is an identifier, where it is none. */
  readonly dropIdentity: readonly [identifier: number, none: number];
  /** How often an example is seen as if no list had its names. */
  readonly dropLists: number;
}

export const TRAINING: Training = {
  epochs: 4,
  rate: 0.12,
  l2: 2e-6,
  least: 0.12,
  epochsAfter: 2,
  damping: 1,
  dropIdentity: [0.4, 0.15],
  dropLists: 0.15,
};

/** Of a weight of eight bits. */
const STEP = 0.12;

/** Of each epoch but the first: the weights that ship are the mean of what they were at these times, which forgets less. */
const LOOKS = 12;

class Mean {
  readonly #sum: Float64Array;
  #count = 0;

  constructor(length: number) {
    this.#sum = new Float64Array(length);
  }

  add(weights: Float32Array): void {
    for (let i = 0; i < weights.length; i++) this.#sum[i] = (this.#sum[i] ?? 0) + (weights[i] ?? 0);
    this.#count++;
  }

  weights(): Float32Array {
    return Float32Array.from(this.#sum, (sum) => sum / Math.max(1, this.#count));
  }
}

const L = LABEL_COUNT;
const O_ONLY = 1;

/** Weights by AdaGrad over the likelihood of what the examples allow (labels that are open are summed over). */
export function trainCrf(examples: readonly Example[], random: Random, training = TRAINING): Model {
  const weights = new Float32Array(2 ** HASH_BITS * L);
  const squares = new Float32Array(weights.length).fill(training.damping);
  const transitions = new Array<number>(L * L).fill(0);
  const transitionSquares = new Array<number>(L * L).fill(1);
  const model: Model = { weights, scale: 1, transitions };
  const [listed, unlisted] = [new Vocabulary(), new Vocabulary(false)];
  const order = examples.map((_, i) => i);
  let mean = new Mean(weights.length);
  const total = training.epochs + training.epochsAfter;
  for (let epoch = 0; epoch < total; epoch++) {
    if (epoch === training.epochs) {
      prune(mean.weights());
      mean = new Mean(weights.length);
    }
    shuffle(order, random);
    const rate = training.rate / (1 + epoch * 0.5);
    for (const [i, index] of order.entries()) {
      const example = examples[index];
      if (example === undefined) continue;
      step(example, random.chance(training.dropLists) ? unlisted : listed, rate);
      if (epoch > 0 && i % Math.ceil(order.length / LOOKS) === 0) mean.add(weights);
    }
  }
  return total > 1 ? { ...model, weights: mean.weights() } : model;

  /** Small weights become zero for good: endless squares let no step move them. */
  function prune(means: Float32Array): void {
    for (const [at, weight] of means.entries()) {
      weights[at] = Math.abs(weight) < training.least ? 0 : weight;
      if (weights[at] === 0) squares[at] = Number.POSITIVE_INFINITY;
    }
  }

  function step({ text, allowed }: Example, vocabulary: Vocabulary, rate: number): void {
    const tokens = tokenize(text);
    const { count } = tokens;
    if (count === 0) return;
    const fields = fieldsOf(text, tokens, vocabulary);
    const features = new Int32Array(count * FEATURES);
    const dropped = new Uint8Array(count);
    for (let i = 0; i < count; i++) {
      featuresOf(fields, i, features, i * FEATURES);
      const [identifier, none] = training.dropIdentity;
      if (random.chance((allowed[i] ?? 0) === O_ONLY ? none : identifier)) dropped[i] = 1;
    }
    const scores = scoresOf(weights, features, dropped, count);
    const [freePairs, heldPairs] = [new Float64Array(L * L), new Float64Array(L * L)];
    const free = posteriors(Float64Array.from(scores), count, transitions, undefined, freePairs);
    const held = posteriors(Float64Array.from(scores), count, transitions, allowed, heldPairs);
    for (let i = 0; i < count; i++) {
      for (let l = 0; l < L; l++) {
        const gradient = (free[i * L + l] ?? 0) - (held[i * L + l] ?? 0);
        if (Math.abs(gradient) < 2e-3) continue;
        for (let f = 0; f < FEATURES; f++) {
          if (dropped[i] && isIdentity[f]) continue;
          const at = (features[i * FEATURES + f] ?? 0) * L + l;
          const weight = weights[at] ?? 0;
          const slope = gradient + training.l2 * weight;
          const square = (squares[at] ?? 0) + slope * slope;
          squares[at] = square;
          weights[at] = weight - (rate * slope) / Math.sqrt(square);
        }
      }
    }
    stepTransitions(freePairs, heldPairs, rate);
  }

  function stepTransitions(free: Float64Array, held: Float64Array, rate: number): void {
    for (let at = 0; at < L * L; at++) {
      const gradient = (free[at] ?? 0) - (held[at] ?? 0);
      transitionSquares[at] = (transitionSquares[at] ?? 0) + gradient * gradient;
      transitions[at] = (transitions[at] ?? 0) - (rate * gradient) / Math.sqrt(transitionSquares[at] ?? 1);
    }
  }
}

const isIdentity = Array.from({ length: FEATURES }, (_, f) => IDENTITY.includes(f));

function scoresOf(
  weights: Float32Array,
  features: Int32Array,
  dropped: Uint8Array,
  count: number,
): Float64Array {
  const scores = new Float64Array(count * L);
  for (let i = 0; i < count; i++) {
    for (let f = 0; f < FEATURES; f++) {
      if (dropped[i] && isIdentity[f]) continue;
      const row = (features[i * FEATURES + f] ?? 0) * L;
      for (let l = 0; l < L; l++) scores[i * L + l] = (scores[i * L + l] ?? 0) + (weights[row + l] ?? 0);
    }
  }
  return scores;
}

function shuffle(list: number[], random: Random): void {
  for (let i = list.length - 1; i > 0; i--) {
    const j = random.whole(0, i);
    [list[i], list[j]] = [list[j] ?? 0, list[i] ?? 0];
  }
}

/** Weights as int8, in steps so coarse that they pack well: half a step decides nothing. */
export function quantize(model: Model, step = STEP): { weights: Int8Array; scale: number; kept: number } {
  const weights = Int8Array.from(model.weights, (weight) =>
    Math.max(-127, Math.min(127, Math.round(weight / step))),
  );
  return { weights, scale: step, kept: weights.reduce((sum, weight) => sum + (weight === 0 ? 0 : 1), 0) };
}
