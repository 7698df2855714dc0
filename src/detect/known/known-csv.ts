import { parseCsv } from '../../csv.ts';
import { CATEGORY_LETTERS, type HipaaCategory } from '../../model/category.ts';
import type { KnownIdentifier, KnownKind } from '../detector.ts';

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
 * Identifiers handed over as CSV (RFC 4180; `,` `;` or tab): columns `value`, `category` (a letter) and `kind` in any
 * order under a header, or values alone in one column. What a row leaves out is told from the value's shape.
 */
export function loadKnownCsv(text: string): KnownIdentifier[] {
  const rows = rowsOf(text.replace(/^\ufeff/, ''));
  const header = (rows[0] ?? []).map((cell) => cell.trim().toLowerCase());
  const column = (name: string): number => header.indexOf(name);
  const hasHeader = column('value') >= 0;
  const [value, category, kind] = hasHeader
    ? [column('value'), column('category'), column('kind')]
    : [0, 1, 2];
  return rows
    .slice(hasHeader ? 1 : 0)
    .filter((row) => (row[value] ?? '').trim() !== '' && !(row[value] ?? '').startsWith('#'))
    .map((row) => identifierOf((row[value] ?? '').trim(), row[category] ?? '', row[kind] ?? ''));
}

function identifierOf(value: string, categoryCell: string, kindCell: string): KnownIdentifier {
  const letter = CATEGORY_LETTERS.find((known) => known === categoryCell.trim().toUpperCase());
  const named = KINDS.find((known) => known === kindCell.trim().toLowerCase());
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

/** Rows of cells, by the separator that the first line has. */
function rowsOf(text: string): (readonly string[])[] {
  const firstLine = text.slice(0, text.search(/[\r\n]|$/));
  const separator = [',', ';', '\t'].find((mark) => firstLine.includes(mark));
  // A single column holds names as people write them: its commas separate nothing.
  const isSingle = separator === undefined || (!/^"|\bvalue\b/i.test(firstLine) && /, /.test(firstLine));
  return parseCsv(text, isSingle ? NO_SEPARATOR : separator).map(({ fields }) => fields);
}
