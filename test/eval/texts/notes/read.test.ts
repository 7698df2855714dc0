import { describe, expect, it } from 'vitest';
import { parseNotes } from '../../../../eval/texts/notes/read.ts';

describe('parseNotes', () => {
  it('gives style, set, text and spans in code points', () => {
    const source =
      '@@ phone slip | dev\n\n𝛽 for ⟦NAME:Ọ. Adé⟧ of ⟦LOC:Gary⟧, ⟦MAY:IN⟧\n\n@@ a log | sealed | decoy\nLine 1\n\nLine 2\n';
    const [first, second] = parseNotes(source, 'a.txt');
    expect(first).toEqual({
      style: 'phone slip',
      set: 'dev',
      decoy: false,
      text: '𝛽 for Ọ. Adé of Gary, IN',
      spans: [
        { start: 6, end: 12, type: 'NAME' },
        { start: 16, end: 20, type: 'LOC' },
      ],
      arguable: [{ start: 22, end: 24 }],
    });
    expect(second).toMatchObject({ style: 'a log', set: 'sealed', decoy: true, text: 'Line 1\n\nLine 2' });
  });

  it('lets a mark go over the end of a line', () => {
    const [note] = parseNotes('@@ a | dev\n⟦LOC:4 Elm\nStreet⟧', 'a.txt');
    expect(note?.spans).toEqual([{ start: 0, end: 12, type: 'LOC' }]);
  });

  it.each([
    ['text before the first header', 'text\n@@ a | dev\nb', 'a.txt:1'],
    ['no set', '@@ a\nb', 'a.txt:1'],
    ['a set that is none', '\n@@ a | test\nb', 'a.txt:2'],
    ['no text', '@@ a | dev\n\n', 'a.txt:1'],
    ['an unknown type', '@@ a | dev\n⟦CITY:Gary⟧', 'unknown type CITY'],
    ['a mark left open', '@@ a | dev\n⟦LOC:Gary', 'not closed'],
    ['a mark in a mark', '@@ a | dev\n⟦LOC:Gary ⟦NAME:X⟧⟧', 'inside a mark'],
    ['a mark without a type', '@@ a | dev\n⟦Gary⟧', 'not closed'],
    ['an empty mark', '@@ a | dev\n⟦LOC:⟧', 'empty'],
    ['a padded mark', '@@ a | dev\n⟦LOC: Gary⟧', 'padded'],
    ['a decoy with an identifier', '@@ a | dev | decoy\n⟦LOC:Gary⟧', 'decoy'],
  ])('refuses %s', (_, source, message) => {
    expect(() => parseNotes(source, 'a.txt')).toThrow(message);
  });
});
