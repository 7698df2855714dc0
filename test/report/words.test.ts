import { describe, expect, it } from 'vitest';
import { bytes, counted, day, duration, number, utc } from '../../src/report/words.ts';

describe('words of a report', () => {
  it.each([
    [0, '0 bytes'],
    [999, '999 bytes'],
    [1000, '1.0 kB'],
    [9949, '9.9 kB'],
    [9950, '10 kB'],
    [999_499, '999 kB'],
    [999_500, '1.0 MB'],
    [6_412_338_190, '6.4 GB'],
  ])('writes %d bytes as %s', (value, expected) => {
    expect(bytes(value)).toBe(expected);
  });

  it.each([
    [0, '0 s'],
    [59_400, '59 s'],
    [59_600, '1 min 0 s'],
    [5_742_000, '1 h 35 min'],
    [-5, '0 s'],
  ])('writes %d milliseconds as %s', (value, expected) => {
    expect(duration(value)).toBe(expected);
  });

  it('writes times in UTC whatever the time zone of the machine', () => {
    expect(utc('2026-03-04T23:30:00+02:00')).toBe('2026-03-04 21:30:00 UTC');
    expect(day('2026-03-04T23:59:59Z')).toBe('4 March 2026');
    expect(utc('soon')).toBe('soon');
  });

  it('groups digits and counts things', () => {
    expect(number(1234567)).toBe('1,234,567');
    expect(counted(1, 'leak')).toBe('1 leak');
    expect(counted(0, 'leak')).toBe('0 leaks');
  });
});
