import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ByteTable, hashOf, spanOf } from '../../../src/mask/hl7/byte-table.ts';

const source = spanOf(Buffer.from('..ABCDEFGH|ABCDEFGX|ABCDEFGH|AB|'));

describe('a table of bytes', () => {
  test('finds equal bytes wherever they stand, and no others', () => {
    const table = new ByteTable();
    const number = table.add(1, hashOf(source, 2, 10), source.bytes, 2, 10);
    expect(number).toBe(0);
    expect(table.find(1, hashOf(source, 20, 28), source, 20, 28)).toBe(0);
    expect(table.find(1, hashOf(source, 11, 19), source, 11, 19)).toBe(-1);
    expect(table.find(1, hashOf(source, 2, 4), source, 2, 4)).toBe(-1);
    expect(table.find(2, hashOf(source, 2, 10), source, 2, 10)).toBe(-1);
  });

  test('compares bytes, not hashes: what has the same hash is another', () => {
    const table = new ByteTable();
    table.add(1, 7, source.bytes, 2, 10);
    expect(table.find(1, 7, source, 11, 19)).toBe(-1);
    expect(table.find(1, 7, source, 20, 28)).toBe(0);
  });

  test('does not keep more of one hash than it would look through', () => {
    const table = new ByteTable();
    const numbers = Array.from({ length: 100 }, (_, at) => {
      const bytes = Buffer.from(`value ${at}`);
      return table.add(1, 7, bytes, 0, bytes.length);
    });
    const kept = numbers.filter((number) => number >= 0);
    expect(kept.length).toBeGreaterThan(0);
    expect(kept.length).toBeLessThan(100);
    expect(table.size).toBe(kept.length);
  });

  test('holds what a map holds, however much that is, and nothing once it is cleared', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(3), fc.string({ maxLength: 12 })), { maxLength: 3000 }), (all) => {
        const table = new ByteTable();
        const numbers = new Map<string, number>();
        for (const [tag, text] of all) {
          const span = spanOf(Buffer.from(text));
          const { length } = span.bytes;
          const hash = hashOf(span, 0, length);
          const known = numbers.get(`${tag} ${text}`) ?? -1;
          expect(table.find(tag, hash, span, 0, length)).toBe(known);
          if (known < 0) numbers.set(`${tag} ${text}`, table.add(tag, hash, span.bytes, 0, length));
        }
        table.clear();
        for (const [tag, text] of all.slice(0, 10)) {
          const span = spanOf(Buffer.from(text));
          expect(table.find(tag, hashOf(span, 0, span.bytes.length), span, 0, span.bytes.length)).toBe(-1);
        }
      }),
      { numRuns: 30 },
    );
  });
});
