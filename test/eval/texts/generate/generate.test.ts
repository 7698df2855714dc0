import { describe, expect, it } from 'vitest';
import { Random } from '../../../../eval/random.ts';
import {
  generatePassage,
  generateStress,
  type LabelledText,
  STRESS_FORMS,
} from '../../../../eval/texts/generate/generate.ts';

const faults = ({ text, spans }: LabelledText): string[] => {
  const found: string[] = [];
  let end = 0;
  for (const span of spans) {
    if (span.start < end) found.push('overlaps or is not sorted');
    if (span.end <= span.start || span.end > text.length) found.push('is empty or beyond the end');
    const value = text.slice(span.start, span.end);
    if (value !== value.trim()) found.push('has blanks at its ends');
    if (/[<>{}]/.test(value)) found.push('holds a mark of the frames');
    end = span.end;
  }
  return found;
};

describe('training text', () => {
  it('has sorted spans that do not overlap and hold their value', () => {
    const random = new Random(7);
    for (let i = 0; i < 5000; i += 1) expect(faults(generatePassage(random))).toEqual([]);
  });

  it('is the same for the same seed', () => {
    const write = () => {
      const random = new Random(3);
      return Array.from({ length: 200 }, () => generatePassage(random));
    };
    expect(write()).toEqual(write());
  });
});

describe('stress text', () => {
  it.each(STRESS_FORMS)('%s has sorted spans that do not overlap', (form) => {
    const random = new Random(5);
    for (let i = 0; i < 50; i += 1) expect(faults(generateStress(random, form))).toEqual([]);
  });
});
