import { describe, expect, test } from 'vitest';
import { conceptOf, isMeasured, isNamedType, yearsOf } from '../../src/hl7/concepts.ts';

const named = (text: string): string | undefined => conceptOf({ codes: [], texts: [text] })?.name;

const coded = (code: string, system: string): string | undefined =>
  conceptOf({ codes: [{ code, system }], texts: [] })?.name;

describe('what OBX-3 says is observed', () => {
  test.each([
    ['Patient name', 'name'],
    ['LAST NAME', 'name'],
    ["Mother's maiden name", 'name'],
    ['Mother’s  maiden_name', 'name'],
    ['Name of next of kin', 'name'],
    ['Referring physician', 'name'],
    ['Employer name', 'name'],
    ['Social Security Number', 'ssn'],
    ['Patient Phone number', 'phone'],
    ['Home phone', 'phone'],
    ['Fax number', 'phone'],
    ['E-mail address', 'email'],
    ['Medical Record Number', 'mrn'],
    ['MRN', 'mrn'],
    ['Insurance policy number', 'plan'],
    ['Primary insurance', 'insurer'],
    ['Account no.', 'account'],
    ['Driver license number', 'licence'],
    ['Accession number', 'accession'],
    ['Specimen ID', 'specimen'],
    ['Zip code', 'zip'],
    ['City of residence', 'city'],
    ['Home address', 'address'],
    ['Date of birth', 'birth-date'],
    ['Birth year', 'birth-year'],
    ['Patient age', 'age'],
    ['AGE AT DIAGNOSIS', 'age'],
  ])('%s is %s', (text, concept) => {
    expect(named(text)).toBe(concept);
  });

  test.each([
    'Organism name',
    'Drug name',
    'Gestational age',
    'Bone age',
    'Fetal age by ultrasound',
    'Age of specimen',
    'Pack years',
    'Follow-up interval',
    'Birth weight',
    'Cell count',
    'Blood group',
    'Patient ID verified',
    'Referring physician notified',
    'IP address filter',
    'Insurance counselling',
    'Average velocity',
  ])('%s says nothing', (text) => {
    expect(named(text)).toBeUndefined();
  });

  test('codes count with their system, and a local code that has no text by its letters', () => {
    expect(coded('45396-9', 'LN')).toBe('ssn');
    expect(coded('45396-9', '')).toBe('ssn');
    expect(coded('113014', 'DCM')).toBe('uid');
    expect(coded('113014', 'L')).toBeUndefined();
    expect(coded('YOB', 'L')).toBe('birth-year');
    expect(conceptOf({ codes: [{ code: 'NAME', system: 'L' }], texts: ['Organism'] })).toBeUndefined();
  });
});

describe('a number', () => {
  const of = (type: string, unit = '', range = '') => ({ type, unit, range, codes: [], texts: [] });

  test('is measured where it has a unit, a reference range or a comparator', () => {
    expect(isMeasured(of('NM', 'pg/mL'), '20110503')).toBe(true);
    expect(isMeasured(of('NM', '', '10-20'), '20110503')).toBe(true);
    expect(isMeasured(of('NM'), '20110503')).toBe(false);
    expect(isMeasured(of('SN'), '20110503', '=')).toBe(true);
    expect(isMeasured(of('ST', 'mg'), '>= 12.5')).toBe(true);
    expect(isMeasured(of('ST', 'mg'), 'Dr. Roe')).toBe(false);
    expect(isMeasured(of('CE', 'mg'), '12')).toBe(false);
  });

  test('is an age in years whatever its unit is written like', () => {
    expect(yearsOf('98', '{Yrs}')).toBe(98);
    expect(yearsOf('95 years', '')).toBe(95);
    expect(yearsOf('1120', 'mo')).toBeCloseTo(93.3, 1);
    expect(yearsOf('> 92', 'a')).toBe(92);
    expect(yearsOf('old', 'a')).toBeUndefined();
  });
});

test('a data type that no version has is not named, nor is one that stands for any', () => {
  for (const type of ['XPN', 'CK', 'TS', 'ST', 'MO', 'GTS', '']) expect(isNamedType(type), type).toBe(true);
  for (const type of ['CM', 'VARIES', 'QQ', 'xpn']) expect(isNamedType(type), type).toBe(false);
});
