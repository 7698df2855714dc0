import { describe, expect, it } from 'vitest';
import { readCodeList } from '../../src/crosswalk/import-codes.ts';
import { workplace } from '../store/workplace.ts';
import { open } from './open.ts';

const anna = { id: '4711', issuer: 'CITY' };
const LIST = 'patient_id,issuer,code,date_offset_days\r\n4711,City,SITE-01-007,-45\r\n4712,,SITE-01-008,\r\n';

const resolve = (crosswalk: ReturnType<typeof open>, patient: { id: string; issuer: string }) =>
  crosswalk.resolve([{ kind: 'patient', patient }]).patient(patient);

describe('a sponsor list', () => {
  it('gives its patients their codes and offsets, a random offset where it names none', () => {
    const place = workplace();
    const crosswalk = open(place);
    expect(crosswalk.importCodes(LIST)).toBe(2);
    expect(resolve(crosswalk, anna)).toEqual({ code: 'SITE-01-007', dateOffsetDays: -45 });
    const bare = resolve(crosswalk, { id: '4712', issuer: '' });
    expect(bare.code).toBe('SITE-01-008');
    expect(Math.abs(bare.dateOffsetDays)).toBeGreaterThanOrEqual(31);
    expect(crosswalk.isIssued('SITE-01-007')).toBe(true);
    place.reopen();
    const again = open(place);
    expect(again.importCodes(LIST)).toBe(2);
    expect(resolve(again, { id: '4712', issuer: '' })).toEqual(bare);
  });

  it('stands for the patient under every key that joins', () => {
    const crosswalk = open(workplace());
    crosswalk.importCodes(LIST);
    crosswalk.join([[{ id: '1', issuer: 'OLD' }, anna], [{ id: '4712', issuer: 'CITY' }]]);
    expect(resolve(crosswalk, { id: '1', issuer: 'OLD' }).code).toBe('SITE-01-007');
    expect(resolve(crosswalk, { id: '4712', issuer: 'CITY' }).code).toBe('SITE-01-008');
  });

  it.each([
    ['no header', '4711,City,X1,5', 1],
    ['an unknown column', 'patient_id,issuer,code,shift\n', 1],
    ['a missing field', 'patient_id,issuer,code,date_offset_days\n4711,City,X1', 2],
    ['no patient', 'patient_id,code\n,X1', 2],
    ['no offset of zero', 'patient_id,issuer,code,date_offset_days\n4711,City,X1,0', 2],
    ['an offset with a fraction', 'patient_id,issuer,code,date_offset_days\n4711,City,X1,1.5', 2],
    ['a code with a delimiter', 'patient_id,code\n4710,A1\n4711,X|1', 3],
    ['a code that is too long', `patient_id,code\n4711,${'X'.repeat(65)}`, 2],
    ['one code for two patients', 'patient_id,code\n4711,X1\n4712,X1', 3],
    ['a placeholder for a patient', 'patient_id,code\nUNKNOWN,X1', 2],
    ['two codes for one patient', 'patient_id,code\n4711,X1\n4711,X2', 3],
  ])('is refused with its line and no value: %s', (_, csv, line) => {
    const place = workplace();
    const crosswalk = open(place);
    try {
      crosswalk.importCodes(csv);
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({ code: 'usage', at: { locus: `line ${line}` } });
      expect((error as Error).message).not.toMatch(/4711|X1|X\|1|City/);
    }
    expect(crosswalk.isIssued('X1')).toBe(false);
    expect(place.store.patients.issued()).toEqual([]);
  });

  it('is refused where a patient has another code already, a code is taken, is an identifier, or the link is cut', () => {
    const place = workplace();
    const crosswalk = open(place, {}, (code) => code === 'MRN9');
    const { code } = resolve(crosswalk, anna);
    for (const csv of [
      'patient_id,issuer,code\n4711,CITY,X1',
      `patient_id,code\n5,${code}`,
      'patient_id,code\n5,MRN9',
    ]) {
      expect(() => crosswalk.importCodes(csv)).toThrowError(expect.objectContaining({ code: 'usage' }));
    }
    expect(() => open(workplace(), { link: 'cut' }).importCodes(LIST)).toThrowError(
      expect.objectContaining({ code: 'usage' }),
    );
  });
});

describe('the list of codes', () => {
  it('takes columns in any order', () => {
    expect(readCodeList('Code,Patient_ID\nX1,7')).toEqual([
      { line: 2, patient: { id: '7', issuer: '' }, code: 'X1' },
    ]);
  });
});
