import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PatientKey } from '../../src/crosswalk/codes.ts';
import { type EarlierPatients, joinPatients } from '../../src/crosswalk/patient-graph.ts';

const nobody: EarlierPatients = { patientOf: () => undefined, holders: () => [] };

/** `A:5` is number 5 of issuer A, `5` a bare one. */
function key(text: string): PatientKey {
  const [issuer = '', id] = text.split(':');
  return id === undefined ? { id: issuer, issuer: '' } : { id, issuer };
}
const show = ({ id, issuer }: PatientKey): string => (issuer === '' ? id : `${issuer}:${id}`);

function join(groups: readonly (readonly string[])[]) {
  const { patients, ambiguous } = joinPatients(
    groups.map((group) => group.map(key)),
    nobody,
  );
  return {
    patients: patients
      .map(({ keys }) => keys.map(show).sort())
      .sort((a, b) => (a.join() < b.join() ? -1 : 1)),
    ambiguous: ambiguous.map(show).sort(),
  };
}

describe('patients', () => {
  it('join through any chain of groups', () => {
    expect(join([['A:1', 'B:2'], ['C:3'], ['B:2', 'D:4'], ['D:4', 'A:9']]).patients).toEqual([
      ['A:1', 'A:9', 'B:2', 'D:4'],
      ['C:3'],
    ]);
  });

  it('with the same number of different issuers stay apart', () => {
    expect(join([['A:5'], ['B:5']]).patients).toEqual([['A:5'], ['B:5']]);
  });

  it('take in a bare number that one issuer has', () => {
    expect(join([['5'], ['A:5'], ['B:6']]).patients).toEqual([['5', 'A:5'], ['B:6']]);
  });

  it('do not take in a bare number that two issuers have, whatever comes first', () => {
    for (const groups of [
      [['5'], ['A:5'], ['B:5']],
      [['A:5'], ['5'], ['B:5']],
      [['B:5'], ['A:5'], ['5']],
    ]) {
      expect(join(groups)).toEqual({ patients: [['5'], ['A:5'], ['B:5']], ambiguous: ['5'] });
    }
  });

  it('take in a bare number whose two issuers prove to mean one patient', () => {
    expect(join([['5'], ['A:5'], ['B:5'], ['A:5', 'B:5']])).toEqual({
      patients: [['5', 'A:5', 'B:5']],
      ambiguous: [],
    });
  });

  it('are not bridged by an ambiguous number', () => {
    expect(join([['5', 'X:1'], ['5', 'Y:2'], ['A:5'], ['B:5']]).patients).toEqual([
      ['5'],
      ['A:5'],
      ['B:5'],
      ['X:1'],
      ['Y:2'],
    ]);
  });

  it('take in an ambiguous number that is always met in the company of one of them', () => {
    expect(join([['5', 'X:1'], ['X:1', '5'], ['A:5'], ['B:5']])).toEqual({
      patients: [['5', 'X:1'], ['A:5'], ['B:5']],
      ambiguous: [],
    });
    expect(join([['5', 'X:1'], ['5'], ['A:5'], ['B:5']]).ambiguous).toEqual(['5']);
  });

  it('take in a number told by its company also where its holders prove to be one later', () => {
    const groups = [
      ['A:4', 'A:3'],
      ['A:1', '3'],
      ['4', 'B:3'],
    ];
    const expected = [['3', '4', 'A:1', 'A:3', 'A:4', 'B:3']];
    expect(join(groups).patients).toEqual(expected);
    expect(join(groups.toReversed()).patients).toEqual(expected);
  });

  it('without any issuer are told by their number', () => {
    expect(join([['5'], ['6'], ['5', '7']]).patients).toEqual([['5', '7'], ['6']]);
  });

  it('clear one bare number after another until nothing changes', () => {
    // 7 is A:7 and B:7; only when 5 has joined A:7 with B:7 is it clear.
    expect(join([['7'], ['A:7', '5'], ['B:7', '5'], ['C:5']]).patients).toEqual([
      ['5', '7', 'A:7', 'B:7', 'C:5'],
    ]);
  });

  it('join with what an earlier run knew, its bare numbers included', () => {
    const rows: Record<string, number> = { 'A:1': 3, 'B:2': 8, '9': 5 };
    const earlier: EarlierPatients = {
      patientOf: (of) => rows[show(of)],
      holders: (id) => (id === '1' ? [3] : []),
    };
    const { patients } = joinPatients([[key('A:1'), key('B:2')], [key('1')], [key('C:9')]], earlier);
    expect(patients.map((patient) => [patient.keys.map(show).sort(), patient.earlier])).toEqual([
      [
        ['1', 'A:1', 'B:2'],
        [3, 8],
      ],
      [['C:9'], [5]],
    ]);
  });

  const anyKey = fc.oneof(
    fc.constantFrom('1', '2', '3', '4'),
    fc
      .tuple(fc.constantFrom('A', 'B', 'C'), fc.constantFrom('1', '2', '3', '4'))
      .map(([a, b]) => `${a}:${b}`),
  );
  const anyGroups = fc.array(fc.array(anyKey, { minLength: 1, maxLength: 3 }), { maxLength: 10 });

  it('do not depend on the order of sources or of keys', () => {
    fc.assert(
      fc.property(
        anyGroups.chain((groups) =>
          fc.tuple(
            fc.constant(groups),
            fc.shuffledSubarray(groups, { minLength: groups.length }),
            fc.boolean(),
          ),
        ),
        ([groups, shuffled, reversed]) => {
          const other = reversed ? shuffled.map((group) => group.toReversed()) : shuffled;
          expect(join(other)).toEqual(join(groups));
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('hold every key once, and keys with an issuer as the groups join them', () => {
    fc.assert(
      fc.property(anyGroups, (groups) => {
        const { patients } = join(groups);
        const all = patients.flat();
        expect(all.toSorted()).toEqual([...new Set(groups.flat())].sort());
        for (const group of groups) {
          const issued = group.filter((text) => text.includes(':'));
          const homes = new Set(
            issued.map((text) => patients.findIndex((patient) => patient.includes(text))),
          );
          expect(homes.size).toBeLessThanOrEqual(1);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('saying the same again changes nothing', () => {
    fc.assert(
      fc.property(anyGroups, (groups) => {
        expect(join([...groups, ...groups])).toEqual(join(groups));
      }),
      { numRuns: 200 },
    );
  });
});
