import type { PersonCodes } from '../audit/person-codes.ts';
import type { MaskedPerson } from '../gate/derived/population.ts';

/**
 * Persons of the original and of the staged file side by side. Where masking left other messages than it said, none: the
 * check of the structure quarantines such a file.
 */
export function maskedPersons(
  originals: readonly (PersonCodes | null)[] | undefined,
  released: readonly (PersonCodes | undefined)[],
): MaskedPerson[] {
  if (originals === undefined || originals.length !== released.length) return [];
  return originals.flatMap((original, index) => {
    const person = released[index];
    return original === null || person === undefined ? [] : [{ original, released: person }];
  });
}
