import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCsv, readEvents, readImportedCodes, readPatientList } from '../../src/project/csv.ts';

describe('parseCsv', () => {
  it('reads quotes, doubled quotes, commas and line ends in fields', () => {
    expect(parseCsv('a,"b ""x"", c"\r\n"two\nlines",\n')).toEqual([
      ['a', 'b "x", c'],
      ['two\nlines', ''],
    ]);
  });

  it('skips a byte-order mark and empty lines, and needs no last line end', () => {
    expect(parseCsv('\uFEFFa,b\n\n\r\nc,d')).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
  });

  it('gives back what was written', () => {
    const field = fc.string({ maxLength: 8 });
    const records = fc.array(fc.array(field, { minLength: 2, maxLength: 4 }), { maxLength: 5 });
    const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
    fc.assert(
      fc.property(records, fc.constantFrom('\n', '\r\n'), (table, end) => {
        const text = table.map((record) => record.map(quote).join(',')).join(end);
        expect(parseCsv(text)).toEqual(table);
      }),
    );
  });

  it('refuses broken quotes with the line, and without the text', () => {
    expect(() => parseCsv('a,b\n"Doe')).toThrow(/a quote is not closed in line 2/);
    expect(() => parseCsv('a\n"Doe" Jane,b')).toThrow(/followed by text in line 2/);
    expect(() => parseCsv('"Doe')).not.toThrow(/Doe/);
  });
});

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

describe('readImportedCodes', () => {
  it('reads codes and offsets, either of which may be missing', () => {
    expect(
      readImportedCodes('patient_id,issuer,code,date_offset_days\n1,N,SUBJ-01,-30\n2,N,SUBJ-02\n3,N,,12\n'),
    ).toEqual([
      { patient: { id: '1', issuer: 'N' }, code: 'SUBJ-01', dateOffsetDays: -30 },
      { patient: { id: '2', issuer: 'N' }, code: 'SUBJ-02', dateOffsetDays: undefined },
      { patient: { id: '3', issuer: 'N' }, code: '', dateOffsetDays: 12 },
    ]);
  });

  it('refuses an offset that is not whole days, and a row without anything to import', () => {
    expect(() => readImportedCodes('1,N,S1,1.5')).toThrow(/record 1: date_offset_days/);
    expect(() => readImportedCodes('1,N,,')).toThrow(/record 1: a row needs/);
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
