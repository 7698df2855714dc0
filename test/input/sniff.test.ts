import { describe, expect, it } from 'vitest';
import { type Sniffed, sniff } from '../../src/input/sniff.ts';

const text = (value: string): Buffer => Buffer.from(value, 'utf8');
const hex = (value: string): Buffer => Buffer.from(value.replaceAll(' ', ''), 'hex');

/** One element, explicit VR. */
function element(tag: string, vr: string, value: string, bigEndian = false): Buffer {
  const header = Buffer.alloc(8);
  const numbers = [Number.parseInt(tag.slice(0, 4), 16), Number.parseInt(tag.slice(4), 16)] as const;
  for (const [at, number] of [
    [0, numbers[0]],
    [2, numbers[1]],
    [6, value.length],
  ] as const) {
    if (bigEndian) header.writeUInt16BE(number, at);
    else header.writeUInt16LE(number, at);
  }
  header.write(vr, 4, 'latin1');
  return Buffer.concat([header, Buffer.from(value, 'latin1')]);
}
/** One element, implicit VR. */
function implicit(tag: string, value: string, bigEndian = false): Buffer {
  const header = Buffer.alloc(8);
  const numbers = [Number.parseInt(tag.slice(0, 4), 16), Number.parseInt(tag.slice(4), 16)] as const;
  if (bigEndian) {
    header.writeUInt16BE(numbers[0], 0);
    header.writeUInt16BE(numbers[1], 2);
    header.writeUInt32BE(value.length, 4);
  } else {
    header.writeUInt16LE(numbers[0], 0);
    header.writeUInt16LE(numbers[1], 2);
    header.writeUInt32LE(value.length, 4);
  }
  return Buffer.concat([header, Buffer.from(value, 'latin1')]);
}
const preamble = (fill = 0): Buffer => Buffer.concat([Buffer.alloc(128, fill), Buffer.from('DICM')]);
const meta = (sopClass: string): Buffer =>
  Buffer.concat([element('00020000', 'UL', '\x40\0\0\0'), element('00020002', 'UI', sopClass)]);

const CT = '1.2.840.10008.5.1.4.1.1.2\0';
const DIRECTORY = '1.2.840.10008.1.3.10';

