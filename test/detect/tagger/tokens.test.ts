import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TokenKind, tokenize } from '../../../src/detect/tagger/tokens.ts';

const words = (text: string): string[] => {
  const { count, starts, ends } = tokenize(text);
  return Array.from({ length: count }, (_, i) => text.slice(starts[i], ends[i]));
};

describe('tokenize', () => {
  it('splits letters and digits from marks, and keeps line ends', () => {
    expect(words("Mr. O'Neil, 94yo\r\nseen")).toEqual([
      'Mr',
      '.',
      'O',
      "'",
      'Neil',
      ',',
      '94yo',
      '\r\n',
      'seen',
    ]);
    expect(tokenize('a\nb').kinds[1]).toBe(TokenKind.newline);
  });

  it('takes accents, combining marks and letters outside the BMP for letters', () => {
    expect(words('Zoë Zoe\u0308 \u{10480}\u{10481}')).toEqual(['Zoë', 'Zoe\u0308', '\u{10480}\u{10481}']);
  });

  it('gives tokens in order that leave out nothing but blanks', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const { count, starts, ends } = tokenize(text);
        let at = 0;
        for (let i = 0; i < count; i++) {
          const [start = 0, end = 0] = [starts[i], ends[i]];
          expect(start).toBeGreaterThanOrEqual(at);
          expect(end).toBeGreaterThan(start);
          expect(text.slice(at, start)).not.toMatch(/[\p{L}\p{N}]/u);
          at = end;
        }
        expect(text.slice(at)).not.toMatch(/[\p{L}\p{N}]/u);
      }),
    );
  });
});
