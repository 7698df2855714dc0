import { describe, expect, it } from 'vitest';
import { derivedCodeDetector } from '../../src/detect/derived.ts';
import { encodedTextDetector } from '../../src/detect/encoded-text.ts';
import { explainHit } from '../../src/detect/explain.ts';
import { patternDetector, textPassage } from '../../src/detect/patterns.ts';
import { typedFieldDetector } from '../../src/detect/typed.ts';
import type { Passage } from '../../src/model/passage.ts';

const typed = (locus: string, hints: Partial<Passage['hints']>): string | undefined => {
  const passage: Passage = {
    text: 'Zabrowsky',
    locus,
    place: 'element',
    hints: { format: 'dicom', typed: 'A', ...hints },
  };
  return typedFieldDetector().detect(passage)[0]?.explain;
};

describe('the explanation of a hit', () => {
  it('is its own, else what its rule or its detector means', () => {
    expect(explainHit({ detector: 'patterns', rule: 'x.y', explain: 'own' })).toBe('own');
    expect(explainHit({ detector: 'known', rule: 'known.name' })).toContain('known name');
    expect(explainHit({ detector: 'names', rule: 'names.new' })).toContain('name');
    expect(explainHit({ detector: 'new', rule: 'new.rule' })).toBe('found by new, rule new.rule');
  });

  it('names a place by the standard alone', () => {
    expect(typed('(0010,0010)', { keyword: 'PatientName' })).toBe('a value in PatientName, made for: names');
    expect(typed('PID-5', { field: 'PID-5', label: 'Zabrowsky' })).toBe('a value in PID-5, made for: names');
    const unnamed = 'a value in a place made for: names';
    expect(typed('(0019,1010)', { keyword: 'Zabrowsky' })).toBe(unnamed);
    expect(typed('(0040,A730)[0].(0019,1010)', { keyword: 'Zabrowsky' })).toBe(unnamed);
    expect(typed('Roe-5', { field: 'Roe-5' })).toBe(unnamed);
  });

  it('says of an encoded text what is in it', () => {
    const text = `note ${Buffer.from('call 415-555-0134 for results').toString('base64')}`;
    const [hit] = encodedTextDetector([patternDetector()]).detect(textPassage(text));
    expect(hit?.explain).toMatch(/^in base64 or hexadecimal: looks like phone\.us; a word before it: call/);
  });

  it('is there for each code made from a known value', () => {
    const detector = derivedCodeDetector([{ value: 'ZQX-5561902', category: 'H', kind: 'id' }]);
    const [hit] = detector.detect(textPassage('code 2091655'));
    expect(hit && explainHit(hit)).toBe('a known value turned round');
  });
});
