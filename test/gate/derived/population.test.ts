import { describe, expect, it } from 'vitest';
import type { PersonCodes } from '../../../src/audit/person-codes.ts';
import { randomCodes } from '../../../src/crosswalk/issue.ts';
import { judgeSets, type MaskedPerson, Population } from '../../../src/gate/derived/population.ts';
import { Codes } from './codes.ts';

const DAY = 86_400_000;
const dayText = (time: number): string => new Date(time).toISOString().slice(0, 10).replace(/-/g, '');

/** Codes and shifts as the crosswalk draws them, from a seed. */
function crosswalk(codes: Codes) {
  const maker = randomCodes({
    bytes: (length) => Uint8Array.from({ length }, () => codes.random.whole(0, 255)),
    integer: (min, max) => codes.random.whole(min, max - 1),
  });
  const issue = (prefix: string): string => {
    for (;;) {
      const code = maker.code(prefix, '', 0);
      if (code !== undefined) return code;
    }
  };
  return { issue, shift: () => maker.dateOffset('') };
}

/** Patients before and after, each with one to three studies. */
function persons(
  codes: Codes,
  count: number,
  mask: (id: string, place: string) => string,
  shift: (id: string) => number,
): MaskedPerson[] {
  const ids = codes.ids(count);
  const orders = codes.ids(count * 3);
  return ids.flatMap((id, index) => {
    const days = shift(id) * DAY;
    const birth = codes.random.whole(-14_000, 14_000) * DAY;
    const patient = mask(id, 'P');
    return Array.from({ length: codes.random.whole(1, 3) }, (_, study) => {
      const order = orders[index * 3 + study] ?? `X${index}${study}`;
      const time = codes.random.whole(17_000, 19_500) * DAY;
      const dates = (by: number) => ({ birth: dayText(birth + by), study: dayText(time + by) });
      return {
        original: {
          codes: { patient: [id], order: [order], study: [String(study + 1)], account: [codes.digits(7)] },
          dates: dates(0),
          name: `Family${index}^Given`,
        },
        released: {
          codes: { patient: [patient], order: [mask(order, 'A')], study: [mask('', 'S')] },
          dates: dates(days),
          name: '',
        },
      };
    });
  });
}

function judged(all: readonly MaskedPerson[], most?: number) {
  const population = new Population(most);
  for (const person of all) population.add(person);
  return population.judge();
}

describe('a release', () => {
  it('with codes and shifts of the crosswalk is never accused, in a thousand data sets', {
    timeout: 300_000,
  }, () => {
    const fired: string[] = [];
    for (let seed = 1; seed <= 1000; seed += 1) {
      const codes = new Codes(seed);
      const { issue, shift } = crosswalk(codes);
      const count = codes.random.chance(0.9) ? codes.random.whole(5, 40) : codes.random.whole(5, 500);
      const all = persons(codes, count, (_, prefix) => issue(prefix), shift);
      for (const { rule, place, explained, of } of judged(all).derivations)
        fired.push(`${seed}: ${rule} ${place} ${explained} of ${of}`);
      // Sets have a thousand of their own; these take the crosswalk's codes.
      if (seed > 60) continue;
      const shuffled = codes.shuffled(all.map(({ released }) => released));
      const handed = {
        ids: all.flatMap(({ original }) => [
          ...(original.codes.patient ?? []),
          ...(original.codes.order ?? []),
        ]),
        dates: all.map(({ original }) => original.dates.birth ?? ''),
      };
      for (const { rule, place, explained, of } of judgeSets(handed, shuffled).derivations)
        fired.push(`${seed}, in any order: ${rule} ${place} ${explained} of ${of}`);
    }
    expect(fired).toEqual([]);
  });

  it('with one offset in accession numbers says where and of what', () => {
    const codes = new Codes(11);
    const { issue, shift } = crosswalk(codes);
    const all = persons(codes, 12, (_, prefix) => issue(prefix), shift).map((person) => {
      const order = codes.digits(9);
      return {
        original: { ...person.original, codes: { ...person.original.codes, order: [order] } },
        released: {
          ...person.released,
          codes: { ...person.released.codes, order: [String(Number(order) + 77_003)] },
        },
      };
    });
    const { derivations } = judged(all);
    expect(derivations.map(({ rule, place, from }) => ({ rule, place, from }))).toEqual([
      { rule: 'population.offset', place: 'order', from: 'order' },
    ]);
    const [first] = all;
    const [order = '', code = ''] = [first?.original.codes.order?.[0], first?.released.codes.order?.[0]];
    expect(derivations[0]?.isExplained(code, order)).toBe(true);
    expect(derivations[0]?.isExplained(code, '1')).toBe(false);
  });

  it('with codes made from the birth date is accused', () => {
    const codes = new Codes(12);
    const all = persons(
      codes,
      20,
      () => '',
      () => 40,
    ).map(({ original, released }, index): MaskedPerson => {
      const code = `K${(original.dates.birth ?? '').slice(2)}${index % 10}`;
      return { original, released: { ...released, codes: { patient: [code] } } };
    });
    expect(judged(all).derivations.map(({ place, from }) => `${place} ${from}`)).toContain('patient birth');
  });

  it('that keeps its ids is none of those that derive them', () => {
    const codes = new Codes(13);
    const all = persons(
      codes,
      20,
      () => '',
      () => 0,
    ).map(({ original }) => ({ original, released: original }));
    expect(judged(all).derivations).toEqual([]);
  });

  it('of more persons than are kept says how many are left', () => {
    const codes = new Codes(14);
    const { issue, shift } = crosswalk(codes);
    const all = persons(codes, 30, (_, prefix) => issue(prefix), shift);
    expect(judged([...all, ...all], 10)).toMatchObject({ left: 2 * all.length - 20 });
    expect(judged([...all, ...all], 1000)).toMatchObject({ left: 0 });
  });

  it('of four patients has nothing to compare', () => {
    const person = (id: number): MaskedPerson => {
      const codesOf = (code: number): PersonCodes => ({
        codes: { patient: [String(code)] },
        dates: {},
        name: '',
      });
      return { original: codesOf(id), released: codesOf(id + 5) };
    };
    expect(judged([71_234_567, 82_345_671, 93_456_712, 14_567_123].map(person))).toMatchObject({
      comparisons: 0,
    });
  });
});
