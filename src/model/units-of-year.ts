import { readRulesYaml } from '../rules.ts';

let units: ReadonlyMap<string, number> | undefined;

/** `{Yrs}` as `yrs`. */
const plainUnit = (unit: string): string =>
  unit
    .replace(/[{}[\]]/g, '')
    .trim()
    .toLowerCase();

/** How many of a unit of time make a year (rules/words/units-of-year.yaml); 1 for a unit that is none. */
export function unitsOfYear(unit: string): number {
  units ??= new Map(
    Object.entries(readRulesYaml<{ units: Record<string, number> }>('words/units-of-year.yaml').units),
  );
  return units.get(plainUnit(unit)) ?? 1;
}
