import { describe, expect, it } from 'vitest';
import { patternDetector, textPassage } from '../../src/detect/patterns.ts';
import { columnsOf } from '../../src/detect/table.ts';

/** Columns as their heads and the texts of their cells. */
const read = (text: string): [string, string[]][] =>
  [...columnsOf(text)].map(({ header, cells }) => [
    header,
    cells.map(({ start, end }) => text.slice(start, end)),
  ]);

describe('columns of a table', () => {
  it.each([
    ['bars', 'MRN | Phone\n482913 | 555-0134\n482914 | 555-0135'],
    ['framing bars and rules', '| MRN | Phone |\n|---|---|\n| 482913 | 555-0134 |\n| 482914 | 555-0135 |'],
    ['tabs', 'MRN\tPhone\r\n482913\t555-0134\r\n482914\t555-0135\r\n'],
    ['commas and quotes', '"MRN","Phone"\n"482913","555-0134"\n"482914","555-0135"'],
    ['semicolons', 'MRN;Phone\n482913;555-0134\n482914;555-0135'],
    ['spaces', 'MRN       Phone\n------    --------\n482913    555-0134\n482914    555-0135'],
    [
      'HTML',
      '<table><tr><th>MRN</th><th>Phone</th></tr><tr><td>482913</td><td>555-0134</td></tr><tr><td>482914</td><td>555-0135</td></tr></table>',
    ],
  ])('divided by %s', (_, text) => {
    expect(read(text)).toEqual([
      ['MRN', ['482913', '482914']],
      ['Phone', ['555-0134', '555-0135']],
    ]);
  });

  it('stand under their heads where cells are missing', () => {
    const text =
      'Device      Maker      Serial no.\nICD                    48213\nLead        Example    48214';
    expect(read(text)).toEqual([['Serial no.', ['48213', '48214']]]);
  });

  it('end where a line is divided in another way', () => {
    expect(read('MRN | Phone\n482913 | 555-0134\nSeen | on | 12 May\n\n99 | 100')).toEqual([
      ['MRN', ['482913']],
      ['Phone', ['555-0134']],
    ]);
  });

  it.each([
    [
      'begin with empty cells',
      'Study     MRN       Phone\nCT        482913    555-0134\n          482914    555-0135',
    ],
    ['are indented', 'Study     MRN       Phone\n    CT        482913    555-0134\n    MR        482914'],
    [
      'are aligned to the right',
      'Study          MRN     Phone\nCT          482913\n            482914  555-0135',
    ],
  ])('stand under their heads where rows %s', (_, text) => {
    expect(read(text)[0]).toEqual(['MRN', ['482913', '482914']]);
  });

  it.each([
    ['a comma too many', 'CT,482914,ok, but late', ['482913', '482915']],
    ['a cell of several lines', 'CT,482914,"one\ntwo, three\n""four"""', ['482913', '482914', '482915']],
    ['an inch', 'Height 5\'10",482914,"ok"', ['482913', '482914', '482915']],
    ['a quote that is not closed', 'CT,482914,"ok', ['482913', '482914', '482915']],
    ['a comma at the end', 'CT,482914,ok,', ['482913', '482914', '482915']],
    ['the heads once more', 'Study,MRN,Result', ['482913', '482915']],
  ])('go on behind %s', (_, row, cells) => {
    const columns = read(`Study,MRN,Result\nCT,482913,ok\n${row}\nCT,482915,ok`);
    expect(columns.filter(([head]) => head !== 'Study')).toEqual([['MRN', cells]]);
  });

  it('end where the next table begins', () => {
    expect(read('MRN,Study\n482913,CT\nTest,Result,Unit\nSodium,138,mmol/l\nPlatelets,245000,/l')).toEqual([
      ['MRN', ['482913']],
      ['Result', ['138', '245000']],
    ]);
  });

  it('may stand beside some whose heads are no label', () => {
    expect(read('Study,SpO2 %,MRN\nCT,98,482913')).toEqual([['MRN', ['482913']]]);
    const heads = Array.from({ length: 60 }, () => 'Result of the test').join();
    expect(read(`${heads},MRN\n${','.repeat(60)}482913`)).toEqual([['MRN', ['482913']]]);
  });

  it('are told in pieces where they are long, and take no stack or time where a line is', () => {
    const long = read(`Study,MRN\r${'CT,482913\r'.repeat(2_500)}`);
    expect(long.map(([head, cells]) => [head, cells.length])).toEqual([
      ['MRN', 1_000],
      ['MRN', 1_000],
      ['MRN', 500],
    ]);
    expect(read(`Study  MRN\n${'word 1 '.repeat(3_000_000)}`)).toHaveLength(1);
    const wide = Array.from({ length: 10_000 }, () => 'c').join();
    expect(read(`${wide}\n${wide}`)).toEqual([]);
  });

  it('have heads as labels are written', () => {
    expect(read('patientId,**homePhone**\n482913,555-0134').map(([head]) => head)).toEqual([
      'patient Id',
      'home Phone',
    ]);
  });

  it.each([
    'Seen in clinic, feels well\nNo fever, no cough',
    '138 | 102\n4.1 | 24',
    'One line of words | and bars',
    '',
  ])('are not in %j', (text) => {
    expect(read(text)).toEqual([]);
  });
});

describe('patterns in a table', () => {
  const find = (text: string) =>
    patternDetector()
      .detect(textPassage(text))
      .map(({ start, end, category }) => [category, [...text].slice(start, end).join('')]);

  it('know a value by the head of its column, many rows below it', () => {
    const rows = Array.from({ length: 40 }, (_, i) => `${482_913 + i} | CT chest, without and with contrast`);
    const found = find(`MRN | Study\n${rows.join('\n')}`).filter(([category]) => category === 'H');
    expect(new Set(found.map(([, value]) => value)).size).toBe(40);
    expect(found).toContainEqual(['H', '482952']);
  });

  it('count characters beyond the basic plane as one', () => {
    expect(find('Note\tSerial no.\n😀😀\t48213-A')).toContainEqual(['M', '48213-A']);
  });

  it('leave results, ranges, running numbers and names of tests alone', () => {
    const lab =
      'Test Name | Result | Reference\nPlatelets | 245000 | 150000-450000\nSodium level 2 | 138 | 135-145';
    expect(find(lab)).toEqual([]);
    expect(find('Case | Age | Stage\n101 | 45 | II\n102 | 67 | IV')).toEqual([]);
  });
});
