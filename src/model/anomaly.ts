import type { Locus } from './passage.ts';

/** Something a reader met that the standard does not allow, and got over. */
export interface Anomaly {
  readonly kind: string;
  readonly locus: Locus;
  readonly offset?: number;
}
