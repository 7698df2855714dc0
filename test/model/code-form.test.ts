import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomCodes } from '../../src/crosswalk/issue.ts';
import { CODE_ALPHABET, hasCodeForm } from '../../src/model/code-form.ts';
import { systemRandom } from '../../src/ports/random.ts';

const made = () => randomCodes(systemRandom).code('P', 'anything', 0);

describe('the form of codes', () => {
  it('is that of every code that is issued', () => {
    for (let i = 0; i < 200; i += 1) {
      const code = made();
      if (code !== undefined) expect(hasCodeForm(code)).toBe(true);
    }
  });

  it('shows a single wrong character', () => {
    fc.assert(
      fc.property(fc.nat(12), fc.nat(CODE_ALPHABET.length - 1), (at, letter) => {
        const code = made() ?? '';
        const wrong = CODE_ALPHABET[letter] ?? '';
        fc.pre(code[at] !== wrong && at > 0);
        return !hasCodeForm(code.slice(0, at) + wrong + code.slice(at + 1));
      }),
    );
  });

  it('is not that of numbers, names and other ids', () => {
    for (const value of ['', '12345678', 'SMITHJONESXYZ', 'MRN-448120', 'P23456789', 'p23456789BCDF']) {
      expect(hasCodeForm(value)).toBe(false);
    }
  });
});
