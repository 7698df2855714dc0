import { describe, expect, it } from 'vitest';
import { textCleaner } from '../../src/detect/clean.ts';
import { KnownIdentifiers } from '../../src/detect/known/known-identifiers.ts';
import { hitsOverBreaks, joinLines } from '../../src/detect/line-breaks.ts';
import { nameDetector } from '../../src/detect/names/gazetteer.ts';
import { patternDetector } from '../../src/detect/patterns.ts';
import type { Passage } from '../../src/model/passage.ts';

const identifiers = new KnownIdentifiers();
identifiers.add({ value: 'Threlkeldon^Ingrid', category: 'A', kind: 'name' });
identifiers.add({ value: '4471902', category: 'H', kind: 'id' });
identifiers.add({ value: '1234', category: 'R', kind: 'id' });
const detectors = [identifiers.freeze().detector(), patternDetector(), nameDetector()];

/** What is found over the breaks of lines. */
function found(...lines: string[]): string[] {
  const { text, breaks } = joinLines(lines);
  const passage: Passage = { text, locus: 'text', place: 'text', hints: { format: 'text', breaks } };
  return hitsOverBreaks(detectors, passage).map(({ start, end }) => [...text].slice(start, end).join(''));
}

describe('lines that were joined', () => {
  it('show a name, a number and a telephone that a break cuts in two', () => {
    expect(found('seen with Threl', 'keldon today')).toEqual(['Threlkeldon']);
    expect(found('seen with Threl-', 'keldon today')).toEqual(['Threlkeldon']);
    expect(found('chart 4471', '902 open')).toEqual(['4471902']);
    expect(found('call 312-555-', '0142 at noon')).toEqual(['312-555-0142']);
  });

  it('leave the word after a name, a number or a mail address alone', () => {
    expect(found('Gross exam by Dr. Threlkeldon', 'Positive for carcinoma')).toEqual([]);
    expect(found('Specimen of Dr. Oyelarang', 'Negative for carcinoma')).toEqual([]);
    expect(found('MRN 4471902', 'Positive')).toEqual([]);
    expect(found('write to lab@path.example', 'Benign')).toEqual([]);
  });

  it('leave the word before a name alone', () => {
    expect(found('Benign, seen by', 'Threlkeldon today')).toEqual([]);
  });

  it('make no short number of two', () => {
    expect(found('Grade 12', '34 of 60 cells')).toEqual([]);
  });

  it('take what a hyphen carries over', () => {
    expect(found('by Dr. Oyelarang-', 'Smythe today')).toEqual(['OyelarangSmythe']);
  });

  it('count in code points, on both sides of the break', () => {
    expect(found('😀 call 312-555-', '0142 😀')).toEqual(['312-555-0142']);
    expect(joinLines(['😀-', 'ab-', 'c']).breaks).toEqual([
      { at: 2, hyphen: false },
      { at: 4, hyphen: true },
    ]);
  });
});

describe('a cleaner', () => {
  it('replaces in joined lines what reaches over their breaks alone', () => {
    const { text, breaks } = joinLines(['Ingrid of Threl', 'keldon']);
    expect(textCleaner(detectors).clean(text, { breaks }).text).toBe('Ingrid of [NAME]');
  });
});
