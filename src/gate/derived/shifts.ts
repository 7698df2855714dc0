import { densityOf, logBinomial } from './chance.ts';
import { commonest } from './family.ts';

/** A date of a patient before and after masking; the patient by the id of the original. */
export interface ShiftedDate {
  readonly patient: string;
  /** YYYYMMDD. */
  readonly original: string;
  readonly released: string;
}

export interface ShiftGuess {
  readonly rule: 'population.common-shift' | 'population.shift-from-id' | 'population.shift-from-date';
  /** Patients that the mapping explains, and how many there are. */
  readonly patients: ReadonlySet<string>;
  readonly of: number;
  /** log10 of the chance that shifts drawn for each patient would do as well. */
  readonly chance: number;
}

/** Nobody who draws shifts draws them from fewer days than these: a month either way. */
const FEWEST_DAYS = 61;
/** So few different shifts are no drawing at all, but one shift a site or a batch. */
const FEW_SHIFTS = 3;
/** Shifts are taken from an id as its remainder: by a year, by months, by tens. */
const MODULI: readonly number[] = [
  365, 366, 364, 360, 30, 31, 28, 60, 61, 90, 100, 180, 181, 183, 182, 200, 256, 400, 500, 512, 700, 730, 731,
  1000, 1024, 3650, 10_000,
];
/** Different dates that shifts of different days may bring to one. */
const MOST_TO_ONE = 2;
const DAY = 86_400_000;

/**
 * Whether the shifts of dates follow a rule: the same days for all patients, or days that are a remainder of the patient's
 * own number or birth date and a constant. A shift of no days is a kept date, which other checks find; masked dates
 * (`YYYY0101`) have none.
 */
export function shiftMappings(dates: readonly ShiftedDate[]): ShiftGuess[] {
  const shifts = shiftsOf(dates);
  const patients = [...shifts.keys()];
  if (patients.length === 0) return [];
  const values = patients.map((patient) => shifts.get(patient) as Shifts);
  const guesses: ShiftGuess[] = [];
  const common = commonShift(patients, values);
  if (common !== undefined) guesses.push(common);
  guesses.push(...fromNumbers(patients, values, 'population.shift-from-id', patients.map(numberOf)));
  const births = values.map(({ birth }) => (birth === '' ? undefined : Math.round(timeOf(birth) / DAY)));
  guesses.push(...fromNumbers(patients, values, 'population.shift-from-date', births));
  return guesses;
}

interface Shifts {
  /** Days of the patient's commonest shift. */
  readonly days: number;
  /** Original dates with that shift: one date for all patients proves nothing. */
  readonly originals: ReadonlySet<string>;
  readonly birth: string;
}

function shiftsOf(dates: readonly ShiftedDate[]): Map<string, Shifts> {
  const byPatient = new Map<string, ShiftedDate[]>();
  const dummies = dummiesOf(dates);
  for (const date of dates) {
    if (date.released.endsWith('0101') || dummies.has(date.released)) continue;
    const of = byPatient.get(date.patient) ?? [];
    of.push(date);
    byPatient.set(date.patient, of);
  }
  const shifts = new Map<string, Shifts>();
  for (const [patient, of] of byPatient) {
    const days = of.map(({ original, released }) => Math.round((timeOf(released) - timeOf(original)) / DAY));
    const usual = commonest(days.map((day) => (Number.isNaN(day) || day === 0 ? undefined : day)));
    const first = usual[0];
    if (first === undefined) continue;
    shifts.set(patient, {
      days: days[first] as number,
      originals: new Set(usual.map((index) => of[index]?.original ?? '')),
      birth: of[0]?.original ?? '',
    });
  }
  return shifts;
}

/** Released dates that stand for several different ones: nothing was shifted there. */
function dummiesOf(dates: readonly ShiftedDate[]): ReadonlySet<string> {
  const originals = new Map<string, Set<string>>();
  for (const { original, released } of dates) {
    const of = originals.get(released) ?? new Set();
    of.add(original);
    originals.set(released, of);
  }
  return new Set([...originals].filter(([, of]) => of.size > MOST_TO_ONE).map(([released]) => released));
}

/** Milliseconds of a day, NaN where the calendar has none. */
export function timeOf(day: string): number {
  return Date.parse(`${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6, 8)}T00:00:00Z`);
}

function numberOf(patient: string): number | undefined {
  const digits = patient.replace(/\D/g, '');
  return digits.length === 0 || digits.length > 15 ? undefined : Number(digits);
}

function commonShift(patients: readonly string[], values: readonly Shifts[]): ShiftGuess | undefined {
  const explained = commonest(values.map(({ days }) => days));
  const distinct = new Set(values.map(({ days }) => days)).size;
  const q = distinct <= FEW_SHIFTS ? 1 / FEWEST_DAYS : Math.max(1 / FEWEST_DAYS, 1 / distinct);
  const k = evidence(explained, values);
  if (k < 2) return undefined;
  return {
    rule: 'population.common-shift',
    patients: new Set(explained.map((index) => patients[index] as string)),
    of: patients.length,
    chance: sameOf(patients.length, k, q),
  };
}

/** log10 of the chance that some `k` of `n` values, drawn one by one, are the same: any of the k may set the value. */
const sameOf = (n: number, k: number, q: number): number => Math.log10(n / k) + logBinomial(n - 1, k - 1, q);

/** Shifts that are `number mod m` and a constant, in either direction. */
function fromNumbers(
  patients: readonly string[],
  values: readonly Shifts[],
  rule: ShiftGuess['rule'],
  numbers: readonly (number | undefined)[],
): ShiftGuess[] {
  const q = Math.max(1 / 365, densityOf(values.map(({ days }) => days).sort((a, b) => a - b)));
  let best: number[] = [];
  let spread = 0;
  for (const modulus of MODULI) {
    for (const sign of [1, -1]) {
      const explained = commonest(
        values.map(({ days }, index) => {
          const number = numbers[index];
          return number === undefined ? undefined : days - sign * (((number % modulus) + modulus) % modulus);
        }),
      );
      if (explained.length <= best.length) continue;
      best = explained;
      spread = new Set(explained.map((index) => values[index]?.days)).size;
    }
  }
  // Where all have one shift there is nothing to be read from a number.
  if (spread < 3) return [];
  const k = Math.min(evidence(best, values), spread);
  const tried = Math.log10(MODULI.length * 2);
  return [
    {
      rule,
      patients: new Set(best.map((index) => patients[index] as string)),
      of: patients.length,
      chance: tried + sameOf(patients.length, k, q),
    },
  ];
}

/** Patients that count: those whose dates were the same before would be the same after whatever had been done. */
function evidence(explained: readonly number[], values: readonly Shifts[]): number {
  const dates = new Set<string>();
  let counted = 0;
  for (const index of explained) {
    const originals = values[index]?.originals ?? new Set<string>();
    if ([...originals].every((date) => dates.has(date))) continue;
    for (const date of originals) dates.add(date);
    counted += 1;
  }
  return counted;
}
