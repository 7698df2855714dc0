import { describe, expect, it } from 'vitest';
import { runCanaries } from '../../../src/detect/canaries.ts';
import {
  type SecondOpinionOptions,
  secondOpinionDetector,
} from '../../../src/detect/language/second-opinion.ts';
import { textPassage } from '../../../src/detect/patterns.ts';
import type { PassageHints } from '../../../src/model/passage.ts';

/** What is found, as `rule: «text»`; all of it suspects. */
const find = (
  text: string,
  hints: Partial<PassageHints> = {},
  options: SecondOpinionOptions = {},
): string[] =>
  secondOpinionDetector(options)
    .detect({ ...textPassage(text), hints: { format: 'text', ...hints } })
    .map(({ start, end, rule, tier }) => {
      expect(tier).toBe('suspect');
      return `${rule}: ${[...text].slice(start, end).join('')}`;
    });

describe('the second opinion', () => {
  it.each([
    ['The films were shown to John Smith.', 'second-opinion.name: John Smith'],
    ['😀 The films were shown to John Smith.', 'second-opinion.name: John Smith'],
    ['He will come again on Tuesday.', 'second-opinion.date: Tuesday'],
    ['The cough began three weeks ago.', 'second-opinion.date: three weeks ago'],
    ['Fever since 5 days ago.', 'second-opinion.date: 5 days ago'],
    ['She fell a couple of days ago.', 'second-opinion.date: a couple of days ago'],
    ['He was well until yesterday.', 'second-opinion.date: yesterday'],
  ])('%s', (text, found) => {
    expect(find(text)).toEqual([found]);
  });

  it.each([
    'The liver is normal. Lungs are clear.',
    'A Foley catheter was placed and Lasix was given.',
    'Discussed with Dr. X and with Dr. ABC again.',
    'shown to [NAME] on [DATE], who agrees',
    'Sutured with Vicryl. Irrigated with saline.',
    'He may march on without pain.',
  ])('has nothing against %s', (text) => {
    expect(find(text)).toEqual([]);
  });

  it('is asked where somebody wrote what he liked alone', () => {
    const text = 'The films were shown to John Smith.';
    expect(find(text, { format: 'dicom', vr: 'LT', tag: '00204000' })).toHaveLength(1);
    expect(find(text, { format: 'dicom', vr: 'LO', tag: '00080070' })).toEqual([]);
    expect(find(text, { format: 'dicom', vr: 'CS', tag: '00180015' })).toEqual([]);
    expect(find(text, { format: 'dicom', vr: 'SH', tag: '00181160' })).toEqual([]);
    expect(find(text, { format: 'hl7', dataType: 'CWE', codePlace: true })).toEqual([]);
    expect(find(text, { format: 'hl7', dataType: 'XPN', typed: 'A' })).toEqual([]);
  });

  it('finds no days for a project that keeps dates, and people all the same', () => {
    expect(find('On Tuesday it was shown to John Smith.', {}, { dates: 'kept' })).toEqual([
      'second-opinion.name: John Smith',
    ]);
  });

  it('finds the same in a text that goes to the parser in parts', () => {
    const line = 'The lungs are clear and the heart is of normal size.\n';
    const text = `${line.repeat(900)}The films were shown to John Smith.\n${line.repeat(900)}`;
    expect(find(text)).toEqual(['second-opinion.name: John Smith']);
  });
});

describe('its canaries', () => {
  it.each(['find', 'kept'] as const)('are found where dates are: %s', (dates) => {
    const [canary] = runCanaries([secondOpinionDetector({ dates })], dates);
    expect(canary).toEqual({
      detector: 'second-opinion',
      planted: dates === 'kept' ? 1 : 2,
      found: canary?.planted,
    });
  });
});
