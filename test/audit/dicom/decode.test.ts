import { describe, expect, it } from 'vitest';
import { characterSetTerms, decodeText } from '../../../src/audit/dicom/decode.ts';

const bytes = (hex: string): Uint8Array => Buffer.from(hex.replace(/\s/g, ''), 'hex');

describe('decoding by Specific Character Set', () => {
  it.each([
    ['ISO_IR 100', '4d fc 6c 6c 65 72', 'Müller'],
    ['ISO_IR 144', 'bb ee da 63 65', 'Люкce'],
    ['ISO_IR 192', '4d c3 bc 6c 6c 65 72', 'Müller'],
    ['GB18030', 'cd f5 d0 a1', '王小'],
    ['ISO_IR 13', 'd4 cf c0 de', 'ﾔﾏﾀﾞ'],
    ['ISO_IR 166', 'a1 a2', 'กข'],
  ])('reads %s', (term, hex, text) => {
    expect(decodeText(bytes(hex), [term])).toEqual({ text, sure: true });
  });

  it('follows code extensions in a Japanese name (PS3.5 H.3.1)', () => {
    const name =
      '59 61 6d 61 64 61 5e 54 61 72 6f 75 3d 1b 24 42 3b 33 45 44 1b 28 42 5e 1b 24 42 42 40 4f 3a 1b 28 42';
    expect(decodeText(bytes(name), ['', 'ISO 2022 IR 87'])).toEqual({
      text: 'Yamada^Tarou=山田^太郎',
      sure: true,
    });
  });

  it('follows code extensions in a Korean name (PS3.5 I.2)', () => {
    const name = '48 6f 6e 67 3d 1b 24 29 43 fb f3 5e 1b 24 29 43 d1 ce d4 d7';
    expect(decodeText(bytes(name), ['', 'ISO 2022 IR 149']).text).toBe('Hong=洪^吉洞');
  });

  it('loses no text where the bytes do not fit, and says so', () => {
    expect(decodeText(bytes('4d fc 6c'), ['ISO_IR 192'])).toEqual({ text: 'Mül', sure: false });
    expect(decodeText(bytes('4d c3 bc 6c'), [''])).toEqual({ text: 'Mül', sure: false });
    expect(decodeText(bytes('4d fc 6c'), ['KLINGON'])).toEqual({ text: 'Mül', sure: false });
  });

  it('knows common misspellings of the terms', () => {
    expect(characterSetTerms('ISO-IR 100\\iso 2022 ir 87 ')).toEqual(['ISO_IR 100', 'ISO 2022 IR 87']);
    expect(characterSetTerms('ISO_IR_192')).toEqual(['ISO_IR 192']);
  });
});
