import { describe, expect, it } from 'vitest';
import { isDummyId, normalisePatientKey } from '../../src/crosswalk/patient-key.ts';

const significant = { leadingZeros: 'significant', defaultIssuer: '' } as const;
const ignored = { leadingZeros: 'ignored', defaultIssuer: 'city general' } as const;

describe('a patient key', () => {
  it('loses padding and folds the issuer, but not the id', () => {
    expect(normalisePatientKey({ id: ' ab12\0', issuer: ' City  General ' }, significant)).toEqual({
      id: 'ab12',
      issuer: 'CITY GENERAL',
    });
  });

  it('keeps or drops leading zeros as the project says', () => {
    expect(normalisePatientKey({ id: '00420', issuer: 'A' }, significant).id).toBe('00420');
    expect(normalisePatientKey({ id: '00420', issuer: 'A' }, ignored).id).toBe('420');
    expect(normalisePatientKey({ id: '000', issuer: 'A' }, ignored).id).toBe('000');
  });

  it('takes the default issuer only where it names none', () => {
    expect(normalisePatientKey({ id: '7', issuer: '' }, ignored).issuer).toBe('CITY GENERAL');
    expect(normalisePatientKey({ id: '7', issuer: 'B' }, ignored).issuer).toBe('B');
  });

  it.each([
    '',
    ' ',
    '0',
    '0000',
    'UNKNOWN',
    'unk',
    'Anonymous',
    'ANON0001',
    'XXXX',
    'n/a',
    'None',
    '-',
    '999999',
    'deidentified',
  ])('takes %j for a placeholder', (id) => expect(isDummyId(id)).toBe(true));

  it.each(['1', '10', '123456', 'X1', 'A000', '0001', '999', 'NA-12', 'UNK-77-A'])(
    'takes %j for a number',
    (id) => expect(isDummyId(id)).toBe(false),
  );
});
