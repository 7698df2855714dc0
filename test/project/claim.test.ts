import { describe, expect, it } from 'vitest';
import { type ClaimFacts, claim } from '../../src/project/claim.ts';
import { decisions } from '../../src/project/decisions.ts';
import { parseProject } from '../../src/project/load.ts';
import { ruleLabel } from '../../src/project/rule-label.ts';

const project = (yaml = '') => parseProject(`version: 1\n${yaml}`);

const clean: ClaimFacts = {
  command: 'run',
  now: new Date('2026-06-01T12:00:00Z'),
  leaks: 0,
  suspects: 0,
  notRun: 0,
  released: 10,
  accepted: [],
};

const SAFE_HARBOR = 'Safe Harbor, 45 CFR 164.514(b)(2)';
const EXPERT = 'Expert Determination, 45 CFR 164.514(b)(1)';
const LIMITED = 'Limited Data Set, 45 CFR 164.514(e)';

const expertPapers =
  "evidence: { expert: A. Expert, statement: 'file 7', determinedOn: '2026-01-01', validUntil: '2027-01-01' }\n";
const limitedPapers = 'evidence: { dataUseAgreement: DUA-1, permittedPurpose: research }\n';

describe('a safe-harbor claim', () => {
  it('holds with the built-in settings and nothing found', () => {
    expect(claim(project(), clean)).toEqual({ claimed: SAFE_HARBOR, claimable: SAFE_HARBOR, why: [] });
  });

  it.each([
    ['dates: shift', /shifted dates/],
    ['dates: keep', /dates are kept/],
    ['zip: keep', /ZIP/],
    ['geography: city', /cities/],
    ['uids: keep', /unique identifiers are kept/],
    ['codes: keyed-hash', /derived/],
    ['rules: { dicom: [{ at: StudyDate, action: { do: shift-date } }] }', /rule shifts dates/],
    ['rules: { dicom: [{ at: "*Date", action: { do: keep } }] }', /rule for .* keeps .*dates .*\(C\)/],
    ['rules: { dicom: [{ at: "(0008,0020)", action: { do: keep } }] }', /rule for .* keeps .*dates .*\(C\)/],
    ['rules: { dicom: [{ at: "Patient*", action: { do: keep } }] }', /rule for .* keeps .*dates .*\(C\)/],
    ['rules: { hl7: [{ at: type:TS, action: { do: keep } }] }', /rule for .* keeps .*dates .*\(C\)/],
    [
      'rules: { dicom: [{ at: StudyInstanceUID, action: { do: keep } }] }',
      /rule for StudyInstanceUID keeps any other unique .*\(R\)/,
    ],
  ])('is barred by %s', (yaml, why) => {
    const result = claim(project(yaml), clean);
    expect(result.claimed).toBe(SAFE_HARBOR);
    expect(result.claimable).toBe('None with these settings and papers');
    expect(result.why.join()).toMatch(why);
  });

  it.each([
    'dates: remove',
    'ages: keep',
    'zip: remove',
    'rules: { dicom: [{ at: SOPClassUID, action: { do: keep } }, { at: "(0019,\\"ACME\\",10)", action: { do: keep } }, { at: Manufacturer, action: { do: keep } }] }',
  ])('is not barred by %s', (yaml) => {
    expect(claim(project(yaml), clean).claimable).toBe(SAFE_HARBOR);
  });

  it('falls back to the strongest method whose papers are there', () => {
    expect(claim(project(`dates: shift\n${expertPapers}`), clean).claimable).toBe(EXPERT);
    expect(claim(project(`dates: shift\n${limitedPapers}`), clean).claimable).toBe(LIMITED);
    expect(claim(project(`codes: keyed-hash\n${limitedPapers}`), clean).claimable).toMatch(/^None/);
  });
});

const keeping = (...places: string[]) => {
  const rule = (at: string) => `{ at: '${at}', action: { do: keep } }`;
  const [dicom, hl7] = [places.filter((at) => !HL7.test(at)), places.filter((at) => HL7.test(at))];
  return `rules: { dicom: [${dicom.map(rule).join()}], hl7: [${hl7.map(rule).join()}] }\n`;
};
const HL7 = /^type:|^[A-Z][A-Z0-9]{2}-/;

