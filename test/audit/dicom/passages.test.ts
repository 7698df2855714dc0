import { describe, expect, it } from 'vitest';
import { type DicomPassages, dicomPassages } from '../../../src/audit/dicom/passages.ts';
import { readSecond } from '../../../src/audit/dicom/second-reader.ts';
import type { Passage } from '../../../src/model/passage.ts';
import { memorySource } from '../../../src/splice.ts';
import { EXPLICIT, el, IMPLICIT, item, LIMITS, part10, tokens } from './build.ts';

function read(bytes: Buffer): DicomPassages {
  const file = tokens(bytes);
  const source = memorySource(bytes);
  return dicomPassages(readSecond(source, file, LIMITS), source, file);
}

function at(bytes: Buffer, locus: string): Passage | undefined {
  return read(bytes).passages.find((passage) => passage.locus === locus);
}

const file = (...elements: Buffer[]): Buffer =>
  part10(EXPLICIT, Buffer.concat([el(0x00080005, 'CS', 'ISO_IR 100'), ...elements]));

describe('passages of a DICOM file', () => {
  it('decodes a value, leaves its padding out and says what stands there', () => {
    expect(at(file(el(0x00100010, 'PN', 'Müller^Jörg')), '(0010,0010)')).toEqual({
      text: 'Müller^Jörg',
      locus: '(0010,0010)',
      place: 'element',
      hints: {
        format: 'dicom',
        vr: 'PN',
        tag: '00100010',
        keyword: 'PatientName',
        label: 'Patient Name',
        typed: 'A',
      },
    });
  });

  it('takes the character set of the item, and that of the data set where the item has none', () => {
    const own = item(el(0x00080005, 'CS', 'ISO_IR 192'), el(0x00321060, 'LO', Buffer.from('Knie Müller')));
    const none = item(el(0x00321060, 'LO', 'Müller'));
    const bytes = file(el(0x00400275, 'SQ', Buffer.concat([own, none])));
    expect(at(bytes, '(0040,0275)[0].(0032,1060)')?.text).toBe('Knie Müller');
    expect(at(bytes, '(0040,0275)[1].(0032,1060)')?.text).toBe('Müller');
    expect(at(bytes, '(0040,0275)[1].(0032,1060)')?.place).toBe('nested element');
  });

  it('knows the VR of implicit elements from the dictionary', () => {
    const bytes = part10(IMPLICIT, el(0x00100020, 'LO', 'MRN-4711', { explicit: false }));
    expect(at(bytes, '(0010,0020)')?.hints).toMatchObject({ vr: 'LO', typed: 'H' });
  });

  it('names the creator of a private element', () => {
    const bytes = file(el(0x00090010, 'LO', 'ACME 1.0'), el(0x00091001, 'LO', 'Anna Muster'));
    expect(at(bytes, '(0009,1001)')).toMatchObject({
      place: 'private element',
      hints: { keyword: 'ACME 1.0' },
    });
  });

  it('finds text inside private binary values, ASCII and UTF-16', () => {
    const value = Buffer.concat([
      Buffer.from([0, 1, 2, 255]),
      Buffer.from('Anna Muster'),
      Buffer.from([0, 0, 3]),
      Buffer.from('Bahnhof 12', 'utf16le'),
      Buffer.from([9, 9, 200]),
    ]);
    const bytes = file(
      el(0x00090010, 'LO', 'ACME 1.0'),
      el(0x00091001, 'OB', value),
      el(0x00091002, 'UN', value),
    );
    for (const locus of ['(0009,1001)', '(0009,1002)']) {
      expect(at(bytes, locus)?.text).toContain('Anna Muster');
      expect(at(bytes, locus)?.text).toContain('Bahnhof 12');
    }
  });

  it('gives no passage for samples and plain numbers', () => {
    const bytes = file(
      el(0x00280030, 'DS', '0.5\\0.5'),
      el(0x60003000, 'OW', 'looks like text, is overlay'),
      el(0x7fe00010, 'OW', 'looks like text, is pixels'),
    );
    const loci = read(bytes).passages.map(({ locus }) => locus);
    expect(loci).not.toContain('(0028,0030)');
    expect(loci).not.toContain('(6000,3000)');
    expect(loci).not.toContain('(7FE0,0010)');
  });

  it('gives a passage for a whole number that is long enough to be somebody\u2019s', () => {
    const bytes = file(el(0x00200012, 'IS', '70458812'), el(0x00200032, 'DS', '-123.456789012\\0\\1'));
    const loci = read(bytes).passages.map(({ locus }) => locus);
    expect(loci).toContain('(0020,0012)');
    expect(loci).not.toContain('(0020,0032)');
  });

  it('finds sentences among samples, and nothing where samples spell letters', () => {
    const written = file(
      el(0x00283006, 'OW', Buffer.from('\x01\x02seen with Ida Pellerin on Monday\x03\x04')),
    );
    expect(at(written, '(0028,3006)')?.text).toBe('seen with Ida Pellerin on Monday');
    const ramp = Buffer.from(Array.from({ length: 95 }, (_, i) => 0x20 + i));
    expect(at(file(el(0x00283006, 'OW', ramp)), '(0028,3006)')).toBeUndefined();
  });

  it('gives a passage for a number string that is none', () => {
    expect(at(file(el(0x00101030, 'DS', 'Anna M.')), '(0010,1030)')?.text).toBe('Anna M.');
  });

  it('labels SR content by its concept name', () => {
    const concept = item(el(0x00080100, 'SH', '121111'), el(0x00080104, 'LO', 'Summary'));
    const content = item(
      el(0x0040a040, 'CS', 'TEXT'),
      el(0x0040a043, 'SQ', concept),
      el(0x0040a160, 'UT', 'Seen by Dr. Muster'),
    );
    const bytes = file(el(0x0040a040, 'CS', 'CONTAINER'), el(0x0040a730, 'SQ', content));
    expect(at(bytes, '(0040,A730)[0].(0040,A160)')).toMatchObject({
      place: 'structured report',
      hints: { label: 'Summary' },
    });
  });

  it('reads the preamble and the trailing bytes', () => {
    const preamble = Buffer.alloc(128);
    preamble.write('Anna Muster', 10);
    const bytes = Buffer.concat([
      part10(EXPLICIT, el(0x00080060, 'CS', 'CT'), preamble),
      Buffer.from([0, 0]),
      Buffer.from('MRN 4711'),
    ]);
    expect(at(bytes, 'preamble')).toMatchObject({ text: 'Anna Muster', place: 'preamble' });
    expect(at(bytes, 'trailing')).toMatchObject({ text: 'MRN 4711', place: 'trailing bytes' });
  });

  it('searches UTF-8 bytes under a single-byte set in both readings', () => {
    const texts = read(file(el(0x00100010, 'PN', Buffer.from('Müller^Jan'))))
      .passages.filter(({ locus }) => locus === '(0010,0010)')
      .map(({ text }) => text);
    expect(texts).toContain('Müller^Jan');
    expect(texts).toHaveLength(2);
  });

  it('says where text does not fit its character set', () => {
    const bytes = part10(
      EXPLICIT,
      Buffer.concat([el(0x00080005, 'CS', 'ISO_IR 192'), el(0x00100010, 'PN', 'Mül')]),
    );
    expect(read(bytes).anomalies).toEqual([
      { kind: 'text not in its declared character set', locus: '(0010,0010)' },
    ]);
  });
});

