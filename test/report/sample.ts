import { CATEGORIES, CATEGORY_LETTERS, type HipaaCategory } from '../../src/model/category.ts';
import { type Finding, SHOWN } from '../../src/model/finding.ts';
import type { CheckState, RunResult } from '../../src/model/result.ts';

const hash = (seed: number): string =>
  Array.from({ length: 64 }, (_, i) => ((seed * 7919 + i * 104729) % 16).toString(16)).join('');

/** Leaks, suspects, sources, masked by letter; what is missing is clean. */
const COUNTS: Partial<Record<HipaaCategory, readonly [number, number, number, number]>> = {
  A: [1, 6, 7, 41_208],
  B: [0, 0, 0, 6_120],
  C: [0, 2, 2, 96_344],
  D: [0, 3, 2, 2_219],
  E: [0, 0, 0, 41],
  F: [0, 0, 0, 77],
  G: [0, 0, 0, 312],
  H: [2, 0, 2, 18_440],
  I: [0, 0, 0, 1_102],
  J: [0, 0, 0, 1_870],
  M: [0, 0, 0, 11_905],
  N: [0, 0, 0, 12],
  O: [0, 0, 0, 9],
  R: [0, 1, 1, 402_771],
};

function stateOf(letter: HipaaCategory): CheckState {
  const [leaks = 0, suspects = 0] = COUNTS[letter] ?? [];
  if (leaks > 0) return 'fail';
  if (suspects > 0) return 'needs-review';
  if (letter === 'P' || letter === 'L') return 'not-applicable';
  return letter === 'Q' ? 'not-run' : 'pass';
}