describe('sniffing DICOM', () => {
  it.each<[string, Buffer, string, Sniffed]>([
    ['preamble and meta group', Buffer.concat([preamble(), meta(CT)]), 'x', 'dicom'],
    [
      'a preamble that is a TIFF header',
      Buffer.concat([hex('49492a00'), preamble().subarray(4), meta(CT)]),
      'x.tif',
      'dicom',
    ],
    ['nothing after the prefix', preamble(), 'x', 'dicom'],
    ['a prefix and no preamble', Buffer.concat([Buffer.from('DICM'), meta(CT)]), 'x', 'dicom'],
    ['a meta group and no preamble', meta(CT), 'x', 'dicom'],
    [
      'one meta element before a data set',
      Buffer.concat([element('00020010', 'UI', '1.2.840.10008.1.2\0'), implicit('00080005', 'ISO_IR 100')]),
      'x',
      'dicom',
    ],
    [
      'explicit little endian',
      Buffer.concat([element('00080005', 'CS', 'ISO_IR 100'), element('00080008', 'CS', 'A\\B ')]),
      'x.txt',
      'dicom',
    ],
    [
      'explicit big endian',
      Buffer.concat([
        element('00080005', 'CS', 'ISO_IR 100', true),
        element('00080008', 'CS', 'A\\B ', true),
      ]),
      'x',
      'dicom',
    ],
    [
      'implicit little endian',
      Buffer.concat([implicit('00080005', 'ISO_IR 100'), implicit('00080008', 'A\\B ')]),
      'x',
      'dicom',
    ],
    [
      'ACR-NEMA group length',
      Buffer.concat([implicit('00080000', '\x10\0\0\0'), implicit('00080001', '\0\0\0\0')]),
      'x',
      'dicom',
    ],
    [
      'implicit big endian',
      Buffer.concat([implicit('00080005', 'ISO_IR 100', true), implicit('00080008', 'A\\B ', true)]),
      'x',
      'dicom',
    ],
    ['a DICOMDIR by its class', Buffer.concat([preamble(), meta(DIRECTORY)]), 'anything', 'dicomdir'],
    [
      'a DICOMDIR without meta group, by its name',
      Buffer.concat([implicit('00080005', 'ISO_IR 100'), implicit('00080008', 'A\\B ')]),
      'DICOMDIR',
      'dicomdir',
    ],
    [
      'a DICOMDIR without meta group, by group 0004',
      Buffer.concat([implicit('00041130', 'TEST'), implicit('00041200', '\0\0\0\0')]),
      'x',
      'dicomdir',
    ],
    ['an image that is called DICOMDIR', Buffer.concat([preamble(), meta(CT)]), 'DICOMDIR', 'dicom'],
  ])('knows %s', (_, bytes, name, expected) => {
    expect(sniff(bytes, name)).toBe(expected);
  });

  it.each<[string, Buffer]>([
    ['zeros', Buffer.alloc(4096)],
    ['ones', Buffer.alloc(4096, 0xff)],
    ['a lone tag', hex('0800 0500')],
    [
      'a tag and a length that leads nowhere',
      Buffer.concat([hex('0800 0500 0a000000'), Buffer.alloc(100, 0xee)]),
    ],
    ['a program', hex('7f454c46 02010100 00000000 00000000 0300 3e00')],
  ])('does not take %s for it', (_, bytes) => {
    expect(sniff(bytes, 'x.dcm')).toBe('unknown');
  });
});

describe('sniffing HL7', () => {
  const msh = 'MSH|^~\\&|A|B|C|D|20240101||ADT^A01|1|P|2.3\rPID|1\r';
  it.each<[string, Buffer]>([
    ['a message', text(msh)],
    ['other separators', text('MSH$%*!?$A$B\rPID$1')],
    ['a byte-order mark', text(`\uFEFF${msh}`)],
    ['blank lines before it', text(`\r\n\n  ${msh}`)],
    ['an MLLP block', text(`\x0b${msh}\x1c\r`)],
    ['a capture that begins in the middle of a message', text(`1|x\r\x1c\r\x0b${msh}`)],
    ['a file header', text('FHS|^~\\&|A\rBHS|^~\\&|A\r')],
    ['a batch header', text('BHS|^~\\&|A\rMSH|^~\\&|A')],
    ['UTF-16', Buffer.concat([hex('fffe'), Buffer.from(msh, 'utf16le')])],
    ['Latin-1', Buffer.from(`${msh}PID|1||7||M\xfcller^J\xf6rg\r`, 'latin1')],
    ['ISO 2022', text(`${msh}PID|1||7||\x1b$B;3ED\x1b(B\r`)],
    ['a message with binary bytes in it', Buffer.concat([text(msh), Buffer.alloc(10)])],
    ['a message after lines of a log', text(`2024-01-01 INFO received\nfrom port 1\n${msh}`)],
    ['no MSH', text('PID|1||4711^^^CITY\rPV1|1|I\r')],
    ['no MSH, and a Z-segment first', text('ZPI|1|x|y\nPID|1|2\n')],
    ['one segment alone', text('EVN|A01|20240101')],
  ])('knows it by %s, whatever the name', (_, bytes) => {
    expect(sniff(bytes, 'x.dat')).toBe('hl7');
  });

  it.each<[string, string]>([
    ['prose', 'MSH is the first segment of a message.\nPID follows.'],
    ['a heading', 'PID\n===\n'],
    ['a table that begins with a segment name', 'PID,name,age\n1,x,3\n'],
    ['a Markdown table', 'Field | Name | Type\n--- | --- | ---\nPID | x | y'],
    ['a key and a value', 'ACC: 12345\nPID: 7'],
    ['a word that begins like a segment', 'OBRIEN|x|y\nOBXES|1|2'],
    ['a document that quotes a message', `An example:\n\nMSH|^~\\&|A|B\n`],
  ])('does not take %s for it, even in a file that is called .hl7', (_, value) => {
    expect(sniff(text(value), 'x.hl7')).toBe('text');
  });
});

