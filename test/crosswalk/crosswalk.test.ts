import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CODE_DOMAINS, type Need, type PatientKey } from '../../src/crosswalk/codes.ts';
import { openCrosswalk, type ProjectCrosswalk } from '../../src/crosswalk/crosswalk.ts';
import type { Random } from '../../src/ports/random.ts';
import { workplace } from '../store/workplace.ts';
import { open, POLICY } from './open.ts';

const anna: PatientKey = { id: '4711', issuer: 'CITY' };
const berta: PatientKey = { id: '4711', issuer: 'COUNTY' };

function patientCode(crosswalk: ProjectCrosswalk, patient: PatientKey, study?: string) {
  const need: Need = study === undefined ? { kind: 'patient', patient } : { kind: 'patient', patient, study };
  return crosswalk.resolve([need]).patient(patient, study);
}
const uidCode = (crosswalk: ProjectCrosswalk, uid: string, study?: string): string =>
  crosswalk
    .resolve([study === undefined ? { kind: 'uid', uid } : { kind: 'uid', uid, study }])
    .uid(uid, study);
const orderCode = (crosswalk: ProjectCrosswalk, value: string): string =>
  crosswalk.resolve([{ kind: 'code', domain: 'order', value }]).code('order', value);

describe('codes', () => {
  it('fit every field they go to', () => {
    const crosswalk = open(workplace());
    const codes = CODE_DOMAINS.map((domain) =>
      crosswalk.resolve([{ kind: 'code', domain, value: 'x' }]).code(domain, 'x'),
    );
    codes.push(patientCode(crosswalk, anna).code);
    for (const code of codes) {
      expect(code).toMatch(/^[A-Z][0-9A-Z]{1,15}$/);
      expect(code).not.toMatch(/\d{4}/);
      expect(code.slice(1)).not.toMatch(/[AEIOU01]/);
    }
    expect(new Set(codes).size).toBe(codes.length);
    expect(new Set(codes.map((code) => code[0])).size).toBe(codes.length);
  });

  it('of UIDs are version 4 UUIDs under 2.25', () => {
    const crosswalk = open(workplace());
    for (let at = 0; at < 50; at++) {
      const uid = uidCode(crosswalk, `1.2.${at}`);
      expect(uid).toMatch(/^2\.25\.[1-9]\d*$/);
      expect(uid.length).toBeLessThanOrEqual(64);
      const hex = BigInt(uid.slice(5)).toString(16).padStart(32, '0');
      expect(hex).toMatch(/^.{12}4.{3}[89ab].{15}$/);
    }
  });

  it('are the same for the same original, in this run and the next, and differ for others', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.stringMatching(/^[!-~]{1,20}$/), { minLength: 2, maxLength: 12 }),
        (values) => {
          const place = workplace();
          const needs: Need[] = values.flatMap((value) => [
            { kind: 'uid', uid: value },
            { kind: 'code', domain: 'order', value },
            { kind: 'code', domain: 'visit', value },
          ]);
          const read = (crosswalk: ProjectCrosswalk): string[] => {
            const book = crosswalk.resolve(needs);
            return values.flatMap((value) => [
              book.uid(value),
              book.code('order', value),
              book.code('visit', value),
            ]);
          };
          const crosswalk = open(place);
          const first = read(crosswalk);
          expect(new Set(first).size).toBe(first.length);
          expect(read(crosswalk)).toEqual(first);
          place.reopen();
          expect(read(open(place))).toEqual(first);
        },
      ),
      { numRuns: 15 },
    );
  });

  it('differ from project to project', () => {
    expect(orderCode(open(workplace()), 'A1')).not.toBe(orderCode(open(workplace()), 'A1'));
  });

  it('do not mind padding', () => {
    const crosswalk = open(workplace());
    expect(orderCode(crosswalk, ' A1 ')).toBe(orderCode(crosswalk, 'A1'));
    expect(uidCode(crosswalk, '1.2.3\0')).toBe(uidCode(crosswalk, '1.2.3'));
  });

  it('are never a forbidden value', () => {
    const crosswalk = open(workplace(), {}, (code) => /^.[2-9B-M]/.test(code));
    for (let at = 0; at < 50; at++) expect(orderCode(crosswalk, `${at}`)).toMatch(/^A[N-Z]/);
  });

  it('are never one that was issued, even where chance repeats itself', () => {
    const place = workplace();
    let call = 0;
    const repeating: Random = {
      bytes: (length) => Buffer.alloc(length, 20 + Math.floor(call++ / 5)),
      integer: (min) => min,
    };
    const crosswalk = openCrosswalk(place.store, place.keys, { project: POLICY }, repeating);
    const codes = ['a', 'b', 'c', 'd'].map((value) => orderCode(crosswalk, value));
    expect(new Set(codes).size).toBe(4);
    expect(call).toBeGreaterThan(10);
  });

  it('end in a typed error where chance has run dry', () => {
    const place = workplace();
    const crosswalk = open(place, {}, () => true);
    expect(() => orderCode(crosswalk, 'a')).toThrowError(expect.objectContaining({ code: 'crosswalk' }));
    expect(crosswalk.resolve([]).uid).toBeDefined();
  });

  it('are known as issued, and originals are not', () => {
    const place = workplace();
    const crosswalk = open(place);
    const issued = [
      orderCode(crosswalk, 'A1'),
      uidCode(crosswalk, '1.2.3'),
      patientCode(crosswalk, anna).code,
    ];
    place.reopen();
    const again = open(place);
    for (const each of [crosswalk, again]) {
      for (const code of issued) expect(each.isIssued(code)).toBe(true);
      for (const value of ['A1', '1.2.3', '4711', '']) expect(each.isIssued(value)).toBe(false);
    }
  });

  it('that a plan did not name are an internal error', () => {
    const book = open(workplace()).resolve([{ kind: 'uid', uid: '1.2' }]);
    for (const ask of [() => book.uid('1.3'), () => book.code('order', '1.2'), () => book.patient(anna)]) {
      expect(ask).toThrowError(
        expect.objectContaining({ code: 'internal', message: expect.not.stringContaining('1.3') }),
      );
    }
  });

  it('of a transaction that was undone are forgotten', () => {
    const place = workplace();
    const crosswalk = open(place);
    let lost = '';
    expect(() =>
      place.store.transaction(() => {
        lost = uidCode(crosswalk, '1.2.3');
        patientCode(crosswalk, anna);
        throw new Error('kill');
      }),
    ).toThrow('kill');
    expect(crosswalk.isIssued(lost)).toBe(false);
    const kept = uidCode(crosswalk, '1.2.3');
    const { code } = patientCode(crosswalk, anna);
    place.reopen();
    const again = open(place);
    expect(uidCode(again, '1.2.3')).toBe(kept);
    expect(patientCode(again, anna).code).toBe(code);
  });
});

