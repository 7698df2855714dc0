import { expect, it } from 'vitest';
import { loadKnownCsv } from '../../../src/detect/known/known-csv.ts';

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
