import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runCanaries } from '../../src/detect/canaries.ts';
import { textCleaner } from '../../src/detect/clean.ts';
import { derivedCodeDetector } from '../../src/detect/derived.ts';
import { issuedUidDetector } from '../../src/detect/issued-uids.ts';
import { KnownIdentifiers } from '../../src/detect/known/known-identifiers.ts';
import { languageDetector } from '../../src/detect/language/detector.ts';
import { mergeHits } from '../../src/detect/merge.ts';
import { nameDetector } from '../../src/detect/names/gazetteer.ts';
import { patternDetector, textPassage } from '../../src/detect/patterns.ts';
import { loadRules } from '../../src/detect/rule.ts';
import { typedFieldDetector } from '../../src/detect/typed.ts';
import type { Hit } from '../../src/model/finding.ts';

const identifiers = new KnownIdentifiers();
identifiers.add({ value: 'Quillfeather^Ottoline', category: 'A', kind: 'name' });
identifiers.add({ value: 'ZQX4471902', category: 'H', kind: 'id' });
const known = identifiers.freeze().detector();
const detectors = [known, patternDetector(), languageDetector(), nameDetector()];
const cleaner = textCleaner(detectors);

const hit = (start: number, end: number, over: Partial<Hit> = {}): Hit => ({
  start,
  end,
  category: 'R',
  detector: 'd',
  rule: 'r',
  tier: 'suspect',
  confidence: 0.5,
  ...over,
});

describe('merging', () => {
  it('joins overlapping hits under the most specific category', () => {
    const merged = mergeHits([hit(0, 9), hit(4, 12, { category: 'G' }), hit(12, 14)]);
    expect(merged).toMatchObject([
      { start: 0, end: 12, category: 'G' },
      { start: 12, end: 14 },
    ]);
  });

  it('lets a leak outrank a more specific suspect', () => {
    expect(mergeHits([hit(0, 9, { category: 'G' }), hit(0, 9, { tier: 'leak' })])).toMatchObject([
      { category: 'R', tier: 'leak' },
    ]);
  });
});

describe('cleaning', () => {
  it.each([
    ['Ottoline Quillfeather, MRN: 00482913, seen 3/14/2022', '[NAME], MRN: [ID], seen [DATE]'],
    ['a 94-year-old, call 312-555-0142', 'a [AGE]-year-old, call [PHONE]'],
    ['write o.q@example.org or https://q.example.org/x', 'write [EMAIL] or [URL]'],
    ['😀 Dr. Okonkwo', '😀 Dr. [NAME]'],
    ['a ninety-one year old man with COPD', 'a [AGE] year old man with COPD'],
    ['94F with sepsis, in her nineties', '[AGE]F with sepsis, in her [AGE]'],
    ['her ninety-fifth birthday, BP 120/80', 'her [AGE] birthday, BP 120/80'],
    ['seen on Friday, October 15, 2019 at 08:15 for pain 7/10', 'seen on [DATE] for pain 7/10'],
    ['born the third of May nineteen sixty-one at term', 'born the [DATE] at term'],
    ['call four one five, five five five, oh one seven two today', 'call [PHONE] today'],
    ['fell on the day after Thanksgiving, hip fracture', 'fell on [DATE], hip fracture'],
  ])('turns %s into %s', (text, cleaned) => {
    expect(cleaner.clean(text).text).toBe(cleaned);
  });

  it('says of every round where it replaced something in the original', () => {
    const text = 'SSN 078-05-1120, last four 1120.';
    const { text: cleaned, replaced } = cleaner.clean(text);
    let rebuilt = '';
    let at = 0;
    for (const { start, end, placeholder } of replaced) {
      rebuilt += text.slice(at, start) + placeholder;
      at = end;
    }
    expect(rebuilt + text.slice(at)).toBe(cleaned);
    expect(cleaned).not.toMatch(/\d/);
  });

  it.each([
    'T1_AX_3mm',
    'Thorax^1_ThoraxRoutine (Adult)',
    'CT Chest w/o contrast 5.0 B31f',
    'pain 3/10, BP 120/80',
    '[NAME] [DATE]',
  ])('leaves %s as it is', (text) => {
    expect(cleaner.clean(text)).toEqual({ text, replaced: [] });
  });

  it('leaves nothing that its own detectors find', () => {
    const samples = loadRules().flatMap((rule) => rule.source.hits.map((text) => text.replace(/[«»]/g, '')));
    const piece = fc.constantFrom(
      ...samples,
      'Quillfeather',
      'ZQX4471902',
      'the liver is normal',
      'Mary Okonkwo',
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 6 }),
        fc.constantFrom(' ', '. ', ', ', '\n'),
        (parts, glue) => {
          const { text } = cleaner.clean(parts.join(glue));
          expect(detectors.flatMap((detector) => detector.detect(textPassage(text)))).toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('canaries', () => {
  it('are found by every detector', () => {
    const all = [...detectors, typedFieldDetector(), issuedUidDetector(), derivedCodeDetector([])];
    for (const { detector, planted, found } of runCanaries(all)) {
      expect([detector, found]).toEqual([detector, planted]);
      expect(planted).toBeGreaterThan(0);
    }
  });

  it('tell a detector that is dead', () => {
    const dead = { id: 'patterns', detect: () => [] };
    const [result] = runCanaries([dead]);
    expect(result?.found).toBe(0);
    expect(result?.planted).toBeGreaterThan(10);
  });
});