describe('what the place says about an identifier', () => {
  const typed = (element: Buffer): string | undefined =>
    read(file(element)).passages.find(({ locus }) => !/0008,0005|0002/.test(locus))?.hints.typed;

  it.each([
    ['a UID', el(0x0020000d, 'UI', '2.25.5'), 'R'],
    ['an age over 89', el(0x00101010, 'AS', '091Y'), 'C'],
    ['a date', el(0x00080020, 'DA', '20240131'), 'C'],
    ['a private date', el(0x00291008, 'DA', '20240131'), 'C'],
    ['an accession number', el(0x00080050, 'SH', '1'), 'R'],
    ['a serial number', el(0x00181000, 'LO', '1'), 'M'],
    ['a web address', el(0x00081190, 'UR', 'http://x'), 'N'],
  ])('%s is typed', (_, element, category) => {
    expect(typed(element)).toBe(category);
  });

  it.each([
    ['a class UID', el(0x00080016, 'UI', '1.2.840.10008.5.1.4.1.1.2')],
    ['a standard UID anywhere', el(0x00081155, 'UI', '1.2.840.10008.1.20.1')],
    ['an age up to 89', el(0x00101010, 'AS', '089Y')],
    ['an age in months', el(0x00101010, 'AS', '096M')],
    ['a description', el(0x0008103e, 'LO', 'knee')],
    ['a version of a code list', el(0x00080106, 'DT', '20020904')],
    ['a code of a de-identified study', el(0x00120040, 'LO', 'S-001')],
  ])('%s is not', (_, element) => {
    expect(typed(element)).toBeUndefined();
  });
});

describe('what the concept of a content item says about its value', () => {
  const code = (tag: number, value: string, meaning: string) =>
    el(
      tag,
      'SQ',
      item(el(0x00080100, 'SH', value), el(0x00080102, 'SH', 'DCM'), el(0x00080104, 'LO', meaning)),
    );
  const typed = (...elements: Buffer[]): string | undefined =>
    read(file(el(0x0040a730, 'SQ', item(...elements)))).passages.find(({ locus }) =>
      /\(0040,A160\)|\(0040,A30A\)/.test(locus),
    )?.hints.typed;
  const textUnder = (value: string, meaning: string, text: string) =>
    typed(code(0x0040a043, value, meaning), el(0x0040a160, 'UT', text));
  const numberUnder = (value: string, meaning: string, unit: string, number: string) =>
    typed(
      code(0x0040a043, value, meaning),
      el(0x0040a300, 'SQ', item(code(0x004008ea, unit, unit), el(0x0040a30a, 'DS', number))),
    );

  it('types texts under concepts of names and numbers', () => {
    expect(textUnder('121029', 'Subject Name', 'Osterkamp Wilma')).toBe('A');
    expect(textUnder('LOCAL', 'Medical record number', '44')).toBe('H');
    expect(textUnder('121071', 'Finding', 'nodule')).toBeUndefined();
  });

  it('types ages over 89 of persons, by their unit, but for the cap', () => {
    expect(numberUnder('121033', 'Subject Age', 'a', '93')).toBe('C');
    expect(numberUnder('121033', 'Subject Age', 'a', '90')).toBeUndefined();
    expect(numberUnder('121033', 'Subject Age', 'mo', '120')).toBeUndefined();
    expect(numberUnder('121033', 'Subject Age', 'Months', '120')).toBeUndefined();
    expect(numberUnder('121033', 'Subject Age', 'mo', '1140')).toBe('C');
    expect(numberUnder('121033', 'Subject Age', 'mo', '1080')).toBeUndefined();
    expect(numberUnder('18185-9', 'Gestational Age', 'd', '196')).toBeUndefined();
  });

  it('says of a birth date that an age over 89 stands beside it', () => {
    const beside = (age: string) =>
      at(file(el(0x00100030, 'DA', '19400101'), el(0x00101010, 'AS', age)), '(0010,0030)')?.hints
        .besideOldAge;
    expect(beside('090Y')).toBe(true);
    expect(beside('089Y')).toBeUndefined();
  });
});