describe('sniffing other files', () => {
  it.each<[string, Buffer, Sniffed]>([
    ['nothing', Buffer.alloc(0), 'empty'],
    ['plain text', text('Seen today in clinic.\n'), 'text'],
    ['UTF-8 that is cut in a character', text('Grüße ä').subarray(0, -1), 'text'],
    ['Latin-1', Buffer.from('Gr\xfc\xdfe aus K\xf6ln', 'latin1'), 'text'],
    ['UTF-16', Buffer.concat([hex('feff'), Buffer.from('abc', 'utf16le').swap16()]), 'text'],
    ['Cyrillic', text('Пациент осмотрен'), 'text'],
    ['JSON', text('{"a": 1}'), 'text'],
    ['CSV', text('a,b\n1,2\n'), 'text'],
    ['PDF', text('%PDF-1.7\n%\u00e2'), 'pdf'],
    ['PDF after junk', text('\n\n%PDF-1.4\n'), 'pdf'],
    ['prose about PDF', text('a file begins with %PDF-1.4'), 'text'],
    ['PNG', hex('89504e470d0a1a0a 0000000d'), 'image'],
    ['JPEG', hex('ffd8ffe0 0010'), 'image'],
    ['TIFF', hex('4d4d002a 00000008'), 'image'],
    ['BMP', hex('424d 46000000 0000 0000 36000000'), 'image'],
    ['a text that begins with BM', text('BMI measured today: 23'), 'text'],
    [
      'zip',
      Buffer.concat([hex('504b0304 1400 0000 0800'), Buffer.alloc(16), hex('0500 0000'), text('a.dcm')]),
      'zip',
    ],
    [
      'docx',
      Buffer.concat([
        hex('504b0304 1400 0600 0800'),
        Buffer.alloc(16),
        hex('1300 0000'),
        text('[Content_Types].xml'),
      ]),
      'office',
    ],
    ['doc', hex('d0cf11e0a1b11ae1 0000'), 'office'],
    ['RTF', text('{\\rtf1\\ansi x}'), 'office'],
    ['gzip', hex('1f8b0800 00000000'), 'gzip'],
    ['tar', Buffer.concat([Buffer.alloc(257, 0x61), text('ustar\0'), Buffer.alloc(100)]), 'archive'],
    ['NIfTI', Buffer.concat([hex('5c010000'), Buffer.alloc(340), hex('6e2b3100')]), 'nifti'],
    ['binary', hex('00010203 deadbeef'), 'unknown'],
  ])('knows %s', (_, bytes, expected) => {
    expect(sniff(bytes, 'name')).toBe(expected);
  });

  it.each(['.DS_Store', 'Thumbs.db', 'THUMBS.DB', 'desktop.ini', '._IM0001.dcm'])(
    'run ignores %s, scan does not',
    (name) => {
      for (const bytes of [text('Meier, Anna'), hex('d0cf11e0a1b11ae1'), Buffer.alloc(0)]) {
        expect(sniff(bytes, name, { ignore: true })).toBe('ignored');
        expect(sniff(bytes, name)).not.toBe('ignored');
      }
    },
  );

  it('ignores no DICOM and no HL7 for its name', () => {
    expect(sniff(Buffer.concat([preamble(), meta(CT)]), '._IM0001', { ignore: true })).toBe('dicom');
    expect(sniff(text('MSH|^~\\&|A'), 'desktop.ini', { ignore: true })).toBe('hl7');
  });
});
