import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isCity, isCommonWord, isDrug, isHospitalWord } from '../../src/detect/words.ts';
import { packagePath } from '../../src/rules.ts';

const wordsOf = (name: string): string[] =>
  readFileSync(packagePath(`rules/words/${name}.txt`), 'utf8')
    .trimEnd()
    .split(' ');

/** Words of everyday English and of the clinic that are drugs too. */
const DRUGS_AS_WORDS =
  'accutane bacitracin botulinum epinephrine fleet heparin ibuprofen kava lidocaine lithium methadone morphine novavax oxycodone streptokinase thallium thrombin toxoid urokinase';

describe.each([
  [
    'drugs',
    isDrug,
    'lasix norvasc celexa xarelto tylenol solu medrol trastuzumab omnipaque',
    'patient smith',
  ],
  ['cities', isCity, 'francisco angeles orleans montreal mumbai lagos', 'hot lake patient'],
  ['hospitals', isHospitalWord, 'sinai geisinger ucsf mgh addenbrooke charite karolinska', 'hope patient'],
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

it('has no everyday word among the drugs, but for those that are drugs in truth', () => {
  expect(wordsOf('drugs').filter(isCommonWord).join(' ')).toBe(DRUGS_AS_WORDS);
});
