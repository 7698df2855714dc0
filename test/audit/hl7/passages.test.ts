import { describe, expect, it } from 'vitest';
import { hl7Passages, UNREAD_DOCUMENT } from '../../../src/audit/hl7/passages.ts';
import { readHl7Second } from '../../../src/audit/hl7/second-reader.ts';
import { placeOfSpan } from '../../../src/audit/passage-lines.ts';
import { typedFieldDetector } from '../../../src/detect/typed.ts';
import type { Passage } from '../../../src/model/passage.ts';

const MSH = (version = '2.5'): string => `MSH|^~\\&|LAB|HOSP|||20240131||ORU^R01|4711|P|${version}`;

function passages(text: string): Passage[] {
  return hl7Passages(readHl7Second(Buffer.from(text))).flatMap((message) => message.passages);
}

function at(text: string, locus: string): Passage | undefined {
  return passages(text).find((passage) => passage.locus === locus);
}

describe('passages of HL7 messages', () => {
  it('names component, subcomponent, repetition and segment in the locus', () => {
    const text = `${MSH()}\rPID|1||A^^^X&1.2~B\rOBX|1|NM|a||5\rOBX|2|NM|b||6`;
    expect(passages(text).map(({ locus }) => locus)).toEqual(
      expect.arrayContaining(['MSH-9.1', 'PID-3[1].1', 'PID-3[1].4.2', 'PID-3[2]', 'OBX[2]-5']),
    );
  });

  it('reads text once more without its line breaks, and leads a span back to its line', () => {
    const text = `${MSH()}\rOBX|1|FT|a^note||Call 312-555-\\.br\\0142, Quaver-\\.br\\ton`;
    const [joined] = passages(text).filter(({ hints }) => hints.breaks !== undefined);
    expect(joined?.text).toBe('Call 312-555-0142, Quaverton');
    expect(joined?.hints.label).toBe('note');
    if (joined === undefined) return;
    expect(placeOfSpan(joined, 5, 17)).toEqual({ locus: 'OBX-5', span: [5, 13] });
    expect(placeOfSpan(joined, 25, 28)).toEqual({ locus: 'OBX-5', span: [28, 31] });
  });

  it('undoes escapes', () => {
    expect(at(`${MSH()}\rNTE|1||A\\T\\B \\X416E6E61\\ \\H\\bold\\N\\ C:\\dir x\\.br\\y`, 'NTE-3')?.text).toBe(
      'A&B Anna bold C:\\dir x\ny',
    );
  });

  it('begins the locus with the message where a file has several', () => {
    const loci = passages(`${MSH()}\rPID|1\r${MSH()}\rPID|2`).map(({ locus }) => locus);
    expect(loci).toContain('message[0] PID-1');
    expect(loci).toContain('message[1] PID-1');
  });

  it('skips empty values and deletions', () => {
    expect(at(`${MSH()}\rPID|1||""`, 'PID-3')).toBeUndefined();
  });

  it('joins text that goes on over several segments, and leads a span back to its line', () => {
    const text = `${MSH()}\rOBX|1|TX|note||Patient is Anna\rOBX|2|TX|note||Muster of Bern\rOBX|3|TX|other||x`;
    const joined = at(text, 'OBX[1]-5');
    expect(joined?.text).toBe('Patient is Anna\nMuster of Bern');
    expect(joined?.hints.label).toBe('note');
    if (joined === undefined) return;
    expect(placeOfSpan(joined, 16, 22)).toEqual({ locus: 'OBX[2]-5', span: [0, 6] });
    expect(placeOfSpan(joined, 11, 22)).toEqual({ locus: 'OBX[1]-5', span: [11, 15] });
    expect(at(text, 'OBX[3]-5')?.text).toBe('x');
  });

  it('hands on embedded documents, encoded or plain, and a file that stands in a text', () => {
    const pdf = Buffer.from('%PDF-1.7 stream of bytes');
    const documentsIn = (value: string) =>
      hl7Passages(readHl7Second(Buffer.from(`${MSH()}\rOBX|1|${value}`)))[0]?.documents.map(
        ({ locus, bytes, mediaType }) => [locus, Buffer.from(bytes).toString('latin1'), mediaType],
      );
    const found = (type = '') => [['OBX-5.5', '%PDF-1.7 stream of bytes', type]];
    expect(documentsIn(`ED|doc||^AP^PDF^Base64^${pdf.toString('base64')}`)).toEqual(found());
    expect(documentsIn(`ED|doc||^AP^PDF^Hex^${pdf.toString('hex')}`)).toEqual(found());
    expect(documentsIn(`ED|doc||^AP^PDF^^${pdf.toString('base64')}`)).toEqual(found());
    const wrapped = pdf.toString('base64').replace(/(.{16})/g, '$1\\.br\\');
    expect(documentsIn(`ED|doc||^AP^PDF^Base64^${wrapped}`)).toEqual(found());
    expect(documentsIn('ED|doc||^TEXT^XML^A^<a>b</a>')).toEqual([['OBX-5.5', '<a>b</a>', 'text/xml']]);
    expect(documentsIn(`TX|doc||${pdf.toString('base64')}`)).toEqual([
      ['OBX-5', '%PDF-1.7 stream of bytes', ''],
    ]);
    expect(documentsIn('ED|doc||^TEXT^PLAIN^A^just a text')).toEqual([]);
    expect(at(`${MSH()}\rOBX|1|ED|doc||^TEXT^PLAIN^A^just a text`, 'OBX-5.5')?.text).toBe('just a text');
  });

  it('says of a document that is not encoded as it says that nobody can read it', () => {
    const [message] = hl7Passages(
      readHl7Second(Buffer.from(`${MSH()}\rOBX|1|ED|doc||^AP^PDF^Base64^%%% no base64`)),
    );
    expect(message?.anomalies).toMatchObject([{ kind: UNREAD_DOCUMENT, locus: 'OBX-5' }]);
    expect(message?.documents).toEqual([]);
  });

  it('reads what stands outside messages', () => {
    const outside = hl7Passages(readHl7Second(Buffer.from(`Anna Muster\r${MSH()}\rPID|1`)))[0];
    expect(outside?.index).toBeUndefined();
    expect(outside?.passages[0]?.text).toBe('Anna Muster');
  });
});

