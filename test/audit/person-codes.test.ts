import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readSecond } from '../../src/audit/dicom/second-reader.ts';
import { readHl7Second } from '../../src/audit/hl7/second-reader.ts';
import { personOfDicom, personsOfHl7 } from '../../src/audit/person-codes.ts';
import { readDicom } from '../../src/dicom/file.ts';
import { memorySource } from '../../src/splice.ts';

const LIMITS = { headerBytes: 1 << 26, inflatedBytes: 1 << 29, depth: 64 };

describe('the codes of a person', () => {
  it('are read from a DICOM file', () => {
    const source = memorySource(
      readFileSync(
        new URL('../../fixtures/sample/dicom/GREENHALGE_MARTHA_70458812/CT_0001.dcm', import.meta.url),
      ),
    );
    const { codes, dates, name } = personOfDicom(readSecond(source, readDicom(source, LIMITS), LIMITS));
    expect(codes.patient?.[0]).toMatch(/\d/);
    expect(codes.order?.[0]).toMatch(/\d/);
    expect(dates.birth).toMatch(/^\d{8}$/);
    expect(name).toContain('^');
  });

  it('are read from messages, one person each, empty values in their places', () => {
    const text = [
      'MSH|^~\\&|A|B|C|D|20240105||ADT^A01|1|P|2.5',
      'EVN|A01|202401050930',
      'PID|1||4711^^^H&1.2&ISO^MR~""~0815^^^X^SS||Roe^Jane^A||19710412|F|||||^PRN^PH^^^555^0100|||||ACC1|999',
      'PV1|1|I|||||||||||||||||V77|||||||||||||||||||||||||20240104',
      'OBR|1|P1^X|F1^Y|T|||20240103',
      'MSH|^~\\&|A|B|C|D|20240105||ADT^A01|2|P|2.5',
      'PID|1|4712|""||Poe^John||1971',
      '',
    ].join('\r');
    const [first, second] = personsOfHl7(readHl7Second(Buffer.from(text)));
    expect(first).toEqual({
      codes: {
        patient: ['4711'],
        other: ['', '', '0815', ''],
        account: ['ACC1'],
        ssn: ['999'],
        phone: ['5550100'],
        visit: ['V77'],
        placer: ['P1'],
        filler: ['F1'],
      },
      dates: { birth: '19710412', study: '20240103', visit: '20240104', event: '20240105' },
      name: 'Roe^Jane^A',
    });
    expect(second).toMatchObject({ codes: { patient: ['4712'] }, dates: {}, name: 'Poe^John' });
  });
});
