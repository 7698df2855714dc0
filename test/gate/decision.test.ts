import { describe, expect, it } from 'vitest';
import { decide, type Evidence } from '../../src/gate/decision.ts';
import { type Finding, SHOWN, type Tier } from '../../src/model/finding.ts';

const finding = (tier: Tier, frame?: number): Finding => ({
  sourceId: 's',
  format: 'dicom',
  locus: '(0010,4000)',
  span: [0, 1],
  category: 'A',
  detector: 'known',
  rule: 'known.name',
  tier,
  confidence: 1,
  explain: 'a known name, whole or in part',
  shown: SHOWN,
  fingerprint: 'f',
  ...(frame !== undefined && { frame }),
});
type Policy = Parameters<typeof decide>[1];

const decided = (evidence: Partial<Evidence>, policy: Partial<Policy> = {}) => {
  const { status, reason } = decide(
    { findings: [], problems: [], framesNotRun: 0, ...evidence },
    { suspects: 'hold', imagesWithoutPixels: 'hold', ...policy },
  );
  return `${status} ${reason}`;
};

describe('the gate', () => {
  it('releases what passed every check, and nothing else', () => {
    expect(decided({})).toBe('released clean');
    expect(decided({ findings: [finding('leak')] })).toBe('quarantined leak');
    expect(decided({ findings: [finding('leak', 1)] })).toBe('quarantined pixels-text');
    expect(decided({ findings: [finding('suspect')] })).toBe('held suspects');
    expect(decided({ findings: [finding('suspect', 2)] })).toBe('held pixels-text');
    expect(decided({ framesNotRun: 1 })).toBe('held pixels-not-run');
    expect(decided({ lacksPixels: true })).toBe('held pixels-missing');
    expect(decided({ lacksPixels: true, findings: [finding('leak')] })).toBe('quarantined leak');
    expect(decided({ lacksPixels: true }, { imagesWithoutPixels: 'release' })).toBe('released clean');
  });

  it('refuses the photograph of a slide label for what it is', () => {
    const label = { ...finding('leak', 1), rule: 'pixels.label-image' };
    expect(decided({ findings: [label], framesNotRun: 1 }, { suspects: 'release' })).toBe(
      'quarantined label-image',
    );
  });

  it('lets what was not read outrank suspects, leaks outrank that, and readers that differ outrank all', () => {
    const problems = [{ code: 'readers-disagree' as const, explain: 'x' }];
    expect(decided({ findings: [finding('suspect')], framesNotRun: 1 })).toBe('held pixels-not-run');
    expect(decided({ findings: [finding('leak')], framesNotRun: 1 })).toBe('quarantined leak');
    expect(decided({ findings: [finding('leak')], problems })).toBe('quarantined readers-disagree');
  });

  it('holds faces and biometrics whatever becomes of other suspects', () => {
    const face = { ...finding('suspect'), category: 'Q' as const };
    expect(decided({ findings: [face] }, { suspects: 'release' })).toBe('held suspects');
    expect(decided({ findings: [face], framesNotRun: 1 })).toBe('held pixels-not-run');
  });

  it('releases suspects only where the project says so, and leaks never', () => {
    expect(decided({ findings: [finding('suspect')] }, { suspects: 'release' })).toBe('released clean');
    expect(decided({ findings: [finding('suspect'), finding('leak')] }, { suspects: 'release' })).toBe(
      'quarantined leak',
    );
  });
});
