import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBase64, decodeHex } from '../../src/documents/base64.ts';

describe('decodeBase64', () => {
  it('gives back any bytes, wrapped, padded or not, in either alphabet', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 90 }), (bytes) => {
        const standard = Buffer.from(bytes).toString('base64');
        for (const text of [standard, standard.replace(/=+$/, ''), standard.replace(/(.{10})/g, '$1\r\n')])
          expect(decodeBase64(text)?.equals(bytes)).toBe(true);
        expect(decodeBase64(Buffer.from(bytes).toString('base64url'))?.equals(bytes)).toBe(true);
      }),
    );
  });

  it('refuses what is none, or breaks off', () => {
    for (const text of ['', 'ab!d', 'abcde', 'a===', 'ab=c', 'ab=='.repeat(2)])
      expect(decodeBase64(text)).toBeUndefined();
  });
});

describe('decodeHex', () => {
  it('takes pairs of digits alone', () => {
    expect(decodeHex('25 50\n44 46')).toEqual(Buffer.from('%PDF'));
    expect(decodeHex('255')).toBeUndefined();
    expect(decodeHex('zz')).toBeUndefined();
  });
});
