import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { hl7Disagreements } from '../../../src/audit/hl7/agreement.ts';
import { readHl7Second, type SecondMessage } from '../../../src/audit/hl7/second-reader.ts';
import { readHl7File } from '../../../src/hl7/file.ts';

const Hl7Standard = createRequire(import.meta.url)('hl7-standard') as new (
  text: string,
) => {
  readonly transformed: Readonly<Record<string, unknown>>;
  transform(callback: undefined, batch: boolean): void;
};
const MSH = 'MSH|^~\\&|LAB|HOSP|||20240131||ORU^R01|4711|P|2.5';

function read(text: string | Buffer): SecondMessage {
  const bytes = Buffer.isBuffer(text) ? text : Buffer.from(text);
  const reading = readHl7Second(bytes);
  expect(hl7Disagreements(readHl7File(bytes).parts, reading)).toEqual([]);
  const message = reading.messages.find((candidate) => candidate.message);
  if (message === undefined) throw new Error('no message');
  return message;
}

function field(message: SecondMessage, name: string, number: number): unknown {
  return message.segments.find((segment) => segment.name === name)?.fields[number - 1];
}

describe('reading HL7 with hl7-standard', () => {
  it('gives repetitions, components and subcomponents their levels', () => {
    const message = read(`${MSH}\rPID|1||A^^^X&1.2&ISO^MR~B^^^Y^SS||MUSTER&VON^ANNA|only&sub`);
    expect(field(message, 'PID', 3)).toEqual([
      [['A'], [''], [''], ['X', '1.2', 'ISO'], ['MR']],
      [['B'], [''], [''], ['Y'], ['SS']],
    ]);
    expect(field(message, 'PID', 5)).toEqual([[['MUSTER', 'VON'], ['ANNA']]]);
    expect(field(message, 'PID', 6)).toEqual([[['only', 'sub']]]);
  });

  it('keeps MSH-2, which hl7-standard writes over', () => {
    const message = read('MSH|$%?!|LAB|H$1|||||ORU$R01|1|P|2.5\rPID|1||A$B%C');
    expect(field(message, 'MSH', 2)).toEqual([[['$%?!']]]);
    expect(field(message, 'MSH', 9)).toEqual([[['ORU'], ['R01']]]);
    expect(field(message, 'PID', 3)).toEqual([[['A'], ['B']], [['C']]]);
  });

  it('reads custom delimiters while standard ones are plain text', () => {
    const message = read('MSH*:+?;*LAB*****ORU:R01*1*P*2.5\rOBX*1*TX*C**a|b^c~d&e\\f:x');
    expect(field(message, 'OBX', 5)).toEqual([[['a|b^c~d&e\\f'], ['x']]]);
  });

  it('reads a message that names one encoding character alone', () => {
    const message = read('MSH|^|LAB||||||1|P|2.3\rPID|1||a~b&c^d');
    expect(field(message, 'PID', 3)).toEqual([[['a~b&c'], ['d']]]);
  });

  it.each([
    ['CR', '\r'],
    ['LF', '\n'],
    ['CRLF', '\r\n'],
  ])('reads segments ended by %s', (_, end) => {
    expect(read([MSH, 'PID|1', 'NTE|1||x'].join(end)).segments.map(({ name }) => name)).toEqual([
      'MSH',
      'PID',
      'NTE',
    ]);
  });

  it('reads mixed line ends, which hide segments from hl7-standard alone', () => {
    const text = `${MSH}\rPID|1\nPV1|1\r\nNTE|1||x\rNTE|2||y`;
    const alone = new Hl7Standard(text);
    expect(() => {
      alone.transform(undefined, true);
      if (alone.transformed.PV1 === undefined) throw new Error('hidden');
    }).toThrow();
    expect(read(text).segments.map(({ name }) => name)).toEqual(['MSH', 'PID', 'PV1', 'NTE', 'NTE']);
  });

  it('reads through a byte-order mark and MLLP framing', () => {
    expect(read(`\ufeff${MSH}\rPID|1`).segments).toHaveLength(2);
    expect(read(`\u000b${MSH}\rPID|1\r\u001c\r`).segments).toHaveLength(2);
  });

  it('reads text by MSH-18', () => {
    const message = Buffer.from(`${MSH}||||||8859/1\rPID|1||||MÜLLER`, 'latin1');
    expect(field(read(message), 'PID', 5)).toEqual([[['MÜLLER']]]);
    expect(field(read(`${MSH}||||||UNICODE UTF-8\rPID|1||||MÜLLER`), 'PID', 5)).toEqual([[['MÜLLER']]]);
  });

  it('says where the character set was a guess', () => {
    expect(read(`${MSH}\rPID|1||||MÜLLER`).sure).toBe(false);
    expect(read(`${MSH}\rPID|1||||MULLER`).sure).toBe(true);
  });

  it('keeps segments without a separator and lines that are none', () => {
    const message = read(`${MSH}\rPV2\rstray line with | a bar\rNTE|1||x`);
    expect(message.segments.map(({ name }) => name)).toEqual(['MSH', 'PV2', '', 'NTE']);
    expect(message.segments[2]?.fields).toEqual([[[['stray line with | a bar']]]]);
  });

  it('reads a header that ends with its encoding characters', () => {
    expect(read('MSH|^~\\&\rPID|1').segments[0]?.fields).toEqual([[[['|']]], [[['^~\\&']]]]);
  });

  it('divides batches and keeps their envelope', () => {
    const bytes = Buffer.from(`FHS|^~\\&|A|B\rBHS|^~\\&|C|D^E\r${MSH}\rPID|1\r${MSH}\rPID|2\rBTS|2\rFTS|1`);
    const reading = readHl7Second(bytes);
    expect(reading.messages.map(({ message }) => message)).toEqual([false, false, true, true, false, false]);
    const batch = reading.messages[1];
    expect(batch === undefined ? undefined : field(batch, 'BHS', 4)).toEqual([[['D'], ['E']]]);
    expect(hl7Disagreements(readHl7File(bytes).parts, reading)).toEqual([]);
  });

  it('finds another value, another count of fields and another segment', () => {
    const bytes = Buffer.from(`${MSH}\rPID|1||A^B`);
    const { parts } = readHl7File(bytes);
    const kinds = (text: string): string[] =>
      hl7Disagreements(parts, readHl7Second(Buffer.from(`${MSH}\r${text}`))).map(
        ({ kind, locus }) => `${kind} ${locus}`,
      );
    expect(kinds('PID|1||A^C')).toEqual(['value PID-3']);
    expect(kinds('PID|1||A^B|')).toEqual(['fields PID']);
    expect(kinds('PIE|1||A^B')).toEqual(['segments MSH']);
  });
});
