import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCsv } from '../src/csv.ts';
import { PhiGateError } from '../src/errors.ts';

const fieldsOf = (text: string) => parseCsv(text).map(({ fields }) => fields);

describe('parseCsv', () => {
  it('reads quotes, doubled quotes, line ends in fields, a byte-order mark and empty lines', () => {
    expect(fieldsOf('\uFEFFa,b\r\n\r\n"x, ""y""\nz",\r\nlast')).toEqual([
      ['a', 'b'],
      ['x, "y"\nz', ''],
      ['last'],
    ]);
    expect(fieldsOf('')).toEqual([]);
  });

  it('gives back what was written', () => {
    const records = fc.array(fc.array(fc.string({ maxLength: 8 }), { minLength: 2, maxLength: 4 }), {
      maxLength: 5,
    });
    const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
    fc.assert(
      fc.property(records, fc.constantFrom('\n', '\r\n'), (table, end) => {
        expect(fieldsOf(table.map((record) => record.map(quote).join(',')).join(end))).toEqual(table);
      }),
    );
  });

  it('refuses broken quotes with the line, and without the text', () => {
    for (const text of ['a,b\n"Doe', 'a,b\n"Doe" Jane,b']) {
      expect(() => parseCsv(text)).toThrow(PhiGateError);
      expect(() => parseCsv(text)).toThrow(/line 2/);
      expect(() => parseCsv(text)).not.toThrow(/Doe/);
    }
  });
});
