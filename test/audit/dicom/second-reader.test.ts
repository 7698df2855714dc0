import dicomParser from 'dicom-parser';
import { describe, expect, it } from 'vitest';
import { disagreements } from '../../../src/audit/dicom/agreement.ts';
import { readSecond, type SecondReading } from '../../../src/audit/dicom/second-reader.ts';
import type { ShadowKind } from '../../../src/audit/dicom/shadow.ts';
import { type ByteSource, memorySource } from '../../../src/splice.ts';
import {
  BIG_ENDIAN,
  deflated,
  EXPLICIT,
  el,
  IMPLICIT,
  item,
  LIMITS,
  openItem,
  part10,
  SEQUENCE_END,
  tokens,
} from './build.ts';

const NAME = el(0x00100010, 'PN', 'Muster^Anna');
const implicit = { explicit: false } as const;

function second(bytes: Buffer): SecondReading {
  const copy = Buffer.from(bytes);
  const reading = readSecond(memorySource(bytes), tokens(bytes), LIMITS);
  expect(bytes.equals(copy), 'the file itself is never rewritten').toBe(true);
  return reading;
}

function textAt(reading: SecondReading, path: string): string | undefined {
  const element = reading.elements.find((candidate) => candidate.path === path);
  return element === undefined ? undefined : Buffer.from(element.value()).toString('latin1');
}

function expectAgreement(bytes: Buffer, kinds: readonly ShadowKind[]): SecondReading {
  const reading = second(bytes);
  expect(disagreements(tokens(bytes), reading)).toEqual([]);
  expect(reading.rewrites.map(({ kind }) => kind)).toEqual(kinds);
  return reading;
}

describe('what dicom-parser reads as it is', () => {
  it('reads a plain explicit file without any rewrite', () => {
    const reading = expectAgreement(part10(EXPLICIT, NAME), []);
    expect(textAt(reading, '(0010,0010)')).toBe('Muster^Anna ');
    expect(reading.elements[0]?.path).toBe('(0002,0000)');
  });

  it('reads big endian', () => {
    const dataSet = Buffer.concat([
      el(0x00080060, 'CS', 'CT', { big: true }),
      el(0x00100010, 'PN', 'Muster^Anna', { big: true }),
    ]);
    expect(textAt(expectAgreement(part10(BIG_ENDIAN, dataSet), []), '(0010,0010)')).toBe('Muster^Anna ');
  });

  it('gives nested elements the path of their item', () => {
    const dataSet = el(
      0x00400275,
      'SQ',
      Buffer.concat([item(el(0x00321060, 'LO', 'knee')), openItem(el(0x00321060, 'LO', 'hip'))]),
    );
    const reading = expectAgreement(part10(EXPLICIT, Buffer.concat([NAME, dataSet])), []);
    expect(textAt(reading, '(0040,0275)[1].(0032,1060)')).toBe('hip ');
  });
});

