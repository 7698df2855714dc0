import { describe, expect, it } from 'vitest';
import { decodeCharacters } from '../../src/documents/characters.ts';

describe('decodeCharacters', () => {
  it('goes by the byte-order mark, by what a document names, else UTF-8, else windows-1252', () => {
    expect(decodeCharacters(Buffer.from('\ufeffMüller', 'utf16le'))).toEqual(['Müller']);
    expect(decodeCharacters(Buffer.from('\ufeffMüller'))).toEqual(['Müller']);
    expect(decodeCharacters(Buffer.from('Müller', 'latin1'))).toEqual(['Müller']);
    const cyrillic = Buffer.concat([
      Buffer.from('<?xml version="1.0" encoding="windows-1251"?><a>'),
      Buffer.from([0xcf]),
    ]);
    expect(decodeCharacters(cyrillic)[0]).toContain('П');
    expect(decodeCharacters(Buffer.from('<meta charset="utf-8">é'))).toEqual(['<meta charset="utf-8">é']);
  });

  it('gives both readings where what is named differs from UTF-8', () => {
    const readings = decodeCharacters(Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?>é'));
    expect(readings.map((text) => text.slice(-2))).toEqual(['Ã©', '>é']);
  });
});
