import type { HipaaCategory } from '../model/category.ts';
import type { Hit, Tier } from '../model/finding.ts';

/** From the most specific category to the least: a number that is an SSN is no mere code. */
const SPECIFIC: readonly HipaaCategory[] = [...'GFNELIKJHMODACBPQR'] as HipaaCategory[];
const RANK = new Map(SPECIFIC.map((category, i) => [category, i]));

const specificity = (category: HipaaCategory): number => RANK.get(category) ?? SPECIFIC.length;

const tierRank = (tier: Tier): number => (tier === 'leak' ? 0 : 1);

/** Leak before suspect, then the more specific category, then the surer and longer hit. */
function byWeight(a: Hit, b: Hit): number {
  return (
    tierRank(a.tier) - tierRank(b.tier) ||
    specificity(a.category) - specificity(b.category) ||
    b.confidence - a.confidence ||
    b.end - b.start - (a.end - a.start)
  );
}

/**
 * One hit for each stretch of overlapping ones, in the order of the text: it spans them all, and is of the weightiest
 * one's category, detector and rule. A leak outranks a suspect. Hits that only touch stay apart.
 */
export function mergeHits(hits: readonly Hit[]): Hit[] {
  const sorted = hits.filter((hit) => hit.end > hit.start).sort((a, b) => a.start - b.start || b.end - a.end);
  const merged: Hit[] = [];
  for (const hit of sorted) {
    const last = merged[merged.length - 1];
    if (last === undefined || hit.start >= last.end) {
      merged.push(hit);
      continue;
    }
    const winner = byWeight(last, hit) <= 0 ? last : hit;
    merged[merged.length - 1] = { ...winner, start: last.start, end: Math.max(last.end, hit.end) };
  }
  return merged;
}
