import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pieces } from '../../../src/audit/dicom/pieces.ts';

const MEBI = 1 << 20;

function cut(bytes: Uint8Array): Uint8Array[] {
  return [...pieces(bytes.length, (offset, count) => bytes.subarray(offset, offset + count))];
}

/** A long value of words with a name at this offset. */
function textWith(name: string, offset: number, filler: string): Buffer {
  const bytes = Buffer.from(filler.repeat(Math.ceil((2.5 * MEBI) / Buffer.byteLength(filler))));
  Buffer.from(name).copy(bytes, offset);
  return bytes;
}

describe('pieces of a long value', () => {
  it('leaves a short value whole', () => {
    expect(cut(Buffer.from('short'))).toEqual([Buffer.from('short')]);
    expect(cut(new Uint8Array(0))).toEqual([]);
  });

  it('has what stands across a cut whole in one of the pieces', () => {
    fc.assert(
      fc.property(fc.integer({ min: -60, max: 60 }), fc.constantFrom('lorem ', 'x'), (shift, filler) => {
        const name = ' Fernweh Annegret born 1950-02-03 ';
        const parts = cut(textWith(name, MEBI + shift, filler));
        expect(parts.some((part) => Buffer.from(part).includes(name))).toBe(true);
      }),
      { numRuns: 20 },
    );
  });

  it('reads every byte', () => {
    for (const filler of ['lorem ', 'x', 'größe ']) {
      const bytes = textWith('', 0, filler);
      let end = 0;
      for (const part of cut(bytes)) {
        const start = part.byteOffset - bytes.byteOffset;
        expect(start).toBeLessThanOrEqual(end);
        end = start + part.length;
      }
      expect(end).toBe(bytes.length);
    }
  });

  it('gives what is there of a value whose length lies past the end of the file', () => {
    const bytes = textWith('', 0, 'lorem ');
    for (const [there, declared] of [
      [0, 10],
      [7, 0xfffffffe],
      [bytes.length, bytes.length + 1],
      [bytes.length, 3_000_000_000],
    ] as const) {
      const parts = [...pieces(declared, (at, count) => bytes.subarray(at, Math.min(at + count, there)))];
      const last = parts.at(-1);
      const end = last === undefined ? 0 : last.byteOffset + last.length - bytes.byteOffset;
      expect(end).toBe(there);
    }
  });

  it('cuts no character apart where the value has spaces', () => {
    const strict = new TextDecoder('utf-8', { fatal: true });
    for (const part of cut(textWith('', 0, 'größe 雪山 ').subarray(0, 2 * MEBI - 5)).slice(0, -1))
      expect(() => strict.decode(part)).not.toThrow();
  });
});
