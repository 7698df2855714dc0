import { type Cell, htmlTables, trimmed } from './html-table.ts';
import { plainText } from './plain-text.ts';

/** A column of a table in running text: the words at its head, and where its cells stand (UTF-16 offsets). */
export interface Column {
  readonly header: string;
  readonly cells: readonly Cell[];
}

/** How a line is divided into cells. Two spaces or more divide too; there the place counts, not the number. */
const DELIMITERS = ['|', '\t', ';', ','] as const;
type Delimiter = (typeof DELIMITERS)[number] | 'spaces';

/** Wider tables, and longer rows of heads, are exports of whole databases, or no tables. */
const MOST_COLUMNS = 400;
const LONGEST_HEAD = 8_000;
/** Rows that are told at once: a text may have millions. */
const ROWS_AT_ONCE = 1_000;
/** Lines in a row that are divided into more or fewer cells than there are heads, and do not end the table. */
const MOST_RAGGED = 20;
/** The head of a column: words, with a digit at most, and no sentence. */
const HEAD =
  /^(?=.{0,40}$)(?!\D{0,40}\d\D{0,40}\d)["'*_ ]{0,4}(?:\p{L}|[#№]["'*_ ]{0,4}$)[\p{L}\d .,#°º'’()/&*_-]*["':*_ ]{0,4}$/u;
/** A head that says nothing of an identifier, but is one beside others: `ICD-10 code`, `SpO2 [%]`. */
const OTHER_HEAD = /^(?=.{0,60}$)["'*_ ]{0,4}\p{L}(?!.*\d{3})[^@;|\t\n\r]*$/u;
/** A line that only divides: `---|---`, `=====  =====`. */
const RULE = /^[\s|:+=_-]+$/;

interface Line extends Cell {
  readonly text: string;
  /** Where the next line begins. */
  readonly next: number;
}

/** A line in cells; `next`: where the next line begins, which is further on where a cell in quotes has several. */
interface Row {
  readonly cells: readonly Cell[];
  readonly next: number;
}

/**
 * Columns of the tables in a text: a row of heads and the rows below it that are divided in the same way (bars, tabs,
 * commas, semicolons, two spaces or more, `<td>`). Only cells with a digit or an `@` are named. A long table comes in several
 * pieces, each with all of its heads.
 */
export function* columnsOf(text: string): Generator<Column> {
  for (const rows of htmlTables(text, ROWS_AT_ONCE)) yield* columnsOfRows(rows, text);
  for (let line = lineAt(text, 0); line !== undefined; ) {
    const next: number = yield* tableAt(line, text);
    line = lineAt(text, next);
  }
}

function lineAt(text: string, start: number): Line | undefined {
  if (start >= text.length) return undefined;
  const ends = /\r\n?|\n/g;
  ends.lastIndex = start;
  const match = ends.exec(text);
  const end = match?.index ?? text.length;
  return { start, end, text: text.slice(start, end), next: match === null ? end : ends.lastIndex };
}

/** The table whose heads are in a line, and where the line after it begins. */
function* tableAt(head: Line, text: string): Generator<Column, number> {
  if (head.next >= text.length || head.text.length > LONGEST_HEAD) return head.next;
  for (const delimiter of [...DELIMITERS, 'spaces'] as const) {
    const { cells: heads, next } = cellsOf(head, delimiter, text, MOST_COLUMNS);
    if (next !== head.next || heads.length < 2 || !areHeads(heads, text)) continue;
    let rows: (readonly Cell[])[] = [];
    let after: number | undefined;
    for (const row of rowsBelow(head, heads, delimiter, text)) {
      rows.push(row.cells);
      after = row.next;
      if (rows.length < ROWS_AT_ONCE) continue;
      yield* columnsOfRows([heads, ...rows], text);
      rows = [];
    }
    if (after === undefined) continue;
    yield* columnsOfRows([heads, ...rows], text);
    return after;
  }
  return head.next;
}

/** The rows of a table, up to a line that is not divided, or in another way than its neighbours. */
function* rowsBelow(
  head: Line,
  heads: readonly Cell[],
  delimiter: Delimiter,
  text: string,
): Generator<Row, void> {
  let ragged = MOST_RAGGED;
  for (let line = lineAt(text, head.next); line !== undefined; ) {
    let { next } = line;
    if (line.text === '' || !RULE.test(line.text)) {
      const found = cellsOf(line, delimiter, text, MOST_COLUMNS);
      const cells = rowOf(found.cells, line, delimiter, heads, head);
      if (cells !== undefined) {
        ragged = 0;
        ({ next } = found);
        yield { cells, next };
      } else if (
        delimiter === 'spaces' ||
        found.cells.length < 2 ||
        ++ragged > MOST_RAGGED ||
        areHeads(found.cells, text)
      )
        return;
    }
    line = lineAt(text, next);
  }
}

/** Whether cells are heads of columns, two at least of the usual kind, and twice as many of it as of others. */
function areHeads(heads: readonly Cell[], text: string): boolean {
  if (heads.length > MOST_COLUMNS) return false;
  let [usual, others] = [0, 0];
  for (const cell of heads) {
    const head = plainOf(text, cell);
    if (head === '') continue;
    if (HEAD.test(head)) usual += 1;
    else if (OTHER_HEAD.test(head)) others += 1;
    else return false;
  }
  return usual >= 2 && usual >= 2 * others;
}

/** The cells of a line, one for each head; undefined where the line is no row of the table. */
function rowOf(
  cells: readonly Cell[],
  line: Line,
  delimiter: Delimiter,
  heads: readonly Cell[],
  head: Line,
): readonly Cell[] | undefined {
  if (cells.length === heads.length) return cells;
  if (delimiter === 'spaces') return /\p{N}/u.test(line.text) ? byPlace(cells, line, heads, head) : undefined;
  if (cells.length < 2) return undefined;
  if (cells.length > heads.length)
    return cells.slice(heads.length).every(({ start, end }) => start === end)
      ? cells.slice(0, heads.length)
      : undefined;
  return delimiter === '|' || delimiter === '\t' ? cells : undefined;
}

/** Cells by the heads that they stand under. */
function byPlace(
  cells: readonly Cell[],
  line: Line,
  heads: readonly Cell[],
  head: Line,
): readonly Cell[] | undefined {
  const [first] = cells;
  if (first === undefined || cells.length > heads.length) return undefined;
  const over = heads.map(({ start, end }) => ({ start: start - head.start, end: end - head.start }));
  const [from = 0, second = 0] = over.map(({ start }) => start);
  const at = first.start - line.start;
  // A row that is indented as a whole begins, and ends its first cell, before the second head does.
  const indent = at + 2 < second && first.end - line.start <= Math.max(second, at + 1) ? at - from : 0;
  const placed = heads.map((): Cell => ({ start: line.start, end: line.start }));
  for (const cell of cells) {
    const column = headOver(cell.start - line.start - indent, cell.end - line.start - indent, over);
    if (column < 0) return undefined;
    placed[column] = cell;
  }
  return placed;
}

/** The head that a cell begins or ends with, the first that it stands under, or the last before it. */
function headOver(start: number, end: number, heads: readonly Cell[]): number {
  const isNear = (one: number, other: number): boolean => Math.abs(one - other) <= 2;
  const ways: ((head: Cell) => boolean)[] = [
    (head) => isNear(head.start, start),
    (head) => isNear(head.end, end),
    (head) => head.start < end && start < head.end,
  ];
  for (const way of ways) {
    const column = heads.findIndex(way);
    if (column >= 0) return column;
  }
  return heads.findLastIndex((head) => head.start <= start);
}

/** The cells of a line, and one more than `most` where there are more. */
function cellsOf(line: Line, delimiter: Delimiter, text: string, most: number): Row {
  if (delimiter === 'spaces') return { cells: spacedCells(line, most), next: line.next };
  if (!line.text.includes(delimiter)) return { cells: [], next: line.next };
  const cells: Cell[] = [];
  let [{ start, end, next }, isLast] = [line as Cell & Pick<Line, 'next'>, false];
  while (!isLast && cells.length <= most) {
    const quoted = delimiter === '|' ? start : endOfQuoted(text, start, delimiter);
    // The last line of a cell of several.
    if (quoted > end) ({ end, next } = lineAt(text, quoted) ?? { end: text.length, next: text.length });
    const length = text.slice(quoted, end).indexOf(delimiter);
    isLast = length < 0;
    const stop = isLast ? end : quoted + length;
    cells.push(trimmed(start, text.slice(start, stop)));
    start = stop + 1;
  }
  if (delimiter !== '|') return { cells, next };
  // A bar at either end frames the row.
  if (line.text.trimStart().startsWith('|')) cells.shift();
  if (line.text.trimEnd().endsWith('|')) cells.pop();
  return { cells, next };
}

function spacedCells(line: Line, most: number): Cell[] {
  const cells: Cell[] = [];
  let start = 0;
  for (const { 0: gap, index } of `${line.text}  `.matchAll(/\s{2,}/g)) {
    if (index > start) cells.push(trimmed(line.start + start, line.text.slice(start, index)));
    if (cells.length > most) break;
    start = index + gap.length;
  }
  return cells;
}

/** A cell in quotes (RFC 4180), which may hold the delimiter, quotes in pairs and lines; what is not closed is no such cell. */
const QUOTED: Readonly<Record<string, RegExp>> = Object.fromEntries(
  DELIMITERS.map((delimiter) => [
    delimiter,
    new RegExp(` {0,4}"(?:[^"]|""){0,5000}"(?= {0,4}(?:[\\r\\n${delimiter}]|$))`, 'y'),
  ]),
);

/** Where a quoted cell that begins at an offset ends; the offset itself where none does. */
function endOfQuoted(text: string, start: number, delimiter: string): number {
  const quoted = QUOTED[delimiter];
  if (quoted === undefined) return start;
  quoted.lastIndex = start;
  return quoted.test(text) ? quoted.lastIndex : start;
}

/** The first row as heads, the others as cells below them. */
function columnsOfRows([heads = [], ...rows]: readonly (readonly Cell[])[], text: string): Column[] {
  if (rows.length === 0 || !areHeads(heads, text)) return [];
  return heads.flatMap((head, i): Column[] => {
    const plain = plainOf(text, head);
    const header = HEAD.test(plain) ? headOf(plain) : '';
    const cells = rows
      .flatMap((row) => row[i] ?? [])
      .filter((cell) => /[\p{N}@]/u.test(text.slice(cell.start, cell.end)));
    return header === '' || cells.length === 0 ? [] : [{ header, cells }];
  });
}

const plainOf = (text: string, { start, end }: Cell): string => plainText(text.slice(start, end)).text;

/** A head as a label reads: `homePhone` is two words. */
const headOf = (head: string): string =>
  head
    .replace(/[*_"':]+/g, ' ')
    .replace(/(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z]{2})/g, ' ')
    .trim();
