import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rtfTokens } from '../../../src/documents/rtf/tokens.ts';

/** Tokens in a form to be compared: bytes as Latin-1. */
function tokens(source: string): string[] {
  return [...rtfTokens(Buffer.from(source, 'latin1'))].map((token) => {
    if ('bytes' in token) return `${token.kind}:${Buffer.from(token.bytes).toString('latin1')}`;
    return 'name' in token
      ? `${token.kind}:${token.name}${'value' in token ? (token.value ?? '') : ''}`
      : token.kind;
  });
}

describe('RTF tokens', () => {
  it('takes the space after a control word as part of it, and the sign of its number', () => {
    expect(tokens(String.raw`\li-720 a\par\u252  b`)).toEqual([
      'word:li-720',
      'bytes:a',
      'word:par',
      'word:u252',
      'bytes: b',
    ]);
  });

  it('leaves line ends of the file out of the text, and takes escaped braces for symbols', () => {
    expect(tokens('a\r\nb\\{')).toEqual(['bytes:ab', 'symbol:{']);
  });

  it('reads no control word inside the bytes that \\bin announces', () => {
    expect(tokens('\\bin4 {\\a}b')).toEqual(['binary:{\\a}', 'bytes:b']);
  });

  it('takes a broken hex escape for text', () => {
    expect(tokens("\\'zzx")).toEqual(['bytes:zzx']);
  });

  it('comes to an end on any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        expect([...rtfTokens(bytes)].length).toBeLessThanOrEqual(bytes.length);
      }),
    );
  });

  it('loses no text between control words and groups', () => {
    const part = fc.constantFrom(
      ['{', ''],
      ['}', ''],
      ['\\b1 ', ''],
      ['\\par\n', ''],
      ["\\'e9", '\xe9'],
      ['Quill', 'Quill'],
      [' ', ' '],
      ['\xff', '\xff'],
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 60 }), (parts) => {
        const read = tokens(parts.map(([source]) => source).join(''));
        const text = read.map((token) => (token.startsWith('bytes:') ? token.slice(6) : '')).join('');
        expect(text).toBe(parts.map(([, written]) => written).join(''));
      }),
    );
  });
});
