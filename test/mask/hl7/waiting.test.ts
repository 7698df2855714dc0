import { describe, expect, test } from 'vitest';
import type { CodeBook } from '../../../src/crosswalk/codes.ts';
import { readHl7File } from '../../../src/hl7/file.ts';
import { WaitingBytes } from '../../../src/mask/hl7/waiting.ts';
import { plainCodes } from './doubles.ts';

const messageIn = (charset: string) => {
  const text = `MSH|^~\\&|||||||ADT^A01|7|P|2.5||||||${charset}\rPID|1||\xfc`;
  const [message] = readHl7File(Buffer.from(text, 'latin1')).parts;
  if (message === undefined) throw new Error('no message');
  return message;
};
const latin = messageIn('8859/1');
const order = (codes: CodeBook) => codes.code('order', '7');
const textOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');

describe('bytes that wait for codes', () => {
  test('are the pieces in their order, codes escaped and bytes as they stand', () => {
    const waiting = WaitingBytes.of([order, Buffer.from('^|'), WaitingBytes.of([() => 'a^b'])]);
    expect(textOf(waiting.encode(plainCodes, latin, 1))).toBe('ORDER:7^|a\\S\\b');
  });

  test('are made anew where a code has changed, and only there', () => {
    const waiting = WaitingBytes.of([order]);
    const first = waiting.encode(plainCodes, latin, 1);
    expect(waiting.encode(plainCodes, latin, 2)).toBe(first);
    expect(textOf(waiting.encode({ ...plainCodes, code: () => 'NEW' }, latin, 3))).toBe('NEW');
    expect(textOf(waiting.encode(plainCodes, latin, 4))).toBe('ORDER:7');
  });

  test('keep no memory alive but their own, for they may be kept until the run ends', () => {
    const made = WaitingBytes.of([order]).encode(plainCodes, latin, 1);
    expect(made.buffer.byteLength).toBe(made.length);
  });

  test('outside ASCII are written for each character set', () => {
    const waiting = WaitingBytes.of([() => '\xfc']);
    expect(textOf(waiting.encode(plainCodes, latin, 1))).toBe('\xfc');
    const utf8 = messageIn('UNICODE UTF-8');
    const other = {
      ...utf8,
      charset: { ...utf8.charset, label: 'utf-8', encode: (text: string) => Buffer.from(text) },
    };
    expect(textOf(waiting.encode(plainCodes, other as typeof utf8, 2))).toBe('\xc3\xbc');
  });
});
