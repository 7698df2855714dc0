import { describe, expect, it } from 'vitest';
import { exportEncrypted, readExport } from '../../src/crosswalk/broker.ts';
import { originalOf, putBack } from '../../src/crosswalk/put-back.ts';
import { workplace } from '../store/workplace.ts';
import { open } from './open.ts';

const anna = { id: '4711', issuer: 'CITY' };
const PASSPHRASE = 'correct horse battery';

function filled(link: 'keep' | 'cut' = 'keep') {
  const place = workplace();
  const crosswalk = open(place, { link });
  crosswalk.join([[{ id: '1', issuer: 'OLD' }, anna]]);
  const book = crosswalk.resolve([
    { kind: 'patient', patient: anna, study: '1.2.3' },
    { kind: 'uid', uid: '9.9', study: '1.2.3' },
    { kind: 'code', domain: 'order', value: 'A-77' },
  ]);
  return {
    place,
    crosswalk,
    patient: book.patient(anna, '1.2.3'),
    uid: book.uid('9.9', '1.2.3'),
    order: book.code('order', 'A-77'),
  };
}

describe('the export for an honest broker', () => {
  it('holds everything, for those who know the passphrase', () => {
    const { place, patient, uid, order } = filled();
    const bytes = exportEncrypted(place.store, PASSPHRASE);
    expect(readExport(bytes, PASSPHRASE)).toEqual({
      version: 1,
      patients: [
        {
          keys: [
            { id: '4711', issuer: 'CITY' },
            { id: '1', issuer: 'OLD' },
          ],
          codes: [{ code: patient.code, dateOffsetDays: patient.dateOffsetDays }],
        },
      ],
      uids: [{ uid: '9.9', code: uid }],
      codes: [{ domain: 'order', value: 'A-77', code: order }],
    });
    for (const value of ['4711', 'CITY', 'A-77', patient.code, uid]) {
      expect(Buffer.from(bytes).includes(value)).toBe(false);
    }
  });

  it('names the study where the link is cut', () => {
    const { place, patient, uid } = filled('cut');
    const content = readExport(exportEncrypted(place.store, PASSPHRASE), PASSPHRASE);
    expect(content.patients[0]?.codes).toEqual([
      { code: patient.code, dateOffsetDays: patient.dateOffsetDays, study: '1.2.3' },
    ]);
    expect(content.uids).toEqual([{ uid: '9.9', study: '1.2.3', code: uid }]);
  });

  it('opens for no other passphrase, after no change, and from no other file', () => {
    const { place } = filled();
    const bytes = Buffer.from(exportEncrypted(place.store, PASSPHRASE));
    expect(() => readExport(bytes, 'wrong horse battery')).toThrowError(
      expect.objectContaining({ code: 'crosswalk' }),
    );
    bytes.writeUInt8(bytes.readUInt8(bytes.length - 20) ^ 1, bytes.length - 20);
    expect(() => readExport(bytes, PASSPHRASE)).toThrowError(expect.objectContaining({ code: 'crosswalk' }));
    expect(() => readExport(Buffer.from('something else'), PASSPHRASE)).toThrowError(
      expect.objectContaining({ code: 'usage' }),
    );
    expect(() => exportEncrypted(place.store, 'short')).toThrowError(
      expect.objectContaining({ code: 'usage' }),
    );
  });
});

describe('putting codes back', () => {
  it('tells the original of every code, and of nothing else', () => {
    const { place, patient, uid, order } = filled('cut');
    expect(originalOf(place.store, order)).toEqual({ kind: 'code', domain: 'order', value: 'A-77' });
    expect(originalOf(place.store, uid)).toEqual({ kind: 'uid', uid: '9.9', study: '1.2.3' });
    expect(originalOf(place.store, patient.code)).toMatchObject({
      kind: 'patient',
      keys: [
        { id: '4711', issuer: 'CITY' },
        { id: '1', issuer: 'OLD' },
      ],
      study: '1.2.3',
    });
    expect(originalOf(place.store, 'A-77')).toBeUndefined();
  });

  it('makes texts of two runs equal, whatever codes each drew', () => {
    const [a, b] = [filled(), filled()];
    const text = ({ patient, uid, order }: typeof a): string =>
      `PID|1||${patient.code}^^^X\rZDS|${uid}^x\rOBR|1|${order}_2|file-${patient.code}.dcm|2.25.1`;
    expect(text(a)).not.toBe(text(b));
    expect(putBack(a.place.store, text(a))).toBe(putBack(b.place.store, text(b)));
    expect(putBack(a.place.store, text(a))).toBe(
      'PID|1||{patient CITY|4711}^^^X\rZDS|{uid 9.9}^x\rOBR|1|{order A-77}_2|file-{patient CITY|4711}.dcm|2.25.1',
    );
  });
});
