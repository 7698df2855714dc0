import { createHash, createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { CHECKSUMS } from '../../src/detect/derived/checksums.ts';
import { derivedCodeDetector } from '../../src/detect/derived.ts';
import type { KnownIdentifier } from '../../src/detect/detector.ts';
import { textPassage } from '../../src/detect/patterns.ts';
import { Codes } from '../gate/derived/codes.ts';

const UID = '1.2.276.0.7230010.3.1.2.8323329.4471';
const KNOWN: KnownIdentifier[] = [
  { value: '70458812', category: 'H', kind: 'id' },
  { value: 'Vandersloot^Griselda^Maud', category: 'A', kind: 'name' },
  { value: '19710412', category: 'C', kind: 'date' },
  { value: UID, category: 'R', kind: 'uid' },
];
const PERSONS = [{ name: 'Vandersloot^Griselda^Maud', birth: '19710412', id: '70458812' }];
const detector = derivedCodeDetector(KNOWN, PERSONS);
const found = (text: string) => detector.detect(textPassage(text)).map(({ rule, tier }) => `${rule} ${tier}`);
const digest = (algorithm: string, text: string): string => createHash(algorithm).update(text).digest('hex');
const sum = (name: string, text: string): number =>
  CHECKSUMS.find((one) => one.name === name)?.of(Buffer.from(text)) ?? 0;
const base32 = (bytes: Buffer): string => {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{1,5}/g) ?? [])
    .map((five) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[Number.parseInt(five.padEnd(5, '0'), 2)])
    .join('');
};

describe('checksums', () => {
  // Check values of the catalogues: the checksum of the digits 1 to 9.
  it.each([
    ['crc32', 0xcbf43926],
    ['crc32c', 0xe3069283],
    ['adler32', 0x091e01de],
    ['fnv1a', 0xbb86b11c],
    ['crc16-arc', 0xbb3d],
    ['crc16-modbus', 0x4b37],
    ['crc16-x25', 0x906e],
    ['crc16-ccitt', 0x29b1],
    ['crc16-xmodem', 0x31c3],
  ])('%s is as published', (name, value) => {
    expect(sum(name, '123456789')).toBe(value);
  });

  it('of strings are those of their languages', () => {
    expect(sum('hash-code', 'abc')).toBe(96354);
    expect(sum('djb2', 'a')).toBe(177670);
  });
});

describe('codes derived from known identifiers', () => {
  it.each([
    ['an id behind an obvious salt', digest('sha256', 'salt:70458812')],
    ['an id before an obvious salt', digest('md5', '70458812secret')],
    ['an id under an obvious key', createHmac('sha256', 'secret').update('70458812').digest('hex')],
    ['a digest of a digest', digest('md5', digest('md5', '70458812'))],
    ['name and birth date', digest('sha1', 'Vandersloot^Griselda^Maud|19710412')],
    ['name and birth date as plain text', digest('sha256', 'griselda vandersloot 1971-04-12')],
    ['id and birth date', digest('sha512', '70458812_19710412')],
    ['an id by SHA-224', digest('sha224', '70458812')],
    ['an id by SHA-384 in base64url', createHash('sha384').update('70458812').digest('base64url')],
    ['an id by SHA-512, cut to 16', digest('sha512', '70458812').slice(0, 16)],
    ['an id in base32', base32(createHash('sha1').update('70458812').digest())],
    ['an id as a UID of no version', `2.25.${BigInt(`0x${digest('md5', '70458812')}`)}`],
  ])('are found as digests of %s', (_, code) => {
    expect(found(`key ${code} end`)).toEqual(['derived.hash leak']);
  });

  it.each([
    ['an id', 'md5', '70458812', ''],
    ['an id behind a root', 'sha1', '70458812', '1.2.840.999.'],
    ['a UID behind a root', 'sha512', UID, '1.2.826.0.1.3680043.8.498.'],
  ])('are found as the decimal number of a digest of %s', (_, algorithm, text, root) => {
    const code = root + BigInt(`0x${digest(algorithm, text)}`).toString();
    expect(found(code.slice(0, 64))).toEqual(['derived.hash-number leak']);
  });

  it.each([
    ['base32', base32(Buffer.from('70458812'))],
    ['hex', Buffer.from('70458812').toString('hex')],
    ['base64', Buffer.from('70458812').toString('base64')],
    ['base64', Buffer.from('70458812').toString('base64url')],
  ])('are found as %s of the value', (form, code) => {
    expect(found(`key ${code} end`)).toContain(`derived.${form} leak`);
  });

  it.each([
    ['CRC-32', sum('crc32', '70458812').toString(16).padStart(8, '0'), 'leak'],
    ['CRC-32 in capitals', sum('crc32', '70458812').toString(16).toUpperCase(), 'leak'],
    ['CRC-32 as a number', String(sum('crc32', '70458812')), 'suspect'],
    ['eight digits of MD5', digest('md5', '70458812').slice(0, 8), 'leak'],
    ['the number in hexadecimal', (70458812).toString(16), 'leak'],
  ])('are found as %s', (_, code, tier) => {
    expect(found(`key ${code} end`)).toEqual([`derived.checksum ${tier}`]);
  });

  it.each([
    ['GV1971', 'leak'],
    ['vg-1971', 'leak'],
    ['1971GMV', 'leak'],
    ['subject GV1971 seen', 'suspect'],
    ['subject GV19710412 seen', 'leak'],
    ['subject VG_120471', 'leak'],
    ['subject 710412GV', 'leak'],
  ])('are judged as initials and birth: %s', (text, tier) => {
    expect(found(text)).toEqual([`derived.initials-birth ${tier}`]);
  });

  it.each([
    'CT2019',
    'GV1972',
    'deadbeef',
    '4F2A91C0',
    '1234567890',
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
    'JBSWY3DPEHPK3PXP',
    '1.2.826.0.1.3680043.8.498.12345678901234567890123456789012',
    '2.25.329800735698586629295641978511506172918',
    'ISO8859',
    'B70458999',
  ])('are not %s', (text) => {
    expect(found(text)).toEqual([]);
  });
});

describe('short codes and many patients', () => {
  const codes = new Codes(9);
  const ids = codes.distinct(3000, () => codes.digits(9));
  const many = derivedCodeDetector(
    ids.map((value) => ({ value, category: 'H', kind: 'id' })),
    ids.map((id, index) => ({
      name: `${'ABCDEFGHIJ'[index % 10]}x^${'KLMNOPQRST'[(index >> 4) % 10]}y`,
      birth: `19${40 + (index % 50)}0203`,
      id,
    })),
  );

  it('are suspects where more forms are looked for than a leak allows', () => {
    const code = sum('crc32', ids[7] ?? '')
      .toString(16)
      .padStart(8, '0');
    const hits = many.detect(
      textPassage(
        `key ${/[a-f]/.test(code) && /\d/.test(code) ? code : sum('crc32', ids[8] ?? '').toString(16)} end`,
      ),
    );
    expect(hits.map(({ tier }) => tier)).toEqual(['suspect']);
    expect(many.detect(textPassage('AK1940'))).toEqual([]);
  });

  it('of chance alone are met as seldom as the bound says', () => {
    let hits = 0;
    for (let i = 0; i < 20_000; i += 1) {
      const token = codes.random
        .whole(0, 2 ** 32 - 1)
        .toString(16)
        .padStart(8, '0');
      hits += many.detect(textPassage(`key ${token} end`)).length;
    }
    // 3,000 ids in nine forms each and more: 7 in a million tokens.
    expect(hits).toBeLessThanOrEqual(2);
  });
});