describe('patients', () => {
  it('of different issuers have different codes, and of one issuer the same however it is written', () => {
    const crosswalk = open(workplace());
    expect(patientCode(crosswalk, anna).code).not.toBe(patientCode(crosswalk, berta).code);
    expect(patientCode(crosswalk, { id: ' 4711 ', issuer: 'city' })).toEqual(patientCode(crosswalk, anna));
  });

  it('are shifted by 31 to 365 days, forwards or back', () => {
    const crosswalk = open(workplace());
    const offsets = Array.from(
      { length: 200 },
      (_, at) => patientCode(crosswalk, { id: `p${at}`, issuer: '' }).dateOffsetDays,
    );
    for (const days of offsets) {
      expect(Number.isInteger(days)).toBe(true);
      expect(Math.abs(days)).toBeGreaterThanOrEqual(31);
      expect(Math.abs(days)).toBeLessThanOrEqual(365);
    }
    expect(new Set(offsets).size).toBeGreaterThan(50);
    expect(offsets.some((days) => days < 0) && offsets.some((days) => days > 0)).toBe(true);
  });

  it('that are joined share code and offset, also by a bare number', () => {
    const place = workplace();
    const crosswalk = open(place);
    const summary = crosswalk.join([
      [anna],
      [{ id: 'old-1', issuer: 'CITY' }, anna],
      [{ id: 'old-1', issuer: '' }],
    ]);
    expect(summary).toEqual({ patients: 1, ambiguous: 0, superseded: [] });
    const codes = patientCode(crosswalk, anna);
    expect(patientCode(crosswalk, { id: 'old-1', issuer: 'CITY' })).toEqual(codes);
    expect(patientCode(crosswalk, { id: 'old-1', issuer: '' })).toEqual(codes);
    place.reopen();
    expect(patientCode(open(place), { id: 'old-1', issuer: '' })).toEqual(codes);
    expect(open(place).find(anna)).toBe(open(place).find({ id: 'old-1', issuer: '' }));
    expect(open(place).find(berta)).toBeUndefined();
  });

  it('count the bare numbers that are ambiguous', () => {
    const crosswalk = open(workplace());
    expect(crosswalk.join([[anna], [berta], [{ id: '4711', issuer: '' }]])).toMatchObject({
      patients: 3,
      ambiguous: 1,
    });
    const codes = [anna, berta, { id: '4711', issuer: '' }].map((key) => patientCode(crosswalk, key).code);
    expect(new Set(codes).size).toBe(3);
  });

  it('are not joined by placeholders', () => {
    const crosswalk = open(workplace());
    crosswalk.join([
      [anna, { id: 'UNKNOWN', issuer: 'CITY' }, { id: '', issuer: '' }, { id: '0', issuer: '' }],
      [berta, { id: 'UNKNOWN', issuer: 'CITY' }, { id: '', issuer: '' }, { id: '0', issuer: '' }],
    ]);
    expect(patientCode(crosswalk, anna).code).not.toBe(patientCode(crosswalk, berta).code);
    expect(patientCode(crosswalk, { id: '', issuer: '' }).code).not.toBe('');
  });

  it('that prove to be one keep the older code, and the younger stays known as issued', () => {
    const place = workplace();
    const first = open(place);
    const older = patientCode(first, anna);
    const younger = patientCode(first, berta);
    place.reopen();
    const second = open(place);
    expect(patientCode(second, berta)).toEqual(younger);
    expect(second.join([[berta, anna]])).toEqual({ patients: 1, ambiguous: 0, superseded: [younger.code] });
    expect(patientCode(second, berta)).toEqual(older);
    expect(patientCode(second, anna)).toEqual(older);
    expect(second.isIssued(younger.code)).toBe(true);
    expect(second.join([[berta, anna]]).superseded).toEqual([]);
  });

  it('get the same patients whatever the order of sources', () => {
    const key = fc.record({ id: fc.constantFrom('1', '2', '3'), issuer: fc.constantFrom('', 'A', 'B') });
    const groups = fc.array(fc.array(key, { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 6 });
    const partition = (all: readonly (readonly PatientKey[])[], keys: readonly PatientKey[]): number[] => {
      const crosswalk = open(workplace());
      crosswalk.join(all);
      const codes = keys.map((each) => patientCode(crosswalk, each).code);
      return codes.map((code) => codes.indexOf(code));
    };
    fc.assert(
      fc.property(groups, (all) => {
        const keys = all.flat();
        expect(partition(all.toReversed(), keys)).toEqual(partition(all, keys));
      }),
      { numRuns: 20 },
    );
  });

  it('cannot be looked up by another policy than the first run had', () => {
    const place = workplace();
    patientCode(open(place), anna);
    for (const policy of [{ leadingZeros: 'ignored' }, { defaultIssuer: 'CITY' }] as const) {
      expect(() => open(place, policy)).toThrowError(expect.objectContaining({ code: 'usage' }));
    }
    expect(() => open(place, { link: 'cut' })).not.toThrow();
  });
});

describe('cutting the link', () => {
  it('gives each study its own patient, offset and frame of reference, and other UIDs stay consistent', () => {
    const crosswalk = open(workplace(), { link: 'cut' });
    const [one, two] = [patientCode(crosswalk, anna, '1.1'), patientCode(crosswalk, anna, '1.2')];
    expect(one.code).not.toBe(two.code);
    expect(patientCode(crosswalk, anna, '1.1')).toEqual(one);
    expect(uidCode(crosswalk, '9.9', '1.1')).not.toBe(uidCode(crosswalk, '9.9', '1.2'));
    expect(uidCode(crosswalk, '9.9', '1.1')).toBe(uidCode(crosswalk, '9.9', '1.1'));
    expect(uidCode(crosswalk, '1.1')).toBe(uidCode(crosswalk, '1.1'));
  });

  it('with the link kept, the study makes no difference', () => {
    const crosswalk = open(workplace());
    expect(patientCode(crosswalk, anna, '1.1')).toEqual(patientCode(crosswalk, anna));
    expect(uidCode(crosswalk, '9.9', '1.1')).toBe(uidCode(crosswalk, '9.9'));
  });
});

describe('keyed-hash codes', () => {
  it('are the same in another store under the same key, whatever the order, and differ under another key', () => {
    const [a, b] = [workplace(), workplace()];
    const other = { id: 'old-1', issuer: 'CITY' };
    const read = (place: typeof a, keys: typeof a.keys, groups: PatientKey[][]) => {
      const crosswalk = open({ store: place.store, keys }, { codes: 'keyed-hash' });
      crosswalk.join(groups);
      return [patientCode(crosswalk, anna), uidCode(crosswalk, '1.2'), orderCode(crosswalk, 'A1')];
    };
    const first = read(a, a.keys, [[anna, other]]);
    expect(read(b, a.keys, [[other], [berta], [other, anna]])).toEqual(first);
    expect(read(workplace(), b.keys, [[anna, other]])).not.toEqual(first);
    expect(String(first[1])).toMatch(/^2\.25\.[1-9]\d+$/);
  });
});

describe('at rest', () => {
  it('no original stands in clear in any file of the work folder', () => {
    const { workDir, store, keys } = workplace();
    const crosswalk = open({ store, keys }, { defaultIssuer: 'Quellwasser Clinic', link: 'cut' });
    crosswalk.join([[anna, { id: 'MRN-55512', issuer: 'Sankt Odilia' }]]);
    patientCode(crosswalk, anna, '1.2.826.0.1.777');
    uidCode(crosswalk, '1.2.826.0.1.888', '1.2.826.0.1.777');
    orderCode(crosswalk, 'ACC-987654');
    const originals = [
      'Quellwasser',
      'QUELLWASSER',
      'ODILIA',
      '55512',
      '4711',
      '0.1.777',
      '0.1.888',
      '987654',
    ];
    const check = (): void => {
      for (const name of readdirSync(workDir)) {
        const bytes = readFileSync(join(workDir, name)).toString('latin1');
        for (const original of originals)
          expect(bytes.includes(original), `${original} in ${name}`).toBe(false);
      }
    };
    check();
    store.close();
    check();
  });
});
