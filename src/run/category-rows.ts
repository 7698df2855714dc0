import { CATEGORIES, CATEGORY_LETTERS, type HipaaCategory } from '../model/category.ts';
import type { AcceptedRow, CategoryRow, CheckState } from '../model/result.ts';
import { categoryOfAction } from './action-categories.ts';
import type { ResultFacts } from './result.ts';

/** The report's matrix: what was found, accepted and masked of each of the 18 identifiers. */
export function categoryRows(
  facts: ResultFacts,
  accepted: readonly AcceptedRow[],
  incomplete: boolean,
): CategoryRow[] {
  const masked = new Map<HipaaCategory, number>();
  for (const { attribute, action, count } of facts.actions) {
    const category = categoryOfAction(attribute, action);
    if (category !== undefined) masked.set(category, (masked.get(category) ?? 0) + count);
  }
  const hasPictures = facts.sources.some(({ frames }) => (frames?.total ?? 0) > 0);
  return CATEGORY_LETTERS.map((category) => {
    const found = facts.findings.filter((finding) => finding.category === category);
    const leaks = found.filter(({ tier }) => tier === 'leak').length;
    const kept = accepted
      .filter((row) => row.category === category)
      .reduce((sum, row) => sum + row.leaks + row.suspects, 0);
    return {
      category,
      name: CATEGORIES[category],
      state: stateOf(category, { leaks, suspects: found.length - leaks, kept }, incomplete, hasPictures),
      leaks,
      suspects: found.length - leaks,
      accepted: kept,
      sources: new Set(found.map(({ sourceId }) => sourceId)).size,
      masked: masked.get(category) ?? 0,
      searchedBy:
        category === 'P' || category === 'Q'
          ? ['biometric-class']
          : facts.detectors.filter((id) => id !== 'biometric-class'),
    };
  });
}

/** Faces and biometrics are not looked for by this version: with pictures there, their state is not-run, never pass. */
function stateOf(
  category: HipaaCategory,
  { leaks, suspects, kept }: { leaks: number; suspects: number; kept: number },
  incomplete: boolean,
  hasPictures: boolean,
): CheckState {
  if (leaks > 0) return 'fail';
  if (suspects > 0) return 'needs-review';
  if ((category === 'P' || category === 'Q') && kept === 0) return hasPictures ? 'not-run' : 'not-applicable';
  if (incomplete) return 'not-run';
  return kept > 0 ? 'accepted-risk' : 'pass';
}
