import { CsvError, parse } from 'csv-parse/sync';
import { PhiGateError } from './errors.ts';

/** A record of a CSV text and the 1-based line it ends on. */
export interface CsvRecord {
  readonly line: number;
  readonly fields: readonly string[];
}

/**
 * Records of a CSV text (RFC 4180): fields in double quotes may hold separators, line ends and doubled quotes. A
 * byte-order mark and empty lines are passed over.
 * @throws PhiGateError `usage` naming the line of a quote that is not closed, or that text follows.
 */
export function parseCsv(text: string, separator = ','): CsvRecord[] {
  try {
    const rows = parse(text, {
      bom: true,
      delimiter: separator,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
    }) as unknown as { record: string[]; info: { lines: number } }[];
    return rows.map(({ record, info }) => ({ line: info.lines, fields: record }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = Number((error as { lines?: number }).lines ?? 0);
    // The parser's own message quotes the field.
    throw new PhiGateError('usage', `the CSV cannot be read: a quote is wrong in line ${line}`, {
      locus: `line ${line}`,
    });
  }
}
