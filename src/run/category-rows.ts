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
  const hasDicom = facts.sources.some(({ format }) => format === 'dicom');
  return CATEGORY_LETTERS.map((category) => {
    const found = facts.findings.filter((finding) => finding.category === category);
    const leaks = found.filter(({ tier }) => tier === 'leak').length;
    const kept = accepted
      .filter((row) => row.category === category)
      .reduce((sum, row) => sum + row.leaks + row.suspects, 0);
    return {
      category,
      name: CATEGORIES[category],
      state: stateOf(
        { leaks, suspects: found.length - leaks, kept },
        incomplete,
        hasDicom || BY_RULE[category] === undefined,
      ),
      leaks,
      suspects: found.length - leaks,
      accepted: kept,
      sources: new Set(found.map(({ sourceId }) => sourceId)).size,
      masked: masked.get(category) ?? 0,
      searchedBy: BY_RULE[category] ?? facts.detectors,
    };
  });
}

/** Categories that are judged by what a file is as a whole, and by which rules. */
const BY_RULE: Readonly<Partial<Record<HipaaCategory, readonly string[]>>> = {
  P: ['biometric-class'],
  Q: ['biometric-class', 'head-volume', 'face'],
};

/** Files of other formats are neither photographs nor voices: what is judged by the file as a whole does not apply to them. */
function stateOf(
  { leaks, suspects, kept }: { leaks: number; suspects: number; kept: number },
  incomplete: boolean,
  applies: boolean,
): CheckState {
  if (leaks > 0) return 'fail';
  if (suspects > 0) return 'needs-review';
  if (!applies) return 'not-applicable';
  if (incomplete) return 'not-run';
  return kept > 0 ? 'accepted-risk' : 'pass';
}
