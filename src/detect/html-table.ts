/** A stretch of a text, in UTF-16 offsets. */
export interface Cell {
  readonly start: number;
  readonly end: number;
}

/** What divides a table of HTML; end tags of rows and cells may be left out (HTML 13.1.2.4). */
const TAG = /<(\/?)(table|tr|td|th)(?=[\s/>])([^<>]{0,400})>/gi;
const LONGEST_CELL = 2_000;
const MOST_SPANNED = 50;

/**
 * The rows of the tables in a text, each table by itself: a row of `<th>` begins one too. Cells stand in their columns, also
 * beside some that reach over several rows or columns. A long table comes in pieces of at most `most` rows, each below its heads.
 */
export function* htmlTables(text: string, most: number): Generator<readonly (readonly Cell[])[]> {
  if (!/<tr/i.test(text)) return;
  let table = new HtmlTable();
  for (const { 0: tag, 1: slash, 2: name = '', 3: attributes = '', index } of text.matchAll(TAG)) {
    table.endCell(text, index);
    const kind = name.toLowerCase();
    if (kind === 'table') {
      yield table.rows();
      table = new HtmlTable();
    } else if (kind === 'tr') {
      const ended = table.endRow(most);
      if (ended !== undefined) yield ended;
    } else if (slash === '') table.begin(kind, attributes, index + tag.length);
  }
  table.endCell(text, text.length);
  yield table.rows();
}

interface OpenCell {
  readonly start: number;
  readonly isHead: boolean;
  readonly columns: number;
  readonly rows: number;
}

class HtmlTable {
  #rows: (readonly Cell[])[] = [];
  #row: Cell[] = [];
  #isHeadRow = true;
  #cell: OpenCell | undefined;
  /** Further rows that a cell above reaches into, by column. */
  #reaching: number[] = [];

  begin(kind: string, attributes: string, start: number): void {
    const [columns, rows] = [spanOf(attributes, 'colspan'), spanOf(attributes, 'rowspan')];
    this.#cell = { start, isHead: kind === 'th', columns, rows };
  }

  endCell(text: string, end: number): void {
    const cell = this.#cell;
    if (cell === undefined) return;
    this.#cell = undefined;
    const { start, isHead, columns, rows } = cell;
    const empty = { start: end, end };
    for (; (this.#reaching[this.#row.length] ?? 0) > 0; this.#row.push(empty))
      this.#reaching[this.#row.length] = (this.#reaching[this.#row.length] ?? 0) - 1;
    const own = end - start > LONGEST_CELL ? empty : trimmed(start, text.slice(start, end));
    this.#isHeadRow &&= isHead;
    for (let i = 0; i < columns; i++) {
      if (rows > 1) this.#reaching[this.#row.length] = rows - 1;
      // A head is the head of all its columns, a value stands in its first.
      this.#row.push(i === 0 || isHead ? own : empty);
    }
  }

  /** Ends a row; the rows above it where it begins a new table, or where there are enough. */
  endRow(most: number): readonly (readonly Cell[])[] | undefined {
    if (this.#row.length === 0) return undefined;
    for (let column = this.#row.length; column < this.#reaching.length; column++)
      this.#reaching[column] = Math.max(0, (this.#reaching[column] ?? 0) - 1);
    const row = this.#row;
    const isHead = this.#isHeadRow;
    this.#row = [];
    this.#isHeadRow = true;
    const before = this.#rows;
    if (isHead) this.#rows = [row];
    else if (before.length <= most) before.push(row);
    else this.#rows = [...before.slice(0, 1), row];
    return this.#rows === before ? undefined : before;
  }

  /** What was not given away so far. */
  rows(): readonly (readonly Cell[])[] {
    return this.endRow(Number.POSITIVE_INFINITY) ?? this.#rows;
  }
}

function spanOf(attributes: string, name: 'colspan' | 'rowspan'): number {
  const digits = new RegExp(`(?:^|\\s)${name}\\s*=\\s*["']?(\\d{1,4})`, 'i').exec(attributes)?.[1] ?? '1';
  return Math.min(Math.max(Number(digits), 1), MOST_SPANNED);
}

/** A cell without the spaces and quotes around it. */
export function trimmed(start: number, text: string): Cell {
  const inner = text
    .trim()
    .replace(/^["']{1,3}|["']{1,3}$/g, '')
    .trim();
  const at = inner === '' ? 0 : text.indexOf(inner);
  return { start: start + at, end: start + at + inner.length };
}
