/** An original and the code that stands for it in the release. */
export interface CodePair {
  readonly original: string;
  readonly released: string;
}

/** How a family of mappings explains pairs at best. */
export interface Guess {
  /** Says which mapping, in words without a value: `population.offset`. */
  readonly rule: string;
  /** The pairs that it explains, by index. */
  readonly explained: readonly number[];
  /** log10 of how many mappings were tried for it. */
  readonly tried: number;
  /** Pairs that the mapping itself was read off: they prove nothing. */
  readonly fitted: number;
  /** Released texts of all pairs at the places that the mapping foretells. */
  readonly foretold: readonly string[];
}

/** One family of mappings, such as offsets. Pure. */
export type Family = (pairs: readonly CodePair[]) => Guess[];

/** Counts keys and says which pairs have the commonest one. */
export function commonest<K>(keys: readonly (K | undefined)[]): number[] {
  const counts = new Map<K, number>();
  let best: K | undefined;
  let most = 0;
  for (const key of keys) {
    if (key === undefined) continue;
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    if (count > most) {
      most = count;
      best = key;
    }
  }
  if (best === undefined) return [];
  return keys.flatMap((key, index) => (key === best ? [index] : []));
}