/** A result with realistic figures of invented data: an incomplete run with leaks and suspects. */
export function sampleResult(changes: Partial<RunResult> = {}): RunResult {
  return {
    version: 1,
    tool: { name: 'phi-gate', version: '0.1.0', node: '20.20.2' },
    command: 'run',
    runId: '7f3c2a90-5b1e-4d7c-9a46-0d2f8e6b1c35',
    startedAt: '2026-03-04T08:12:09.000Z',
    endedAt: '2026-03-04T09:47:51.000Z',
    verdict: 'incomplete',
    exitCode: 3,
    project: {
      name: 'Chest CT follow-up study, 2019 to 2023',
      template: 'safe-harbor',
      purpose: 'Retrospective study of nodule growth in routine chest CT',
      recipient: 'Example University, Department of Radiology',
      sha256: hash(1),
      decisions: [
        {
          label: 'Link between patient and studies',
          setting: 'Kept: all studies of a patient under one code',
        },
        { label: 'Codes', setting: 'Random, not derived from anything' },
        { label: 'Unique identifiers (UIDs)', setting: 'Replaced consistently' },
        { label: 'Dates', setting: 'Year only' },
        { label: 'Times of day', setting: 'Kept' },
        { label: 'Ages', setting: 'Kept up to 89, then 90' },
        { label: 'Sex', setting: 'Kept' },
        { label: 'ZIP codes', setting: 'First three digits, 000 where at most 20,000 people live' },
        { label: 'Places', setting: 'State only' },
        { label: 'Private elements', setting: 'Those of PS3.15 Table E.3.10-1 stay' },
        { label: 'Descriptions and comments', setting: 'Cleaned of identifiers' },
        { label: 'Suspect findings', setting: 'Held for review' },
      ],
    },
    claim: {
      claimed: 'Safe Harbor, 45 CFR 164.514(b)(2)',
      claimable:
        'None until no leak is left, and every suspect finding is reviewed, and everything is searched',
      why: [
        '3 leaks were found.',
        '12 suspect findings wait for review.',
        '41 things were not searched or not read: see the coverage.',
      ],
    },
    sources: {
      total: 12_904,
      released: 12_731,
      held: 118,
      quarantined: 34,
      skipped: 21,
      byFormat: [
        { format: 'dicom', count: 11_380, released: 11_236 },
        { format: 'hl7', count: 1_502, released: 1_495 },
        { format: 'unknown', count: 22, released: 0 },
      ],
      messages: { released: 8_911, withheld: 14 },
      patients: 412,
      studies: 1_163,
      bytesIn: 6_412_338_190,
      bytesOut: 6_203_554_071,
    },
    coverage: {
      places: [
        { place: 'element', passages: 1_204_556, characters: 18_220_019 },
        { place: 'nested element', passages: 310_224, characters: 4_018_300 },
        { place: 'private element', passages: 88_102, characters: 1_900_220 },
        { place: 'structured report', passages: 2_208, characters: 184_030 },
        { place: 'file meta', passages: 79_660, characters: 2_604_118 },
        { place: 'HL7 field', passages: 640_115, characters: 7_220_841 },
        { place: 'file name', passages: 12_904, characters: 412_008 },
        { place: 'raw bytes', passages: 12_870, characters: 6_203_554_071 },
      ],
      frames: { total: 10_988, read: 612, cleared: 10_345, notRun: 31, redacted: 44 },
      notSearched: [
        { what: 'Image frames', count: 31, why: 'JPEG 2000 frames cannot be read yet; their files are held' },
        { what: 'xlsx', count: 8, why: 'No reader for this format' },
        { what: 'DICOM files', count: 2, why: 'Truncated: they end inside an element' },
      ],
      known: { total: 38_220, typedPlacesOnly: 1_904, excludedDummies: 63, perFileEquipment: 212 },
    },
    categories: CATEGORY_LETTERS.map((category) => {
      const [leaks, suspects, sources, masked] = COUNTS[category] ?? [0, 0, 0, 0];
      const searchedBy = ['known identifiers', 'patterns', 'typed fields', 'OCR'];
      const state = stateOf(category);
      return {
        category,
        name: CATEGORIES[category],
        state,
        leaks,
        suspects,
        accepted: 0,
        sources,
        masked,
        searchedBy: state === 'not-run' || state === 'not-applicable' ? [] : searchedBy,
      };
    }),
    accepted: [],
    actions: [
      ['PatientName (0010,0010)', 'pseudonym', 11_236],
      ['PatientID (0010,0020)', 'pseudonym', 11_236],
      ['PatientBirthDate (0010,0030)', 'birth-date', 11_230],
      ['PatientAge (0010,1010)', 'age', 10_904],
      ['AccessionNumber (0008,0050)', 'pseudonym', 11_236],
      ['StudyInstanceUID (0020,000D)', 'uid', 11_236],
      ['SeriesDescription (0008,103E)', 'clean', 9_410],
      ['InstitutionAddress (0008,0081)', 'remove', 8_877],
      ['private element', 'remove', 310_244],
      ['PID-3', 'pseudonym', 8_911],
      ['PID-5', 'replace', 8_911],
      ['PID-11', 'zip3', 8_720],
      ['PID-19', 'remove', 312],
      ['OBX-5', 'clean', 21_044],
    ].map(([attribute, action, count]) => ({
      attribute: String(attribute),
      action: String(action),
      count: Number(count),
    })),
    reasons: [
      { status: 'released', code: 'clean', explain: 'Nothing was found', count: 12_731 },
      { status: 'held', code: 'suspects', explain: 'Suspect findings wait for review', count: 87 },
      {
        status: 'held',
        code: 'pixels-not-run',
        explain: 'Frames are in a codec that cannot be read yet',
        count: 31,
      },
      { status: 'quarantined', code: 'leak', explain: 'An identifier was found', count: 3 },
      {
        status: 'quarantined',
        code: 'pixels-text',
        explain: 'Identifying text stands in the pixels',
        count: 21,
      },
      { status: 'quarantined', code: 'malformed', explain: 'The bytes contradict the standard', count: 2 },
      { status: 'quarantined', code: 'not-searched', explain: 'Nothing here can read the format', count: 8 },
      { status: 'skipped', code: 'filtered', explain: 'Left out by a filter of the project', count: 19 },
      { status: 'skipped', code: 'index', explain: 'A DICOMDIR, an index that is not released', count: 2 },
    ],
    checks: [
      {
        id: 'readers',
        title: 'Both readers agree',
        state: 'pass',
        detail: 'On 12,849 files and 8,925 messages',
      },
      {
        id: 'integrity',
        title: 'Bytes outside edits are unchanged',
        state: 'pass',
        detail: '12,849 files compared',
      },
      { id: 'canaries', title: 'Every canary was found', state: 'pass', detail: '64 of 64' },
      {
        id: 'derived',
        title: 'No code is derived from an identifier',
        state: 'pass',
        detail: '38,220 known identifiers, 6 kinds of derivation',
      },
      {
        id: 'pixels',
        title: 'Every frame was read or cleared',
        state: 'not-run',
        detail: '31 of 10,988 frames could not be read',
      },
      {
        id: 'suspects',
        title: 'Every suspect finding is reviewed',
        state: 'needs-review',
        detail: '12 wait for review',
      },
    ],
    canaries: [
      { detector: 'known', planted: 18, found: 18 },
      { detector: 'patterns', planted: 30, found: 30 },
      { detector: 'typed-field', planted: 12, found: 12 },
      { detector: 'ocr', planted: 4, found: 4 },
    ],
    rules: [
      { file: 'rules/dicom/confidentiality.json', edition: 'PS3.15 2026d, Table E.1-1', sha256: hash(2) },
      { file: 'rules/dicom/safe-private.json', edition: 'PS3.15 2026d, Table E.3.10-1', sha256: hash(3) },
      { file: 'rules/hl7/fields.json', edition: 'HL7 v2.1 to v2.9', sha256: hash(4) },
      { file: 'rules/detect/patterns.yaml', edition: '2026-03', sha256: hash(5) },
      { file: 'rules/detect/zip3.json', edition: '2020 census', sha256: hash(6) },
    ],
    anomalies: [
      { kind: 'missing preamble', count: 12 },
      { kind: 'group length does not match', count: 204 },
    ],
    manifestSha256: hash(7),
    limits: [
      'OCR does not read grey text on grey, or text under 8 pixels high: a frame is cleared when no region looks like text.',
      'Names that are also common words count in places made for names alone.',
      'Faces that could be rendered from thin head CT or MR slices are not judged.',
    ],
    ...changes,
  };
}

