import { describe, expect, test } from 'vitest';
import { detectingContext, masked } from './doubles.ts';

const HEADER = 'MSH|^~\\&|||||||ORU^R01|1|P|2.5\n';
const context = detectingContext([
  { value: 'Threlkeldon^Ingrid', category: 'A', kind: 'name' },
  { value: '4471902', category: 'H', kind: 'id' },
]);

/** OBX-5 of every line, masked. */
function lines(...texts: string[]): string[] {
  const segments = texts.map((text, index) => `OBX|${index + 1}|TX|22634-0^Report^LN||${text}`);
  const out = masked(HEADER + segments.join('\n'), context)
    .split('\n')
    .slice(1);
  return out.map((segment) => segment.split('|')[5] ?? '');
}

describe('a line that ends in an identifier', () => {
  test('leaves the first word of the next line', () => {
    expect(lines('Gross exam by Dr. Threlkeldon', 'Positive for carcinoma')).toEqual([
      'Gross exam by Dr. [NAME]',
      'Positive for carcinoma',
    ]);
    expect(lines('MRN 4471902', 'Negative')).toEqual(['MRN [ID]', 'Negative']);
    expect(lines('reports to lab@path.example', 'Benign')).toEqual(['reports to [EMAIL]', 'Benign']);
  });

  test('and a line that goes on with one leaves the last word of the line before', () => {
    expect(lines('Benign, seen by', 'Threlkeldon')).toEqual(['Benign, seen by', '[NAME]']);
  });
});

describe('an identifier that a break cuts in two', () => {
  test('goes from both lines', () => {
    expect(lines('Ms Threl-', 'keldon came')).toEqual(['Ms [NAME]', ' came']);
    expect(lines('call 312-555-', '0142 now')).toEqual(['call [PHONE]', ' now']);
  });

  test('goes where the break is an escape inside one field', () => {
    expect(lines('Call 312-555-\\.br\\0142 for Threl-\\.br\\keldon, benign')).toEqual([
      'Call [PHONE] for [NAME], benign',
    ]);
    expect(lines('Dr. Threlkeldon\\.br\\Positive')).toEqual(['Dr. [NAME]\\.br\\Positive']);
  });

  test('goes from a text that is no report', () => {
    const segment = 'PV2|||^asked for Threl\\.br\\keldon';
    expect(masked(HEADER + segment, context)).toContain('PV2|||^asked for [NAME]');
  });
});
