import { densityOf, logBinomial } from './chance.ts';
import { FEWEST } from './linked.ts';
import { timeOf } from './shifts.ts';
import { MOST_COMPARED } from './unlinked.ts';

/** A number of days that takes many of the original dates to dates of the release. */
export interface DateSetsExplained {
  /** Dates of the release, YYYYMMDD. */
  readonly dates: ReadonlySet<string>;
  readonly of: number;
  /** log10 of the bound on the chance of it. */
  readonly chance: number;
}

const DAY = 86_400_000;

/**
 * One shift between two sets of dates of which nobody knows which belongs to which. Dates that stand close together, as
 * studies of one year do, meet by chance under any shift: then nothing is said. Kept and masked dates are left out.
 */
export function explainDateSets(
  originals: readonly string[],
  released: readonly string[],
  limit: number,
): DateSetsExplained | undefined {
  const known = new Set(originals);
  const from = daysOf(originals);
  const to = daysOf(released.filter((date) => !known.has(date) && !date.endsWith('0101')));
  if (from.length < FEWEST || to.length < FEWEST) return undefined;
  const counts = new Map<number, number>();
  for (const a of from) for (const b of to) counts.set(b - a, (counts.get(b - a) ?? 0) + 1);
  const [shift, k] = [...counts].reduce((a, b) => (b[1] > a[1] && b[0] !== 0 ? b : a), [0, 0]);
  if (shift === 0 || k < FEWEST) return undefined;
  const q = Math.min(1, to.length * densityOf(to));
  const chance = Math.log10(from.length * to.length) + logBinomial(from.length - 1, k - 1, q);
  if (chance > limit) return undefined;
  const before = new Set(from);
  const dates = new Set(to.filter((day) => before.has(day - shift)).map(textOf));
  return { dates, of: to.length, chance };
}

/** Days since 1970, sorted, each once; of too many, as many as are compared, evenly spread. */
function daysOf(dates: readonly string[]): number[] {
  const days = [...new Set(dates.map((date) => Math.round(timeOf(date) / DAY)))]
    .filter((day) => !Number.isNaN(day))
    .sort((a, b) => a - b);
  if (days.length <= MOST_COMPARED) return days;
  const step = days.length / MOST_COMPARED;
  return Array.from({ length: MOST_COMPARED }, (_, index) => days[Math.floor(index * step)] as number);
}

const textOf = (day: number): string => new Date(day * DAY).toISOString().slice(0, 10).replace(/-/g, '');
