import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { KnownIdentifier, KnownKind } from '../../../src/detect/detector.ts';
import { KnownIdentifiers } from '../../../src/detect/known/known-identifiers.ts';
import type { KnownIndex } from '../../../src/detect/known/known-index.ts';
import type { HipaaCategory } from '../../../src/model/category.ts';
import type { PassageHints } from '../../../src/model/passage.ts';

function freeze(...known: [string, KnownKind, HipaaCategory?][]): KnownIndex {
  const identifiers = new KnownIdentifiers();
  for (const [value, kind, category = 'A'] of known) identifiers.add({ value, kind, category });
  return identifiers.freeze();
}

const find = (index: KnownIndex, text: string, hints: Partial<PassageHints> = {}, options = {}): string[] =>
  index
    .detector(options)
    .detect({ text, locus: 'x', place: 'text', hints: { format: 'text', ...hints } })
    .map((hit) => [...text].slice(hit.start, hit.end).join(''));

describe('a known name', () => {
  const index = freeze(['Müller-Hagen^Théodora^Ann', 'name']);

  it.each([
    'Müller-Hagen^Théodora^Ann',
    'MÜLLER-HAGEN, THÉODORA',
    'Theodora Muller-Hagen',
    'theodora muller hagen',
    'Mueller-Hagen',
    'theodora_mullerhagen.dcm',
    'Theodora A. Müller-Hagen',
    'seen (Hagen) today',
  ])('is found as %s', (text) => {
    expect(find(index, text).length).toBeGreaterThan(0);
  });

  it('is found whole over a line wrap', () => {
    expect(find(freeze(['Roe^Jane', 'name']), 'saw Jane\r\n   Roe today')).toEqual(['Jane\r\n   Roe']);
  });

  it('is found with spans in code points', () => {
    const hits = index
      .detector()
      .detect({ text: '😀 Théodora', locus: 'x', place: 'text', hints: { format: 'text' } });
    expect(hits[0]).toMatchObject({ start: 2, end: 10, category: 'A', tier: 'leak', rule: 'known.name' });
  });

  it('is found among ideographs without spaces', () => {
    expect(find(freeze(['山田^太郎', 'name']), '患者山田太郎は来院')).not.toEqual([]);
  });

  it('is not found inside a longer word when it is short, or when the longer word is one of the language', () => {
    expect(find(freeze(['Brand^Anna', 'name']), 'Annatto, Brandx, annals')).toEqual([]);
    expect(find(freeze(['Mander^Ivo', 'name']), 'the commander')).toEqual([]);
  });

  it('is found glued to other letters when it is long', () => {
    const index = freeze(['Quibblethorpe^Xan', 'name']);
    expect(find(index, 'GTVquibblethorpe and QuibblethorpeX')).toEqual([
      'GTVquibblethorpe',
      'QuibblethorpeX',
    ]);
  });

  it.each([
    'V A N D E R S L O O T',
    'v-a-n-d-e-r-s-l-o-o-t',
    'Vander\tsloot',
    'Vander-\r\n  sloot',
    'van der sloot',
    'Van Dersloot',
    'Vander\u00adsloot',
    'Van\u200bder\u200bsloot',
    'V\u0430nd\u0435rsl\u043e\u03bft',
    'V\u0391NDERSL\u041e\u041eT',
  ])('is found split, spelled out or with foreign letters: %j', (text) => {
    const index = freeze(['Vandersloot^Griselda', 'name']);
    expect(find(index, `saw ${text} today`)).toEqual([text]);
  });

  it('is not found in two words that happen to spell it', () => {
    const index = freeze(['Goodman^Ivo', 'name'], ['Peterson^Ivo', 'name'], ['Underhill^Ivo', 'name']);
    expect(find(index, 'a good man, Peter son of John, under\nhill; A B C D E F G')).toEqual([]);
  });

  it('of another alphabet is found in it alone', () => {
    const index = freeze(['Соколов^Иван', 'name'], ['Παπαδόπουλος^Νίκος', 'name']);
    expect(find(index, 'СОКОЛОВ и ΠΑΠΑΔΌΠΟΥΛΟΣ')).toEqual(['СОКОЛОВ', 'ΠΑΠΑΔΌΠΟΥΛΟΣ']);
  });

  it('counts in typed or cued places alone when short or a common word', () => {
    const common = freeze(['Young^Ann', 'name']);
    expect(find(common, 'a young man with annual visits, Ann')).toEqual([]);
    expect(find(common, 'Young', { typed: 'A' })).toEqual(['Young']);
    expect(find(common, 'seen by Dr. Young')).toEqual(['Young']);
    expect(find(common, 'Ann Young and YOUNG^ANN')).toEqual(['Ann Young', 'YOUNG^ANN']);
    expect(find(common, 'ann young people')).toEqual([]);
  });

  it('is left alone where it is the file’s own equipment', () => {
    const index = freeze(['Siemens^Petra', 'name']);
    expect(find(index, 'SIEMENS', {}, { exclude: ['SIEMENS'] })).toEqual([]);
    expect(find(index, 'Petra', {}, { exclude: ['SIEMENS'] })).toEqual(['Petra']);
  });

  it('is found where it stands in the place of a maker or a version', () => {
    const index = freeze(['Vandersloot^Griselda', 'name'], ['Canon^Ada', 'name']);
    for (const text of ['Vandersloot', 'Griselda'])
      expect(find(index, text, {}, { exclude: ['Vandersloot', 'Griselda'] })).toEqual([text]);
    expect(find(index, 'Canon', {}, { exclude: ['Canon'] })).toEqual([]);
  });

  it('is not searched when it is a dummy', () => {
    const identifiers = new KnownIdentifiers();
    for (const value of ['ANONYMOUS', 'Anon^Patient', 'XXXX', 'Unknown'])
      identifiers.add({ value, kind: 'name', category: 'A' });
    identifiers.add({ value: 'Li', kind: 'name', category: 'A' });
    identifiers.add({ value: 'Okonkwo', kind: 'name', category: 'A' });
    const index = identifiers.freeze();
    expect(find(index, 'ANONYMOUS Unknown XXXX')).toEqual([]);
    expect(identifiers.counts).toEqual({ total: 6, typedPlacesOnly: 1, excludedDummies: 4 });
  });
});

