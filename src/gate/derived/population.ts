import { hash } from 'node:crypto';
import type { CodePlace, DatePlace, PersonCodes } from '../../audit/person-codes.ts';
import { explainDateSets } from './date-sets.ts';
import type { CodePair } from './family.ts';
import { type Comparison, explain, FEWEST } from './linked.ts';
import type { CodedPerson } from './recipes.ts';
import { type ShiftedDate, shiftMappings } from './shifts.ts';
import { explainSets } from './unlinked.ts';

/** Whose original and whose released file or message are the same. */
export interface MaskedPerson {
  readonly original: PersonCodes;
  readonly released: PersonCodes;
}

/** A mapping by which the release gives its originals away. Value-free but for `isExplained`. */
export interface Derivation {
  /** `population.offset`, `population.common-shift` ... */
  readonly rule: string;
  /** Where the code stands in the release; of dates, the first place of those that are shifted. */
  readonly place: CodePlace | 'dates';
  readonly from: CodePlace | DatePlace | 'handed-over';
  readonly explained: number;
  readonly of: number;
  /** log10 of the bound on the probability that chance explains as many. */
  readonly chance: number;
  /** Whether a code (YYYYMMDD of a date) of the release is one of those explained; `original` where it is known. */
  readonly isExplained: (released: string, original?: string) => boolean;
}

export interface PopulationVerdict {
  readonly derivations: readonly Derivation[];
  /** Codes and dates that were compared, and in how many ways. */
  readonly compared: number;
  readonly comparisons: number;
  /** Persons beyond the cap, with whom nothing was compared. */
  readonly left: number;
}

/** Probability that chance is allowed to look like a mapping, over all that is compared in one release: half for codes, half for dates. */
export const CHANCE = 1e-6;
/** Persons with different codes that are kept in memory, at about 500 bytes each. */
export const MOST_PERSONS = 200_000;

/** Which places are compared: each with itself, and the patient's own with what else is known of the patient. */
const CROSSED: readonly (readonly [released: CodePlace, original: CodePlace | 'birth'])[] = [
  ['patient', 'other'],
  ['patient', 'account'],
  ['patient', 'ssn'],
  ['patient', 'phone'],
  ['patient', 'visit'],
  ['patient', 'order'],
  ['patient', 'filler'],
  ['patient', 'birth'],
  ['other', 'patient'],
  ['subject', 'patient'],
  ['account', 'patient'],
  ['visit', 'patient'],
  ['order', 'patient'],
  ['filler', 'patient'],
  ['study', 'patient'],
  ['study', 'order'],
];
const SAME: readonly CodePlace[] = [
  'patient',
  'other',
  'prior',
  'subject',
  'account',
  'ssn',
  'visit',
  'order',
  'placer',
  'filler',
  'study',
  'procedure',
];
/** Places of a code at which names and dates are tried too. */
const PERSONAL: ReadonlySet<CodePlace> = new Set(['patient', 'other', 'subject']);

/** Gathers persons before and after masking, each distinct one once, and judges whether a mapping binds the two. */
export class Population {
  readonly #persons = new Map<string, MaskedPerson>();
  readonly #most: number;
  #left = 0;

  constructor(most: number = MOST_PERSONS) {
    this.#most = most;
  }