describe('a rule that keeps an identifier', () => {
  it.each([
    ['PatientTelephoneNumbers', 'telephone numbers (D)'],
    ['OperatorsName', 'names (A)'],
    ['AccessionNumber', 'any other unique identifying number, characteristic or code (R)'],
    ['(0010,0012)', 'names (A)'],
    ['PatientAge', 'dates (except year) and ages over 89 (C)'],
    ['PID-3', 'medical record numbers (H)'],
    ['PID-5', 'names (A)'],
    ['PID-5.1', 'names (A)'],
    ['PID-19', 'social security numbers (G)'],
    ['PID-11.3', 'geographic subdivisions smaller than a state (B)'],
    ['type:XTN', 'telephone numbers (D), fax numbers (E), e-mail addresses (F)'],
    ['type:DR', 'dates (except year) and ages over 89 (C)'],
    ['IN1-36', 'health plan beneficiary numbers (I)'],
  ])('bars Safe Harbor and is named: %s', (at, words) => {
    const { claimable, why } = claim(project(keeping(at)), clean);
    expect(claimable).toMatch(/^None/);
    expect(why).toEqual([`${SAFE_HARBOR}: the rule for ${at} keeps ${words} (164.514(b)(2)(i))`]);
  });

  it.each(['PID-5.7', 'PID-8', 'OBX-5', 'type:ST', 'ZPI-*', 'SOPClassUID', 'SeriesDescription'])(
    'bars nothing where the place is made for none: %s',
    (at) => {
      expect(claim(project(keeping(at)), clean).claimable).toBe(SAFE_HARBOR);
    },
  );

  it('bars by every category that a wildcard reaches', () => {
    const [dicom, hl7] = [keeping('Patient*'), keeping('PID-*')].map((rules) =>
      claim(project(rules), clean).why.join(),
    );
    for (const letter of ['(A)', '(B)', '(C)', '(D)', '(H)']) expect(dicom).toContain(letter);
    for (const letter of ['(A)', '(B)', '(C)', '(D)', '(G)', '(H)', '(J)', '(K)'])
      expect(hl7).toContain(letter);
  });

  it('does not count where a later rule always takes the place away', () => {
    const rules = (second: string) =>
      project(`rules: { dicom: [{ at: PatientName, action: { do: keep } }, ${second}] }`);
    expect(claim(rules('{ at: PatientName, action: { do: remove } }'), clean).why).toEqual([]);
    const sometimes = '{ at: PatientName, when: { at: Modality, equals: CT }, action: { do: remove } }';
    expect(claim(rules(sometimes), clean).why).toHaveLength(1);
  });

  it.each(['PatientName', 'PatientAddress', 'DeviceSerialNumber', 'PID-3', 'PID-11', 'PID-11.1', 'type:XTN'])(
    'bars a limited data set: %s',
    (at) => {
      const result = claim(project(`template: limited-data-set\n${limitedPapers}${keeping(at)}`), clean);
      expect(result.claimable).toMatch(/^None/);
      expect(result.why.join()).toMatch(/keeps .*\(164\.514\(e\)\(2\)\)/);
    },
  );

  it.each(['StudyDate', 'AccessionNumber', 'PID-11.3', 'PID-11.5', 'InstitutionName', 'StudyInstanceUID'])(
    'does not bar a limited data set where it may hold that: %s',
    (at) => {
      const result = claim(project(`template: limited-data-set\n${limitedPapers}${keeping(at)}`), clean);
      expect(result).toMatchObject({ claimable: LIMITED, why: [] });
    },
  );

  it('leaves Expert Determination to the expert', () => {
    expect(claim(project(`${keeping('PatientName')}${expertPapers}`), clean).claimable).toBe(EXPERT);
  });

  it('bars by what the audit found there, once for each rule and category', () => {
    const row = { leaks: 1, suspects: 0, sources: 1 };
    const facts: ClaimFacts = {
      ...clean,
      accepted: [
        { rule: 'ImageComments', category: 'A', ...row },
        { rule: 'OperatorsName', category: 'A', ...row },
      ],
    };
    const rules = keeping('ImageComments', 'OperatorsName');
    expect(claim(project(rules), facts).why).toEqual([
      `${SAFE_HARBOR}: the rule for OperatorsName keeps names (A) (164.514(b)(2)(i))`,
      `${SAFE_HARBOR}: the audit found names (A) in what the rule for ImageComments keeps (164.514(b)(2)(i))`,
    ]);
    const limited = claim(project(`template: limited-data-set\n${limitedPapers}${rules}`), facts);
    expect(limited.why).toHaveLength(2);
  });

  it('is named without what a site wrote as a private creator', () => {
    const rule = `rules: { dicom: [{ at: '(0019,"DOE 4711",10)', action: { do: keep } }] }`;
    const accepted = [
      { rule: ruleLabel('(0019,"DOE 4711",10)'), category: 'A' as const, leaks: 1, suspects: 0, sources: 1 },
    ];
    expect(claim(project(rule), { ...clean, accepted }).why.join()).toContain('(0019,private,10)');
  });
});

