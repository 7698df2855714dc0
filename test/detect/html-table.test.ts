import { describe, expect, it } from 'vitest';
import { htmlTables } from '../../src/detect/html-table.ts';

/** The rows of each table, as the texts of their cells. */
const read = (text: string, most = 100): string[][][] =>
  [...htmlTables(text, most)]
    .map((rows) => rows.map((row) => row.map(({ start, end }) => text.slice(start, end))))
    .filter((rows) => rows.length > 0);

describe('tables of HTML', () => {
  it('are told apart', () => {
    const table = (head: string, cell: string) =>
      `<table><tr><th>Test</th><th>${head}</th></tr><tr><td>1</td><td> "${cell}" </td></tr></table>`;
    expect(read(`${table('MRN', '482913')}<p>and</p>${table('Platelets', '245000')}`)).toEqual([
      [
        ['Test', 'MRN'],
        ['1', '482913'],
      ],
      [
        ['Test', 'Platelets'],
        ['1', '245000'],
      ],
    ]);
  });

  it('begin with a row of heads', () => {
    expect(read('<TR><TH>A<TH>B<TR><TD>1<TD>2<TR><TH>C<TH>D<TR><TD>3<TD>4')).toEqual([
      [
        ['A', 'B'],
        ['1', '2'],
      ],
      [
        ['C', 'D'],
        ['3', '4'],
      ],
    ]);
  });

  it('have each cell in its column, beside some that reach over columns and rows', () => {
    const text =
      '<table><tr><th colspan="2">A<th>B<th rowspan=1>C<tr><td rowspan=2>1<td>2<td>3<td>4<tr><td>5<td>6<td>7<tr><td colspan=2>8<td>9</table>';
    expect(read(text)).toEqual([
      [
        ['A', 'A', 'B', 'C'],
        ['1', '2', '3', '4'],
        ['', '5', '6', '7'],
        ['8', '', '9'],
      ],
    ]);
  });

  it('come in pieces where they are long, each below the heads', () => {
    const pieces = read(`<tr><th>A<th>B${'<tr><td>1<td>2</tr>'.repeat(5)}`, 2);
    expect(pieces.map((rows) => [rows.length, rows[0]])).toEqual([
      [3, ['A', 'B']],
      [3, ['A', 'B']],
      [2, ['A', 'B']],
    ]);
  });

  it('take a time that grows with the text where nothing is closed', () => {
    const began = performance.now();
    expect(read('<tr>'.repeat(500_000))).toEqual([]);
    expect(read('text without any')).toEqual([]);
    expect(performance.now() - began).toBeLessThan(5_000);
  });
});
