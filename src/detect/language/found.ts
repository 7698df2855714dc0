import type { HipaaCategory } from '../../model/category.ts';
import type { Tier } from '../../model/finding.ts';

/** What one reader of this room found; offsets are UTF-16. */
export interface Found {
  readonly start: number;
  readonly end: number;
  readonly category: HipaaCategory;
  readonly rule: string;
  readonly tier: Tier;
  readonly confidence: number;
}
