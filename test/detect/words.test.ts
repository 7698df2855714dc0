import { describe, expect, it } from 'vitest';
import {
  isBrand,
  isCity,
  isClinicalTerm,
  isCommonWord,
  isCounty,
  isDrug,
  isEponym,
  isEponymHead,
  isHospitalWord,
  isLoneEponym,
  isOrganism,
  isPlainWord,
  isStaged,
  isSurname,
} from '../../src/detect/words.ts';
import { readWordList } from '../../src/rules.ts';

const wordsOf = (name: string): string[] => readWordList(name);

/** Words of everyday English and of the clinic that are drugs too. */
const DRUGS_AS_WORDS =
  'accutane bacitracin botulinum epinephrine fleet heparin kava lithium methadone morphine novavax oxycodone streptokinase thallium thrombin toxoid urokinase';

describe.each([
  [
    'drugs',
    isDrug,
    'lasix norvasc celexa xarelto tylenol solu medrol trastuzumab omnipaque',
    'patient smith',
  ],
  ['cities', isCity, 'francisco angeles orleans montreal mumbai lagos', 'hot lake patient'],
  ['hospitals', isHospitalWord, 'sinai geisinger ucsf mgh addenbrooke charite karolinska', 'hope patient'],
  ['organisms', isOrganism, 'klebsiella pneumoniae serratia bartonella ebola coxsackie', 'patient smith'],
  ['counties', isCounty, 'maricopa hillsborough yorkshire bavaria ontario', 'patient smith'],
  ['brands', isBrand, 'dexcom omnipod gatorade xerox sprint ensure zoom', 'patient hope smith'],
  [
    'clinical',
    isClinicalTerm,
    'perrla eomi ctab perc brca kras tp53 qsofa picc nstemi aki',
    'patient smith norton harris',
  ],
  [
    'eponyms',
    isEponym,
    'aarskog brunnstrom conners creutzfeldt fogarty kimmelstiel osler sudeck takotsubo tietze',
    'patient hand',
  ],
  ['lone-eponyms', isLoneEponym, 'foley babinski ommaya tenckhoff lisfranc', 'wilson patient'],
  ['staged-eponyms', isStaged, 'gleason strasberg todani brackmann lansky', 'wilson patient'],
  ['eponym-heads', isEponymHead, 'disease tourniquet trocar questionnaire', 'pulse reports denies'],
] as const)('the list of %s', (name, has, members, others) => {
  const words = wordsOf(name);

  it('is one line of sorted lower-case words without duplicates', () => {
    expect(words.filter((word) => !/^[a-z][a-z0-9]+$/.test(word))).toEqual([]);
    expect(words).toEqual([...new Set(words)].sort());
  });

  it('has the words that it is for, and no others', () => {
    expect(members.split(' ').filter((word) => !has(word))).toEqual([]);
    expect(others.split(' ').filter((word) => has(word))).toEqual([]);
  });
});

/** Words that are brands or organisms in truth, frequent or not. */
const BRANDS_AS_WORDS =
  'aventis bayer boost coke crest cvs dacron dodge ensure glaxosmithkline groshong merck novartis quest sanofi toric wyeth zoom';
const ORGANISMS_AS_WORDS =
  'adenovirus botulinum chlamydia dengue hantavirus junin measles mumps mycoplasma parainfluenza pertussis rabies rotavirus rubella staphylococcus ureaplasma vaccinia vaginalis varicella zoster';

it('has no everyday word among names of products and organisms, but for those that are such names in truth', () => {
  expect(wordsOf('drugs').filter(isCommonWord).join(' ')).toBe(DRUGS_AS_WORDS);
  expect(wordsOf('brands').filter(isCommonWord).join(' ')).toBe(BRANDS_AS_WORDS);
  expect(wordsOf('organisms').filter(isCommonWord).join(' ')).toBe(ORGANISMS_AS_WORDS);
});

it('lets few eponyms go without their noun that are surnames, since those names alone are weak evidence', () => {
  expect(wordsOf('lone-eponyms').filter(isSurname).length).toBeLessThanOrEqual(18);
});

it('repeats no plain word among the terms of the clinic', () => {
  expect(wordsOf('clinical').filter(isPlainWord)).toEqual([]);
});

it('tells a generic drug by its stem, but no name', () => {
  const unlisted = ['zoltimab', 'quexatinib', 'peldovastatin', 'rimosartan', 'fludicillin'];
  expect(unlisted.filter((word) => !isDrug(word))).toEqual([]);
  expect(['caine', 'april', 'balvir', 'danvir', 'mab'].filter(isDrug)).toEqual([]);
});

it('tells a term of the clinic by what it is made of', () => {
  const made = ['nonfibrotic', 'infrarenal', 'haematuria', 'oesophageal', 'hematomas', 'adenomyosis'];
  expect(made.filter((word) => !isClinicalTerm(word))).toEqual([]);
  expect(['patient', 'overstreet', 'prescott', 'raphael', 'michaels'].filter(isClinicalTerm)).toEqual([]);
});
