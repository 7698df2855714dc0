import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DataElement } from '../../src/dicom/element.ts';
import { readDicom } from '../../src/dicom/file.ts';
import { formatTag } from '../../src/dicom/tag.ts';
import { asciiValue } from '../../src/dicom/values.ts';
import { PhiGateError } from '../../src/errors.ts';
import { memorySource } from '../../src/splice.ts';
import { BIG_ENDIAN, EXPLICIT, IMPLICIT, openSequence, part10, raw, sequence, text } from './data-set.ts';

const LIMITS = { depth: 64, inflatedBytes: 1 << 20 };
const read = (bytes: Uint8Array) => readDicom(memorySource(bytes), LIMITS);
const tags = (elements: readonly DataElement[]) => elements.map(({ tag }) => formatTag(tag));
const kinds = (bytes: Uint8Array) => read(bytes).anomalies.map(({ kind }) => kind);

function refused(bytes: Uint8Array): PhiGateError {
  try {
    read(bytes);
  } catch (error) {
    if (error instanceof PhiGateError) return error;
    throw error;
  }
  throw new Error('the file was read');
}

describe('readDicom', () => {
  it('reads the elements of explicit, implicit and big-endian data sets', () => {
    for (const [encoding, uid] of [
      [EXPLICIT, '1.2.840.10008.1.2.1'],
      [IMPLICIT, '1.2.840.10008.1.2'],
      [BIG_ENDIAN, '1.2.840.10008.1.2.2'],
    ] as const) {
      const file = read(
        part10([text('00080060', 'CS', 'CT', encoding), text('00100010', 'PN', 'Roe^Jane', encoding)], uid),
      );
      expect(tags(file.dataSet)).toEqual(['(0008,0060)', '(0010,0010)']);
      expect(file.dataSet.map(({ vr }) => vr)).toEqual(['CS', 'PN']);
      expect(file.anomalies).toEqual([]);
    }
  });

  it('reads a deflated data set and counts its offsets in the inflated bytes', () => {
    const dataSet = Buffer.concat([text('00080060', 'CS', 'CT'), text('00100010', 'PN', 'Roe^Jane')]);
    const file = read(part10([deflateRawSync(dataSet)], '1.2.840.10008.1.2.1.99'));
    const name = file.dataSet[1] as DataElement;
    expect(asciiValue(file.body, name)).toBe('Roe^Jane');
  });

  it('refuses a data set that inflates past the limit', () => {
    const bomb = part10([deflateRawSync(Buffer.alloc(LIMITS.inflatedBytes * 4))], '1.2.840.10008.1.2.1.99');
    expect(refused(bomb).code).toBe('too-large');
  });

  it('reads a data set without preamble and meta group in each encoding', () => {
    for (const encoding of [EXPLICIT, IMPLICIT, BIG_ENDIAN]) {
      const file = read(
        Buffer.concat([text('00080060', 'CS', 'MR', encoding), text('00100010', 'PN', 'Roe^Jane', encoding)]),
      );
      expect(file.encoding).toEqual(encoding);
      expect(file.anomalies.map(({ kind }) => kind)).toContain('no file meta information');
    }
  });

  it('believes the bytes and not a transfer syntax that they contradict', () => {
    const file = read(
      part10([text('00080060', 'CS', 'CT'), text('00100010', 'PN', 'Roe^Jane')], '1.2.840.10008.1.2'),
    );
    expect(file.transferSyntax).toBe('1.2.840.10008.1.2.1');
    expect(tags(file.dataSet)).toEqual(['(0008,0060)', '(0010,0010)']);
  });

  it('keeps duplicates, group lengths and elements after the pixel data', () => {
    const file = read(
      part10([
        raw('00080000', 'UL', Buffer.alloc(4)),
        text('00100010', 'PN', 'Roe^Jane'),
        text('00100010', 'PN', 'Roe^John'),
        raw('7FE00010', 'OW', Buffer.alloc(8)),
        text('7FE10010', 'LO', 'SOMEBODY'),
      ]),
    );
    expect(file.dataSet.map(({ duplicate }) => duplicate)).toEqual([0, 0, 1, 0, 0]);
    expect(tags(file.dataSet)[4]).toBe('(7FE1,0010)');
  });

  it('reads sequences of defined and undefined length, and UN sequences of both kinds as implicit', () => {
    const inner = [text('00100010', 'PN', 'Roe^Jane', IMPLICIT)];
    const file = read(
      part10([
        sequence('00081140', [[text('00081155', 'UI', '1.2.3')]]),
        openSequence('00400275', 'SQ', [[text('00401001', 'SH', 'RP1')]]),
        openSequence('00401A00', 'UN', [inner]),
        raw('00431010', 'UN', sequence('00081140', [inner], IMPLICIT).subarray(8)),
      ]),
    );
    expect(file.dataSet.map(({ items }) => items?.length)).toEqual([1, 1, 1, 1]);
    for (const element of file.dataSet.slice(2)) {
      expect(tags(element.items?.[0]?.elements ?? [])).toEqual(['(0010,0010)']);
      expect(element.items?.[0]?.elements[0]?.encoding.explicit).toBe(false);
    }
  });

  it('leaves a UN value that only begins like a sequence as bytes', () => {
    const file = read(part10([raw('00431010', 'UN', Uint8Array.of(0xfe, 0xff, 0, 0xe0, 99, 0, 0, 0, 1, 2))]));
    expect(file.dataSet[0]?.items).toBeUndefined();
  });

  it('names the private creator of an element', () => {
    const file = read(
      part10([text('00190010', 'LO', 'ACME 1.0'), text('00191001', 'LO', 'x'), text('00191101', 'LO', 'y')]),
    );
    expect(file.dataSet.map(({ creator }) => creator)).toEqual([undefined, 'ACME 1.0', undefined]);
  });

  it('reads 64-bit integer VRs with their long headers', () => {
    const file = read(
      part10([
        raw('00720082', 'SV', Buffer.alloc(8)),
        raw('00720083', 'UV', Buffer.alloc(16)),
        raw('7FE00001', 'OV', Buffer.alloc(8)),
      ]),
    );
    expect(file.dataSet.map(({ valueStart, valueEnd }) => valueEnd - valueStart)).toEqual([8, 16, 8]);
  });

  it('keeps fragments of encapsulated pixel data, the offset table first', () => {
    const item = (bytes: number[]) => [0xfe, 0xff, 0, 0xe0, bytes.length, 0, 0, 0, ...bytes];
    const pixels = Buffer.concat([
      Buffer.from([0xe0, 0x7f, 0x10, 0, 0x4f, 0x42, 0, 0, 255, 255, 255, 255]),
      Buffer.from([...item([]), ...item([1, 2]), ...item([3, 4, 5, 6]), 0xfe, 0xff, 0xdd, 0xe0, 0, 0, 0, 0]),
    ]);
    const file = read(part10([pixels], '1.2.840.10008.1.2.5'));
    expect(file.dataSet[0]?.fragments?.map(({ valueStart, end }) => end - valueStart)).toEqual([0, 2, 4]);
  });

  it('sees text and zeros after the data set as trailing bytes', () => {
    const whole = part10([text('00100010', 'PN', 'Roe^Jane'), raw('7FE00010', 'OW', Buffer.alloc(8))]);
    for (const tail of ['Patient Jane Roe was here', '\0'.repeat(64), 'short']) {
      const file = read(Buffer.concat([whole, Buffer.from(tail)]));
      expect(file.trailingLength).toBe(tail.length);
      expect(tags(file.dataSet)).toHaveLength(2);
    }
  });

  it('says tag, offset and expectation where a value is cut off', () => {
    const bytes = part10([text('00100010', 'PN', 'Roe^Jane'), raw('7FE00010', 'OW', Buffer.alloc(100))]);
    const error = refused(bytes.subarray(0, bytes.length - 10));
    expect(error.code).toBe('truncated');
    expect(error.at).toMatchObject({ locus: '(7FE0,0010)' });
    expect(error.message).toContain('expected 100 bytes');
    expect(error.message).not.toContain('Jane');
  });

  it('refuses nesting of 10,000 levels without overflowing', () => {
    const open = Buffer.concat([
      Buffer.from('4000750253510000ffffffff', 'hex'),
      Buffer.from('feff00e0ffffffff', 'hex'),
    ]);
    expect(refused(part10(Array(10_000).fill(open))).code).toBe('too-deep');
  });

  it('refuses nesting of defined-length UN sequences as well', () => {
    let value: Uint8Array = text('00401001', 'SH', 'x', IMPLICIT);
    for (let level = 0; level < 100; level += 1) value = sequence('00431010', [[value]], IMPLICIT);
    expect(refused(part10([raw('00431010', 'UN', value.subarray(8))])).code).toBe('too-deep');
  });

  it('refuses what is not DICOM', () => {
    expect(refused(Buffer.from('Dear colleague, thank you for referring')).code).toBe('not-dicom');
    expect(refused(Buffer.alloc(0)).code).toBe('not-dicom');
  });

  it('gets over an implicit element in an explicit data set and marks it', () => {
    const file = read(
      part10([
        text('00080060', 'CS', 'CT'),
        text('00100010', 'PN', 'Roe^Jane', IMPLICIT),
        text('00100020', 'LO', '7'),
      ]),
    );
    expect(file.dataSet[1]).toMatchObject({ vr: 'PN', irregular: true });
    expect(kinds(part10([text('00080060', 'CS', 'CT')]))).toEqual([]);
  });

  it('either reads any damaged file or refuses it with a typed error', () => {
    const whole = part10([
      text('00080060', 'CS', 'CT'),
      openSequence('00400275', 'SQ', [[text('00401001', 'SH', 'RP1')]]),
      raw(
        '00431010',
        'UN',
        sequence('00081140', [[text('00081155', 'UI', '1.2', IMPLICIT)]], IMPLICIT).subarray(8),
      ),
      raw('7FE00010', 'OW', Buffer.alloc(16)),
    ]);
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(255), fc.nat(whole.length), (at, byte, length) => {
        const damaged = Buffer.from(whole);
        damaged[at] = byte;
        for (const bytes of [damaged, damaged.subarray(0, length)]) {
          try {
            const file = read(bytes);
            expect(file.dataSetEnd + file.trailingLength).toBe(file.body.size);
          } catch (error) {
            expect(error).toBeInstanceOf(PhiGateError);
          }
        }
      }),
      { numRuns: 2000 },
    );
  });
});
