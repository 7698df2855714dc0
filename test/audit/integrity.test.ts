import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readHl7Second, type SecondMessage } from '../../src/audit/hl7/second-reader.ts';
import { changesOutsideEdits, pixelChanges, structureChanges } from '../../src/audit/integrity.ts';
import { memorySource, spliceToBuffer } from '../../src/splice.ts';
import { EXPLICIT, el, item, part10, SEQUENCE_END, tokens } from './dicom/build.ts';

const native = (pixels: Buffer, ...before: Buffer[]) =>
  tokens(part10(EXPLICIT, Buffer.concat([...before, el(0x7fe00010, 'OW', pixels)])));
const encapsulated = (table: Buffer, ...fragments: Buffer[]) => {
  const value = Buffer.concat([item(table), ...fragments.map((bytes) => item(bytes)), SEQUENCE_END]);
  return tokens(part10('1.2.840.10008.1.2.4.50', el(0x7fe00010, 'OB', value, { length: 0xffffffff })));
};

describe('pixel data', () => {
  it('is the same when only the header changed', () => {
    const one = native(Buffer.from([1, 2, 3, 4]), el(0x00100010, 'PN', 'Muster^Anna'));
    expect(pixelChanges(one, native(Buffer.from([1, 2, 3, 4]), el(0x00100010, 'PN', '')))).toEqual([]);
  });

  it('is caught when a bit changed, when it is gone or when it is new', () => {
    const one = native(Buffer.from([1, 2, 3, 4]));
    const none = tokens(part10(EXPLICIT, el(0x00100010, 'PN', 'x')));
    expect(pixelChanges(one, native(Buffer.from([1, 2, 3, 5])))).toEqual([
      { kind: 'pixels', locus: '(7FE0,0010)' },
    ]);
    expect(pixelChanges(one, none)).toEqual([{ kind: 'missing', locus: '(7FE0,0010)' }]);
    expect(pixelChanges(none, one)).toEqual([{ kind: 'unexpected', locus: '(7FE0,0010)' }]);
  });

  it('is compared fragment by fragment, offset table apart', () => {
    const [a, b] = [Buffer.from([1, 2]), Buffer.from([3, 4])];
    const one = encapsulated(Buffer.alloc(0), a, b);
    expect(pixelChanges(one, encapsulated(Buffer.alloc(4), a, b))).toEqual([]);
    expect(pixelChanges(one, encapsulated(Buffer.alloc(0), Buffer.concat([a, b])))).toEqual([
      { kind: 'fragments', locus: '(7FE0,0010)' },
    ]);
  });

  it('may lose an icon with its sequence', () => {
    const icon = el(0x00880200, 'SQ', item(el(0x7fe00010, 'OW', Buffer.from([9, 9]))));
    const pixels = Buffer.from([1, 2, 3, 4]);
    expect(pixelChanges(native(pixels, icon), native(pixels))).toEqual([]);
  });
});

describe('bytes outside edits', () => {
  const original = Buffer.from('MSH|^~\\&|LAB\rPID|1||4711');
  const edits = [{ start: 20, end: 24, bytes: Buffer.from('CODE01') }];

  it('are the same after a splice', () => {
    const staged = spliceToBuffer(original, edits);
    expect(changesOutsideEdits(memorySource(original), memorySource(staged), edits)).toEqual([]);
  });

  it('are caught wherever one changes', () => {
    const staged = spliceToBuffer(original, edits);
    fc.assert(
      fc.property(fc.nat(staged.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const bad = Buffer.from(staged);
        bad[at] = (bad[at] ?? 0) ^ flip;
        return changesOutsideEdits(memorySource(original), memorySource(bad), edits).length === 1;
      }),
    );
  });

  it('are caught when the end is cut off', () => {
    const staged = spliceToBuffer(original, []);
    expect(changesOutsideEdits(memorySource(original), memorySource(staged.subarray(1)), [])).toEqual([
      { kind: 'size', locus: 'file' },
    ]);
  });
});

describe('structure of a message', () => {
  const message = (text: string): SecondMessage => {
    const [first] = readHl7Second(Buffer.from(`MSH|^~\\&|LAB|||||||1|P|2.5\r${text}`)).messages;
    if (first === undefined) throw new Error('no message');
    return first;
  };

  it('keeps segments and field counts', () => {
    expect(structureChanges(message('PID|1||A^B\rZPI|x'), message('PID|1||C\rZPI|'))).toEqual([]);
    expect(structureChanges(message('PID|1||A'), message('PID|1|A'))).toEqual([
      { kind: 'fields', locus: 'PID' },
    ]);
    expect(structureChanges(message('PID|1\rNTE|1'), message('PID|1'))).toEqual([
      { kind: 'segments', locus: 'MSH' },
    ]);
  });

  it('may lose a segment that the policy removes', () => {
    expect(
      structureChanges(message('PID|1\rZPI|x'), message('PID|1'), (name) => name.startsWith('Z')),
    ).toEqual([]);
  });
});
