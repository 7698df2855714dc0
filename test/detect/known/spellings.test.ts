import { describe, expect, it } from 'vitest';
import type { KnownKind } from '../../../src/detect/detector.ts';
import { KnownIdentifiers } from '../../../src/detect/known/known-identifiers.ts';
import { unescapeText } from '../../../src/detect/known/unescape.ts';
import { textPassage } from '../../../src/detect/patterns.ts';

function findIn(...known: [string, KnownKind][]) {
  const identifiers = new KnownIdentifiers();
  for (const [value, kind] of known)
    identifiers.add({ value, kind, category: kind === 'name' ? 'A' : kind === 'date' ? 'C' : 'H' });
  const detector = identifiers.freeze().detector();
  return (text: string) =>
    detector.detect(textPassage(text)).map((hit) => [...text].slice(hit.start, hit.end).join(''));
}

describe('a known name', () => {
  it.each([
    ['Young^William', 'saw Bill Young', 'Bill Young'],
    ['Young^Bill', 'saw William Young', 'William Young'],
    ['White^Guadalupe', 'saw Lupe White', 'Lupe White'],
    ['Smith^John', 'login jsmith at', 'jsmith'],
    ['Smith^John', 'login smithj at', 'smithj'],
    ['Rice^Aida^Dora', 'saw A.D. Rice there', 'A.D. Rice'],
    ['Li^Min-jun', 'saw M. Li there', 'M. Li'],
    ['Li^Min-jun', 'saw Min-jun Li there', 'Min-jun Li'],
    ['Соколов^Дмитрий', 'saw Sokolov there', 'Sokolov'],
    ['Sokolova^Anna', 'видели Соколова там', 'Соколова'],
    ['Papadopoulos^Nikos', 'ο Παπαδόπουλος εκεί', 'Παπαδόπουλος'],
    ['Sørensen^Åse', 'saw Soerensen there', 'Soerensen'],
    ['van der Berg^Jan', 'saw Vander Berg there', 'Vander Berg'],
    ['Hoang^Bao', 'saw H O A N G there', 'H O A N G'],
    ['Hill^Linda', 'saw L i n d a H i l l there', 'L i n d a H i l l'],
    ['Blackwood^Ann', 'saw Black-\nwood there', 'Black-\nwood'],
    ['Bell^Rose', '/scans/bell-rose/IM1', 'bell-rose'],
    ['Okonkwo^Ada', 'DrOkonkwo', 'DrOkonkwo'],
  ])('%s is found in %j', (name, text, found) => {
    expect(findIn([name, 'name'])(text)).toContain(found);
  });

  it.each([
    ['Müller^Ida', 'M&uuml;ller', 'M&uuml;ller'],
    ['Müller^Ida', 'M&#252;ller', 'M&#252;ller'],
    ['Müller^Ida', 'name=M%C3%BCller%2C%20Ida', 'M%C3%BCller%2C%20Ida'],
    ['Müller^Ida', "{\\b M\\'fcller}", "M\\'fcller"],
    ['Müller^Ida', '"M\\u00fcller"', 'M\\u00fcller'],
    ['Müller^Ida', 'M=C3=BCller', 'M=C3=BCller'],
    ['Müller^Ida', 'M\\XC3BC\\ller', 'M\\XC3BC\\ller'],
    ['Young^Will', 'Will\\.br\\Young', 'Will\\.br\\Young'],
    ['Young^Will', '<td>Young</td><td>Will</td>', 'Young</td><td>Will'],
    ['Okonkwo^Ada', 'Okon<b>kwo</b>', 'Okon<b>kwo'],
  ])('%s is found behind escapes in %j', (name, text, found) => {
    expect(findIn([name, 'name'])(text).some((hit) => hit.startsWith(found))).toBe(true);
  });

  it.each([
    ['Houston^Amy', 'He went to the University of Houston'],
    ['Houston^Amy', 'They live in Houston.'],
    ['Houston^Amy', 'seen by John Houston there'.replace('seen by ', 'with ')],
    ['Roe^Mary', 'therapy with Mary Hotchkinson today'],
    ['Roe^Walter', 'a Bookwalter retractor'],
    ['Book^Walter', 'the Bookwalter was placed'],
    ['Roe^Victor', 'in Victoria'],
    ['Richardson^Amy', 'using a Richardson and others'],
    ['Wright^Amy', 'Wright Medical implant'],
    ['Henry^Amy', 'the knot of Henry'],
    ['Sachs^Amy', 'a Hill-Sachs lesion'],
    ['Rowland^Amy', 'as described by Rowland, et al'],
    ['Alba^Amy', 'the linea alba'],
  ])('%s is somebody or something else in %j', (name, text) => {
    expect(findIn([name, 'name'])(text)).toEqual([]);
  });
});

describe('a known date', () => {
  const find = findIn(['19610503', 'date']);

  it.each([
    'the 3rd of May, 1961',
    'the third of May 1961',
    'May third, nineteen sixty-one',
    "May 3, '61",
    '3. Mai 61',
    '3. 5. 1961',
    '05 / 03 / 1961',
    'O5/O3/l961',
    '１９６１／０５／０３',
    '٣/٥/١٩٦١',
    '3 Mayıs 1961',
    '3 мая 1961',
    'May 3,\n1961',
  ])('is found as %j', (text) => {
    expect(find(`on ${text}`)).toHaveLength(1);
  });

  it.each(['a 5 x 61 mm screw', '3 mag 61'])('is not found in %j', (text) => {
    expect(find(text)).toEqual([]);
  });
});

describe('a known number', () => {
  const find = findIn(['3415212', 'id'], ['ACC30-238381', 'id']);

  it.each([
    '0003415212',
    '341-\n5212',
    '3 4 1 5 2 1 2',
    '３４１－５２１２',
    '(3415212)',
    'A C C 3 0 2 3 8 3 8 1',
    'ACC30238\r\n   381',
  ])('is found as %j', (text) => {
    expect(find(text)).toHaveLength(1);
  });
});

describe('a text with escapes', () => {
  it('says where in the source each character stands', () => {
    const seen = unescapeText('a&amp;b <i>c</i>%20d');
    expect(seen?.text).toBe('a&b c d');
    expect([seen?.start(1), seen?.end(2), seen?.start(4), seen?.end(5)]).toEqual([1, 6, 11, 12]);
    expect(unescapeText('plain, 5 < 6 and 50% = half')).toBeUndefined();
  });
});