describe('a known number', () => {
  const index = freeze(
    ['00482913', 'id', 'H'],
    ['AB-77-4821', 'id', 'H'],
    ['12345', 'id', 'H'],
    ['54321', 'id', 'K'],
    ['7735512', 'id', 'R'],
  );

  it.each([
    '00482913',
    '482913',
    'MRN482913',
    '48-29-13',
    '00 48 29 13',
    'AB774821',
    'ab 77 4821',
    'MRN 12345',
    'asked 12345 for it',
    'provider 54321',
    'seen 7735512 today',
  ])('is found as %s', (text) => {
    expect(find(index, text)).toHaveLength(1);
  });

  it.each([
    '9123456',
    'NT-proBNP 12345 pg/mL',
    'ferritin 54321, rising',
    'creatinine 12345 mmol/L',
    'order 12345 mL',
    'viral load 7735512 copies/mL',
    'platelets 7735512/uL',
    'dose 482913 IU',
    '12345.5',
    '0.12345',
    '1.2.840.10008.12345',
    '1\\2\\3\\4\\5',
    '48,29,13',
    '1482913',
    'deadbeef482913cafe00aa',
  ])('is not found in %s', (text) => {
    expect(find(index, text)).toEqual([]);
  });

  it('is found without the letters before it', () => {
    const index = freeze(['MRN70458812', 'id', 'H'], ['PAT-00045881', 'id', 'H'], ['A20190314', 'id', 'R']);
    expect(find(index, 'see 70458812 and 45881')).toEqual(['70458812']);
    expect(find(index, 'see 00045881')).toEqual(['00045881']);
    expect(find(index, 'scan 20190314 or 1234567')).toEqual([]);
  });

  it('is a mere number in a place made for numbers', () => {
    expect(find(index, '12345', { vr: 'DS' })).toEqual([]);
    expect(find(index, '12345', { dataType: 'NM' })).toEqual([]);
  });

  it('counts in typed or cued places alone when it is a year or a round number', () => {
    const usual = freeze(['2010', 'id', 'H'], ['1000', 'id', 'H']);
    expect(find(usual, 'in 2010 at 1000 ms')).toEqual([]);
    expect(find(usual, 'MRN: 2010')).toEqual(['2010']);
  });
});

it('finds known wards, rooms and beds in typed or cued places alone', () => {
  const index = freeze(
    ['WARD9', 'other', 'B'],
    ['W2', 'other', 'B'],
    ['2014', 'other', 'B'],
    ['BED2104', 'other', 'B'],
  );
  expect(find(index, 'WARD9 protocol, W2 axis, BED2104, 2014 cells, in 2014')).toEqual([]);
  expect(find(index, 'moved to bed 2014')).toEqual(['2014']);
  expect(find(index, 'WARD9', { typed: 'B' })).toEqual(['WARD9']);
});

