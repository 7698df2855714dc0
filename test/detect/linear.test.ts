import { describe, expect, it } from 'vitest';
import { linear, patternProblem } from '../../src/detect/linear.ts';

describe('patternProblem', () => {
  it.each([
    ['(?<!\\d)\\d{7}', /look-behind.*context/],
    ['(?<=MRN )\\d{7}', /look-behind/],
    ['\\d{7}(?!\\d)', /look-ahead.*wholeWord/],
    ['\\d{7}(?= cells)', /look-ahead/],
    ['(\\d)\\1', /back-reference/],
    ['(?>a+)b', /linear/],
    ['[a', /RE2 syntax/],
    ['(', /RE2 syntax/],
    ['\\d*', /empty text/],
  ])('says of %s what to write instead', (pattern, words) => {
    expect(patternProblem(pattern)).toMatch(words);
  });

  it.each(['\\d{7}', '(?P<v>a)b', '(?i)mrn', '[(?=]x', '\\p{Lu}+'])(
    'finds nothing wrong with %s',
    (pattern) => {
      expect(patternProblem(pattern)).toBeUndefined();
    },
  );
});

/** All matches, as a text is walked through. */
function all(matchAt: ReturnType<typeof linear>, text: string): string[] {
  const found: string[] = [];
  for (let at = 0; at < text.length; ) {
    const match = matchAt(text, at);
    if (match !== undefined) found.push(text.slice(match.start, match.end));
    at = match === undefined ? at + 1 : match.next;
  }
  return found;
}

describe('linear', () => {
  it('gives the group v, or the whole match', () => {
    expect(all(linear('LM-(?<v>\\d{3})', false, true), '😀 LM-123, lm-456')).toEqual(['123']);
    expect(all(linear('LM-\\d{3}', true, true), 'LM-123, lm-456')).toEqual(['LM-123', 'lm-456']);
  });

  it('matches whole words alone, unless it is told otherwise', () => {
    const text = '1234 123 a123 123é 123-4';
    expect(all(linear('\\d{3}', false, true), text)).toEqual(['123', '123']);
    expect(all(linear('\\d{3}', false, false), text)).toEqual(['123', '123', '123', '123', '123']);
  });

  it('forgets one text for the next', () => {
    const matchAt = linear('x', false, true);
    expect([matchAt('a x', 0), matchAt('a x', 2)?.start, matchAt('x a', 0)?.start, matchAt('', 0)]).toEqual([
      undefined,
      2,
      0,
      undefined,
    ]);
  });

  it('takes time by the length of the text, whatever the pattern', () => {
    const text = `${'a'.repeat(200_000)}!`;
    expect(all(linear('(a+)+\\?', false, true), text)).toEqual([]);
  });
});