describe('what dicom-parser cannot read, and its logged shadow copy can', () => {
  it('a file without preamble and meta group', () => {
    const bytes = Buffer.concat([el(0x00080060, 'CS', 'CT'), NAME]);
    expect(() => dicomParser.parseDicom(bytes)).toThrow();
    const reading = expectAgreement(bytes, ['preamble-added', 'transfer-syntax']);
    expect(reading.elements.map(({ path }) => path)).toEqual(['(0008,0060)', '(0010,0010)']);
  });

  it('OV, SV and UV', () => {
    const dataSet = Buffer.concat([
      el(0x00080060, 'CS', 'CT'),
      el(0x7fe00001, 'OV', Buffer.alloc(16)),
      el(0x7fe00002, 'SV', Buffer.alloc(8)),
      el(0x7fe00003, 'UV', Buffer.alloc(8)),
    ]);
    expectAgreement(part10(EXPLICIT, dataSet), ['vr', 'vr', 'vr']);
  });

  it.each([1, 2, 3, 4, 5, 6])('%i trailing bytes', (count) => {
    const bytes = Buffer.concat([part10(EXPLICIT, NAME), Buffer.alloc(count)]);
    expect(disagreements(tokens(bytes), second(bytes))).toEqual([]);
    expect(second(bytes).rewrites.map(({ kind }) => kind)).toContain('trailing-cut');
  });

  it('encapsulated pixel data with no item at all', () => {
    const pixels = Buffer.concat([el(0x7fe00010, 'OB', '', { length: 0xffffffff }), SEQUENCE_END]);
    const bytes = part10('1.2.840.10008.1.2.4.50', Buffer.concat([NAME, pixels]));
    expect(() => dicomParser.parseDicom(bytes)).toThrow();
    expectAgreement(bytes, ['offset-table-added']);
  });

  it('a transfer syntax padded with a space', () => {
    const dataSet = Buffer.concat([
      el(0x00080060, 'CS', 'CT', implicit),
      el(0x00100010, 'PN', 'Muster^Anna', implicit),
    ]);
    expectAgreement(part10(`${IMPLICIT} `, dataSet), ['transfer-syntax']);
  });

  it('explicit data under an implicit transfer syntax', () => {
    const bytes = part10(IMPLICIT, Buffer.concat([el(0x00080060, 'CS', 'CT'), NAME]));
    const reading = expectAgreement(bytes, ['transfer-syntax']);
    expect(textAt(reading, '(0002,0010)')).toBe(`${IMPLICIT}\0`);
  });

  it('duplicate tags, of which it keeps the last alone', () => {
    const bytes = part10(EXPLICIT, Buffer.concat([NAME, el(0x00100010, 'PN', 'Hidden^Name')]));
    const reading = expectAgreement(bytes, ['tag']);
    expect(
      reading.elements
        .filter(({ path }) => path === '(0010,0010)')
        .map((e) => Buffer.from(e.value()).toString()),
    ).toEqual(['Muster^Anna ', 'Hidden^Name ']);
  });

  it('a sequence under UN of defined length, which stays opaque', () => {
    const inner = item(el(0x00100020, 'LO', 'MRN-4711', implicit));
    const bytes = part10(EXPLICIT, Buffer.concat([NAME, el(0x00101002, 'UN', inner)]));
    const reading = expectAgreement(bytes, ['un-sequence']);
    expect(textAt(reading, '(0010,1002)[0].(0010,0020)')).toBe('MRN-4711');
  });

  it('sequences of defined length under UN inside each other', () => {
    const deep = el(0x00101002, 'UN', item(el(0x00100020, 'LO', 'MRN-4711', implicit)), implicit);
    const bytes = part10(
      EXPLICIT,
      Buffer.concat([NAME, el(0x00400275, 'UN', item(deep)), el(0x00402400, 'LT', 'after')]),
    );
    const reading = second(bytes);
    expect(disagreements(tokens(bytes), reading)).toEqual([]);
    expect(textAt(reading, '(0040,2400)')).toBe('after ');
  });

  it('a private sequence in implicit data, whose items get lost', () => {
    const inner = item(el(0x00100020, 'LO', 'MRN-4711', implicit));
    const dataSet = Buffer.concat([
      el(0x00080060, 'CS', 'CT', implicit),
      el(0x00090010, 'LO', 'ACME 1.0', implicit),
      el(0x00091001, 'SQ', inner, implicit),
      el(0x00100010, 'PN', 'Muster^Anna', implicit),
    ]);
    const reading = expectAgreement(part10(IMPLICIT, dataSet), ['tag']);
    expect(textAt(reading, '(0009,1001)[0].(0010,0020)')).toBe('MRN-4711');
  });

  it('deflated data, inflated under our cap alone', () => {
    const bytes = deflated(Buffer.concat([el(0x00080060, 'CS', 'CT'), NAME]));
    const reading = second(bytes);
    expect(disagreements(tokens(bytes), reading)).toEqual([]);
    expect(textAt(reading, '(0010,0010)')).toBe('Muster^Anna ');
    const alone = readSecond(memorySource(bytes), undefined, LIMITS);
    expect(alone.unreadable?.code).toBe('unsupported');
  });

  it('elements after the pixel data', () => {
    const dataSet = Buffer.concat([
      NAME,
      el(0x7fe00010, 'OW', Buffer.alloc(8)),
      el(0xfffcfffc, 'OB', Buffer.from('text')),
    ]);
    expect(textAt(expectAgreement(part10(EXPLICIT, dataSet), []), '(FFFC,FFFC)')).toBe('text');
  });
});

