import type { LineModel, Tree } from '../../src/ocr/line-model.ts';

/** A line with its features, and whether it is text (1) or not (0). */
export interface Example {
  readonly features: readonly number[];
  readonly label: 0 | 1;
  readonly weight: number;
}

const BINS = 48;
const DEPTH = 4;
const RATE = 0.15;
/** Weight that a leaf must carry on, so that no leaf is made for a single example. */
const LEAST = 12;
const RIDGE = 2;

/** Gradient boosting of small trees for the logistic loss, over features cut into bins of like counts. */
export function boost(names: readonly string[], examples: readonly Example[], rounds: number): LineModel {
  const cuts = names.map((_, f) => cutsOf(examples.map(({ features }) => features[f] as number)));
  const binned = cuts.map((list, f) =>
    Uint8Array.from(examples, ({ features }) => binOf(list, features[f] as number)),
  );
  const [ones, all] = examples.reduce(
    ([one, sum], { label, weight }) => [one + label * weight, sum + weight],
    [0, 0],
  );
  const start = Math.log(ones / (all - ones));
  const scores = new Float64Array(examples.length).fill(start);
  const trees: Tree[] = [];
  for (let round = 0; round < rounds; round++) trees.push(grow(examples, scores, binned, cuts));
  return { features: names, start: rounded(start), trees };
}

function cutsOf(values: readonly number[]): number[] {
  const sorted = [...values].sort((a, b) => a - b);
  const cuts = Array.from({ length: BINS - 1 }, (_, i) =>
    rounded(sorted[Math.floor(((i + 1) * sorted.length) / BINS)] as number),
  );
  return [...new Set(cuts)];
}

const rounded = (value: number): number => Number(value.toPrecision(4));

/** How many cuts a value reaches: it is below the next. */
function binOf(cuts: readonly number[], value: number): number {
  let bin = 0;
  while (bin < cuts.length && value >= (cuts[bin] as number)) bin++;
  return bin;
}

function grow(
  examples: readonly Example[],
  scores: Float64Array,
  binned: readonly Uint8Array[],
  cuts: readonly (readonly number[])[],
): Tree {
  const gradient = new Float64Array(examples.length);
  const curvature = new Float64Array(examples.length);
  examples.forEach(({ label, weight }, i) => {
    const p = 1 / (1 + Math.exp(-(scores[i] as number)));
    gradient[i] = weight * (label - p);
    curvature[i] = weight * p * (1 - p);
  });
  const inner = 2 ** DEPTH - 1;
  const feature: number[] = new Array(inner).fill(0);
  // A node that is not split sends everything to the left.
  const threshold: number[] = new Array(inner).fill(Number.MAX_VALUE);
  const nodeOf = new Int32Array(examples.length);
  let first = 0;
  for (let depth = 0; depth < DEPTH; depth++) {
    const count = 2 ** depth;
    const best = bestSplits(first, count, nodeOf, gradient, curvature, binned, cuts);
    for (let n = 0; n < count; n++) {
      const split = best[n];
      if (split === undefined) continue;
      feature[first + n] = split.feature;
      threshold[first + n] = cuts[split.feature]?.[split.bin] as number;
    }
    for (let i = 0; i < examples.length; i++) {
      const node = nodeOf[i] as number;
      const split = best[node - first];
      const right = split !== undefined && (binned[split.feature]?.[i] as number) > split.bin;
      nodeOf[i] = 2 * node + (right ? 2 : 1);
    }
    first += count;
  }
  const leaf = leaves(inner, nodeOf, gradient, curvature);
  for (let i = 0; i < examples.length; i++)
    scores[i] = (scores[i] as number) + (leaf[(nodeOf[i] as number) - inner] as number);
  return { feature, threshold, leaf };
}

interface Split {
  readonly feature: number;
  readonly bin: number;
  readonly gain: number;
}

function bestSplits(
  first: number,
  count: number,
  nodeOf: Int32Array,
  gradient: Float64Array,
  curvature: Float64Array,
  binned: readonly Uint8Array[],
  cuts: readonly (readonly number[])[],
): (Split | undefined)[] {
  const best: (Split | undefined)[] = new Array(count).fill(undefined);
  binned.forEach((bins, f) => {
    const g = new Float64Array(count * BINS);
    const h = new Float64Array(count * BINS);
    for (let i = 0; i < bins.length; i++) {
      const at = ((nodeOf[i] as number) - first) * BINS + (bins[i] as number);
      g[at] = (g[at] as number) + (gradient[i] as number);
      h[at] = (h[at] as number) + (curvature[i] as number);
    }
    for (let n = 0; n < count; n++) {
      const sum = (list: Float64Array) => list.subarray(n * BINS, (n + 1) * BINS).reduce((a, b) => a + b, 0);
      const [allG, allH] = [sum(g), sum(h)];
      let [leftG, leftH] = [0, 0];
      for (let bin = 0; bin < (cuts[f]?.length ?? 0); bin++) {
        leftG += g[n * BINS + bin] as number;
        leftH += h[n * BINS + bin] as number;
        if (leftH < LEAST / 4 || allH - leftH < LEAST / 4) continue;
        const worth = (a: number, b: number) => (a * a) / (b + RIDGE);
        const gain = worth(leftG, leftH) + worth(allG - leftG, allH - leftH) - worth(allG, allH);
        if (gain > (best[n]?.gain ?? 0.5)) best[n] = { feature: f, bin, gain };
      }
    }
  });
  return best;
}

function leaves(
  inner: number,
  nodeOf: Int32Array,
  gradient: Float64Array,
  curvature: Float64Array,
): number[] {
  const g = new Float64Array(inner + 1);
  const h = new Float64Array(inner + 1);
  for (let i = 0; i < nodeOf.length; i++) {
    const at = (nodeOf[i] as number) - inner;
    g[at] = (g[at] as number) + (gradient[i] as number);
    h[at] = (h[at] as number) + (curvature[i] as number);
  }
  return Array.from(g, (value, i) => rounded((RATE * value) / ((h[i] as number) + RIDGE)));
}
