import { describe, expect, it } from 'vitest';
import { explainHit } from '../../../src/detect/explain.ts';
import { STRICT_TAGGER_RULES, taggerDetector } from '../../../src/detect/tagger/detector.ts';
import type { PassageHints } from '../../../src/model/passage.ts';
import { toldModel } from './told-model.ts';

const NOTE = 'patient moved, ask Mrs Vandersloot of Larkmoor General Hospital';
const { detect } = taggerDetector();
const rulesIn = (text: string, hints: Partial<PassageHints>): string[] =>
  detect({ text, locus: 'x', place: 'element', hints: { format: 'dicom', ...hints } }).map(
    ({ rule }) => rule,
  );

describe('the tagger', () => {
  it('looks into comments of the acquisition, but not into its short terms', () => {
    expect(rulesIn(NOTE, { vr: 'LT', tag: '00184000' })).toEqual(['tagger.name', 'tagger.place']);
    expect(rulesIn(NOTE, { vr: 'SH', tag: '00181160' })).toEqual([]);
    expect(rulesIn(NOTE, { vr: 'LO', tag: '00181030' })).toEqual(['tagger.name', 'tagger.place']);
  });

  it('leaves codes, private creators and places that say themselves what stands there', () => {
    expect(rulesIn(NOTE, { vr: 'SH', tag: '00080100' })).toEqual([]);
    expect(rulesIn(NOTE, { vr: 'LO', tag: '00430010' })).toEqual([]);
    expect(rulesIn(NOTE, { vr: 'LO', typed: 'A' })).toEqual([]);
    expect(rulesIn(NOTE, { vr: 'CS' })).toEqual([]);
  });

  it('lets a year by itself stand, as masking leaves it of a date', () => {
    const model = toldModel({ '0000': 0.9, okafor: 0.9 });
    const found = taggerDetector({ model }).detect({
      text: 'okafor was seen on 2019, and on 7019',
      locus: 'x',
      place: 'text',
      hints: { format: 'text' },
    });
    expect(found.map(({ start }) => start)).toEqual([0, 32]);
  });

  it('takes no name of a standard for a code, where markup declares it', () => {
    const model = toldModel({ hl0: 0.9 });
    const found = taggerDetector({ model }).detect({
      text: '<Note xmlns="urn:hl7-org:v3">hl7 said so</Note>',
      locus: 'x',
      place: 'text',
      hints: { format: 'text' },
    });
    expect(found.map(({ start }) => start)).toEqual([29]);
  });

  it('takes stand-ins for nobody', () => {
    expect(rulesIn('seen by Dr. XYZ at ABCD General Hospital today', { vr: 'LT' })).toEqual([]);
  });
});

describe('a strict search', () => {
  it('finds what is too doubtful as a rule, under a name that says so', () => {
    const model = toldModel({ okafor: 0.2 });
    const passage = {
      text: 'the drip for okafor was late',
      locus: 'x',
      place: 'text',
      hints: { format: 'text' },
    } as const;
    expect(taggerDetector({ model }).detect(passage)).toEqual([]);
    const hits = taggerDetector({ model, strict: true }).detect(passage);
    expect(hits.length).toBeGreaterThan(0);
    for (const { rule, tier } of hits) {
      expect(rule).toMatch(/^tagger\.(name|place|date|code)\.strict$/);
      expect(tier).toBe('suspect');
    }
  });

  it('calls what it would find as a rule what it is called as a rule', () => {
    const passage = { text: NOTE, locus: 'x', place: 'text', hints: { format: 'text' } } as const;
    const named = taggerDetector({ strict: true }).detect(passage);
    expect(named.map(({ rule }) => rule)).toEqual(expect.arrayContaining(['tagger.name', 'tagger.place']));
  });

  it('explains itself', () => {
    for (const { rule } of STRICT_TAGGER_RULES)
      expect(explainHit({ detector: 'tagger', rule })).toContain('strict search');
  });
});
