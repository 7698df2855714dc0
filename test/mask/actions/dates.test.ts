import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addDays,
  calendarDate,
  maskBirthDate,
  maskDicomDate,
  maskDicomDateTime,
  maskHl7Time,
  showsAgeOver89,
} from '../../../src/mask/actions/dates.ts';

const year = { rule: 'year', offsetDays: 0 } as const;
const shift = (offsetDays: number) => ({ rule: 'shift', offsetDays }) as const;

describe('the year alone', () => {
  test('takes the form of its format', () => {
    expect(maskDicomDate('20210317', year)).toBe('20210101');
    expect(maskDicomDate('2021.03.17', year)).toBe('20210101');
    expect(maskDicomDateTime('20210317101112.123456+0100', year)).toBe('2021');
    expect(maskHl7Time('202103171011+0100', year, 'YYYY')).toBe('2021');
    expect(maskHl7Time('20210317', year, 'YYYY0101')).toBe('20210101');
  });

  test('what is no date leaves nothing', () => {
    for (const text of ['17 March 2021', '20211317', '20210230', '00000000', '03/17/2021', 'SMITH', '']) {
      expect(maskHl7Time(text, year, 'YYYY')).toBe('');
    }
  });
});

describe('shifted dates', () => {
  test('keep precision, time and zone', () => {
    expect(maskHl7Time('20210228', shift(1), 'YYYY')).toBe('20210301');
    expect(maskHl7Time('202102281011+0100', shift(-60), 'YYYY')).toBe('202012301011+0100');
    expect(maskHl7Time('202102', shift(31), 'YYYY')).toBe('202103');
    expect(maskDicomDateTime('20240228101112.5-0500', shift(1))).toBe('20240229101112.5-0500');
  });

  test('keep every interval in days', () => {
    const day = fc.date({
      min: new Date('1900-01-01T00:00:00Z'),
      max: new Date('2099-12-31T00:00:00Z'),
      noInvalidDate: true,
    });
    const text = (date: Date) => date.toISOString().slice(0, 10).replaceAll('-', '');
    const at = (date: string) =>
      Date.UTC(Number(date.slice(0, 4)), Number(date.slice(4, 6)) - 1, Number(date.slice(6)));
    fc.assert(
      fc.property(day, day, fc.integer({ min: -20_000, max: 20_000 }), (a, b, offset) => {
        const [first, second] = [text(a), text(b)].map((date) => at(maskDicomDate(date, shift(offset))));
        expect((second ?? 0) - (first ?? 0)).toBe(at(text(b)) - at(text(a)));
      }),
    );
  });

  test('the time of day follows the project', () => {
    const noTime = { rule: 'shift', offsetDays: 1, time: () => '' } as const;
    expect(maskHl7Time('202102281011+0100', noTime, 'YYYY')).toBe('20210301');
    expect(maskHl7Time('202102281011', { rule: 'keep', offsetDays: 0, time: () => '0000' }, 'YYYY')).toBe(
      '202102280000',
    );
  });
});

test('removed is gone, kept is untouched even where it is malformed', () => {
  expect(maskDicomDate('20210317', { rule: 'remove', offsetDays: 0 })).toBe('');
  expect(maskDicomDate('17.3.21', { rule: 'keep', offsetDays: 0 })).toBe('17.3.21');
});

test('a birth year that may show an age over 89 goes with its date', () => {
  const now = new Date('2026-01-01T00:00:00Z');
  expect(showsAgeOver89('1936', now)).toBe(true);
  expect(showsAgeOver89('19370101', now)).toBe(false);
  expect(maskBirthDate('19361231', year, 'YYYY', now, true)).toBe('');
  expect(maskBirthDate('19371231', year, 'YYYY', now, true)).toBe('1937');
  expect(maskBirthDate('19361231', { rule: 'keep', offsetDays: 0 }, 'YYYY', now, false)).toBe('19361231');
});

test('a day outside the calendar has no date', () => {
  expect(addDays(9999, 12, 31, 1)).toBeUndefined();
  expect(addDays(50, 1, 1, 0)).toBe('00500101');
  expect(calendarDate('202102281011')).toBe('20210228');
  expect(calendarDate('n/a')).toBeUndefined();
});
