import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { derivedCodeDetector } from '../../src/detect/derived.ts';
import type { Detector } from '../../src/detect/detector.ts';
import { issuedUidDetector } from '../../src/detect/issued-uids.ts';
import { textPassage } from '../../src/detect/patterns.ts';
import { typedFieldDetector } from '../../src/detect/typed.ts';
import type { Hit } from '../../src/model/finding.ts';
import type { PassageHints } from '../../src/model/passage.ts';

const run = (detector: Detector, text: string, hints: Partial<PassageHints>): Hit[] =>
  detector.detect({ text, locus: 'x', place: 'element', hints: { format: 'dicom', ...hints } });

describe('a typed place', () => {
  const detector = typedFieldDetector({
    isIssued: (value) => value === 'K7Q2M9',
    now: new Date('2026-01-01'),
  });

  it.each([
    ['Roe^Jane', { vr: 'PN', typed: 'A' }],
    ['Li', { dataType: 'XPN', typed: 'A' }],
    ['K7Q2M9^Jane', { vr: 'PN', typed: 'A' }],
    ['4821', { vr: 'LO', typed: 'H' }],
    ['19620304', { vr: 'DA', typed: 'C' }],
    ['196203', { dataType: 'TS', typed: 'C' }],
    ['094Y', { vr: 'AS', typed: 'C' }],
    ['19200101', { vr: 'DA', typed: 'C', keyword: 'PatientBirthDate' }],
    ['Springfield', { typed: 'B' }],
    ['62704', { typed: 'B' }],
  ] as [string, Partial<PassageHints>][])('makes %s a leak', (text, hints) => {
    expect(run(detector, text, hints)[0]).toMatchObject({ tier: 'leak', category: hints.typed });
  });

  it.each([
    ['', { typed: 'A' }],
    ['^^^^', { vr: 'PN', typed: 'A' }],
    ['K7Q2M9^^^', { vr: 'PN', typed: 'A' }],
    ['ANONYMOUS', { vr: 'PN', typed: 'A' }],
    ['[NAME]', { typed: 'A' }],
    ['K7Q2M9', { vr: 'LO', typed: 'H' }],
    ['19620101', { vr: 'DA', typed: 'C', keyword: 'PatientBirthDate' }],
    ['19000101', { vr: 'DA', typed: 'C', keyword: 'PatientBirthDate' }],
    ['1962', { dataType: 'TS', typed: 'C' }],
    ['1900', { dataType: 'TS', typed: 'C', field: 'PID-7' }],
    ['090Y', { vr: 'AS', typed: 'C' }],
    ['627', { typed: 'B' }],
    ['IL', { typed: 'B' }],
    ['New York', { typed: 'B' }],
    ['Roe', {}],
  ] as [string, Partial<PassageHints>][])('lets %j stand with %j', (text, hints) => {
    expect(run(detector, text, hints)).toEqual([]);
  });

  it('lets shifted dates stand where the project shifts dates, but no year that shows an age over 89', () => {
    const shifted = typedFieldDetector({ dates: 'expected', now: new Date('2026-01-01') });
    expect(run(shifted, '19620304', { vr: 'DA', typed: 'C' })).toEqual([]);
    expect(run(shifted, '19200304', { vr: 'DA', typed: 'C', keyword: 'PatientBirthDate' })).toHaveLength(1);
  });
});

describe('UIDs', () => {
  const own = issuedUidDetector({ isIssued: (uid) => uid.startsWith('2.25.77') });
  const scan = issuedUidDetector();
  const study = { vr: 'UI', keyword: 'StudyInstanceUID' };

  it('in our own run must be well-known or issued by us', () => {
    expect(run(own, '2.25.7712345678901234567890', study)).toEqual([]);
    expect(run(own, '1.2.840.10008.1.2.1', { vr: 'UI' })).toEqual([]);
    expect(run(own, '2.25.99', study)[0]).toMatchObject({ tier: 'leak', category: 'R' });
    expect(run(own, 'see 1.2.392.200036.9116.2.6.1.48 there', { vr: 'LT' })[0]).toMatchObject({
      start: 4,
      tier: 'leak',
    });
  });

  it('in a scan are leaks in instance attributes unless they have a replaced form', () => {
    expect(run(scan, '1.3.12.2.1107.5.2.6.24119', study)[0]).toMatchObject({ tier: 'leak' });
    expect(run(scan, '2.25.171234567890123456789012', study)).toEqual([]);
    expect(run(scan, '1.3.12.2.1107.5.9.1', { vr: 'UI', keyword: 'ImplementationClassUID' })).toEqual([]);
    expect(
      run(scan, '1.3.12.2.1107.5.2.6.24119\\1.2.840.10008.1.1', {
        vr: 'UI',
        tag: '00091010',
        keyword: 'ACME 1.0',
      }),
    ).toMatchObject([{ tier: 'suspect', start: 0, end: 25 }]);
  });

  it.each(['1.2.3.4', 'v10.2.33.1', '0.5\\0.5\\1.25', '192.168.1.1', '2.16.840.1.113883.6.96', '12345-6'])(
    'are not %s',
    (text) => {
      expect(run(own, text, { vr: 'LO' })).toEqual([]);
    },
  );
});

