import { describe, expect, it } from 'vitest';
import { taggerDetector } from '../../../src/detect/tagger/detector.ts';
import type { PassageHints } from '../../../src/model/passage.ts';

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

  it('takes stand-ins for nobody', () => {
    expect(rulesIn('seen by Dr. XYZ at ABCD General Hospital today', { vr: 'LT' })).toEqual([]);
  });
});
