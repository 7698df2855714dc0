import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { PhiGateError } from '../../src/errors.ts';
import { loadProject, parseProject, resolveBeside, strictly } from '../../src/project/load.ts';

/** The error that a project file is refused with. */
function refusal(text: string): PhiGateError {
  try {
    parseProject(text);
  } catch (error) {
    if (error instanceof PhiGateError) return error;
    throw error;
  }
  throw new Error('the project file was accepted');
}

const file = (text: string) => () => new TextEncoder().encode(text);

describe('loadProject', () => {
  it('is the safe-harbor template without a file', () => {
    const { project, source, sha256 } = loadProject();
    expect(source).toBe('built-in');
    expect(sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(project).toMatchObject({
      template: 'safe-harbor',
      method: 'safe-harbor',
      dates: 'year',
      zip: 'zip3',
    });
  });

  it('gives the hash of the bytes and the folder of a file', () => {
    const loaded = loadProject('/studies/a/project.yaml', file('version: 1\n'));
    expect(loaded.source).toBe('file');
    expect(loaded.sha256).toBe(createHash('sha256').update('version: 1\n').digest('hex'));
    expect(resolveBeside(loaded.folder, 'cohort.csv')).toBe('/studies/a/cohort.csv');
    expect(resolveBeside(loaded.folder, '/lists/cohort.csv')).toBe('/lists/cohort.csv');
  });

  it('says that a file is not there without naming its path', () => {
    const missing = () => loadProject('/nowhere/DOE^JANE.yaml');
    expect(missing).toThrow(/cannot be read \(ENOENT\)/);
    expect(missing).not.toThrow(/DOE|nowhere/);
  });

  it('refuses bytes that are not UTF-8', () => {
    expect(() => loadProject('p.yaml', () => Uint8Array.of(0x61, 0xff))).toThrow(/not UTF-8/);
  });

  it('reads a byte-order mark and CRLF line ends', () => {
    const { project } = loadProject('p.yaml', file('\uFEFFversion: 1\r\ndates: shift\r\n'));
    expect(project.dates).toBe('shift');
  });
});

describe('detect.strict', () => {
  it('is off unless the file, or the command line, says so', () => {
    expect(parseProject('version: 1\n').detect.strict).toBe(false);
    expect(parseProject('version: 1\ndetect: { strict: true }\n').detect.strict).toBe(true);
    const loaded = loadProject('p.yaml', file('version: 1\ndetect: { words: { wards: [Rosewood] } }\n'));
    const { project } = strictly(loaded);
    expect(project.detect).toEqual({ ...loaded.project.detect, strict: true });
    expect(loaded.project.detect.strict).toBe(false);
  });

  it('is a mistake where it is no truth value', () => {
    expect(refusal('version: 1\ndetect: { strict: very }\n').message).toContain(
      'line 2: `strict` must be true or false',
    );
  });
});

describe('a template', () => {
  it('supplies what the file leaves out', () => {
    const project = parseProject('version: 1\ntemplate: limited-data-set\n');
    expect(project).toMatchObject({
      method: 'limited-data-set',
      dates: 'keep',
      geography: 'city',
      zip: 'keep',
    });
  });

  it('gives way to the keys of the file', () => {
    const project = parseProject(
      'version: 1\ntemplate: limited-data-set\ndates: shift\nlimits: { depth: 8 }\n',
    );
    expect(project).toMatchObject({
      dates: 'shift',
      geography: 'city',
      limits: { depth: 8, headerBytes: 67108864 },
    });
  });

  it('stands for keys that are written without a value', () => {
    const project = parseProject('version: 1\ntemplate: limited-data-set\ndates:\nfilters:\nrules:\n');
    expect(project).toMatchObject({ dates: 'keep', filters: {}, rules: { dicom: [], hl7: [] } });
  });
});

describe('a problem in a project file', () => {
  it('names an unknown key, its line and the nearest known one', () => {
    const error = refusal('version: 1\n\ndats: shift\n');
    expect(error.code).toBe('usage');
    expect(error.message).toContain('line 3: unknown key `dats`, did you mean `dates`?');
    expect(error.at.locus).toBe('line 3');
  });

  it.each([
    ['filters:\n  modalty: [CT]', 'line 3: unknown key `modalty`, did you mean `modality`?'],
    ['evidence: { experts: x }', 'line 2: unknown key `experts`, did you mean `expert`?'],
    [
      'rules:\n  dicom:\n    - at: PatientName\n      action: { do: replace, whith: x }',
      'line 5: unknown key `whith`, did you mean `with`?',
    ],
    [
      'rules:\n  hl7:\n    - att: PID-5\n      action: { do: keep }',
      'line 4: unknown key `att`, did you mean `at`?',
    ],
    ['zzzzzzzzzz: 1', 'line 2: unknown key `zzzzzzzzzz`; known here: version, name,'],
  ])('finds the nearest key at its own level: %s', (yaml, message) => {
    expect(refusal(`version: 1\n${yaml}\n`).message).toContain(message);
  });

  it('lists all problems at once in the order of their lines', () => {
    const { message } = refusal(
      'version: 1\nzip: zip5\ndats: shift\nlimits:\n  depth: many\nfilters: { from: 2020 }\n',
    );
    const lines = [...message.matchAll(/line (\d+):/g)].map((match) => Number(match[1]));
    expect(lines).toEqual([2, 3, 5, 6]);
  });

  it('tells mistakes of shape and of meaning together', () => {
    const { message } = refusal(
      [
        'dats: shift',
        "filters: { from: '2020-02-30', where: [{ at: Modalty, equals: CT }, { at: PatientID, matches: '(x' }] }",
        'rules:',
        '  dicom:',
        '    - { at: PatientNmae, action: { do: keep } }',
        "    - { at: '(0010,001)', action: { do: keep } }",
        '    - { at: PatientWieght, action: { do: kepe } }',
        "    - { at: StudyID, action: { do: regex, pattern: '[', wiht: '' } }",
        '  hl7:',
        '    - { at: PID5, action: remove }',
      ].join('\n'),
    );
    for (const told of [
      'line 1: the key `version` is missing: write `version: 1`',
      'line 1: unknown key `dats`, did you mean `dates`?',
      'line 2: `from` is not a day of the calendar',
      'line 2: `at` names no keyword of PS3.6: did you mean `Modality`?',
      'line 2: `matches` is not a regular expression',
      'line 5: `at` names no keyword of PS3.6: did you mean `PatientName`?',
      'line 6: `at` must be a keyword, a tag',
      'line 7: `at` names no keyword of PS3.6: did you mean `PatientWeight`?',
      'line 7: `do` must be one of',
      'line 8: `pattern` is not a regular expression',
      'line 8: unknown key `wiht`, did you mean `with`?',
      'line 10: `at` must be a field such as PID-5',
      'line 10: `action` must be a mapping of keys',
    ])
      expect(message).toContain(told);
  });

  it.each([
    ['dates: shfit', '`dates` must be one of remove, year, shift, keep; did you mean `shift`?'],
    ['limits: { depth: 0 }', '`depth` must be greater than 0'],
    ['limits: { depth: 1.5 }', '`depth` must be a whole number'],
    ['limits: many', '`limits` must be a mapping of keys'],
    ['filters: { modality: CT }', '`modality` must be a list: put it in square brackets'],
    ['filters: { from: 2020-1-1 }', '`from` must be a date as YYYY-MM-DD'],
    ['filters: { from: 2020-02-30 }', '`from` is not a day of the calendar'],
    ["filters: { from: '2020-02-02', to: '2020-02-01' }", '`to` lies before `from`'],
    ['filters: { where: [{ at: PatientID, equals: 0012345 }] }', '`equals` must be text: put it in quotes'],
    ['filters: { where: [{ at: PatientID }] }', 'a condition needs one of equals, in, matches, present'],
    ['events: { file: e.csv }', 'the key `name` is missing'],
    [
      'rules: { dicom: [{ at: PatientName, action: remove }] }',
      '`action` must be a mapping of keys, such as `{ do: remove }`',
    ],
    ['rules: { dicom: [{ at: PatientName, action: { do: remoev } }] }', 'did you mean `remove`?'],
    ['rules: { dicom: [{ at: PatientName }] }', 'the key `action` is missing'],
    [
      'rules: { dicom: [{ at: PatientName, action: { do: replace, with: "{patiant}" } }] }',
      '{patient} and {order} alone',
    ],
    [
      'rules: { dicom: [{ at: PatientName, action: { do: random, kind: name, from: 2020-01-01 } }] }',
      'go with `kind: date` alone',
    ],
    ['rules: { dicom: [{ at: PID-5, action: { do: keep } }] }', '`at` must be a keyword, a tag'],
    ['rules: { hl7: [{ at: PatientName, action: { do: keep } }] }', '`at` must be a field such as PID-5'],
    [
      'rules: { hl7: [{ at: PID-5, when: { at: "ZPI-*", present: true }, action: { do: keep } }] }',
      'one element or field',
    ],
    [
      'rules: { dicom: [{ at: PatientNmae, action: { do: keep } }] }',
      'names no keyword of PS3.6: did you mean `PatientName`?',
    ],
    ['rules: { dicom: [{ at: "Zebra*", action: { do: keep } }] }', 'names no keyword of PS3.6'],
    ['filters: { where: [{ at: Modalty, equals: CT }] }', 'did you mean `Modality`?'],
    ['hl7: { routing: { A: [1] } }', 'an alias of `routing` must be text'],
    ['hl7: { routing: { A: 1 } }', 'an alias of `routing` must be text'],
  ])('says what is expected: %s', (yaml, message) => {
    const refused = refusal(`version: 1\n${yaml}\n`);
    expect(refused.at.locus).toBe('line 2');
    expect(refused.message).toContain(message);
  });

  it.each([
    'filters: { where: [{ at: PatientID, matches: "(MRN0815" }] }',
    'filters: { where: [{ at: PatientID, matches: "(?<=MRN0815)x" }] }',
    'rules: { hl7: [{ at: PID-3, action: { do: regex, pattern: "MRN0815[", with: "" } }] }',
  ])('compiles patterns and does not quote them: %s', (yaml) => {
    const { message } = refusal(`version: 1\n${yaml}\n`);
    expect(message).toContain('line 2:');
    expect(message).toContain('not a regular expression in RE2 syntax');
    expect(message).not.toContain('0815');
  });

  it.each([
    'filters: { where: [{ at: "0815 DOE", equals: MRN0815 }] }',
    'filters: { cohort: [MRN0815] }',
    'filters: { where: [{ at: MRN0815, present: true }] }',
    'rules: { dicom: [{ at: MRN0815, action: { do: keep } }] }',
    'filters: { where: [{ MRN0815: x }] }',
    'name: [MRN0815]',
    'dates: MRN0815',
    'filters: { where: MRN0815 }',
    'name: "MRN0815',
    'name: *MRN0815',
    'name: !MRN0815 x',
    'MRN0815: 1\nMRN0815: 2',
    '? [MRN0815]\n: 1',
    '- MRN0815',
    'hl7: { routing: { MRN0815: 7 } }',
  ])('never prints a value: %s', (yaml) => {
    const { message, code } = refusal(`version: 1\n${yaml}\n`);
    expect(code).toBe('usage');
    expect(message).toMatch(/line \d/);
    expect(message).not.toContain('0815');
  });

  it('asks for the version', () => {
    expect(refusal('dates: shift\n').message).toContain('the key `version` is missing');
  });

  it('says that a file is newer than the program', () => {
    expect(refusal('# later\nversion: 2\nunheardOf: 1\n').message).toContain(
      'line 2: this file is of a newer version',
    );
    expect(refusal('version: one\n').message).toContain('line 1: `version` must be 1');
  });

  it.each(['', '# nothing\n', '[]', 'text', '---\n---\n'])('refuses a file without keys: %j', (text) => {
    expect(refusal(text).code).toBe('usage');
  });

  it('does not take __proto__ for a setting', () => {
    expect(refusal('version: 1\n__proto__: { dates: keep }\n').code).toBe('usage');
  });

  it('follows anchors and aliases, and stops where they are nested without end', () => {
    const project = parseProject('version: 1\nfilters: { where: [&a { at: Modality, equals: CT }, *a] }\n');
    expect(project.filters.where).toHaveLength(2);
    const levels = Array.from({ length: 12 }, (_, i) => `  k${i + 1}: &a${i + 1} [${`*a${i},`.repeat(9)}]`);
    expect(refusal(`version: 1\nname:\n  k0: &a0 [x]\n${levels.join('\n')}\n`).code).toBe('usage');
  });
});
