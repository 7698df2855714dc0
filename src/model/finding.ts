import type { HipaaCategory } from './category.ts';
import type { Format, Locus } from './passage.ts';

/** leak: a known identifier, or a strong pattern in context. suspect: one weak signal, a person decides. */
export type Tier = 'leak' | 'suspect';

/** What a detector yields: code-point offsets into the passage, end exclusive. */
export interface Hit {
  readonly start: number;
  readonly end: number;
  readonly category: HipaaCategory;
  /** Id of the detector (`patterns`, `known`, `typed-field`, `issued-uids`...). */
  readonly detector: string;
  /** Id of the rule within the detector (`phone.us`, `known.name`...). */
  readonly rule: string;
  readonly tier: Tier;
  /** 0 to 1. */
  readonly confidence: number;
  /** Why, in words that hold nothing of the value; what the rule means where it is left out (`detect/explain.ts`). */
  readonly explain?: string;
}

/** A hit with where it is and a mask in place of its value. No value of PHI is ever in it. */
export interface Finding {
  readonly sourceId: string;
  readonly file?: string;
  readonly format: Format;
  readonly locus: Locus;
  readonly span: readonly [start: number, end: number];
  /** x, y, width, height in pixels of the frame. */
  readonly box?: readonly [number, number, number, number];
  /** 1-based frame number, as PS3.3 counts. */
  readonly frame?: number;
  readonly category: HipaaCategory;
  readonly detector: string;
  readonly rule: string;
  readonly tier: Tier;
  readonly confidence: number;
  /** Why it is one, in words that hold nothing of the value: rule, context, validator. */
  readonly explain: string;
  /** Fixed-width mask, the same whatever the value. */
  readonly shown: string;
  /** Random id, one for each distinct value of the run. */
  readonly fingerprint: string;
}

/** The mask that stands for every value: its width says nothing of the value's. */
export const SHOWN = '••••••••';
