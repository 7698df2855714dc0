import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PhiGateError } from '../../src/errors.ts';
import { readHl7File, sniffHl7 } from '../../src/hl7/file.ts';
import { fieldSpans, parsePath, valueAt, valuesAt } from '../../src/hl7/message.ts';

const MSH = 'MSH|^~\\&|A|B|||20210101||ADT^A01|7|P|2.3';
const read = (text: string) => readHl7File(Buffer.from(text, 'latin1'));
const names = (text: string) =>
  read(text).parts.map(({ segments }) => segments.map(({ name }) => name).join(' '));

describe('the structure of a file', () => {
  test('CR, LF, CRLF and a mixture of them end segments', () => {
    expect(names(`${MSH}\rPID|1\nPV1|1\r\nOBX|1`)).toEqual(['MSH PID PV1 OBX']);
  });

  test('messages one after another, with blank lines between, are messages of their own', () => {
    const file = read(`${MSH}\rPID|1\r\r\n${MSH}\rPID|2\r`);
    expect(file.parts.map(({ segments }) => segments.length)).toEqual([2, 2]);
    expect(file.parts[1]?.start).toBe(file.parts[0]?.end);
    expect(file.anomalies).toEqual([]);
  });

  test('MLLP frames belong to their messages and text between frames to none', () => {
    const file = read(`\x0b${MSH}\rPID|1\r\x1c\rSMITH JOHN\r\n\x0b${MSH}\r\x1c\r`);
    expect(file.parts).toHaveLength(2);
    expect(file.strays).toHaveLength(1);
    const [start, end] = file.strays[0] ?? [0, 0];
    expect(file.bytes.toString('latin1', start, end)).toBe('SMITH JOHN');
    expect(file.bytes[file.parts[1]?.start ?? 0]).toBe(0x0b);
    expect(file.bytes.toString('latin1', 0, file.parts[0]?.end).endsWith('\x1c\r')).toBe(true);
  });

  test('an end block right after the last field ends the message', () => {
    const file = read(`\x0b${MSH}\rPID|1||7\x1c\r`);
    expect(valueAt(file.parts[0] as never, { segment: 'PID', field: 3, component: 0, subcomponent: 0 })).toBe(
      '7',
    );
  });

  test('a byte-order mark is no part of the first segment', () => {
    const file = readHl7File(Buffer.from(`\ufeff${MSH}\rPID|1`, 'utf8'));
    expect(file.parts[0]?.segments[0]?.start).toBe(3);
    expect(file.parts[0]?.charset.problem).toBeUndefined();
  });

  test('batch envelopes stand apart from messages and know how many came before', () => {
    const file = read(`FHS|^~\\&|X\rBHS|^~\\&|X\r${MSH}\r${MSH}\rBTS|2\rBHS|#!\r${MSH}\rBTS|1\rFTS|2\r`);
    expect(file.parts).toHaveLength(3);
    expect(file.envelope.map(({ name, messagesBefore }) => `${name}${messagesBefore}`)).toEqual([
      'FHS0',
      'BHS0',
      'BTS2',
      'BHS2',
      'BTS3',
      'FTS3',
    ]);
    expect(file.envelope[3]?.delimiters.component).toBe('#'.charCodeAt(0));
  });

  test('a line that is no segment is seen as stray text of its message', () => {
    const file = read(`${MSH}\rNTE|1||first\nsecond line of JOHN SMITH\rPID|1`);
    expect(file.parts[0]?.segments.map(({ name }) => name)).toEqual(['MSH', 'NTE', '', 'PID']);
    expect(file.anomalies.map(({ kind }) => kind)).toEqual(['stray-text']);
    expect(names(`${MSH}\rDOE`)).toEqual(['MSH ']);
  });

  test('a message whose delimiters cannot be read has a problem and the next one has none', () => {
    const file = read(`MSH|12|A\rPID|1\r${MSH}\r`);
    expect(file.parts.map(({ problem }) => problem === undefined)).toEqual([false, true]);
  });

  test('every byte is in a message, an envelope segment, a stray line, or is white space or framing', () => {
    const line = fc.constantFrom(
      MSH,
      'PID|1||2',
      'BHS|^~\\&',
      'BTS|1',
      'FTS',
      'some text',
      '',
      '\x0b',
      '\x1c',
      ' ZZZ|1',
    );
    const ending = fc.constantFrom('\r', '\n', '\r\n', '\x1c\r');
    fc.assert(
      fc.property(fc.array(fc.tuple(line, ending), { maxLength: 12 }), (lines) => {
        const text = lines.map((pair) => pair.join('')).join('');
        if (!text.includes('MSH|')) return;
        const file = read(text);
        const covered = new Uint8Array(text.length);
        for (const { start, end } of file.parts) covered.fill(1, start, end);
        for (const { start, next } of file.envelope) covered.fill(1, start, next);
        for (const [start, end] of file.strays) covered.fill(1, start, end);
        const rest = [...text].filter((_, at) => covered[at] === 0).join('');
        expect(rest.replace(/[\s\x0b\x1c]/g, '')).toBe('');
        for (const { start, end, segments } of file.parts) {
          for (const segment of segments) {
            expect(segment.start).toBeGreaterThanOrEqual(start);
            expect(segment.end).toBeLessThanOrEqual(end);
          }
        }
      }),
    );
  });
});

