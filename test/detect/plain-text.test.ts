import { describe, expect, it } from 'vitest';
import { plainText } from '../../src/detect/plain-text.ts';

describe('plain text', () => {
  it.each([
    ['MRN:\u00a0\u2009123', 'MRN: 123'],
    ['MRN:   123', 'MRN: 123'],
    ['MRN\t\t123', 'MRN 123'],
    ['415\u2013555\u20110134', '415-555-0134'],
    ['４１５－５５５－０１３４', '415-555-0134'],
    ['ｊ＠ｅｘａｍｐｌｅ．ｏｒｇ', 'j@example.org'],
    ['№ ٤١٥ and 𝟒𝟓 and ४५', 'No 415 and 45 and 45'],
    ['4\u200b15\u00ad-\u2060555', '415-555'],
    ['MRN:&nbsp;12&#45;34 a&#64;b&#x2F;c&ndash;d', 'MRN: 12-34 a@b/c-d'],
    ['<b>MRN:</b> 123', 'MRN: 123'],
    ['<td class="l">MRN</td><td>123</td>', 'MRN 123'],
    ['415-<b>555</b>-0134', '415-555-0134'],
    ['{"homePhone":"1"} <MedicalRecordNumber>2', '{"home Phone":"1"} <Medical Record Number>2'],
    ['patient.memberId = 3; MRNNumber=4', 'patient.member Id = 3; MRN Number=4'],
    [
      'write roe-\njane@example.org, see www.a-\nb.example.org',
      'write roe-jane@example.org, see www.a-b.example.org',
    ],
    ['first line  \r\n  second', 'first line\nsecond'],
    ['555-\n0134 and AB-\n1234', '555-0134 and AB-1234'],
    [`${'a'.repeat(45)} 415\n555 0134`, `${'a'.repeat(45)} 415 555 0134`],
    [`${'a'.repeat(45)} record\nnumber 12`, `${'a'.repeat(45)} record number 12`],
  ])('of %j is %j', (given, plain) => {
    expect(plainText(given).text).toBe(plain);
  });

  it.each([
    'MRN 123, WBC <5 and >3 & 4',
    'Jürgen, naïve, 5 µg, x²',
    'one\ntwo 140\n104',
    'MRNs: 1, pH: 7, McDonald, http://x.example/a?studyUID=1',
    '<jane@example.org>',
    '<a href="mailto:jane@example.org">',
    '<img alt="Jane Roe">',
    'PID|1||7&x;y',
  ])('of %j is itself', (given) => {
    expect(plainText(given).text).toBe(given);
  });

  it('keeps a short line and a sentence that begins apart', () => {
    expect(plainText('Sodium 140\n104').text).toBe('Sodium 140\n104');
    const full = `${'word '.repeat(10)}stable\nNext sentence`;
    expect(plainText(full).text).toBe(full);
  });

  it('knows where each stretch stands in the text as it was given', () => {
    const given = 'a\u00a0\u00a0 b <b>M\u200bRN:</b>   4\u200b1５&#45;６ end';
    const { text, origin } = plainText(given);
    expect(text).toBe('a b MRN: 415-6 end');
    const of = (piece: string) => {
      const start = text.indexOf(piece);
      const at = origin(start, start + piece.length);
      return given.slice(at.start, at.end);
    };
    expect(of('415-6')).toBe('4\u200b1５&#45;６');
    expect(of('MRN')).toBe('M\u200bRN');
    expect(of('b')).toBe('b');
    expect(of('end')).toBe('end');
    expect(of('a b')).toBe('a\u00a0\u00a0 b');
    expect(origin(0, text.length)).toEqual({ start: 0, end: given.length });
  });
});
