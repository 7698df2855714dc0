import { describe, expect, it } from 'vitest';
import { readSecond } from '../../src/audit/dicom/second-reader.ts';
import { readHl7Second } from '../../src/audit/hl7/second-reader.ts';
import { knownOfDicomOriginal, knownOfHl7Original } from '../../src/audit/known-from-original.ts';
import type { KnownIdentifier } from '../../src/detect/detector.ts';
import { memorySource } from '../../src/splice.ts';
import { EXPLICIT, el, item, LIMITS, part10, tokens } from './dicom/build.ts';

function ofDicom(...elements: Buffer[]): KnownIdentifier[] {
  const bytes = part10(EXPLICIT, Buffer.concat([el(0x00080005, 'CS', 'ISO_IR 100'), ...elements]));
  return knownOfDicomOriginal(readSecond(memorySource(bytes), tokens(bytes), LIMITS));
}

function ofHl7(...segments: string[]): KnownIdentifier[] {
  const text = ['MSH|^~\\&|LAB|HOSP|||20240131||ADT^A01|C4711|P|2.5', ...segments].join('\r');
  return knownOfHl7Original(readHl7Second(Buffer.from(text)));
}

describe('known identifiers of a DICOM original', () => {
  it('takes names, ids, birth date, instance UIDs, phones and addresses, at any depth', () => {
    const known = ofDicom(
      el(0x00080018, 'UI', '2.25.222'),
      el(0x00080050, 'SH', 'ACC-1'),
      el(0x00100010, 'PN', 'Müller^Jörg'),
      el(0x00100030, 'DA', '19501231'),
      el(0x00101002, 'SQ', item(el(0x00100020, 'LO', 'MRN-4711'))),
      el(0x00101040, 'LO', '1 Road, Town'),
      el(0x00102154, 'SH', '555 1234\\555 9876'),
    );
    expect(known).toEqual([
      { value: '2.25.111', category: 'R', kind: 'uid' },
      { value: '2.25.222', category: 'R', kind: 'uid' },
      { value: 'ACC-1', category: 'R', kind: 'id' },
      { value: 'Müller^Jörg', category: 'A', kind: 'name' },
      { value: '19501231', category: 'C', kind: 'date' },
      { value: 'MRN-4711', category: 'H', kind: 'id' },
      { value: '1 Road, Town', category: 'B', kind: 'address' },
      { value: '555 1234', category: 'D', kind: 'phone' },
      { value: '555 9876', category: 'D', kind: 'phone' },
    ]);
  });

  it('takes no class UIDs, no other dates, no free text', () => {
    const known = ofDicom(
      el(0x00080016, 'UI', '1.2.840.10008.5.1.4.1.1.2'),
      el(0x00080020, 'DA', '20240131'),
      el(0x0008103e, 'LO', 'knee'),
    );
    expect(known.map(({ value }) => value)).toEqual(['2.25.111']);
  });
});

describe('known identifiers of HL7 originals', () => {
  it('takes names and addresses with their components joined, ids by type', () => {
    const known = ofHl7(
      'PID|1||MRN-1^^^HOSP^MR~123456789^^^SSA^SS||MÜLLER&VON^JÖRG^K^JR||19501231|M|||1 ROAD^^TOWN^NY^10001||^NET^Internet^a@b.ch~555-1234',
      'PV1|1||||||77^HAUS^GREGOR',
    );
    expect(known).toEqual(
      expect.arrayContaining([
        { value: 'C4711', category: 'R', kind: 'id' },
        { value: 'MRN-1', category: 'H', kind: 'id' },
        { value: '123456789', category: 'G', kind: 'id' },
        { value: 'MÜLLER^JÖRG^K', category: 'A', kind: 'name' },
        { value: '19501231', category: 'C', kind: 'date' },
        { value: '1 ROAD^^TOWN^NY^10001', category: 'B', kind: 'address' },
        { value: 'a@b.ch', category: 'F', kind: 'email' },
        { value: '555-1234', category: 'D', kind: 'phone' },
        { value: '77', category: 'R', kind: 'id' },
        { value: 'HAUS^GREGOR', category: 'A', kind: 'name' },
      ]),
    );
    expect(known.map(({ value }) => value)).not.toContain('20240131');
  });

  it('takes UIDs and passes dummies on', () => {
    const known = ofHl7('ZDS|2.25.77^^APP^DICOM', 'OBR|1|2.25.123.4.5.6^X', 'PID|1||0000|', 'PID|1||||""');
    expect(known).toContainEqual({ value: '2.25.123.4.5.6', category: 'R', kind: 'uid' });
    expect(known).toContainEqual({ value: '2.25.77', category: 'R', kind: 'uid' });
    expect(known).toContainEqual({ value: '0000', category: 'H', kind: 'id' });
    expect(known.map(({ value }) => value)).not.toContain('""');
  });

  it('takes what OBX-3 says to be a name or a number, and no age, year or insurer', () => {
    expect(
      ofHl7(
        'OBX|1|ST|a^Patient name^L||Vanterpool Ilse',
        'OBX|2|NM|a^Medical record number^L||8812345',
        'OBX|3|NM|a^Age^L||94',
        'OBX|4|NM|a^Birth year^L||1930',
        'OBX|5|DT|21112-8^Birth date^LN||19700203',
        'OBX|6|ST|a^Primary insurance^L||Blue Shield',
        'OBX|7|ST|a^Zip code^L||10001',
      ).filter(({ value }) => value !== 'C4711'),
    ).toEqual([
      { value: 'Vanterpool Ilse', category: 'A', kind: 'name' },
      { value: '8812345', category: 'H', kind: 'id' },
      { value: '19700203', category: 'C', kind: 'date' },
    ]);
  });

  it('takes no ZIP code of a location of v2.3 to v2.6, masked or not', () => {
    const values = ofHl7('RXD|1|x|2024|1|||||||||ICU^12^^^^^^^12 Elm^^Norwell^VT^057').map(
      ({ value }) => value,
    );
    expect(values).toContain('Norwell');
    expect(values).not.toContain('057');
  });

  it('takes rooms as places, which count after a cue, and no ZIP code', () => {
    expect(ofHl7('PV1|1|I|ICU^1204^A', 'PID|1||||||||||^^^NY^10001')).toEqual(
      expect.arrayContaining([{ value: '1204', category: 'B', kind: 'address' }]),
    );
    expect(ofHl7('PID|1||||||||||^^^NY^10001').map(({ value }) => value)).not.toContain('10001');
  });
});
