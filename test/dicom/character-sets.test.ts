import { describe, expect, it } from 'vitest';
import { CharacterSets } from '../../src/dicom/character-sets.ts';

const decode = (terms: string[], hex: string, isPersonName = true) =>
  new CharacterSets(terms).decode(Buffer.from(hex.replaceAll(' ', ''), 'hex'), isPersonName).text;

// Byte sequences of PS3.5 Annexes H, I, J and K.
describe('CharacterSets', () => {
  it('decodes Japanese names with code extensions (PS3.5 H.3.1)', () => {
    const bytes = [
      '59616d6164615e5461726f753d',
      '1b2442 3b33 4544 1b2842 5e 1b2442 4240 4f3a 1b2842 3d',
      '1b2442 2464 245e 2440 1b2842 5e 1b2442 243f 246d 2426 1b2842',
    ].join('');
    expect(decode(['', 'ISO 2022 IR 87'], bytes)).toBe('Yamada^Tarou=山田^太郎=やまだ^たろう');
  });

  it('decodes Korean names (PS3.5 I.2)', () => {
    const bytes = '486f6e675e47696c646f6e673d1b242943fbf35e1b242943d1ced4d73d1b242943c8ab5e1b242943b1e6b5bf';
    expect(decode(['', 'ISO 2022 IR 149'], bytes)).toBe('Hong^Gildong=洪^吉洞=홍^길동');
  });

  it('decodes UTF-8 and GB18030 (PS3.5 J)', () => {
    expect(decode(['ISO_IR 192'], Buffer.from('Wang^XiaoDong=王^小东').toString('hex'))).toBe(
      'Wang^XiaoDong=王^小东',
    );
    expect(decode(['GB18030'], '57616e675e5869616f446f6e673dcdf55ed0a1b6ab3d')).toBe(
      'Wang^XiaoDong=王^小东=',
    );
  });

  it('decodes Latin, Cyrillic and Greek single-byte sets, with terms spelled as writers spell them', () => {
    expect(decode(['ISO_IR 100'], '4dfc6c6c6572')).toBe('Müller');
    expect(decode(['iso_ir_100'], '4dfc6c6c6572')).toBe('Müller');
    expect(decode(['ISO_IR 144'], 'bbeeda6365dcd17970d3')).toBe('Люкceмбypг');
    expect(decode(['ISO_IR 126'], 'c4e9efedf5f3e9eff2')).toBe('Διονυσιος');
  });

  it('says what it cannot decode and does not guess', () => {
    const unknown = new CharacterSets(['ISO_IR 999']);
    expect(unknown.unknown).toEqual(['ISO_IR 999']);
    expect(unknown.decode(Buffer.from([0x4d, 0xfc])).complete).toBe(false);
    expect(new CharacterSets(['ISO_IR 192']).decode(Buffer.from([0x4d, 0xfc, 0x41])).complete).toBe(false);
    expect(new CharacterSets([]).decode(Buffer.from([0xe9])).complete).toBe(false);
  });

  it('encodes back what it decoded, or says that it cannot', () => {
    expect(new CharacterSets(['ISO_IR 100']).encode('Müller')).toEqual(
      Uint8Array.from(Buffer.from('Müller', 'latin1')),
    );
    expect(new CharacterSets(['ISO_IR 144']).encode('[NAME]')).toEqual(Buffer.from('[NAME]'));
    expect(new CharacterSets(['ISO_IR 100']).encode('山')).toBeUndefined();
    expect(new CharacterSets(['', 'ISO 2022 IR 87']).encode('홍')).toBeUndefined();
    expect(new CharacterSets(['ISO_IR 999']).encode('é')).toBeUndefined();
  });

  it.each([
    ['GB18030', ['GB18030'], '胸部CT [NAME] 平扫'],
    ['GBK', ['GBK'], '胸部CT'],
    ['Japanese', ['', 'ISO 2022 IR 87'], '胸部 CT [NAME]\\頭部'],
    ['Korean', ['', 'ISO 2022 IR 149'], '흉부 CT\r\n두부 [NAME]'],
    ['simplified Chinese', ['', 'ISO 2022 IR 58'], '胸部 [NAME]'],
    ['German and Greek', ['ISO 2022 IR 100', 'ISO 2022 IR 126'], 'Schädel κρανίο über'],
    ['half-width katakana and kanji', ['ISO 2022 IR 13', 'ISO 2022 IR 87'], 'ﾔﾏﾀﾞ 山田 [NAME]'],
  ])('encodes %s so that it decodes to the same', (_, terms, text) => {
    const sets = new CharacterSets(terms);
    const bytes = sets.encode(text);
    expect(bytes).toBeDefined();
    expect(sets.decode(bytes ?? new Uint8Array(0))).toEqual({ text, complete: true });
  });
});
