import type { Goal } from '../score/table.ts';

/** One part of `npm run eval:text`: a set of texts and what is measured on it. */
export interface Part {
  /** As in `--only`. */
  readonly id: string;
  readonly title: string;
  measure(): PartResult | Promise<PartResult>;
}

export interface PartResult {
  readonly goals: readonly Goal[];
  /** The worst misses, one a line, for `--verbose`. The texts are invented or public. */
  readonly misses: readonly string[];
}