describe('refusals', () => {
  test('a file without MSH is not HL7, and the error says nothing of its content', () => {
    const attempt = () => read('PID|1||DOE^JOHN\r');
    expect(attempt).toThrow(PhiGateError);
    expect(attempt).not.toThrow(/DOE/);
    expect(() => read('')).toThrow(/MSH/);
  });

  test('UTF-16 is refused with what to do', () => {
    expect(() => readHl7File(Buffer.from(`\ufeff${MSH}`, 'utf16le'))).toThrow(/UTF-8/);
  });
});

test('sniffing knows messages, batches, frames and marks, and not other text', () => {
  expect(sniffHl7(Buffer.from(`\x0b${MSH}`))).toBe(true);
  expect(sniffHl7(Buffer.from('\ufeffMSH|^~\\&|'))).toBe(true);
  expect(sniffHl7(Buffer.from('FHS#*!@%#'))).toBe(true);
  expect(sniffHl7(Buffer.from('log line\n\nMSH|^~\\&|A'))).toBe(true);
  expect(sniffHl7(Buffer.from('MSHA is a name, MSH|'))).toBe(false);
  expect(sniffHl7(Buffer.from('Name,Street\nDoe,1 Road'))).toBe(false);
  expect(sniffHl7(new Uint8Array(0))).toBe(false);
});

describe('fields', () => {
  test('follow the delimiters of MSH-1 and MSH-2, whichever they are', () => {
    const [part] = read('MSH#*!@%#A\rPID#1##7*8!9%1').parts;
    if (part === undefined) throw new Error('no message');
    expect(valuesAt(part, { segment: 'PID', field: 3, component: 1, subcomponent: 0 })).toEqual(['7', '9%1']);
    expect(valuesAt(part, { segment: 'PID', field: 3, component: 1, subcomponent: 2 })).toEqual(['1']);
  });

  test('MSH-1 is the separator and MSH-2 is never taken apart', () => {
    const [part] = read(MSH).parts;
    const [segment] = part?.segments ?? [];
    if (part === undefined || segment === undefined) throw new Error('no message');
    const spans = fieldSpans(part, segment);
    const text = (field: number) => part.bytes.toString('latin1', spans[2 * field], spans[2 * field + 1]);
    expect([text(0), text(1), text(2), text(3), text(12)]).toEqual(['MSH', '|', '^~\\&', 'A', '2.3']);
    expect(part.version).toBe('2.3');
  });

  test('one encoding character alone leaves the other levels unused', () => {
    const [part] = read('MSH|^|A\rPID|1||7~8&9^1').parts;
    if (part === undefined) throw new Error('no message');
    expect(valueAt(part, { segment: 'PID', field: 3, component: 1, subcomponent: 0 })).toBe('7~8&9');
  });

  test('bytes inside a two-byte character are no delimiters', () => {
    // GB 18030: 0x81 0x7C is one character whose second byte is a vertical bar.
    const header = Buffer.from('MSH|^~\\&|||||||ADT|1|P|2.5||||||GB 18030-2000\rPID|1||7|', 'latin1');
    const [part] = readHl7File(Buffer.concat([header, Buffer.from([0x81, 0x7c]), Buffer.from('|Z')])).parts;
    if (part === undefined) throw new Error('no message');
    expect([...valueAt(part, { segment: 'PID', field: 4, component: 0, subcomponent: 0 })]).toHaveLength(1);
    expect(valueAt(part, { segment: 'PID', field: 5, component: 0, subcomponent: 0 })).toBe('Z');
  });

  test('paths are parsed strictly', () => {
    expect(parsePath('OBX-3.1')).toEqual({ segment: 'OBX', field: 3, component: 1, subcomponent: 0 });
    expect(parsePath('obx-3')).toBeUndefined();
    expect(parsePath('PID')).toBeUndefined();
  });

  test('a message of 20 MB in one field is read without being copied', () => {
    const body = Buffer.alloc(20 * 1024 * 1024, 0x41);
    const file = readHl7File(Buffer.concat([Buffer.from(`${MSH}\rOBX|1|ED|X||`), body, Buffer.from('\r')]));
    const [, obx] = file.parts[0]?.segments ?? [];
    expect((obx?.end ?? 0) - (obx?.start ?? 0)).toBeGreaterThan(body.length);
    expect(file.bytes.buffer).toBe(file.parts[0]?.bytes.buffer);
  });
});
