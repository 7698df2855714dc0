import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DocumentPart } from '../../../src/documents/document.ts';
import { readRtf } from '../../../src/documents/rtf/reader.ts';
import { PhiGateError } from '../../../src/errors.ts';
import { LIMITS } from '../limits.ts';

const read = (text: string, limits = LIMITS): DocumentPart[] => [
  ...readRtf(Buffer.from(text, 'latin1'), limits),
];
const textAt = (parts: readonly DocumentPart[], locus: string): string =>
  parts.map((part) => (part.kind === 'text' && part.locus === locus ? part.text : '')).join('');

describe('readRtf', () => {
  it('decodes bytes by the code page of their font, and leaves out what stands in for \\u', () => {
    const parts = read(
      String.raw`{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}{\f1\fcharset204 Arial;}}J\'fcrgen {\f1 \'cf\'f0} M\u252\'fcller \uc2\u26085??x}`,
    );
    expect(textAt(parts, 'text')).toBe('Jürgen Пр Müller 日x');
  });

  it('decodes characters of two bytes', () => {
    expect(textAt(read(String.raw`{\rtf1\ansicpg932 \'93\'fa\'96\'7b}`), 'text')).toBe('日本');
  });

  it('counts what is hidden, deleted, in headers and in notes', () => {
    const parts = read(
      String.raw`{\rtf1 seen{\v hidden}{\deleted gone}{\header Head}{\footnote Foot}{\*\unheard of}}`,
    );
    expect(textAt(parts, 'text')).toBe('seenhiddengone');
    expect(textAt(parts, 'note')).toBe('HeadFoot');
    expect(textAt(parts, 'field')).toBe('of');
  });

  it('tells what is said about the document, dates too', () => {
    const parts = read(String.raw`{\rtf1{\info{\author Ottoline}{\creatim\yr2019\mo5\dy7\hr3\min9}}x}`);
    expect(parts).toContainEqual({ kind: 'text', locus: 'metadata', label: 'Author', text: 'Ottoline' });
    expect(parts).toContainEqual({ kind: 'text', locus: 'metadata', label: 'Created', text: '2019-05-07' });
  });

  it('hands on pictures in hex and in bytes, and says which it cannot', () => {
    const parts = read(
      '{\\rtf1{\\pict\\pngblip 89504e\r\n47}{\\*\\shppict{\\pict\\jpegblip\\bin3 \xff\xd8\xff}}{\\pict\\emfblip 0100}}',
    );
    expect(parts).toEqual([
      expect.objectContaining({ kind: 'document', mediaType: 'image/png' }),
      expect.objectContaining({ kind: 'document', mediaType: 'image/jpeg' }),
      expect.objectContaining({ kind: 'unread' }),
    ]);
  });

  it('reads what there is of a document that breaks off', () => {
    expect(textAt(read(String.raw`{\rtf1 {\b Quillfea`), 'text')).toBe('Quillfea');
  });

  it('refuses what is no RTF, nests without end, or is larger than the limit', () => {
    expect(() => read('plain')).toThrow(PhiGateError);
    expect(() => read(`{\\rtf1 ${'{'.repeat(5000)}`)).toThrow(expect.objectContaining({ code: 'too-deep' }));
    const small = { ...LIMITS, documentBytes: 10 };
    expect(() => read(`{\\rtf1 ${'x'.repeat(100)}}`, small)).toThrow(
      expect.objectContaining({ code: 'too-large' }),
    );
  });

  it('gives back any text that a writer wrote', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        const kept = text.replace(/\p{Cc}/gu, '');
        expect(textAt(read(`{\\rtf1\\ansi\\uc1 ${written(kept)}}`), 'text').trim()).toBe(kept.trim());
      }),
    );
  });
});

/** As word processors write: ASCII as it stands, all else as UTF-16 units with a question mark for older readers. */
function written(text: string): string {
  return Array.from({ length: text.length }, (_, i) => {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) return text.charAt(i).replace(/[\\{}]/, '\\$&');
    return `\\u${unit > 0x7fff ? unit - 0x10000 : unit} ?`;
  }).join('');
}
