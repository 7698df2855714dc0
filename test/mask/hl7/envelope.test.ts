import { describe, expect, test } from 'vitest';
import { readHl7File } from '../../../src/hl7/file.ts';
import { planEnvelope, withholdParts } from '../../../src/mask/hl7/envelope.ts';
import { planMessage } from '../../../src/mask/hl7/plan.ts';
import { spliceToBuffer } from '../../../src/splice.ts';
import { contextOf, plainCodes } from './doubles.ts';

const message = (id: string) => `MSH|^~\\&|||||||ADT|${id}|P|2.3\rPID|1||${id}00\r`;
const batch = `FHS|^~\\&|RIS|HOSP|||20200101||roe.hl7|for John Roe|F7\rBHS|^~\\&|RIS||||20200101||||B7\r${message('1')}${message('2')}BTS|2|done by Roe\rBHS|^~\\&\r${message('3')}BTS|1\rFTS|2|bye Roe\r`;

describe('the envelope of a batch', () => {
  const file = readHl7File(Buffer.from(batch, 'latin1'));

  test('loses names, comments and dates, keeps counts and gets codes for its ids', () => {
    const { edits } = planEnvelope(file, contextOf()).apply(plainCodes);
    const text = Buffer.from(spliceToBuffer(file.bytes, edits)).toString().split('\r');
    expect(text[0]).toBe('FHS|^~\\&|||||2020||||MESSAGE:F7');
    expect(text[1]).toBe('BHS|^~\\&|||||2020||||MESSAGE:B7');
    expect(text.filter((line) => /^[BF]TS/.test(line))).toEqual(['BTS|2|', 'BTS|1', 'FTS|2|']);
  });

  test('a withheld message goes and its batch is recounted, the other batch is not', () => {
    const text = Buffer.from(spliceToBuffer(file.bytes, withholdParts(file, new Set([1])))).toString();
    expect(text).not.toContain('|200\r');
    expect(text).toContain('BTS|1|done');
    expect(text).toContain('BTS|1\rFTS|2|');
    expect(readHl7File(Buffer.from(text)).parts).toHaveLength(2);
  });

  test('all edits of one file go together', () => {
    const context = contextOf();
    const withheld = new Set([0, 2]);
    const edits = [
      ...planEnvelope(file, context).apply(plainCodes).edits,
      ...withholdParts(file, withheld),
      ...file.parts
        .filter(({ index }) => !withheld.has(index))
        .flatMap((part) => planMessage(part, context).apply(plainCodes).edits),
    ];
    const text = Buffer.from(spliceToBuffer(file.bytes, edits)).toString();
    expect(text).toContain('PT:200@');
    expect(text).toContain('BTS|1|\r');
    expect(text).toContain('BTS|0\r');
  });
});

test('a withheld MLLP frame goes as a whole, and text between frames goes with nothing withheld', () => {
  const file = readHl7File(
    Buffer.from(`\x0b${message('1')}\x1c\rJohn Roe\r\x0b${message('2')}\x1c\r`, 'latin1'),
  );
  const rest = Buffer.from(
    spliceToBuffer(file.bytes, [
      ...withholdParts(file, new Set([0])),
      ...planEnvelope(file, contextOf()).apply(plainCodes).edits,
    ]),
  ).toString('latin1');
  expect(rest).toBe(`\r\x0b${message('2')}\x1c\r`);
  expect(planEnvelope(file, contextOf()).apply(plainCodes).actions).toEqual([
    { attribute: 'text outside messages', action: 'remove' },
  ]);
});

test('an unreadable message can be withheld and the rest of the file masked', () => {
  const file = readHl7File(Buffer.from(`MSH|1234|\rPID|1||9\r${message('2')}`, 'latin1'));
  const bad = new Set(file.parts.filter(({ problem }) => problem !== undefined).map(({ index }) => index));
  expect(Buffer.from(spliceToBuffer(file.bytes, withholdParts(file, bad))).toString()).toBe(message('2'));
});
