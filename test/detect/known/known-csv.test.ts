import { describe, expect, it } from 'vitest';
import { loadKnownCsv } from '../../../src/detect/known/known-csv.ts';
import { KnownIdentifiers } from '../../../src/detect/known/known-identifiers.ts';
import { PhiGateError } from '../../../src/errors.ts';

it('reads value, category and kind under a header in any order', () => {
  expect(loadKnownCsv('kind,value,category\nname,"Roe, Jane",A\nid,4821,H\n')).toEqual([
    { value: 'Roe, Jane', category: 'A', kind: 'name' },
    { value: '4821', category: 'H', kind: 'id' },
  ]);
});

it('reads one column with or without a header, and tells the kind from the shape', () => {
  const text = 'Roe, Jane\r\n1962-03-04\r\nj@example.org\r\n312-555-0142\r\n\r\n77 Oak Street\r\nAB4821\r\n';
  const kinds = ['name', 'date', 'email', 'phone', 'address', 'id'];
  expect(loadKnownCsv(text).map((known) => known.kind)).toEqual(kinds);
  expect(loadKnownCsv(`\ufeffvalue\n${text}`).map((known) => known.kind)).toEqual(kinds);
});

it('lets a quoted cell hold separators, quotes and line ends', () => {
  expect(loadKnownCsv('value;category\n"Roe ""J""\nJane";A')[0]?.value).toBe('Roe "J"\nJane');
});

describe('a patient list', () => {
  const whole = [
    { value: 'Müller^Jürgen^', category: 'A', kind: 'name' },
    { value: 'Gartenweg 7^Köln^50667', category: 'B', kind: 'address' },
    { value: '04.03.1962', category: 'C', kind: 'date' },
    { value: '0048291', category: 'H', kind: 'id' },
  ];
  const german =
    'Nachname;Vorname;Geburtsdatum;Patienten-Nr.;Geschlecht;Straße;Ort;PLZ\nMüller;Jürgen;04.03.1962;0048291;m;Gartenweg 7;Köln;50667\n';

  it('is read by its headings, whatever their order and language', () => {
    expect(loadKnownCsv(german)).toEqual(whole);
    const english =
      'MRN,"Date of Birth",LAST_NAME,First Name,Middle Initial,Phone,E-mail\n4821,1962-03-04,"Roe","Jane",Q,312-555-0142,j@example.org\n';
    expect(loadKnownCsv(english).map(({ value, category }) => [category, value])).toEqual([
      ['A', 'Roe^Jane^Q'],
      ['C', '1962-03-04'],
      ['H', '4821'],
      ['D', '312-555-0142'],
      ['F', 'j@example.org'],
    ]);
    expect(loadKnownCsv('Patient Name\nRoe, Jane\nDoe, Ann\n').map(({ value }) => value)).toEqual([
      'Roe, Jane',
      'Doe, Ann',
    ]);
  });

  it('is read in the encodings of spreadsheets, with a separator line of its own', () => {
    for (const bytes of [
      Buffer.from(`\ufeff${german}`, 'utf8'),
      Buffer.from(german, 'latin1'),
      Buffer.from(`\ufeff${german}`, 'utf16le'),
      Buffer.from(`sep=;\r\n${german}`, 'utf8'),
    ])
      expect(loadKnownCsv(bytes)).toEqual(whole);
  });

  it('finds a date of either order', () => {
    const identifiers = new KnownIdentifiers();
    for (const known of loadKnownCsv(german)) identifiers.add(known);
    const found = identifiers.freeze().matches('born 1962-03-04', { dates: 'find' });
    expect(found).toHaveLength(1);
  });

  it('is refused where a heading says nothing, with the column and without its text', () => {
    const load = () => loadKnownCsv('Last name,Quibble,DOB\nRoe,x,1962-03-04\n');
    expect(load).toThrow(PhiGateError);
    expect(load).toThrow(/column 2/);
    expect(load).not.toThrow(/Quibble|Roe/);
  });

  it('is refused without headings, and where nothing is in it', () => {
    const load = () => loadKnownCsv('Roe,Jane,1962-03-04\nDoe,Ann,1970-02-03\n');
    expect(load).toThrow(/line 1.*headings/);
    expect(load).not.toThrow(/Roe|Jane/);
    expect(() => loadKnownCsv('Last name,First name\n')).toThrow(/holds none/);
  });
});
