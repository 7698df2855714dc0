import type { HipaaCategory } from '../model/category.ts';
import { readRulesYaml } from '../rules.ts';

/** Category of the identifiers that an action on an attribute took away: evidence for the report's matrix. */
export function categoryOfAction(attribute: string, action: string): HipaaCategory | undefined {
  if (action === 'keep' || action === 'add') return undefined;
  if (
    action === 'date' ||
    action === 'birth-date' ||
    action === 'shift-date' ||
    action === 'year' ||
    action === 'age'
  )
    return 'C';
  if (action === 'uid') return 'R';
  if (action === 'zip3') return 'B';
  return categories().find(([pattern]) => pattern.test(attribute))?.[1];
}

let loaded: readonly (readonly [RegExp, HipaaCategory])[] | undefined;

function categories(): readonly (readonly [RegExp, HipaaCategory])[] {
  loaded ??= readRulesYaml<{ attributes: { pattern: string; category: HipaaCategory }[] }>(
    'report/attribute-categories.yaml',
  ).attributes.map(({ pattern, category }) => [new RegExp(pattern), category] as const);
  return loaded;
}