describe('a known date', () => {
  const index = freeze(['19620304', 'date', 'C'], ['19700101', 'date', 'C'], ['19800101', 'date', 'C']);

  it.each([
    '19620304',
    '1962-03-04',
    '03/04/1962',
    '4.3.1962',
    '4 March 1962',
    'Mar 4th, 1962',
    '04-MAR-62',
    '3/4/62',
    '19620304101500',
    'IM19620304',
    '1962_03_04 axial',
    '19620304_chest',
    '04.03.62',
    'IM19620304101530',
    '19620304T101530',
    '1962 03 04',
    '03041962',
    'dob 620304',
    'scan_040362_ax',
    '4 III 1962',
    '4.III.62',
    '4 de marzo de 1962',
    '4 de março de 1962',
    '4 marzo 1962',
    '4 mars 1962',
    '4. März 1962',
    '4 maart 1962',
    '4 marca 1962',
    '4. března 1962',
    '1962-Mar-04',
    '1962年3月4日',
    '1962년 3월 4일',
  ])('is found as %s', (text) => {
    expect(find(index, `on ${text} x`)).toHaveLength(1);
  });

  it.each([
    '1962',
    '19620101',
    '19800101',
    '1962-04-30',
    '620304',
    'lot 040362',
    '1.2.620304',
    '4 mag 62',
    'take 4 iii',
  ])('is not found in %s', (text) => {
    expect(find(index, text)).toEqual([]);
  });

  it('is expected in places made for dates where dates are shifted, and nowhere else', () => {
    expect(find(index, '19620304', { vr: 'DA' }, { dates: 'expected' })).toEqual([]);
    expect(find(index, 'since 19620304', {}, { dates: 'expected' })).toEqual(['19620304']);
  });
});

describe('other known identifiers', () => {
  it('find a phone number in every notation', () => {
    const index = freeze(['(312)555-0142X77', 'phone', 'D']);
    for (const text of ['312-555-0142', '3125550142', '+1 (312) 555 0142', '312.555.0142'])
      expect(find(index, text)).toHaveLength(1);
  });

  it('find a street line but not its city alone', () => {
    const index = freeze(['77 Oak Grove Avenue^^Springfield^IL^62704', 'address', 'B']);
    expect(find(index, 'at 77 OAK GROVE AVE today')).toEqual(['77 OAK GROVE AVE']);
    expect(find(index, 'the Springfield criteria, 62704')).toEqual([]);
    expect(find(index, 'lives in Springfield')).toEqual(['Springfield']);
    expect(find(index, 'Springfield', { typed: 'B' })).toEqual(['Springfield']);
  });

  it('find e-mail addresses and UIDs, but no well-known UID', () => {
    const index = freeze(
      ['j.roe@example.org', 'email', 'F'],
      ['1.2.3.44.55', 'uid', 'R'],
      ['1.2.840.10008.1.2', 'uid', 'R'],
    );
    expect(find(index, 'write J.Roe@Example.org')).toEqual(['J.Roe@Example.org']);
    expect(find(index, '1.2.3.44.55 and 1.2.3.44.556 1.2.840.10008.1.2')).toEqual(['1.2.3.44.55']);
  });

  it('never flag a placeholder', () => {
    expect(find(freeze(['Date^Name', 'name']), '[NAME] [DATE]')).toEqual([]);
  });
});

const invented = [
  'Quillfeather',
  'Okonkwo',
  'Hämäläinen',
  "O'Dromgoole",
  'Szczepański',
  'Nguyễn-Trãi',
  'Wojciechowska',
];

