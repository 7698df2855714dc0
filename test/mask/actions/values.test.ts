import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PhiGateError } from '../../../src/errors.ts';
import { maskAgeNumber, maskAgeString } from '../../../src/mask/actions/age.ts';
import { randomValue, seededRandom } from '../../../src/mask/actions/random.ts';
import { hasMatch, replaceMatches } from '../../../src/mask/actions/regex.ts';
import { fillTemplate, namesCode } from '../../../src/mask/actions/replace.ts';
import { relativeTime, secondsOfDay } from '../../../src/mask/actions/times.ts';
import { zip3 } from '../../../src/mask/actions/zip3.ts';

describe('ZIP3', () => {
  test('three digits of a populous area stay', () => {
    expect(zip3('02139-4307')).toBe('021');
    expect(zip3('27401')).toBe('274');
    expect(zip3('274')).toBe('274');
  });

  test('areas of at most 20,000 people in 2010 or 2020 are 000', () => {
    const small = '036 059 102 202 203 204 205 369 556 692 753 772 821 823 878 879 884 893';
    for (const prefix of small.split(' ')) expect(zip3(`${prefix}01`)).toBe('000');
  });

  test('what is no ZIP code is 000, what is blank stays blank', () => {
    for (const text of ['00012', '2139', 'SW1A 1AA', '274 Main St', '000990000']) {
      expect(zip3(text)).toBe('000');
    }
    expect(zip3('  ')).toBe('');
  });
});

describe('ages', () => {
  test('over 89 years are 90, in whatever unit', () => {
    expect(maskAgeString('095Y', 'cap')).toBe('090Y');
    expect(maskAgeString('090Y', 'cap')).toBe('090Y');
    expect(maskAgeString('1100M', 'cap')).toBe('090Y');
    expect(maskAgeNumber('104', 'a', 'cap')).toBe('90');
    expect(maskAgeNumber('>100', 'years', 'cap')).toBe('90');
    expect(maskAgeNumber('1100', 'mo', 'cap')).toBe('1080');
    expect(maskAgeNumber('91 years old', '', 'cap')).toBe('90');
  });

  test('younger ones stay', () => {
    expect(maskAgeString('089Y', 'cap')).toBe('089Y');
    expect(maskAgeString('120D', 'cap')).toBe('120D');
    expect(maskAgeNumber('89.9', 'a', 'cap')).toBe('89.9');
    expect(maskAgeNumber('300', 'd', 'cap')).toBe('300');
  });

  test('bands, removal and nonsense', () => {
    expect(maskAgeString('047Y', 'band')).toBe('040Y');
    expect(maskAgeNumber('47', 'a', 'band')).toBe('40');
    expect(maskAgeString('047Y', 'remove')).toBe('');
    expect(maskAgeString('ninety', 'cap')).toBe('');
    expect(maskAgeString('095Y', 'keep')).toBe('095Y');
  });
});

describe('random values', () => {
  const random = seededRandom('X7K2');

  test('a number keeps its shape', () => {
    expect(randomValue('number', '(555) 010-7788 x9', random)).toMatch(/^\(\d{3}\) \d{3}-\d{4} [a-z]\d$/);
  });

  test('text keeps its length and case, and no letter of a foreign script stays', () => {
    expect(randomValue('text', 'Ärger 12', random)).toMatch(/^[A-Z][a-z]{4} \d\d$/);
  });

  test('a date lies in its range and has the precision of the original', () => {
    const range = { from: '2001-02-01', to: '2001-02-03' };
    fc.assert(
      fc.property(fc.string(), (seed) => {
        expect(['20010201', '20010202', '20010203']).toContain(
          randomValue('date', '19990101', seededRandom(seed), range),
        );
      }),
    );
    expect(randomValue('date', '1999', random, range)).toBe('2001');
  });

  test('UIDs are 2.25. and at most 64 characters, names are two words', () => {
    expect(randomValue('uid', '', random)).toMatch(/^2\.25\.\d{1,39}$/);
    expect(randomValue('name', '', random)).toMatch(/^[A-Z]{6}\^[A-Z]{6}$/);
  });

  test('repeat for one code and differ for another', () => {
    const of = (code: string) => randomValue('uid', '', seededRandom(code));
    expect(of('A1')).toBe(of('A1'));
    expect(of('A1')).not.toBe(of('A2'));
  });
});

test('a regular expression replaces by groups, in linear time, and a wrong one says so without the text', () => {
  expect(replaceMatches('MR 0012-x', '(\\d+)-(x)', '<$2>')).toBe('MR <x>');
  expect(hasMatch('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!', '^(a+)+$')).toBe(false);
  expect(() => replaceMatches('DOE', '(', '')).toThrow(PhiGateError);
});

test('templates name the patient and the order, and nothing else', () => {
  const codes = { patient: 'P1', order: 'O2' };
  expect(fillTemplate('ANON-{patient}/{order} {name}', codes)).toBe('ANON-P1/O2 {name}');
  expect(namesCode('{order}', 'patient')).toBe(false);
});

test('relative times keep their differences and their precision', () => {
  const base = secondsOfDay('101500') ?? 0;
  expect(relativeTime('101500', base)).toBe('000000');
  expect(relativeTime('111530.250000', base)).toBe('010030.250000');
  expect(relativeTime('1014', base)).toBe('2359');
  expect(relativeTime('noon', base)).toBe('');
  expect(secondsOfDay('2560')).toBeUndefined();
});
