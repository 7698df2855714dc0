import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { iban } from '../../src/detect/validators.ts';

describe('iban', () => {
  it('knows numbers of several countries, with and without spaces', () => {
    for (const number of ['DE89 3704 0044 0532 0130 00', 'GB82WEST12345698765432', 'be68 5390 0754 7034'])
      expect(iban(number), number).toBe(true);
  });

  it('takes no number of another length than its country has', () => {
    expect(iban('DE89 3704 0044 0532 0130')).toBe(false);
    expect(iban('ZZ89 3704 0044 0532 0130 00')).toBe(false);
  });

  it('takes a random hexadecimal name for one hardly ever', () => {
    const hex = fc.array(fc.constantFrom(...'0123456789abcdef'), { minLength: 16, maxLength: 16 });
    const taken = fc.sample(hex, { numRuns: 20_000, seed: 7 }).filter((digits) => iban(digits.join('')));
    expect(taken.length).toBeLessThanOrEqual(1);
  });
});
