import { type CsvRecord, parseCsv } from '../../csv.ts';
import { PhiGateError } from '../../errors.ts';
import { CATEGORY_LETTERS, type HipaaCategory } from '../../model/category.ts';
import type { KnownIdentifier, KnownKind } from '../detector.ts';
import { identifiersOfRow, roleOf } from './known-columns.ts';

/** Stands in no text that people write. */
const NO_SEPARATOR = '\u0001';

const KINDS: readonly KnownKind[] = [
  'name',
  'id',
  'date',
  'uid',
  'phone',
  'email',
  'address',
  'url',
  'other',
];

const CATEGORY_OF: Readonly<Record<KnownKind, HipaaCategory>> = {
  name: 'A',
  id: 'R',
  date: 'C',
  uid: 'R',
  phone: 'D',
  email: 'F',
  address: 'B',
  url: 'N',
  other: 'R',
};

const KIND_OF: Partial<Record<HipaaCategory, KnownKind>> = {
  A: 'name',
  B: 'address',
  C: 'date',
  D: 'phone',
  E: 'phone',
  F: 'email',
  N: 'url',
};

/**
 * Identifiers handed over as CSV (RFC 4180; `,` `;` `|` or tab; UTF-8, UTF-16 or windows-1252), in one of three shapes:
 * a patient list under headings that say what each column is (`Last name`, `Geburtsdatum`); columns `value`, `category` (a
 * letter) and `kind` in any order under a header; values alone in one column, or those three without a header. What a row
 * leaves out is told from the value's shape.
 * @throws PhiGateError `usage` naming the column whose heading says nothing, the line whose second and third column are no
 * category and kind, or that nothing is in the file.
 */
export function loadKnownCsv(source: string | Uint8Array): KnownIdentifier[] {
  const records = recordsOf(typeof source === 'string' ? source : decoded(source));
  const header = (records[0]?.fields ?? []).map((cell) => cell.trim().toLowerCase());
  const known = header.includes('value')
    ? underHeader(records, header)
    : (asList(records) ?? withoutHeader(records));
  if (known.length === 0) throw new PhiGateError('usage', 'the file of known identifiers holds none');
  return known;
}

function underHeader(records: readonly CsvRecord[], header: readonly string[]): KnownIdentifier[] {
  const [value, category, kind] = ['value', 'category', 'kind'].map((name) => header.indexOf(name));
  const cell = (record: CsvRecord, column: number | undefined): string => record.fields[column ?? -1] ?? '';
  return records
    .slice(1)
    .filter(isUsed(value ?? 0))
    .map((record) => identifierOf(record, cell(record, value), cell(record, category), cell(record, kind)));
}

/** A patient list; undefined where the first row has no heading that is known. */
function asList([first, ...rows]: readonly CsvRecord[]): KnownIdentifier[] | undefined {
  const roles = (first?.fields ?? []).map((heading) => (heading.trim() === '' ? 'none' : roleOf(heading)));
  // A person may be called like a heading (`Via`, `Land`); two headings, or one alone, are no accident.
  const named = roles.filter((role) => role !== undefined && role !== 'none').length;
  if (named === 0 || (named === 1 && roles.length > 1 && roles.includes(undefined))) return undefined;
  const unknown = roles.indexOf(undefined);
  if (unknown >= 0)
    throw new PhiGateError(
      'usage',
      `the file of known identifiers: the heading of column ${unknown + 1} does not say what it holds; name it for example name, date of birth, MRN, phone or address, or leave the column out`,
      { locus: `column ${unknown + 1}` },
    );
  const known = roles.flatMap((role) => role ?? []);
  return rows.flatMap(({ fields }) => identifiersOfRow(known, fields));
}

function withoutHeader(records: readonly CsvRecord[]): KnownIdentifier[] {
  return records
    .filter(isUsed(0))
    .map((record) =>
      identifierOf(record, record.fields[0] ?? '', record.fields[1] ?? '', record.fields[2] ?? ''),
    );
}

const isUsed =
  (column: number) =>
  ({ fields }: CsvRecord): boolean =>
    (fields[column] ?? '').trim() !== '' && !(fields[column] ?? '').startsWith('#');

function identifierOf(
  { line }: CsvRecord,
  cell: string,
  categoryCell: string,
  kindCell: string,
): KnownIdentifier {
  const value = cell.trim();
  const letter = CATEGORY_LETTERS.find((known) => known === categoryCell.trim().toUpperCase());
  const named = KINDS.find((known) => known === kindCell.trim().toLowerCase());
  if ((categoryCell.trim() !== '' && letter === undefined) || (kindCell.trim() !== '' && named === undefined))
    throw new PhiGateError(
      'usage',
      `the file of known identifiers, line ${line}: the second column is a category letter and the third a kind (${KINDS.join(', ')}); a patient list needs headings`,
      { locus: `line ${line}` },
    );
  const kind = named ?? (letter && (KIND_OF[letter] ?? 'id')) ?? kindOf(value);
  return { value, kind, category: letter ?? CATEGORY_OF[kind] };
}

function kindOf(value: string): KnownKind {
  if (/^[^\s@]+@[^\s@]+$/.test(value)) return 'email';
  if (/^(?:https?:|www\.)/i.test(value)) return 'url';
  if (/^\d+(?:\.\d+){4,}$/.test(value)) return 'uid';
  if (/^(?:(?:18|19|20)\d{2}([-/.]?)\d{2}\1\d{2}|\d{1,2}([-/.])\d{1,2}\2\d{4})$/.test(value)) return 'date';
  if (/^\+?[\d().\s-]{10,20}$/.test(value) && /[().\s+-]/.test(value)) return 'phone';
  if (/^\d{1,6}[A-Za-z]? +\p{L}/u.test(value)) return 'address';
  return /\d/.test(value) ? 'id' : 'name';
}

/** Records, by the separator that the first line has most of outside of quotes. */
function recordsOf(source: string): CsvRecord[] {
  // Excel's own line about the separator.
  const text = source.replace(/^\ufeff/, '').replace(/^sep=.\r?\n/i, '');
  const firstLine = text.slice(0, text.search(/[\r\n]|$/)).replace(/"(?:[^"]|"")*"/g, '');
  const count = (mark: string): number => firstLine.split(mark).length - 1;
  const [separator = ','] = [',', ';', '\t', '|'].sort((a, b) => count(b) - count(a));
  // A single column holds names as people write them: its commas separate nothing.
  const isSingle = count(separator) === 0 || isNamesAlone(text, firstLine, separator);
  return parseCsv(text, isSingle ? NO_SEPARATOR : separator);
}

/** `Roe, Jane` in the first line, which is no heading. */
const isNamesAlone = (text: string, firstLine: string, separator: string): boolean =>
  separator === ',' &&
  /, /.test(firstLine) &&
  !text.startsWith('"') &&
  !/\bvalue\b/i.test(firstLine) &&
  firstLine.split(',').filter((heading) => roleOf(heading) !== undefined).length < 2;

/** The text of a spreadsheet's export. */
function decoded(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
