import { FEWEST } from '../gate/derived/linked.ts';
import { type Derivation, Population, type PopulationVerdict } from '../gate/derived/population.ts';
import type { Check, CheckState, RunResult } from '../model/result.ts';

/** What the comparison of originals and release gave, for the result. */
export interface PopulationFacts extends Omit<PopulationVerdict, 'derivations'> {
  /** Mappings that give originals away. */
  readonly derivations: readonly Derivation[];
  /** Those that the project decided on: a shift of its own list, under a method that dates do not bar. */
  readonly accepted: readonly Derivation[];
}

/** How the comparison ended: which one rule explains how many codes, in words without a value. */
export function populationCheck(facts: PopulationFacts | undefined): Check {
  const ended = (state: CheckState, detail: string): Check => ({
    id: 'derived-codes',
    title: 'No one rule leads from originals to codes and dates',
    state,
    detail,
  });
  if (facts === undefined)
    return ended('not-applicable', 'no originals to compare with; --known hands them over');
  const { derivations, accepted, left, compared, comparisons } = facts;
  if (derivations.length > 0) return ended('fail', derivations.map(sentenceOf).join('; '));
  if (left > 0) return ended('not-run', `${left} persons more than can be compared`);
  if (accepted.length > 0) return ended('accepted-risk', accepted.map(sentenceOf).join('; '));
  if (comparisons === 0) return ended('not-applicable', `fewer than ${FEWEST} codes of a kind to compare`);
  return ended('pass', `${compared} codes at most in each of ${comparisons} comparisons`);
}

/** `one offset explains 12 of 12 patient ids`. */
export function sentenceOf({ rule, place, explained, of }: Derivation): string {
  const mapping = MAPPINGS[rule.replace('population.', '')] ?? 'one rule';
  return `${mapping} explains ${explained} of ${of} ${PLACES[place] ?? 'codes'}`;
}

const MAPPINGS: Readonly<Record<string, string>> = {
  offset: 'one offset',
  complement: 'one complement',
  linear: 'one multiple and offset',
  xor: 'one exclusive or',
  'rotated-digits': 'one key of digits',
  'digit-table': 'one table of digits',
  'digit-order': 'one order of digits',
  piece: 'one piece of the original',
  spelled: 'one spelling of name, date and number',
  checksum: 'one checksum',
  hash: 'one digest without a key',
  'common-shift': 'one shift',
  'shift-from-id': 'a shift read off the patient id',
  'shift-from-date': 'a shift read off the birth date',
};

const PLACES: Readonly<Partial<Record<Derivation['place'], string>>> = {
  patient: 'patient ids',
  other: 'other patient ids',
  prior: 'prior patient ids',
  subject: 'subject ids',
  account: 'account numbers',
  visit: 'visit numbers',
  order: 'accession numbers',
  placer: 'placer order numbers',
  filler: 'filler order numbers',
  study: 'study ids',
  procedure: 'procedure ids',
  dates: 'patients with shifted dates',
};

/** What a reader of the report must know of a shift that the project decided on. */
export function reversibleShift(facts: PopulationFacts | undefined): string[] {
  return facts?.accepted.length
    ? [
        'All dates are shifted by one same number of days, as the list of the project says: whoever knows one date of one patient can turn back all of them.',
      ]
    : [];
}

/** Proves in each run that the comparison is live: an invented population with one offset must be found out. */
export function populationCanary(): RunResult['canaries'][number] {
  const population = new Population();
  for (let index = 0; index < FEWEST + 1; index += 1) {
    const id = 10_000_019 + 7_654_321 * index + 13 * index * index;
    population.add({
      original: { codes: { patient: [String(id)] }, dates: {}, name: '' },
      released: { codes: { patient: [String(id + 1_234_567)] }, dates: {}, name: '' },
    });
  }
  const { derivations } = population.judge();
  return { detector: 'population', planted: 1, found: derivations.length > 0 ? 1 : 0 };
}
