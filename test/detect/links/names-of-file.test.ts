import { describe, expect, it } from 'vitest';
import { isSureName, NamesOfFile } from '../../../src/detect/links/names-of-file.ts';
import type { Hit } from '../../../src/model/finding.ts';

function learnt(name: string, ...words: string[]): boolean[] {
  const names = new NamesOfFile(['Oodlewick Imaging']);
  names.learn(name);
  return words.map((word) => names.has(word));
}

describe('the names of a file', () => {
  it('are the words of names, in small letters', () => {
    expect(learnt('Mrs Ottoline VANDERSLOOT', 'ottoline', 'vandersloot', 'mrs')).toEqual([true, true, false]);
    expect(learnt("O'Brannigan-Tweddle", 'brannigan', 'tweddle')).toEqual([true, true]);
    expect(learnt('Łukaszczyk', 'łukaszczyk')).toEqual([true]);
  });

  it.each([
    ['words of the language', 'Dr. Small', 'small'],
    ['words that are names too', 'Mr Griffin', 'griffin'],
    ['eponyms', 'Dr. Foley', 'foley'],
    ['drugs', 'Ms Lipitor', 'lipitor'],
    ['makers', 'Dr. Siemens', 'siemens'],
    ['places', 'Mr Houston', 'houston'],
    ['short ones', 'Mr Roe', 'roe'],
    ['titles', 'Professor Prof Miss', 'miss'],
    ['words without a capital', 'vandersloot', 'vandersloot'],
    ["words of the file's own make", 'Dr. Oodlewick', 'oodlewick'],
  ])('are no %s', (_, name, word) => {
    expect(learnt(name, word)).toEqual([false]);
  });

  it('are not without end', () => {
    const names = new NamesOfFile();
    const word = (n: number) =>
      `Q${[...String(n).padStart(4, '0')].map((digit) => 'bcdfghjklm'[Number(digit)]).join('')}x`;
    for (let n = 0; n < 3000; n++) names.learn(word(n));
    expect([names.has(word(0).toLowerCase()), names.has(word(2999).toLowerCase())]).toEqual([true, false]);
  });

  it('are sure ones of detectors that go by the text', () => {
    const hit = {
      start: 0,
      end: 4,
      category: 'A',
      detector: 'tagger',
      rule: 'tagger.name',
      tier: 'suspect',
    } as const;
    const sure = (given: Partial<Hit>) => isSureName({ ...hit, confidence: 0.9, ...given });
    expect(sure({})).toBe(true);
    expect(sure({ detector: 'patterns', rule: 'name.title' })).toBe(true);
    expect(sure({ confidence: 0.7 })).toBe(false);
    expect(sure({ category: 'B' })).toBe(false);
    expect(sure({ detector: 'known' })).toBe(false);
    expect(sure({ detector: 'links' })).toBe(false);
  });
});
