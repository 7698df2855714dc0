import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCharset } from '../../src/hl7/charset.ts';
import { readDelimiters } from '../../src/hl7/delimiters.ts';
import { decodeMapped, decodeText, encodeText } from '../../src/hl7/escapes.ts';

function syntaxOf(bytes: Buffer, charset: readonly string[] = [], header = 'MSH|^~\\&|') {
  const delimiters = readDelimiters(Buffer.from(header), 0, header.length);
  if (delimiters === undefined) throw new Error('no delimiters');
  return { bytes, delimiters, charset: readCharset(charset.join('~'), 0x7e, bytes) };
}

function decode(text: string | Buffer, charset: readonly string[] = [], header?: string): string {
  const bytes = typeof text === 'string' ? Buffer.from(text, 'latin1') : text;
  return decodeText(syntaxOf(bytes, charset, header), 0, bytes.length);
}

describe('escape sequences are undone', () => {
  test('delimiters, hexadecimal bytes and line breaks', () => {
    expect(decode('A\\F\\B\\S\\C\\T\\D\\R\\E\\E\\F')).toBe('A|B^C&D~E\\F');
    expect(decode('\\X4A4F484E\\ \\X0D0A\\.')).toBe('JOHN \r\n.');
    expect(decode('one\\.br\\two\\.sp2\\three')).toBe('one\ntwo\nthree');
  });

  test('bytes in escapes are UTF-8, else in the set of the message, else windows-1252', () => {
    expect(decode('M\\XFC\\ller')).toBe('Müller');
    expect(decode('M\\XFC\\ller', ['UNICODE UTF-8'])).toBe('Müller');
    expect(decode('M\\XFC\\ller', ['8859/1'])).toBe('Müller');
    expect(decode('M\\XC3BC\\ller', ['8859/1'])).toBe('Müller');
    expect(decode(Buffer.from('B\\XB1\\k \xb1', 'latin1'), ['8859/2'])).toBe('Bąk ą');
  });

  test('highlighting gives no text, so that it hides no name', () => {
    expect(decode('SM\\H\\IT\\N\\H')).toBe('SMITH');
  });

  test('an escape character that begins no sequence is itself', () => {
    expect(decode('C:\\Users\\x')).toBe('C:\\Users\\x');
    expect(decode('50\\')).toBe('50\\');
  });

  test('a message with other encoding characters has other escapes', () => {
    expect(decode('a!F!b!S!c', [], 'MSH#*@!%#')).toBe('a#b*c');
  });

  test('a local escape gives no text and its place is known', () => {
    const bytes = Buffer.from('A\\Zsmith\\B');
    const mapped = decodeMapped(syntaxOf(bytes), 0, bytes.length);
    expect(mapped.text).toBe('AB');
    expect(mapped.opaque).toEqual([[1, 9]]);
  });

  test('hexadecimal bytes are in the character set of the message', () => {
    expect(decode('M\\XFC\\ller', ['8859/1'])).toBe('Müller');
  });

  test('JIS X 0208 between multi-byte escapes is read', () => {
    expect(decode('\\M2442\\;3ED\\C2842\\^'.replace('^', 'A'), ['ASCII', 'ISO IR87'])).toBe('山田A');
  });
});

describe('new values', () => {
  test('never hold a delimiter, a line end or a framing byte', () => {
    const header = fc.constantFrom('MSH|^~\\&|', 'MSH#*@!%#', 'MSH|^~\\&#|', 'MSH|^|', 'MSH[^~\\]|[');
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), header, (text, head) => {
        const syntax = syntaxOf(Buffer.alloc(0), ['UNICODE UTF-8'], head);
        const { delimiters } = syntax;
        const bytes = Buffer.from(encodeText(syntax, text));
        const forbidden = [0x0d, 0x0a, 0x0b, 0x1c, delimiters.field, delimiters.component];
        if (delimiters.repetition >= 0) forbidden.push(delimiters.repetition, delimiters.subcomponent);
        for (const byte of forbidden) expect(bytes.includes(byte)).toBe(byte < 0);
      }),
    );
  });

  test('are read back as they were written', () => {
    const printable = fc.string({ unit: fc.constantFrom(...'aB1|^~\\&#ü山\n\r '.split('')) });
    fc.assert(
      fc.property(printable, (text) => {
        const syntax = syntaxOf(Buffer.from('ü'), ['UNICODE UTF-8']);
        const bytes = Buffer.from(encodeText(syntax, text));
        expect(decodeText({ ...syntax, bytes }, 0, bytes.length)).toBe(text);
      }),
    );
  });

  test('are written in the character set of the message; what it lacks becomes a question mark', () => {
    const write = (text: string, charset: string, sample: Buffer) =>
      Buffer.from(encodeText({ ...syntaxOf(sample, [charset]) }, text)).toString('hex');
    expect(write('ü', '8859/1', Buffer.from([0xe9]))).toBe('fc');
    expect(write('山', '8859/1', Buffer.from([0xe9]))).toBe('3f');
    expect(write('山', 'GB 18030-2000', Buffer.from([0xc9, 0xbd]))).toBe('c9bd');
  });
});

describe('character sets', () => {
  test('declared ones are used', () => {
    expect(decode(Buffer.from('Jürgen 山田'), ['UNICODE UTF-8'])).toBe('Jürgen 山田');
    expect(decode(Buffer.from([0xd1, 0xd2]), ['8859/5'])).toBe('бв');
    expect(decode(Buffer.from([0xb1, 0xe8]), ['KS X 1001'])).toBe('김');
    expect(decode(Buffer.from([0xa4, 0x70]), ['BIG-5'])).toBe('小');
  });

  test('undeclared bytes are read as UTF-8 where they are, else as windows-1252, and it is said', () => {
    const utf8 = readCharset('', 0x7e, Buffer.from('ü'));
    expect([utf8.decode(Buffer.from('ü')), utf8.problem]).toEqual(['ü', 'undeclared-charset']);
    const latin = readCharset('', 0x7e, Buffer.from([0xfc]));
    expect([latin.decode(Buffer.from([0xfc])), latin.problem]).toEqual(['ü', 'undeclared-charset']);
    expect(readCharset('UNICODE UTF-8', 0x7e, Buffer.from([0xfc])).problem).toBe('undecodable');
    expect(readCharset('KLINGON', 0x7e, Buffer.from('x')).problem).toBe('unknown-charset');
    expect(readCharset('', 0x7e, Buffer.from('x')).problem).toBeUndefined();
  });

  test('every character of a decoded text knows its bytes', () => {
    const bytes = Buffer.from('aü\\T\\山b');
    const mapped = decodeMapped(syntaxOf(bytes, ['UNICODE UTF-8']), 0, bytes.length);
    expect(mapped.text).toBe('aü&山b');
    expect(mapped.starts).toEqual([0, 1, 3, 6, 9]);
    expect(mapped.ends).toEqual([1, 3, 6, 9, 10]);
  });
});