describe('large files', () => {
  const pixels = Buffer.alloc(6 * 1024 * 1024, 7);
  const after = el(0xfffcfffc, 'OB', Buffer.from('text'));

  it('leaves bulk values out and gives them back their place and length', () => {
    const icon = el(0x00880200, 'SQ', item(el(0x7fe00010, 'OW', Buffer.alloc(100_000))));
    const bytes = part10(EXPLICIT, Buffer.concat([NAME, icon, el(0x7fe00010, 'OW', pixels), after]));
    const file = tokens(bytes);
    let most = 0;
    const source: ByteSource = {
      size: bytes.length,
      read: (at, length) => {
        most = Math.max(most, length);
        return bytes.subarray(at, at + length);
      },
    };
    const reading = readSecond(source, file, LIMITS);
    expect(disagreements(file, reading)).toEqual([]);
    expect(reading.rewrites.map(({ kind }) => kind)).toEqual(['bulk-cut', 'bulk-cut']);
    expect(most).toBeLessThan(64 * 1024);
    const element = reading.elements.find(({ path }) => path === '(7FE0,0010)');
    expect(element?.length).toBe(pixels.length);
    expect([...(element?.value(10, 3) ?? [])]).toEqual([7, 7, 7]);
  });

  it('leaves large fragments out', () => {
    const value = Buffer.concat([item(), item(pixels), SEQUENCE_END]);
    const encapsulated = el(0x7fe00010, 'OB', value, { length: 0xffffffff });
    const bytes = part10('1.2.840.10008.1.2.4.90', Buffer.concat([NAME, encapsulated, after]));
    const file = tokens(bytes);
    const reading = readSecond(memorySource(bytes), file, LIMITS);
    expect(disagreements(file, reading)).toEqual([]);
    const [fragment] = reading.elements.find(({ path }) => path === '(7FE0,0010)')?.fragments ?? [];
    expect(fragment?.length).toBe(pixels.length);
    expect(textAt(reading, '(FFFC,FFFC)')).toBe('text');
  });

  it('refuses a header past the limit', () => {
    const bytes = part10(EXPLICIT, NAME);
    expect(readSecond(memorySource(bytes), tokens(bytes), { headerBytes: 100 }).unreadable?.code).toBe(
      'too-large',
    );
  });
});

describe('what nobody can read', () => {
  it('says too deep instead of overflowing the stack', () => {
    const header = Buffer.concat([
      el(0x0040a730, 'SQ', '', { length: 0xffffffff }),
      openItem().subarray(0, 8),
    ]);
    const bytes = part10(EXPLICIT, Buffer.concat(Array.from({ length: 20_000 }, () => header)));
    expect(readSecond(memorySource(bytes), undefined, LIMITS).unreadable?.code).toBe('too-deep');
  });

  it('keeps what was read before a truncation, and no value in the error', () => {
    const bytes = part10(EXPLICIT, Buffer.concat([NAME, el(0x00102160, 'SH', 'x', { length: 5000 })]));
    const reading = readSecond(memorySource(bytes), undefined, LIMITS);
    expect(textAt(reading, '(0010,0010)')).toBe('Muster^Anna ');
    expect(reading.unreadable?.code).toBe('malformed');
    expect(reading.unreadable?.message).not.toMatch(/Muster|2160/);
  });
});
