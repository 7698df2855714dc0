import { describe, expect, it } from 'vitest';
import { readEvents, readPatientList } from '../../src/project/csv.ts';

describe('readPatientList', () => {
  it('reads ids and issuers, with or without a heading', () => {
    const expected = [
      { id: '0042', issuer: 'NORTH' },
      { id: 'B 7', issuer: '' },
    ];
    expect(readPatientList('patient_id,issuer\n0042,North\n"B 7"\n')).toEqual(expected);
    expect(readPatientList('0042,North\nB 7,\n')).toEqual(expected);
  });

  it('skips rows without an id, and is empty for an empty file', () => {
    expect(readPatientList(',North\n')).toEqual([]);
    expect(readPatientList('')).toEqual([]);
  });
});

describe('readEvents', () => {
  it('reads days in both forms', () => {
    expect(
      readEvents('id,issuer,event_date\n1,N,2020-02-29\n2,,20210301\n').map((event) => event.date),
    ).toEqual(['2020-02-29', '2021-03-01']);
  });

  it.each(['2020-02-30', '', '2020', '29.02.2020'])('refuses %j without quoting it', (day) => {
    expect(() => readEvents(`1,N,${day}`)).toThrow(/record 1: event_date must be a day as YYYY-MM-DD/);
  });
});