/** The sample as a run that passed. */
export function passingResult(): RunResult {
  const base = sampleResult();
  return sampleResult({
    verdict: 'pass',
    exitCode: 0,
    claim: { claimed: base.claim.claimed, claimable: base.claim.claimed, why: [] },
    sources: { ...base.sources, released: 12_883, held: 0, quarantined: 0 },
    coverage: {
      ...base.coverage,
      notSearched: [],
      frames: { total: 10_988, read: 612, cleared: 10_376, notRun: 0 },
    },
    categories: base.categories.map((row) => ({
      ...row,
      state: row.state === 'not-applicable' ? 'not-applicable' : 'pass',
      leaks: 0,
      suspects: 0,
      sources: 0,
    })),
    checks: base.checks.map((check) => ({ ...check, state: 'pass' })),
    reasons: base.reasons.filter((reason) => reason.status === 'skipped' || reason.status === 'released'),
  });
}

/** A run that passed with what a rule of its project keeps. */
export function acceptingResult(): RunResult {
  const base = passingResult();
  return {
    ...base,
    accepted: [{ rule: 'OperatorsName', category: 'A', leaks: 3, suspects: 1, sources: 2 }],
    categories: base.categories.map((row) =>
      row.category === 'A' ? { ...row, state: 'accepted-risk', accepted: 4 } : row,
    ),
  };
}

export function sampleFinding(changes: Partial<Finding> = {}): Finding {
  return {
    sourceId: 's-000412',
    format: 'dicom',
    locus: '(0008,103E)',
    span: [4, 11],
    category: 'A',
    detector: 'known',
    rule: 'known.name',
    tier: 'leak',
    confidence: 0.98,
    explain: 'a known name, whole or in part',
    shown: SHOWN,
    fingerprint: 'f-9a21',
    ...changes,
  };
}

export function sampleFindings(): Finding[] {
  return [
    sampleFinding(),
    sampleFinding({
      sourceId: 's-001877',
      format: 'hl7',
      locus: 'message[3] OBX[2]-5',
      category: 'H',
      rule: 'known.id',
      fingerprint: 'f-77b0',
    }),
    sampleFinding({
      sourceId: 's-001878',
      format: 'hl7',
      locus: 'message[1] ZPI-4',
      category: 'H',
      rule: 'known.id',
      fingerprint: 'f-77b0',
    }),
    ...Array.from({ length: 6 }, (_, i) =>
      sampleFinding({
        sourceId: `s-00${2100 + i}`,
        locus: 'frame 1 24,18,210,16',
        frame: 1,
        box: [24, 18, 210, 16],
        category: 'A',
        detector: 'names',
        rule: 'names.person',
        tier: 'suspect',
        confidence: 0.41,
        fingerprint: `f-b${i}`,
      }),
    ),
    ...Array.from({ length: 3 }, (_, i) =>
      sampleFinding({
        sourceId: 's-003001',
        locus: `(0040,A730)[${i}].(0040,A160)`,
        category: 'D',
        detector: 'patterns',
        rule: 'phone.us',
        tier: 'suspect',
        confidence: 0.5,
        fingerprint: `f-c${i}`,
      }),
    ),
  ];
}
