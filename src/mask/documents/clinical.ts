import { readRulesYaml } from '../../rules.ts';

interface Place {
  readonly at: readonly string[];
  /** Ends of the name of an element around it in which the value is nobody's. */
  readonly nobody?: readonly string[];
  readonly category: string;
}

/** What becomes of an element of a clinical document. `masked`: nothing of it stays but that it was there. */
export type ClinicalTreatment = 'masked' | 'year';

/** Dates that may show an age over 89 in their year. */
const LIFE = new Set(['birthTime', 'deceasedTime']);

let places: readonly Place[] | undefined;

/**
 * How an element is masked, by the names of the elements around it, the innermost last (`rules/documents/cda.yaml`): dates
 * become their year; names, addresses and numbers go.
 */
export function clinicalTreatment(elements: readonly string[]): ClinicalTreatment | undefined {
  places ??= readRulesYaml<{ places: readonly Place[] }>('documents/cda.yaml').places;
  const found = places.find(
    ({ at, nobody = [] }) =>
      at.every((name, i) => elements.at(i - at.length) === name) &&
      !nobody.some((end) => elements.at(-at.length - 1)?.endsWith(end)),
  );
  if (found === undefined) return undefined;
  const isDate = found.category === 'C' && !LIFE.has(elements.at(-1) ?? '');
  return isDate ? 'year' : 'masked';
}