describe('derived codes', () => {
  const detector = derivedCodeDetector([
    { value: '00482913', category: 'H', kind: 'id' },
    { value: 'Roe^Jane', category: 'A', kind: 'name' },
  ]);
  const digest = (algorithm: string, text: string, encoding: 'hex' | 'base64'): string =>
    createHash(algorithm).update(text).digest(encoding);

  it.each(['md5', 'sha1', 'sha256'])('are found as %s in hex and base64', (algorithm) => {
    for (const text of ['00482913', 'ROE JANE', 'roe^jane']) {
      for (const encoding of ['hex', 'base64'] as const) {
        expect(detector.detect(textPassage(`id ${digest(algorithm, text, encoding)}.`))).toHaveLength(1);
      }
    }
  });

  it('are found as base64 of the value', () => {
    const code = Buffer.from('Roe^Jane').toString('base64');
    expect(detector.detect(textPassage(code))).toMatchObject([{ rule: 'derived.base64' }]);
  });

  it('are no other hash', () => {
    expect(detector.detect(textPassage(digest('md5', '00482914', 'hex')))).toEqual([]);
    expect(detector.detect(textPassage('Abdomenroutineadult'))).toEqual([]);
  });
});

describe('codes derived from an id, a name or a birth date', () => {
  const detector = derivedCodeDetector([
    { value: '70458812', category: 'H', kind: 'id' },
    { value: 'MRN40417733', category: 'H', kind: 'id' },
    { value: 'Vandersloot^Griselda^Maud', category: 'A', kind: 'name' },
    { value: '19710412', category: 'C', kind: 'date' },
  ]);
  const rules = (text: string): string[] => detector.detect(textPassage(text)).map(({ rule }) => rule);
  const hex = (algorithm: string, text: string): string => createHash(algorithm).update(text).digest('hex');
  /** RFC 4122 4.3. */
  const uuid = (namespace: string, text: string, version: 3 | 5): string => {
    const bytes = createHash(version === 3 ? 'md5' : 'sha1')
      .update(Buffer.from(namespace.replace(/-/g, ''), 'hex'))
      .update(text)
      .digest()
      .subarray(0, 16);
    bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | (version << 4), 6);
    bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
    return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  };

  it.each([
    ['the given name first', hex('md5', 'Griselda Vandersloot')],
    ['the given name first, in capitals', hex('sha1', 'GRISELDA VANDERSLOOT')],
    ['a login', hex('sha256', 'griselda.vandersloot')],
    ['family and given name', hex('sha256', 'Vandersloot, Griselda')],
    ['a birth date', hex('md5', '1971-04-12')],
    ['a birth date as North America writes it', hex('sha512', '04/12/1971')],
    ['an id, cut short', hex('sha256', '70458812').slice(0, 16)],
    ['an id, with colons', hex('md5', '70458812').replace(/(..)(?=.)/g, '$1:')],
    [
      'an id, with spaces',
      hex('sha1', '70458812')
        .toUpperCase()
        .replace(/(.{4})(?=.)/g, '$1 '),
    ],
  ])('are found as digests of %s', (_, code) => {
    expect(rules(`code ${code}.`)).toEqual(['derived.hash']);
  });

  it.each(['10', '11', '12', '14'])('are found as UUIDs under the namespace 6ba7b8%s', (last) => {
    const namespace = `6ba7b8${last}-9dad-11d1-80b4-00c04fd430c8`;
    for (const version of [3, 5] as const) {
      const code = uuid(namespace, '70458812', version);
      const uid = `2.25.${BigInt(`0x${code.replace(/-/g, '')}`)}`;
      for (const text of [code, code.toUpperCase(), code.replace(/-/g, ''), uid])
        expect(rules(text)).toEqual(['derived.hash']);
    }
  });

  it.each(['19710412', '1971-04-12', '12.04.1971'])('are found as base64 of the birth date %s', (text) => {
    expect(rules(`x ${Buffer.from(text).toString('base64')} y`)).toEqual(['derived.base64']);
  });

  it.each([
    '21885407',
    '33771404',
    '33771404nrm',
    'toolsrednaV',
    'ADLESIRG^TOOLSREDNAV',
    'adlesirgtoolsrednav',
  ])('are found turned round: %s', (text) => {
    expect(new Set(rules(`was ${text} here`))).toEqual(new Set(['derived.reversed']));
  });

  it.each(['70458811', '70458813', 'V.G.M.', 'G. M. V.', 'initials VGM', 'Subject initials: G.M.V.'])(
    'are suspected in %s',
    (text) => {
      const hits = detector.detect(textPassage(`saw ${text}`));
      expect(hits.map(({ tier }) => tier)).toContain('suspect');
    },
  );

  it.each([
    '70458814',
    '1.2.840.21885407.3',
    '0.21885407',
    'VGM',
    'M.V.G.',
    'P.R.N.',
    'initials AB',
    '19710413',
    '6ba7b810-9dad-11d1-80b4-00c04fd430c8',
    'deadbeefcafe',
    '00:1b:44:11:3a:b7',
    '123456789012345678901234',
    '12 34 56 78 90 12 34 56 78',
  ])('are not %s', (text) => {
    expect(rules(text)).toEqual([]);
  });

  it('are no numbers in places made for numbers', () => {
    const hits = detector.detect({ ...textPassage('70458813'), hints: { format: 'dicom', vr: 'DS' } });
    expect(hits).toEqual([]);
  });
});