describe('other methods', () => {
  it('need their papers', () => {
    const limited = claim(project('template: limited-data-set\n'), clean);
    expect(limited.claimable).toMatch(/^None/);
    expect(limited.why.join()).toMatch(/dataUseAgreement.*permittedPurpose/);
    const expert = claim(project('template: research-longitudinal\n'), clean);
    expect(expert.why.join()).toMatch(/evidence.expert.*statement.*determinedOn.*validUntil/);
  });

  it('are claimable with them', () => {
    expect(claim(project(`template: limited-data-set\n${limitedPapers}`), clean)).toMatchObject({
      claimable: LIMITED,
      why: [],
    });
    expect(claim(project(`template: research-longitudinal\n${expertPapers}`), clean)).toMatchObject({
      claimable: EXPERT,
    });
  });

  it('lapse with the determination, and do not begin before it', () => {
    const at = (day: string) => ({ ...clean, now: new Date(`${day}T12:00:00Z`) });
    const research = project(`template: research-longitudinal\n${expertPapers}`);
    expect(claim(research, at('2027-01-01')).claimable).toBe(EXPERT);
    expect(claim(research, at('2027-01-02')).claimable).not.toBe(EXPERT);
    expect(claim(research, at('2025-12-31')).claimable).not.toBe(EXPERT);
  });
});

describe('findings', () => {
  it.each([
    [{ leaks: 2 }, 'None until no leak is left'],
    [{ suspects: 1 }, 'None until every suspect finding is reviewed'],
    [{ notRun: 3 }, 'None until everything is searched'],
    [{ released: 0 }, 'None until something is released'],
    [{ leaks: 1, notRun: 1 }, 'None until no leak is left, and everything is searched'],
  ])('leave nothing to claim: %j', (facts, claimable) => {
    const result = claim(project(), { ...clean, ...facts });
    expect(result.claimable).toBe(claimable);
    expect(result.why).not.toEqual([]);
  });

  it('come with what the settings bar besides', () => {
    expect(claim(project('dates: keep'), { ...clean, leaks: 1 }).why).toHaveLength(2);
  });
});

describe('a scan', () => {
  it('claims no method, whatever it finds', () => {
    expect(claim(project(), { ...clean, command: 'scan' })).toMatchObject({
      claimable: 'None by a scan alone',
    });
    expect(claim(project(), { ...clean, command: 'scan', leaks: 1 }).claimable).toMatch(
      /^None until no leak/,
    );
  });
});

const NOW = new Date('2026-03-01T12:00:00Z');

describe('a waiver of faces or biometrics', () => {
  it('bars Safe Harbor and a limited data set where it kept something', () => {
    const accepted = [{ rule: 'faces: waive', category: 'Q' as const, leaks: 0, suspects: 3, sources: 3 }];
    const said = claim(project(), { ...clean, accepted });
    expect(said.claimable).toBe('None with these settings and papers');
    expect(said.why.join()).toContain(
      'a waiver keeps full-face photographs and comparable images (Q) (164.514(b)(2)(i))',
    );
    expect(claim(project(), { ...clean, accepted: [] }).claimable).toMatch(/^Safe Harbor/);
  });
});

describe('decisions', () => {
  it('says who waived faces, why and until when, and that a waiver has run out', () => {
    const waived = project(
      "faces: waive\nwaivers: { faces: { reason: no face is shown, by: Dr. Example Reviewer, on: '2026-01-15', until: '2026-03-01' } }",
    );
    const words = (now: Date) => decisions(waived, now).find(({ label }) => label === 'Faces')?.setting;
    expect(words(NOW)).toBe(
      'Waived by Dr. Example Reviewer on 2026-01-15 until 2026-03-01: no face is shown',
    );
    expect(words(new Date('2026-03-02T00:00:00Z'))).toBe(
      'Held: the waiver of 2026-01-15 ended on 2026-03-01',
    );
    expect(decisions(project(), NOW).find(({ label }) => label === 'Faces')?.setting).toMatch(/^Held/);
  });

  it('puts every setting in words', () => {
    for (const { label, setting } of decisions(project('template: limited-data-set'), NOW)) {
      expect(label).not.toBe('');
      expect(setting).toMatch(/^[A-Z0-9]/);
    }
  });

  it('does not quote filters and rules', () => {
    const words = JSON.stringify(
      decisions(
        project(
          'filters: { where: [{ at: PatientID, equals: MRN0815 }], cohort: MRN0815.csv }\nrules: { hl7: [{ at: PID-3, action: { do: replace, with: MRN0815 } }] }\n',
        ),
        NOW,
      ),
    );
    expect(words).not.toContain('0815');
    expect(words).toContain('1 by element or field, cohort list');
    expect(words).toContain('0 for DICOM, 1 for HL7');
  });

  it('says that ages are capped where safe harbor overrides keep', () => {
    expect(JSON.stringify(decisions(project('ages: keep'), NOW))).toContain('Kept up to 89, then 90');
  });
});

it('never speaks of compliance', () => {
  const said = JSON.stringify([claim(project(), clean), decisions(project(), NOW)]);
  expect(said).not.toMatch(/complian/i);
});
