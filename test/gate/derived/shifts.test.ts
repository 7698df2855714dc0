import { describe, expect, it } from 'vitest';
import { explainDateSets } from '../../../src/gate/derived/date-sets.ts';
import { type ShiftedDate, shiftMappings } from '../../../src/gate/derived/shifts.ts';
import { Codes } from './codes.ts';

const LIMIT = Math.log10(1e-6 / 4);
const DAY = 86_400_000;
const day = (time: number): string => new Date(time).toISOString().slice(0, 10).replace(/-/g, '');

/** Birth and study dates of patients, each shifted by what `shift` says of it. */
function dates(
  codes: Codes,
  count: number,
  shift: (patient: string, birth: number, index: number) => number,
): ShiftedDate[] {
  return codes
    .distinct(count, () => codes.digits(7))
    .flatMap((patient, index) => {
      const birth = codes.random.whole(-14_000, 14_000) * DAY;
      const days = shift(patient, birth / DAY, index) * DAY;
      const study = codes.random.whole(17_000, 19_500) * DAY;
      return [birth, study].map((time) => ({ patient, original: day(time), released: day(time + days) }));
    });
}

const firing = (shifted: readonly ShiftedDate[]) =>
  shiftMappings(shifted).filter(({ patients, chance }) => patients.size >= 5 && chance <= LIMIT);

const drawn = (codes: Codes) => (codes.random.chance(0.5) ? -1 : 1) * codes.random.whole(31, 365);

describe('shifts of dates', () => {
  it('that are the same for all patients are explained, from five on', () => {
    for (const count of [5, 12, 300]) {
      const [found] = firing(dates(new Codes(count), count, () => -97));
      expect(found).toMatchObject({ rule: 'population.common-shift', of: count });
      expect(found?.patients.size).toBeGreaterThanOrEqual(count - 1);
    }
  });

  it('that are one for each of two sites, or the same for half of the patients, are explained', () => {
    expect(firing(dates(new Codes(2), 60, (_, __, index) => (index % 2 === 0 ? 41 : -200)))).not.toEqual([]);
    const codes = new Codes(4);
    const [half] = firing(dates(codes, 80, (_, __, index) => (index % 2 === 0 ? 41 : drawn(codes))));
    expect(half?.patients.size).toBeGreaterThanOrEqual(38);
  });

  it('that are read off the record number or the birth date are explained', () => {
    for (const count of [8, 40, 300]) {
      const fromId = firing(dates(new Codes(count), count, (patient) => (Number(patient) % 365) + 1));
      expect(fromId[0], String(count)).toMatchObject({ rule: 'population.shift-from-id' });
      const fromDate = firing(
        dates(new Codes(count), count, (_, birth) => -(((birth % 366) + 366) % 366) - 5),
      );
      expect(
        fromDate.map(({ rule }) => rule),
        String(count),
      ).toContain('population.shift-from-date');
    }
  });

  it('that are none, or make years of dates, are not explained', () => {
    expect(firing(dates(new Codes(6), 50, () => 0))).toEqual([]);
    const years = dates(new Codes(7), 50, () => 0).map((date) => ({
      ...date,
      released: `${date.original.slice(0, 4)}0101`,
    }));
    expect(firing(years)).toEqual([]);
    const dummies = dates(new Codes(8), 50, () => 0).map((date) => ({ ...date, released: '20000102' }));
    expect(firing(dummies)).toEqual([]);
  });

  it('that are drawn for each patient are never explained, in a thousand data sets', () => {
    const fired: string[] = [];
    for (let seed = 1; seed <= 1000; seed += 1) {
      const codes = new Codes(seed);
      const reach = codes.random.pick([7, 15, 30, 90, 365, 1000]);
      const ours = codes.random.chance(0.5);
      const found = firing(
        dates(codes, codes.random.whole(5, codes.random.chance(0.8) ? 60 : 500), () =>
          ours ? drawn(codes) : codes.random.whole(-reach, reach),
        ),
      );
      if (found.length > 0)
        fired.push(`${seed}: ${found[0]?.rule} ${found[0]?.patients.size} of ${found[0]?.of}, ${reach}`);
    }
    expect(fired).toEqual([]);
  });
});

describe('dates of a release and dates handed over, in any order', () => {
  it('are explained by one shift', () => {
    for (const count of [6, 30, 300]) {
      const shifted = dates(new Codes(count), count, () => 123).filter((_, index) => index % 2 === 0);
      const found = explainDateSets(
        shifted.map(({ original }) => original),
        shifted.map(({ released }) => released).reverse(),
        LIMIT,
      );
      expect(found?.dates.size ?? 0, String(count)).toBeGreaterThanOrEqual(count * 0.95);
    }
  });

  it('are never explained where each patient has a shift of its own, in a thousand data sets', () => {
    let fired = 0;
    for (let seed = 1; seed <= 1000; seed += 1) {
      const codes = new Codes(seed);
      const shifted = dates(codes, codes.random.whole(5, 120), () => drawn(codes));
      const found = explainDateSets(
        shifted.map(({ original }) => original),
        shifted.map(({ released }) => released),
        LIMIT,
      );
      if (found !== undefined) fired += 1;
    }
    expect(fired).toBe(0);
  });
});
