import { readFileSync } from 'node:fs';
import { packagePath } from '../rules.ts';

const lists = new Map<string, ReadonlySet<string>>();

/** A list of `rules/words/`, read once: lower-case words. */
function wordList(name: string): ReadonlySet<string> {
  const known = lists.get(name);
  if (known) return known;
  const words = new Set(
    readFileSync(packagePath(`rules/words/${name}.txt`), 'utf8')
      .trim()
      .split(/\s+/),
  );
  lists.set(name, words);
  return words;
}

/** Months and days are first names too (April, August). */
const CALENDAR = new Set(
  'january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun'.split(
    ' ',
  ),
);

/** A word so frequent in English, clinical notes or DICOM that alone it names nobody. */
export const isCommonWord = (word: string): boolean => CALENDAR.has(word) || wordList('common').has(word);

/** A plain English or clinical word, common or not. */
export const isPlainWord = (word: string): boolean => isCommonWord(word) || wordList('plain').has(word);

/** A plain word that mostly stands in lists as a name: `griffin`, `shoemaker`. */
export const isNamesake = (word: string): boolean => wordList('namesakes').has(word) || isOpener(word);

/** A namesake that may begin a sentence or a heading of a note as the word it is: `Rose to 39 C`, `Gene panel`. */
export const isOpener = (word: string): boolean => wordList('openers').has(word);

/** The first word of a sign, disease, instrument or stage called after somebody. */
export const isEponym = (word: string): boolean =>
  wordList('eponyms').has(word) || isLoneEponym(word) || isStaged(word);

/** An eponym that goes without its noun: `Foley in place`, `Babinski downgoing`. */
export const isLoneEponym = (word: string): boolean => wordList('lone-eponyms').has(word);

/** The first word of a stage, grade or class: `Duke B`, `Clark level IV`. */
export const isStaged = (word: string): boolean => wordList('staged-eponyms').has(word);

/** What is called after somebody: `disease`, `catheter`, `stage`. */
export const isEponymHead = (word: string): boolean => wordList('eponym-heads').has(word);

/** Among the 5,000 most frequent US first names. */
export const isFirstName = (word: string): boolean => wordList('first-names').has(word);

/** Among the 20,000 most frequent US surnames. */
export const isSurname = (word: string): boolean => wordList('surnames').has(word);

const ranks = new Map<string, ReadonlyMap<string, number>>();

/** Place of a word in a list that is sorted by frequency, from 0. */
function rankIn(name: string, word: string): number | undefined {
  let rank = ranks.get(name);
  if (rank === undefined) {
    rank = new Map([...wordList(name)].map((listed, i) => [listed, i]));
    ranks.set(name, rank);
  }
  return rank.get(word);
}

/** How frequent a first name is: 0 for the most frequent of 5,000, undefined for one that is not listed. */
export const rankOfFirstName = (word: string): number | undefined => rankIn('first-names', word);

/** How frequent a surname is: 0 for the most frequent of 20,000, undefined for one that is not listed. */
export const rankOfSurname = (word: string): number | undefined => rankIn('surnames', word);

/** A maker or a model of imaging equipment. */
export const isMaker = (word: string): boolean => wordList('makers').has(word);

/** A name of a drug, vaccine, contrast agent or supplement, generic or brand. */
export const isDrug = (word: string): boolean => wordList('drugs').has(word);

/** A word of the name of a city or town: `toledo`, `angeles`; many are surnames and first names too. */
export const isCity = (word: string): boolean => wordList('cities').has(word);

/** A word or the short name of a hospital or a health system: `sinai`, `ucsf`; many are surnames too. */
export const isHospitalWord = (word: string): boolean => wordList('hospitals').has(word);

/** How words of the clinic end that no list has: `enterography`, `scanogram`, `sacroiliitis`. */
const CLINICAL_ENDING =
  /.{3}(?:graph(?:y|ic)|grams?|scop(?:y|ic)|[eo]ctomy|otomy|ostomy|plasty|itis|osis|[ae]?emia|path(?:y|ic)|algia|plegia|metry|log(?:y|ic)|genic|lysis|ectasia|megaly|penia)$/;

/** A word of the language, of the clinic or of imaging; names may be among them (`Brown`, `Dixon`). */
export const isTerm = (word: string): boolean =>
  isPlainWord(word) ||
  isMaker(word) ||
  wordList('imaging-terms').has(word) ||
  (CLINICAL_ENDING.test(word) && !isSurname(word) && !isFirstName(word));
