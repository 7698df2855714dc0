import { describe, expect, it } from 'vitest';
import { isDummy, isMaskedForm } from '../../src/detect/dummy.ts';

describe('a dummy', () => {
  it.each([
    '',
    '  ',
    '""',
    'ANON',
    'ANON0042',
    'Anonymous',
    'ANONYMIZED',
    'anonymised',
    'Anonymous^Patient',
    'REMOVED',
    'DEIDENTIFIED',
    'UNKNOWN',
    'NONE',
    'N/A',
    '0',
    '0000000',
    '19000101',
    '99999999',
    '1111111111',
    'XXXX',
    'xxx^xxx',
    '[NAME]',
    '[DATE] ',
    '***',
    '000-00-0000',
    '00/00/00',
    'No Name',
  ])('is %j', (value) => {
    expect(isDummy(value)).toBe(true);
  });

  it.each([
    'Roe',
    'Roe^Jane',
    'Anona',
    'Annette',
    '482913',
    '19620304',
    'Nona',
    'A12',
    'Nash',
    '[NAME] Roe',
    '7',
    'Anon^Roe',
    '2/22/22',
    '11-11-11',
  ])('is not %j', (value) => {
    expect(isDummy(value)).toBe(false);
  });
});

describe('a masked form', () => {
  it.each([
    ['19620101', 'DA'],
    ['1962', 'DT'],
    ['1962', 'TS'],
    ['19620101', 'TS'],
    ['1962', 'DTM'],
    ['090Y', 'AS'],
    ['064Y', 'AS'],
    ['006M', 'AS'],
    ['90', 'age'],
    ['627', 'zip'],
    ['000', 'zip'],
  ])('is %s as %s', (value, kind) => {
    expect(isMaskedForm(value, kind)).toBe(true);
  });

  it.each([
    ['19620304', 'DA'],
    ['1962', 'DA'],
    ['196203', 'DT'],
    ['19620101101500', 'TS'],
    ['091Y', 'AS'],
    ['90Y', 'AS'],
    ['91', 'age'],
    ['036', 'zip'],
    ['888', 'zip'],
    ['62704', 'zip'],
    ['1962', 'LO'],
  ])('is not %s as %s', (value, kind) => {
    expect(isMaskedForm(value, kind)).toBe(false);
  });
});