describe('what an HL7 place says about an identifier', () => {
  const typed = (segment: string, locus: string, version?: string): string | undefined =>
    at(`${MSH(version)}\r${segment}`, locus)?.hints.typed;

  it.each([
    ['PID|1||||MUSTER^ANNA', 'PID-5.2', 'A'],
    ['PID|1||||MUSTER&VON^ANNA', 'PID-5.1.1', 'A'],
    ['PID|1||1^^^X^MR', 'PID-3.1', 'H'],
    ['PID|1||1^^^X^SS', 'PID-3.1', 'G'],
    ['PID|1||1', 'PID-3', 'H'],
    ['PID|1||||||20000101', 'PID-7', 'C'],
    ['PID|1||||||||||1 ROAD^^TOWN', 'PID-11.1', 'B'],
    ['PID|1||||||||||1 ROAD&ROAD&1^^TOWN', 'PID-11.1.2', 'B'],
    ['PID|1|||||||||||COUNTY', 'PID-12', 'B'],
    ['PID|1||||||||||||5551234', 'PID-13', 'D'],
    ['PID|1||||||||||||a@b.ch^NET^Internet', 'PID-13.1', 'F'],
    ['PID|1||||||||||||555^WPN^FX', 'PID-13.1', 'E'],
    ['PID|1||||||||||||^NET^Internet^a@b.ch', 'PID-13.4', 'F'],
    ['PID|1||||||||||||||||||123', 'PID-19', 'G'],
    ['PID|1|||||||||||||||||||AB12^NY', 'PID-20.1', 'K'],
    ['PV1|1||||||77^HAUS^GREGOR', 'PV1-7.1', 'R'],
    ['PV1|1||||||77^HAUS^GREGOR', 'PV1-7.3', 'A'],
    ['IN1|1|||||||G-1', 'IN1-8', 'I'],
    ['OBR|1|P-1^LAB', 'OBR-2.1', 'R'],
    ['OBX|1|DT|21112-8^Birth date^LN||19300101', 'OBX-5', 'C'],
    ['OBX|1|NM|30525-0^Age^LN||91', 'OBX-5', 'C'],
    ['OBX|1|XPN|a||MUSTER^ANNA', 'OBX-5.1', 'A'],
    ['OBX|1|xpn|a||MUSTER^ANNA', 'OBX-5.1', 'A'],
    ['OBX|1|NM|45396-9^Social security number^LN||412556789', 'OBX-5', 'G'],
    ['OBX|1|NM|a^Home phone^L||5550182', 'OBX-5', 'D'],
    ['OBX|1|ST|a^Patient name^L||Muster', 'OBX-5', 'A'],
    ['OBX|1|CE|a^Referring physician^L||^Muster^L', 'OBX-5.2', 'A'],
    ['OBX|1|ST|a^Zip code^L||10001', 'OBX-5', 'B'],
    ['OBX|1|NM|a^Age^L||1120|mo', 'OBX-5', 'C'],
    ['OBX|1|SN|a^Age^L||=^92|{yrs}', 'OBX-5.2', 'C'],
    ['OBX|1|NM|a^Birth year^L||1930', 'OBX-5', 'C'],
    ['OBX|1|CX|a||1^^^X^MR', 'OBX-5.1', 'H'],
  ])('%s: %s is %s', (segment, locus, category) => {
    expect(typed(segment, locus)).toBe(category);
  });

  it.each([
    ['PID|1|||||||M', 'PID-8'],
    ['PID|1||1^^^X^MR', 'PID-3.4'],
    ['PID|1||1^^^X^MR', 'PID-3.5'],
    ['PID|1||||||||||1 ROAD^^TOWN^NY', 'PID-11.4'],
    ['OBX|1|NM|30525-0^Age^LN||45', 'OBX-5'],
    ['OBX|1|NM|30525-0^Age^LN||95|mo', 'OBX-5'],
    ['OBX|1|ST|a||text', 'OBX-5'],
    ['OBX|1|NM|a^Bone age^L||95|a', 'OBX-5'],
    ['SFT|ACME^L|1.2', 'SFT-1.1'],
    ['OBX|1|ST|a^MRN^L||none', 'OBX-5'],
    ['OBX|1|CE|a^Referring physician^L||^^L', 'OBX-5.3'],
    ['ZPI|1|text', 'ZPI-2'],
  ])('%s: %s is not', (segment, locus) => {
    expect(typed(segment, locus)).toBeUndefined();
  });

  it.each([
    ['2.2', 'PID|1|||||||||||COUNTY', 'PID-12', 'B'],
    ['2.2', 'PV1|1|I|ICU^12^A', 'PV1-3.2', 'B'],
    ['2.1', 'PV1|1|I|ICU^12^A', 'PV1-3.1', 'B'],
    ['2.1', 'PV1|1|||||ICU^12', 'PV1-6.2', 'B'],
    ['2.2', 'PV1|1||||||77^HAUS^GREGOR', 'PV1-7.1', 'R'],
    ['2.2', 'PID|1|12^3^M10', 'PID-2.1', 'H'],
    ['2.1', 'PID|1||12^3^M10', 'PID-3.1', 'H'],
    ['2.2', 'PID|1|||||||||||||||||12^3^M10', 'PID-18.1', 'J'],
    ['2.3', 'QRD|||||||1|77^HAUS', 'QRD-8.1', 'H'],
    ['2.5', 'IPC|||||||DEV-1', 'IPC-7', 'M'],
    ['2.7', 'PRT||||||||||DEV-1^X', 'PRT-10.1', 'M'],
    ['2.5', 'EQU|DEV-1^X', 'EQU-1.1', 'M'],
    ['2.5', 'PV1|1||||||||||||||||||V1^^^X^PI', 'PV1-19.1', 'R'],
    ['2.5', 'PV1|1||||||||||||||||||123456789^^^X^SS', 'PV1-19.1', 'G'],
    ['2.5', 'NK1|1||||||||||||ACME^L', 'NK1-13.1', 'A'],
    ['2.5', 'IN1|1||||||||||ACME^L', 'IN1-11.1', 'A'],
    ['2.4', 'PRD|||||||K77^UPIN', 'PRD-7.1', 'K'],
    ['2.3.1', 'CTD|||||||K77^UPIN', 'CTD-7.1', 'K'],
    ['2.5', `GT1${'|'.repeat(56)}Bern`, 'GT1-56', 'B'],
    ['2.5', 'IPC||||||||Room 3|AET1', 'IPC-9', 'M'],
    ['2.5', 'IPC||||||||Room 3|AET1', 'IPC-8', 'B'],
    ['2.3', 'QRD||||||||||D1', 'QRD-10', 'R'],
    ['2.3', 'QRF|Site||||77', 'QRF-1', 'B'],
    ['2.3', 'QRF|Site||||77', 'QRF-5', 'R'],
    ['2.5', 'LOC|ICU|East wing', 'LOC-2', 'B'],
    ['2.5', 'DSC|4711', 'DSC-1', 'R'],
  ])('v%s %s: %s is %s', (version, segment, locus, category) => {
    expect(typed(segment, locus, version)).toBe(category);
  });

  it('takes the first of January for a masked date before v2.3 alone', () => {
    const detector = typedFieldDetector();
    const found = (version: string, value: string): number => {
      const passage = at(`${MSH(version)}\rPID|1||||||${value}`, 'PID-7');
      return passage === undefined ? -1 : detector.detect(passage).length;
    };
    expect(found('2.2', '19850101')).toBe(0);
    expect(found('2.3', '19850101')).toBe(1);
    expect(found('2.5.1', '19850101')).toBe(1);
    expect(found('2.5.1', '1985')).toBe(0);
  });

  it('takes what was measured for a number, and local codes for codes', () => {
    const hints = (segment: string, locus: string) => at(`${MSH()}\r${segment}`, locus)?.hints;
    expect(hints('OBX|1|ST|a^IgE^L||20110503|mg', 'OBX-5')?.dataType).toBe('NM');
    expect(hints('OBX|1|SN|a^IgE^L||=^20110503', 'OBX-5.2')?.dataType).toBe('NM');
    expect(hints('OBX|1|ST|a^IgE^L||20110503', 'OBX-5')?.dataType).toBe('ST');
    expect(hints('OBR|1|||1234^Panel^L', 'OBR-4.1')?.codePlace).toBe(true);
    expect(hints('OBR|1|||1234^Panel^L', 'OBR-4.2')?.codePlace).toBeUndefined();
  });

  it('lets no year of birth stand beside an age of 90, of the same person', () => {
    const text = `${MSH()}\rPID|1||||||1936\rOBX|1|NM|30525-0^Age^LN||90|a\rOBX|2|NM|a^Birth year^L||1936\rPID|2||||||1960`;
    const beside = passages(text).filter(({ hints }) => hints.besideOldAge);
    expect(beside.map(({ locus }) => locus)).toEqual(['PID[1]-7', 'OBX[2]-5']);
  });

  it('judges by the version, and by all of them where it is not known', () => {
    expect(typed('PID|1||||MUSTER^ANNA', 'PID-5.1', '2.1')).toBe('A');
    expect(typed('PID|1||||MUSTER^ANNA', 'PID-5.1', '9.9')).toBe('A');
    expect(typed('PID|1||||||20000101', 'PID-7', '')).toBe('C');
  });
});
