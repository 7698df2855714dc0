import { readRulesJson } from '../rules.ts';

/**
 * A decision tree laid out as a heap: node i has its children at 2i + 1 (below the threshold) and 2i + 2. The leaves hold
 * what the tree adds to the score.
 */
export interface Tree {
  readonly feature: readonly number[];
  readonly threshold: readonly number[];
  readonly leaf: readonly number[];
}

export interface LineModel {
  readonly features: readonly string[];
  readonly start: number;
  readonly trees: readonly Tree[];
}

let loaded: LineModel | undefined;

/**
 * How much the features of a line speak for text: 0 is as likely as not, 3 is 20 to 1. Learnt from generated frames
 * (`eval/train-lines.ts`, `rules/pixel/line-model.json`).
 */
export function scoreLine(features: readonly number[]): number {
  loaded ??= readRulesJson<LineModel>('pixel/line-model.json');
  const { trees, start } = loaded;
  let score = start;
  for (let i = 0; i < trees.length; i++) {
    score += leafOf(trees[i] as Tree, features);
    if (i === EARLY && score < HOPELESS) return score;
  }
  return score;
}

/** After so many trees a row with such a score is never text in the end: most rows are done with then. */
const [EARLY, HOPELESS] = [19, -3];

function leafOf({ feature, threshold, leaf }: Tree, features: readonly number[]): number {
  let node = 0;
  while (node < feature.length) {
    const value = features[feature[node] as number] as number;
    node = 2 * node + (value < (threshold[node] as number) ? 1 : 2);
  }
  return leaf[node - feature.length] as number;
}
