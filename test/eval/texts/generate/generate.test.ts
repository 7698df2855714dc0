import { describe, expect, it } from 'vitest';
import { Random } from '../../../../eval/random.ts';
import {
  FRAME_FILES,
  generatePassage,
  generateStress,
  type LabelledText,
  STRESS_FORMS,
  stressSlots,
  trainingSlots,
} from '../../../../eval/texts/generate/generate.ts';
import { listOf, readFrames, readLists } from '../../../../eval/texts/generate/lists.ts';
import { trainingNames } from '../../../../eval/texts/generate/names.ts';
import { parseTemplate, slotsOf } from '../../../../eval/texts/generate/template.ts';

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

describe('frames', () => {
  const unknown = (file: string, slots: typeof trainingSlots) =>
    [...readFrames(file).values()]
      .flatMap(({ frames }) => frames.flatMap((frame) => slotsOf(parseTemplate(frame))))
      .filter((slot) => slots.get(slot) === undefined);

  it.each(FRAME_FILES.training)('of %s name slots that there are', (file) => {
    expect(unknown(file, trainingSlots)).toEqual([]);
  });

  it.each(FRAME_FILES.stress)('of %s name slots that there are', (file) => {
    expect(unknown(file, stressSlots)).toEqual([]);
  });
});

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

describe('the stress set and the training text', () => {
  const framesOf = (files: readonly string[]) =>
    files.flatMap((file) => [...readFrames(file).values()].flatMap(({ frames }) => frames));

  it('share no frame', () => {
    const training = new Set(framesOf(FRAME_FILES.training));
    expect(training.size).toBeGreaterThan(1000);
    // The value alone, with nothing around it, is what a DICOM element holds in both.
    const shared = framesOf(FRAME_FILES.stress).filter((frame) => training.has(frame) && frame !== '{caret}');
    expect(shared).toEqual([]);
  });

  it('share no name', () => {
    const lists = readLists('stress-names.txt');
    const kept = new Set([
      ...listOf(lists, 'given'),
      ...listOf(lists, 'family'),
      ...listOf(lists, 'nickname'),
    ]);
    const names = trainingNames();
    const random = new Random(11);
    for (let i = 0; i < 20_000; i += 1) {
      expect(kept.has(names.given(random))).toBe(false);
      expect(kept.has(names.family(random))).toBe(false);
      expect(kept.has(names.nickname(random))).toBe(false);
    }
  });

  it('has a dozen frames and more for each form', () => {
    for (const [form, { frames }] of readFrames('stress.txt')) {
      expect(new Set(frames).size, form).toBeGreaterThanOrEqual(12);
    }
  });
});
