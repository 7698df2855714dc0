import type { HipaaCategory } from '../../model/category.ts';
import { readRulesYaml } from '../../rules.ts';

/** What a place of a clinical document says of its value. */
export interface Clinical {
  readonly typed: HipaaCategory;
  readonly label: string;
}

interface ClinicalPlace {
  readonly at: readonly string[];
  readonly attribute?: string;
  /** Ends of the name of an element around it in which the value is no person's. */
  readonly except?: readonly string[];
  readonly nobody?: readonly string[];
  readonly category: HipaaCategory;
  readonly label: string;
}

let places: ReadonlyMap<string, readonly ClinicalPlace[]> | undefined;

/** What is known of the text in the innermost of the named elements. */
export function typedText(elements: readonly string[], text: string): Clinical | undefined {
  return text.trim() === '' ? undefined : placeOf(elements, undefined);
}

/** The same for an attribute of the innermost element. */
export function typedAttribute(
  elements: readonly string[],
  attribute: string,
  value: string,
): Clinical | undefined {
  return value.trim() === '' ? undefined : placeOf(elements, attribute);
}

function placeOf(elements: readonly string[], attribute: string | undefined): Clinical | undefined {
  places ??= byInnermost();
  const found = places
    .get(elements.at(-1) ?? '')
    ?.find((place) => place.attribute === attribute && fits(place, elements));
  return found && { typed: found.category, label: found.label };
}

function fits({ at, except = [], nobody = [] }: ClinicalPlace, elements: readonly string[]): boolean {
  const ending = elements.slice(-at.length);
  const outer = elements.at(-at.length - 1) ?? '';
  return (
    at.every((name, i) => ending[i] === name) && ![...except, ...nobody].some((end) => outer.endsWith(end))
  );
}

function byInnermost(): ReadonlyMap<string, readonly ClinicalPlace[]> {
  const table = new Map<string, ClinicalPlace[]>();
  for (const place of readRulesYaml<{ places: readonly ClinicalPlace[] }>('documents/cda.yaml').places) {
    const name = place.at.at(-1) ?? '';
    table.set(name, [...(table.get(name) ?? []), place]);
  }
  return table;
}
