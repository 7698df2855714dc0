import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { packagePath, readRulesJson } from '../../rules.ts';
import { FEATURES, featuresOf, HASH_BITS } from './features.ts';

/** Labels of a token: no identifier, a person, a place or organisation, a date, a number or code. */
export const LABELS = ['O', 'NAME', 'LOC', 'DATE', 'ID'] as const;
export type Label = (typeof LABELS)[number];
export const LABEL_COUNT = LABELS.length;

/** A linear-chain conditional random field (Lafferty et al. 2001): weights of features by label, and of label pairs. */
export interface Model {
  /** `LABEL_COUNT` weights for each of 2 ** HASH_BITS features, in steps of `scale`. */
  readonly weights: Int8Array | Float32Array;
  readonly scale: number;
  /** Weights of a label after another one, `LABEL_COUNT` rows of `LABEL_COUNT`. */
  readonly transitions: readonly number[];
}

/** What stands beside the weights in `rules/tagger/`. */
export interface ModelHeader {
  readonly version: 1;
  readonly source: string;
  readonly hashBits: number;
  readonly features: number;
  readonly scale: number;
  readonly transitions: readonly number[];
}

let shipped: Model | undefined;

/**
 * The model that ships, read once: int8 weights (`rules/tagger/weights.bin.gz`) and their header.
 * @throws Error where the weights are not those of the features of this code: they must be trained again.
 */
export function loadModel(): Model {
  if (shipped === undefined) {
    const header = readRulesJson<ModelHeader>('tagger/model.json');
    if (header.hashBits !== HASH_BITS || header.features !== FEATURES)
      throw new Error('rules/tagger: the weights belong to other features, train them again');
    const bytes = gunzipSync(readFileSync(packagePath('rules/tagger/weights.bin.gz')));
    const weights = new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length);
    shipped = { weights, scale: header.scale, transitions: header.transitions };
  }
  return shipped;
}

/** Scores of all labels at all tokens, before the chain is looked at. */
export function emissions(model: Model, fields: Int32Array, count: number): Float64Array {
  const { weights, scale } = model;
  const scores = new Float64Array(count * LABEL_COUNT);
  const features = new Int32Array(FEATURES);
  for (let i = 0; i < count; i++) {
    featuresOf(fields, i, features, 0);
    let [a, b, c, d, e] = [0, 0, 0, 0, 0];
    for (let f = 0; f < FEATURES; f++) {
      const row = (features[f] ?? 0) * LABEL_COUNT;
      a += weights[row] ?? 0;
      b += weights[row + 1] ?? 0;
      c += weights[row + 2] ?? 0;
      d += weights[row + 3] ?? 0;
      e += weights[row + 4] ?? 0;
    }
    const at = i * LABEL_COUNT;
    scores[at] = a * scale;
    scores[at + 1] = b * scale;
    scores[at + 2] = c * scale;
    scores[at + 3] = d * scale;
    scores[at + 4] = e * scale;
  }
  return scores;
}

/**
 * Probability of each label at each token (forward-backward, scaled at each step), written over `scores`. `allowed`, where
 * given, limits the labels of a token: bit `l` for label `l`. Chances of pairs of neighbours are added to `pairs`.
 */
export function posteriors(
  scores: Float64Array,
  count: number,
  transitions: readonly number[],
  allowed?: Uint8Array,
  pairs?: Float64Array,
): Float64Array {
  const L = LABEL_COUNT;
  const steps = Float64Array.from(transitions, Math.exp);
  const forward = new Float64Array(count * L);
  exponentiate(scores, count, allowed);
  for (let i = 0; i < count; i++) {
    let sum = 0;
    for (let to = 0; to < L; to++) {
      let inflow = 1;
      if (i > 0) {
        inflow = 0;
        for (let from = 0; from < L; from++)
          inflow += (forward[(i - 1) * L + from] ?? 0) * (steps[from * L + to] ?? 0);
      }
      const value = inflow * (scores[i * L + to] ?? 0);
      forward[i * L + to] = value;
      sum += value;
    }
    for (let to = 0; to < L; to++) forward[i * L + to] = (forward[i * L + to] ?? 0) / sum;
  }
  const backward = new Float64Array(L).fill(1);
  const next = new Float64Array(L);
  for (let i = count - 1; i >= 0; i--) {
    let sum = 0;
    for (let l = 0; l < L; l++) sum += (forward[i * L + l] ?? 0) * (backward[l] ?? 0);
    let norm = 0;
    for (let from = 0; from < L; from++) {
      let flow = 0;
      for (let to = 0; to < L; to++)
        flow += (steps[from * L + to] ?? 0) * (scores[i * L + to] ?? 0) * (backward[to] ?? 0);
      next[from] = flow;
      norm += flow;
    }
    if (pairs !== undefined && i > 0) addPairs(pairs, forward, i, steps, scores, backward);
    for (let l = 0; l < L; l++) {
      scores[i * L + l] = ((forward[i * L + l] ?? 0) * (backward[l] ?? 0)) / sum;
      backward[l] = (next[l] ?? 0) / norm;
    }
  }
  return scores;
}

function addPairs(
  pairs: Float64Array,
  forward: Float64Array,
  i: number,
  steps: Float64Array,
  scores: Float64Array,
  backward: Float64Array,
): void {
  const L = LABEL_COUNT;
  const flow = (from: number, to: number): number =>
    (forward[(i - 1) * L + from] ?? 0) *
    (steps[from * L + to] ?? 0) *
    (scores[i * L + to] ?? 0) *
    (backward[to] ?? 0);
  let sum = 0;
  for (let from = 0; from < L; from++) for (let to = 0; to < L; to++) sum += flow(from, to);
  for (let from = 0; from < L; from++)
    for (let to = 0; to < L; to++) pairs[from * L + to] = (pairs[from * L + to] ?? 0) + flow(from, to) / sum;
}

/** Scores to weights of a token, the greatest one 1, so that nothing overflows. */
function exponentiate(scores: Float64Array, count: number, allowed: Uint8Array | undefined): void {
  const L = LABEL_COUNT;
  for (let i = 0; i < count; i++) {
    let top = Number.NEGATIVE_INFINITY;
    for (let l = 0; l < L; l++) {
      if (allowed !== undefined && !((allowed[i] ?? 0) & (1 << l)))
        scores[i * L + l] = Number.NEGATIVE_INFINITY;
      top = Math.max(top, scores[i * L + l] ?? 0);
    }
    for (let l = 0; l < L; l++) scores[i * L + l] = Math.exp((scores[i * L + l] ?? 0) - top);
  }
}