  add(person: MaskedPerson): void {
    // 16 bytes of a hash for each, in memory alone: the persons themselves are kept once.
    const key = hash('md5', JSON.stringify(person), 'base64');
    if (this.#persons.has(key)) return;
    if (this.#persons.size < this.#most) this.#persons.set(key, person);
    else this.#left += 1;
  }

  judge(): PopulationVerdict {
    const persons = [...this.#persons.values()];
    const derivations: Derivation[] = [];
    let [compared, comparisons] = [0, 0];
    // One comparison after the other: of many persons each takes memory.
    for (const [place, from] of COMPARISONS) {
      const comparison = comparisonOf(persons, place, from);
      if (comparison.pairs.length < FEWEST) continue;
      comparisons += 1;
      compared = Math.max(compared, comparison.pairs.length);
      for (const { rule, pairs, of, chance } of explain(comparison, LIMIT)) {
        const isExplained = membership(pairs.map((index) => comparison.pairs[index] as CodePair));
        derivations.push({ rule, place, from, explained: pairs.length, of, chance, isExplained });
      }
    }
    const dates = datesOf(persons);
    derivations.push(...shiftsOf(dates));
    return {
      derivations,
      compared,
      comparisons: comparisons + (dates.length > 0 ? 1 : 0),
      left: this.#left,
    };
  }
}

function membership(pairs: readonly CodePair[]): Derivation['isExplained'] {
  const both = new Set(pairs.map(({ original, released }) => `${original}\0${released}`));
  const codes = new Set(pairs.map(({ released }) => released));
  return (released, original) =>
    original === undefined ? codes.has(released) : both.has(`${original}\0${released}`);
}

const COMPARISONS = [...SAME.map((place) => [place, place] as const), ...CROSSED];
const LIMIT = Math.log10(CHANCE / 2 / COMPARISONS.length);

function comparisonOf(
  persons: readonly MaskedPerson[],
  place: CodePlace,
  from: CodePlace | 'birth',
): Comparison {
  const pairs: CodePair[] = [];
  const people: CodedPerson[] = [];
  const seen = new Set<string>();
  for (const { original, released } of persons) {
    const after = released.codes[place] ?? [];
    const before = from === 'birth' ? [original.dates.birth ?? ''] : (original.codes[from] ?? []);
    // The nth of a place is the nth of it still, unless some are gone; of two places the first are compared.
    const count = place === from && before.length === after.length ? after.length : 1;
    for (let index = 0; index < count; index += 1) {
      const [was = '', is = ''] = [before[index], after[index]];
      const key = `${was}\0${is}`;
      // A value that is kept is no code: other checks find it, or a rule of the project lets it stand.
      if (was === '' || is === '' || seen.has(key) || isKept(original, is)) continue;
      seen.add(key);
      pairs.push({ original: was, released: is });
      if (place === from && PERSONAL.has(place))
        people.push({
          ids: [was, ...(original.codes.ssn ?? []).filter((ssn) => ssn !== '')],
          name: original.name,
          birth: original.dates.birth ?? '',
          released: is,
        });
    }
  }
  return { pairs, ...(people.length > 0 ? { people } : withoutNames(pairs)) };
}

const isKept = ({ codes }: PersonCodes, released: string): boolean =>
  Object.values(codes).some((values) => values.includes(released));

const withoutNames = (pairs: readonly CodePair[]): Pick<Comparison, 'people'> => ({
  people: pairs.map(({ original, released }) => ({ ids: [original], name: '', birth: '', released })),
});

function datesOf(persons: readonly MaskedPerson[]): ShiftedDate[] {
  return persons.flatMap(({ original, released }) => {
    const patient = original.codes.patient?.[0] ?? '';
    if (patient === '') return [];
    return (Object.keys(released.dates) as DatePlace[]).flatMap((place) => {
      const [was, is] = [original.dates[place], released.dates[place]];
      return was === undefined || is === undefined ? [] : [{ patient, original: was, released: is }];
    });
  });
}

function shiftsOf(dates: readonly ShiftedDate[]): Derivation[] {
  const limit = Math.log10(CHANCE / 2 / 2);
  const [first] = shiftMappings(dates).filter(
    ({ patients, chance }) => patients.size >= FEWEST && chance <= limit,
  );
  if (first === undefined) return [];
  const { rule, patients, of, chance } = first;
  const explained = new Set(
    dates.filter(({ patient }) => patients.has(patient)).map(({ released }) => released),
  );
  return [
    {
      rule,
      place: 'dates',
      from: rule === 'population.shift-from-id' ? 'patient' : 'birth',
      explained: patients.size,
      of,
      chance,
      isExplained: (released) => explained.has(released),
    },
  ];
}

/** Originals that were handed over, of nobody knows whom. */
export interface HandedOver {
  readonly ids: readonly string[];
  /** YYYYMMDD. */
  readonly dates: readonly string[];
}

/** The same for a release whose originals are known as a list: sets are compared, and less can be proved. */
export function judgeSets(handed: HandedOver, released: Iterable<PersonCodes>): PopulationVerdict {
  const codes = new Map<CodePlace, Set<string>>();
  const dates = new Set<string>();
  let [count, left] = [0, 0];
  for (const person of released) {
    if (count === MOST_PERSONS) {
      left += 1;
      continue;
    }
    count += 1;
    for (const [place, values] of Object.entries(person.codes) as [CodePlace, readonly string[]][]) {
      const set = codes.get(place) ?? new Set();
      for (const value of values) if (value !== '') set.add(value);
      codes.set(place, set);
    }
    for (const date of Object.values(person.dates)) dates.add(date);
  }
  const places = [...codes].filter(([place, set]) => place !== 'phone' && set.size >= FEWEST);
  const limit = Math.log10(CHANCE / 2 / Math.max(1, places.length));
  const derivations = places.flatMap(([place, set]) =>
    explainSets(handed.ids, [...set], limit).map(
      ({ rule, codes: explained, of, chance }): Derivation => ({
        rule,
        place,
        from: 'handed-over',
        explained: explained.size,
        of,
        chance,
        isExplained: (code) => explained.has(code.trim()),
      }),
    ),
  );
  const shift = explainDateSets(handed.dates, [...dates], Math.log10(CHANCE / 2));
  if (shift !== undefined)
    derivations.push({
      rule: 'population.common-shift',
      place: 'dates',
      from: 'handed-over',
      explained: shift.dates.size,
      of: shift.of,
      chance: shift.chance,
      isExplained: (date) => shift.dates.has(date),
    });
  return {
    derivations,
    compared: places.reduce((most, [, set]) => Math.max(most, set.size), 0),
    comparisons: places.length + (handed.dates.length > 0 && dates.size > 0 ? 1 : 0),
    left,
  };
}
