import { describe, expect, it } from 'vitest';
import { patternDetector, textPassage } from '../../src/detect/patterns.ts';
import { compileSiteRule, hitsSample, missesSample, siteRules } from '../../src/detect/site-rules.ts';
import { projectSchema } from '../../src/project/schema.ts';

/** What the `detect` of a project finds: rule and text. */
function found(detect: object, text: string, hints = {}): string[] {
  const project = projectSchema.parse({ version: 1, detect });
  const detector = patternDetector({ rules: siteRules(project.detect) });
  const passage = textPassage(text);
  return detector
    .detect({ ...passage, hints: { ...passage.hints, ...hints } })
    .map(({ rule, category, tier, start, end }) =>
      [rule, category, tier, [...text].slice(start, end).join('')].join(' '),
    );
}

const MRN = { id: 'site.mrn', category: 'H', pattern: 'LM-?\\d{7}', hits: ['«LM4471902»'] } as const;

describe('a rule of a site', () => {
  it('finds its shape, whole', () => {
    const text = 'Pat. LM-4471902, copy of LM4471903; SLM4471904 LM44719051';
    expect(found({ rules: [MRN] }, text)).toEqual([
      'site.mrn H leak LM-4471902',
      'site.mrn H leak LM4471903',
    ]);
  });

  it('is raised by its context, and dropped by what says otherwise', () => {
    const rule = {
      ...MRN,
      tier: 'none',
      pattern: '\\d{8}',
      context: { before: ['visit'], not: ['cells'], within: 10 },
      hits: ['visit «44719025»'],
    };
    expect(found({ rules: [rule] }, '44719025')).toEqual([]);
    expect(found({ rules: [rule] }, 'visit 44719025')).toEqual(['site.mrn H leak 44719025']);
    expect(found({ rules: [rule] }, 'visit 44719025 cells')).toEqual([]);
  });

  it('is raised by its validator', () => {
    const rule = {
      ...MRN,
      tier: 'suspect',
      pattern: '\\d{10}',
      validator: { name: 'npi', tier: 'leak' },
    };
    expect(found({ rules: [rule] }, '1234567893 1234567894')).toEqual([
      'site.mrn H leak 1234567893',
      'site.mrn H suspect 1234567894',
    ]);
  });

  it('is looked for in what equipment says of itself, and not in numbers', () => {
    expect(found({ rules: [MRN] }, 'LM-4471902', { keyword: 'ManufacturerModelName' })).toHaveLength(1);
    expect(found({ rules: [{ ...MRN, pattern: '\\d{7}' }] }, '4471902', { dataType: 'NM' })).toEqual([]);
  });

  it('tells whether a sample does what it is there for', () => {
    const [source] = projectSchema.parse({ version: 1, detect: { rules: [MRN] } }).detect.rules;
    if (source === undefined) throw new Error('no rule');
    const rule = compileSiteRule(source);
    expect(
      ['«LM4471902» x', 'LM4471902', 'chart | «LM4471902»'].map((text) => hitsSample(rule, text)),
    ).toEqual([true, true, true]);
    expect(['«LM»4471902', 'LM12'].map((text) => hitsSample(rule, text))).toEqual([false, false]);
    expect(['LM12', 'LM4471902'].map((text) => missesSample(rule, text))).toEqual([true, false]);
  });
});

describe('words of a site', () => {
  const words = {
    hospitals: ["St. Elm's Hospital", 'LMH'],
    wards: ['Rosewood Ward', 'Rosewood'],
    streets: ['Harbourgate'],
    others: ['Östra Kliniken'],
  };

  it('are found whole and in any case, broken or joined', () => {
    const text =
      'at ST ELMS HOSPITAL, st. elm’s\nhospital; rosewood_ward, Rosewoods, harbourgate, ÖSTRA KLINIKEN';
    expect(found({ words }, text)).toEqual([
      'site.hospitals B leak ST ELMS HOSPITAL',
      'site.hospitals B leak st. elm’s\nhospital',
      'site.wards B leak rosewood_ward',
      'site.streets B leak harbourgate',
      'site.others R leak ÖSTRA KLINIKEN',
    ]);
  });

  it('of capitals alone are found as they are written', () => {
    expect(found({ words }, 'LMH, lmh, LMHS, E-LMH')).toEqual([
      'site.hospitals B leak LMH',
      'site.hospitals B leak LMH',
    ]);
  });

  it('are suspects where the project says so', () => {
    expect(found({ words: { tier: 'suspect', wards: ['Rosewood'] } }, 'to Rosewood')).toEqual([
      'site.wards B suspect Rosewood',
    ]);
  });
});
