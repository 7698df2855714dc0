import { describe, expect, it } from 'vitest';
import { KnownIdentifiers } from '../../../src/detect/known/known-identifiers.ts';
import { textPassage } from '../../../src/detect/patterns.ts';

function detectorOf(...names: string[]) {
  const identifiers = new KnownIdentifiers();
  for (const value of names) identifiers.add({ value, kind: 'name', category: 'A' });
  return identifiers.freeze().detector();
}

const people = detectorOf(
  ...['Wood^Gene', 'Pace^Amber', 'Bell^Rose', 'Wilson^Grace', 'Foley^Allen', 'Burns^Dawn', 'Grey^Frank'],
  ...['Rice^Ivy', 'Baker^Tom', 'Colon^Maria', 'Jackson^Ruth', 'Barrett^Ann', 'Turner^Otto', 'Murphy^Kelly'],
  ...[
    'Graves^Bo',
    'Babinski^Ivo',
    'Parkinson^Una',
    'Hickman^Lee',
    'Lamb^Susan',
    'Duke^Ellen',
    'Duke^Ben',
    'Clark^Ida',
  ],
  ...['Blood^Frank', 'Pace^Susan'],
);

const find = (text: string, detector = people): string[] =>
  detector.detect(textPassage(text)).map((hit) => [...text].slice(hit.start, hit.end).join(''));

describe('a known name that is an ordinary word too', () => {
  it.each([
    'BRCA1 gene negative. No frank blood. Temperature rose.',
    'Second degree burns, pace 80, amber urine, grey matter, rice water stool, lamb chops',
    'Rose to 39 C. Gene panel negative. Amber urine. Frank blood. Burns to hand. Colon normal.',
    'GENE NEGATIVE. RICE WATER STOOL. Grey Matter Volume',
    'more space and Space; a Foley was placed',
  ])('is the word it is in %j', (text) => {
    expect(find(text)).toEqual([]);
  });

  it.each([
    'Bell palsy, bell’s palsy, BELL’S PALSY',
    'Wilson disease, wilson’s disease, h/o wilson’s, on trientine',
    'Foley catheter; Foley in place, foley removed, with Foley to gravity',
    'Wood lamp, Wood’s lamp, Baker cyst, Turner syndrome, Kelly clamp, Hickman line',
    'Barrett esophagus, known Barrett’s, Graves’ disease, Parkinson disease, Parkinson’s',
    'Murphy sign, Murphy negative, babinski downgoing, Jackson-Pratt drain, jackson pratt drain',
    'Duke B carcinoma, Dukes’ B, Duke stage C, Clark level IV, stage Duke B.',
  ])('is an eponym in %j', (text) => {
    expect(find(text)).toEqual([]);
  });

  it.each([
    ['Rose Bell seen', 'Rose Bell'],
    ['saw bell, rose here', 'bell, rose'],
    ['ROSE BELL', 'ROSE BELL'],
    ['R. Bell came', 'R. Bell'],
    ['Bell, R. came', 'Bell, R.'],
    ['Dr. Bell agrees', 'Bell'],
    ['dr bell agrees', 'bell'],
    ['seen by Bell today', 'Bell'],
    ['asked Amber about pain', 'Amber'],
    ['Rose denies pain', 'Rose'],
    ['allen foley seen', 'allen foley'],
    ['patient Foley', 'Foley'],
    ['jackson agrees', 'jackson'],
    ['Baker was seen', 'Baker'],
    ['Duke called', 'Duke'],
    ['Duke, B. called', 'Duke, B.'],
  ])('is a name in %j', (text, name) => {
    expect(find(text)).toEqual([name]);
  });
});

describe('names beside names', () => {
  const detector = detectorOf(
    'Carpenter^Philippa',
    'Nightingale^Drusilla',
    'Xanthopoulos^Ianthe',
    'Wilson^Tess',
  );

  it.each([
    ['Seen with P. Carpenter. philippa carpenter ok.', ['P. Carpenter', 'philippa carpenter']],
    ['Spoke to D Nightingale. drusilla nightingale agrees.', ['D Nightingale', 'drusilla nightingale']],
    ['name: carpenter philippa carpenter', ['carpenter philippa carpenter']],
  ])('are all found in %j', (text, names) => {
    expect(find(text, detector)).toEqual(names);
  });

  it.each([
    ['Nightingale, D.M. seen', 'Nightingale, D.M.'],
    ['D.M. Nightingale seen', 'D.M. Nightingale'],
    ['XANTHOPOULOS,I', 'XANTHOPOULOS,I'],
    ['Nightingale D-dimer', 'Nightingale'],
    ['Wilson T2 lesion', 'Wilson'],
  ])('take their initials with them in %j', (text, name) => {
    expect(find(text, detector)).toEqual([name]);
  });
});
