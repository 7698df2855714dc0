import { describe, expect, it } from 'vitest';
import { furtherValues } from '../../src/detect/enumeration.ts';
import type { HipaaCategory } from '../../src/model/category.ts';

/** What follows the value in «...». */
function further(source: string, category: HipaaCategory = 'H'): string[] {
  const text = source.replace(/[«»]/g, '');
  const first = { start: source.indexOf('«'), end: source.indexOf('»') - 1 };
  return furtherValues(text, first, category).map(({ start, end }) => text.slice(start, end));
}

describe('further values of a list', () => {
  it.each([
    ['MRNs «482913», 482914 and 482915.', ['482914', '482915']],
    ['MRN «48-29-13» / 48-29-14', ['48-29-14']],
    ['MRN: «482913» (A), 482914 (B)', ['482914']],
    ['serial «PZK4821» & PZK4822', ['PZK4822']],
    ['MRNs «482913» and 48215', ['48215']],
    ['MRN «AB4821» or 482-913-77', ['482-913-77']],
    ['MRNs:\n- «482913»\n- 482914', ['482914']],
  ])('are read in %s', (text, values) => {
    expect(further(text)).toEqual(values);
  });

  it('of telephones have any shape of theirs', () => {
    expect(further('call «415-555-0134» or (212) 555 0177', 'D')).toEqual(['(212) 555 0177']);
  });

  it.each(['2024-01-05', '01/05/1960', '5.1.1960'])('of telephones are no dates: %s', (date) => {
    expect(further(`Phone: «555-0134», ${date}`, 'D')).toEqual([]);
  });

  it.each([
    'MRN «482913», 245000 cells',
    'MRN «482913», 120 mg',
    'MRN «482913», 7.25 and 3',
    'MRN «482913», seen 3 times',
    'MRN «482913» 482914',
    'id «12», 14, 15',
  ])('are none in %s', (text) => {
    expect(further(text)).toEqual([]);
  });

  it('are not looked for after what is no code', () => {
    expect(further('age «482913», 482914', 'C')).toEqual([]);
  });
});