describe('the search in raw bytes', () => {
  const encodings: Record<string, (text: string) => Buffer> = {
    'UTF-8': (text) => Buffer.from(text, 'utf8'),
    'UTF-16LE': (text) => Buffer.from(text, 'utf16le'),
    'UTF-16BE': (text) => Buffer.from(text, 'utf16le').swap16(),
  };

  it.each(Object.keys(encodings))('finds a name wherever it lies in %s', (name) => {
    const index = freeze(['Quillfeather^Ottoline', 'name'], ['ZQX4471902', 'id', 'H']);
    const encode = encodings[name] as (text: string) => Buffer;
    fc.assert(
      fc.property(fc.nat(40), fc.constantFrom('quillFEATHER', 'ZQX-4471902', 'Ottoline'), (before, text) => {
        const pad = Buffer.alloc(before, 1);
        const word = encode(text);
        const hits = index.searchBytes(Buffer.concat([pad, word, Buffer.alloc(5, 2)]), { bulk: false });
        expect(hits).toMatchObject([{ start: before, end: before + word.length }]);
      }),
    );
  });

  it('finds names beyond ASCII in Latin-1 and UTF-8', () => {
    const index = freeze(['Hämäläinen', 'name']);
    for (const encoding of ['latin1', 'utf8'] as const) {
      for (const text of ['Hämäläinen', 'HÄMÄLÄINEN']) {
        expect(index.searchBytes(Buffer.from(`\0\0${text}\0`, encoding), { bulk: false })).toHaveLength(1);
      }
    }
  });

  it('agrees with the search in text', () => {
    const index = freeze(
      ...invented.map((name): [string, KnownKind] => [name, 'name']),
      ['ZQX4471902', 'id'],
      ['19620304', 'date', 'C'],
    );
    const words = fc.constantFrom(
      ...invented,
      ...invented.map((n) => n.toUpperCase()),
      'ZQX-447-1902',
      '1962-03-04',
      'plain',
      'a12',
      '^',
      ', ',
    );
    fc.assert(
      fc.property(fc.array(words, { maxLength: 12 }), (parts) => {
        const text = parts.join(' ');
        const inText = index.matches(text, { dates: 'find', strongOnly: true }).length;
        expect(index.searchBytes(Buffer.from(text, 'utf8'), { bulk: false }).length).toBe(inText);
      }),
    );
  });

  it('needs whole words', () => {
    const index = freeze(['Brandt^Anna', 'name'], ['482913', 'id', 'H']);
    for (const text of ['Annatto', 'xBrandts', '94829137']) {
      expect(index.searchBytes(Buffer.from(`\0${text}\0`), { bulk: false })).toEqual([]);
    }
  });

  it('passes over a name that is a word too, which needs a sentence around it, but not over the full name', () => {
    const index = freeze(['Wilson^Gene', 'name']);
    const of = (text: string) => index.searchBytes(Buffer.from(text), { bulk: false });
    expect(of('||Gene^Gene panel^L|Wilson disease')).toEqual([]);
    expect(of('\0Gene Wilson\0')).toHaveLength(1);
  });

  it('needs eight characters in bulk data', () => {
    const index = freeze(['Okonkwo', 'name'], ['Quillfeather', 'name']);
    const bytes = Buffer.from(`\x01\x02${'Okonkwo'}\x00\x03${'Quillfeather'}\x01`);
    expect(index.searchBytes(bytes, { bulk: true })).toMatchObject([{ start: 11 }]);
    expect(index.searchBytes(bytes, { bulk: false })).toHaveLength(2);
  });

  it('takes no digits of smooth greys for a number in bulk data', () => {
    const index = freeze(['444333333', 'id', 'H'], ['444333331', 'id', 'H']);
    const bytes = Buffer.from('++,444333333..;444333331--');
    expect(index.searchBytes(bytes, { bulk: true })).toMatchObject([{ start: 15 }]);
    expect(index.searchBytes(bytes, { bulk: false })).toHaveLength(2);
  });

  it('finds a value at any offset in bulk data, separators and all', () => {
    const index = freeze(['Quillfeather^Ottoline', 'name'], ['AB-77-48213', 'id', 'H']);
    for (let before = 0; before < 20; before++) {
      for (const text of ['AB-77-48213', 'Ottoline, Quillfeather']) {
        const bytes = Buffer.concat([Buffer.alloc(before, 0), Buffer.from(text), Buffer.alloc(9, 0)]);
        expect(index.searchBytes(bytes, { bulk: true }).length).toBeGreaterThan(0);
      }
    }
  });

  it('leaves what a chunk cuts to the next chunk', () => {
    const index = freeze(['Quillfeather', 'name']);
    const bytes = Buffer.from('Quillfeathers');
    expect(index.searchBytes(bytes.subarray(0, 12), { bulk: false, openEnd: true })).toEqual([]);
    expect(index.searchBytes(bytes.subarray(0, 12), { bulk: false })).toHaveLength(1);
  });
});

describe('the counts', () => {
  it('count each distinct value once', () => {
    const identifiers = new KnownIdentifiers();
    const roe: KnownIdentifier = { value: 'Quillfeather^Ottoline', kind: 'name', category: 'A' };
    identifiers.add(roe);
    identifiers.add(roe);
    identifiers.freeze();
    expect(identifiers.counts.total).toBe(1);
  });
});

describe('names and dates that are short or look like something else', () => {
  it.each([
    ['Vo^An', 'Vo An seen', 'Vo An'],
    ['O^Xu', 'Spoke with Xu O today', 'Xu O'],
    ['Do^Hang', 'Hang Do called', 'Hang Do'],
    ['Sir^Amar', 'Amar Sir seen', 'Amar Sir'],
  ])('finds the whole name %s', (name, text, found) => {
    expect(find(freeze([name, 'name']), text)).toEqual([found]);
  });

  it('takes no small words for a short name, and no title for a person', () => {
    const index = freeze(['Do^Ivy', 'name'], ['Sir^Amar', 'name'], ['Vo^An', 'name']);
    expect(find(index, 'What I do: an hour of rest. Dear Sir, do come.')).toEqual([]);
  });

  it.each(['04121971', '12041971', '71-04-12'])('finds the known birth date as %s', (text) => {
    expect(find(freeze(['19710412', 'date', 'C']), `born ${text}`)).toEqual([text]);
  });

  it('searches for a long number even where the file names it as equipment', () => {
    const index = freeze(['881424455', 'id', 'H']);
    expect(find(index, 'see 881424455', {}, { exclude: ['881424455'] })).toEqual(['881424455']);
  });
});
