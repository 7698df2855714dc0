import { plainText } from './plain-text.ts';

/** A column of a table in running text: the words at its head, and where its cells stand (UTF-16 offsets). */
export interface Column {
  readonly header: string;
  readonly cells: readonly Cell[];
}

export interface Cell {
  readonly start: number;
  readonly end: number;
}

/** How a line is divided into cells. Two spaces or more divide too; there the place counts, not the number. */
const DELIMITERS = ['|', '\t', ';', ','] as const;
type Delimiter = (typeof DELIMITERS)[number] | 'spaces';

const MOST_COLUMNS = 100;
const LONGEST_HEAD = 400;
/** The head of a column: words, with a digit at most, and no sentence. */
const HEAD =
  /^(?=.{0,40}$)(?!\D{0,40}\d\D{0,40}\d)["'*_ ]{0,4}(?:\p{L}|[#№]["'*_ ]{0,4}$)[\p{L}\d .,#°º'’()/&*_-]*["':*_ ]{0,4}$/u;
/** A line that only divides: `---|---`, `=====  =====`. */
const RULE = /^[\s|:+=_-]+$/;

interface Line extends Cell {
  readonly text: string;
}

/**
 * Columns of the tables in a text: a row of heads and the rows below it that are divided in the same way (bars, tabs,
 * commas, semicolons, two spaces or more, `<td>`). Only cells with a digit or an `@` are named, of rows that follow at once.
 */
export function columnsOf(text: string): Column[] {
  const columns = /<t[rR]|<T[rR]/.test(text) ? columnsOfRows(htmlRows(text), text) : [];
  if (!text.includes('\n') && !text.includes('\r')) return columns;
  const lines = linesOf(text);
  for (let i = 0; i + 1 < lines.length; ) {
    const table = tableAt(lines, i, text);
    columns.push(...(table?.columns ?? []));
    i = table?.next ?? i + 1;
  }
  return columns;
}

function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  let start = 0;
  for (const match of text.matchAll(/\r\n?|\n|$/g)) {
    lines.push({ start, end: match.index, text: text.slice(start, match.index) });
    start = match.index + match[0].length;
  }
  return lines;
}

/** The table whose heads are in a line, and the line after it. */
function tableAt(
  lines: readonly Line[],
  at: number,
  text: string,
): { readonly columns: Column[]; readonly next: number } | undefined {
  const head = lines[at];
  if (head === undefined || head.text.length > LONGEST_HEAD) return undefined;
  for (const delimiter of [...DELIMITERS, 'spaces'] as const) {
    const heads = cellsOf(head, delimiter);
    if (heads.length < 2 || heads.length > MOST_COLUMNS || !areHeads(heads, text)) continue;
    const rows: Cell[][] = [];
    let next = at + 1;
    for (; next < lines.length; next++) {
      const line = lines[next] as Line;
      if (line.text !== '' && RULE.test(line.text)) continue;
      const cells = rowOf(line, delimiter, heads);
      if (cells === undefined) break;
      rows.push(cells);
    }
    if (rows.length > 0) return { columns: columnsOfRows([heads, ...rows], text), next };
  }
  return undefined;
}

function areHeads(heads: readonly Cell[], text: string): boolean {
  const filled = heads.map((cell) => plainOf(text, cell)).filter((head) => head !== '');
  return filled.length >= 2 && filled.every((head) => HEAD.test(head));
}

/** The cells of a line, one for each head; undefined where the line is no row of the table. */
function rowOf(line: Line, delimiter: Delimiter, heads: readonly Cell[]): Cell[] | undefined {
  const cells = cellsOf(line, delimiter);
  if (cells.length < 2 && delimiter !== 'spaces') return undefined;
  if (cells.length === heads.length) return cells;
  if (delimiter === 'spaces') return /\p{N}/u.test(line.text) ? byPlace(cells, heads, line) : undefined;
  return (delimiter === '|' || delimiter === '\t') && cells.length < heads.length ? cells : undefined;
}

/** Cells by the heads that they stand under. */
function byPlace(cells: readonly Cell[], heads: readonly Cell[], line: Line): Cell[] | undefined {
  const headLine = heads[0]?.start ?? 0;
  const from = heads.map(({ start }) => start - headLine);
  const placed = heads.map(() => ({ start: line.start, end: line.start }));
  for (const cell of cells) {
    const place = cell.start - line.start - indentOf(line) + 2;
    const column = from.findLastIndex((start) => start <= place);
    if (column < 0) return undefined;
    placed[column] = cell;
  }
  return cells.length === 0 ? undefined : placed;
}

const indentOf = ({ text }: Line): number => text.length - text.trimStart().length;

function cellsOf(line: Line, delimiter: Delimiter): Cell[] {
  if (delimiter === 'spaces') {
    return [...line.text.matchAll(/\S+(?:\s\S+)*/g)].map((match) =>
      trimmed(line.start + match.index, match[0]),
    );
  }
  if (!line.text.includes(delimiter)) return [];
  const cells: Cell[] = [];
  let start = 0;
  let quoted = false;
  for (let i = 0; i <= line.text.length; i++) {
    const char = line.text[i];
    if (char === '"' && delimiter !== '|') quoted = !quoted;
    if (char !== undefined && (char !== delimiter || quoted)) continue;
    cells.push(trimmed(line.start + start, line.text.slice(start, i)));
    start = i + 1;
  }
  if (delimiter !== '|') return cells;
  // A bar at either end frames the row.
  if (line.text.trimStart().startsWith('|')) cells.shift();
  if (line.text.trimEnd().endsWith('|')) cells.pop();
  return cells;
}

/** A cell without the spaces and quotes around it. */
function trimmed(start: number, text: string): Cell {
  const inner = text
    .trim()
    .replace(/^["']{1,3}|["']{1,3}$/g, '')
    .trim();
  const at = inner === '' ? 0 : text.indexOf(inner);
  return { start: start + at, end: start + at + inner.length };
}

/** Cells of the rows of HTML tables; rows of `<th>` are heads. */
function htmlRows(text: string): Cell[][] {
  return [...text.matchAll(/<tr(?: [^<>]{0,200})?>([\s\S]{0,20000}?)<\/tr>/gi)].map((row) => {
    const from = row.index + row[0].length - (row[1] ?? '').length - '</tr>'.length;
    return [...(row[1] ?? '').matchAll(/<t[dh](?: [^<>]{0,200})?>([\s\S]{0,2000}?)<\/t[dh]>/gi)].map((cell) =>
      trimmed(from + cell.index + cell[0].length - (cell[1] ?? '').length - '</td>'.length, cell[1] ?? ''),
    );
  });
}

/** The first row as heads, the others as cells below them. */
function columnsOfRows([heads = [], ...rows]: readonly (readonly Cell[])[], text: string): Column[] {
  if (heads.length < 2 || !areHeads(heads, text)) return [];
  return heads.flatMap((head, i): Column[] => {
    const header = headOf(plainOf(text, head));
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
