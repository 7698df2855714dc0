import { readFileSync } from 'node:fs';
import { packagePath, readWordList } from '../rules.ts';

const lists = new Map<string, ReadonlySet<string>>();

/** A list of `rules/words/`, read once: lower-case words. */
function wordList(name: string): ReadonlySet<string> {
  const known = lists.get(name);
  if (known) return known;
  const words = new Set(readWordList(name));
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

/** An instrument, implant or operation, as they go by the name of whom they are from: `retractor`, `bunionectomy`. */
export const isInstrument = (word: string): boolean => wordList('instruments').has(word);

/** A city, state or country, most of them people's names too: `houston`, `victoria`. */
export const isPlaceName = (word: string): boolean => wordList('place-names').has(word);

/** A product of the clinic, a material or a drug by its trade name: `dexon`, `lipitor`. */
export const isProduct = (word: string): boolean => wordList('products').has(word);

/** A Latin word of anatomy or of a finding, in small letters no name: `alba`, `lata`, `clonus`. */
export const isLatin = (word: string): boolean => wordList('latin').has(word);

/** The place of a surname by frequency in the USA, 0 the most frequent; infinite for what is not among the 20,000. */
export const surnameRank = (word: string): number => rankOfSurname(word) ?? Number.POSITIVE_INFINITY;

let nicknames: ReadonlyMap<string, ReadonlySet<string>> | undefined;

/** The other names that somebody called so goes by: the pet names of a given name, and the given names of a pet name. */
export function nicknamesOf(name: string): Iterable<string> {
  nicknames ??= readNicknames();
  return nicknames.get(name) ?? [];
}

function readNicknames(): Map<string, Set<string>> {
  const others = new Map<string, Set<string>>();
  const add = (name: string, other: string): void => {
    if (name !== other) others.set(name, (others.get(name) ?? new Set()).add(other));
  };
  for (const line of readFileSync(packagePath('rules/words/nicknames.txt'), 'utf8').trim().split('\n')) {
    const [given = '', ...short] = line.split(' ');
    for (const name of short) {
      add(given, name);
      add(name, given);
    }
  }
  return others;
}

/** A maker or a model of imaging equipment. */
export const isMaker = (word: string): boolean => wordList('makers').has(word);

/** Neither a first name nor a surname on our lists. */
const isNobody = (word: string): boolean => !isSurname(word) && !isFirstName(word);

/** Stems of generic names, at their end (WHO's INN stems, USAN stems), that end no name of a person on our lists. */
const DRUG_ENDING =
  /.{2}(?:mab|[ct]inib|[ct]iclib|rafenib|metinib|parib|lisib|degib|[cn]avir|ciclovir|cyclovir|tegravir|[abp]revir|buvir|tasvir|statin|sartan|olol|pril|gliptin|gliflozin|glitazone|glutide|prazole|conazole|cillin|floxacin|mycin|cycline|caine|barbital|azepam|azolam|triptan|setron|dipine|xaban|gatran|dronate|lukast|profen|thiazide|oxetine|rubicin|taxel|platin|poetin|grastim|fenac|coxib|tadine|tidine|ridone|sporin|zosin|relix|fungin|bactam|penem|curonium|fentanil|phylline|tropium|trexate|citabine|mustine|fibrate|semide|axine|triptyline|nidazole|amivir)$/;

/** A name of a drug, vaccine, contrast agent or supplement, generic or brand: listed, or a generic by its stem. */
export const isDrug = (word: string): boolean =>
  wordList('drugs').has(word) || (DRUG_ENDING.test(word) && isNobody(word));

/** A word of the name of a city or town: `toledo`, `angeles`; many are surnames and first names too. */
export const isCity = (word: string): boolean => wordList('cities').has(word);

/** A word or the short name of a hospital or a health system: `sinai`, `ucsf`; many are surnames too. */
export const isHospitalWord = (word: string): boolean => wordList('hospitals').has(word);

/** A genus, a species or a virus: `klebsiella`, `pneumoniae`, `ebola`. */
export const isOrganism = (word: string): boolean => wordList('organisms').has(word);

/** A word of the name of a county, or of a region of another country: `maricopa`, `bavaria`; many are surnames too. */
export const isCounty = (word: string): boolean => wordList('counties').has(word);

/** A maker or product of devices that `isMaker` lacks, or a general brand: `dexcom`, `gatorade`. */
export const isBrand = (word: string): boolean => wordList('brands').has(word);

/** How words of the clinic end that no list has: `enterography`, `scanogram`, `sacroiliitis`. */
const CLINICAL_ENDING =
  /.{3}(?:graph(?:y|ic)|grams?|scop(?:y|ic)|[eo]ctomy|otomy|ostomy|plasty|itis|osis|[ae]?emia|path(?:y|ic)|algia|plegia|metry|log(?:y|ic)|genic|lysis|ectasia|megaly|penia)$/;

/** A word of the language, of the clinic or of imaging; names may be among them (`Brown`, `Dixon`). */
export const isTerm = (word: string): boolean =>
  isPlainWord(word) ||
  isMaker(word) ||
  wordList('imaging-terms').has(word) ||
  (CLINICAL_ENDING.test(word) && isNobody(word));

/** A syllable of the clinic before a word: `nontender`, `infrarenal`, `hypointense`. */
const CLINICAL_PREFIX =
  /^(?:non|hyper|hypo|intra|peri|para|retro|sub|supra|infra|inter|trans|micro|pseudo|endo|extra|post|pre|poly|hemi|anti|auto|neuro|cardio|osteo|myo|broncho|gastro|pan|electro|un|over|re|multi|costo|fibro|hydro|immuno|lympho|naso|oculo|oro|photo|psycho|radio|thoraco|utero|vesico)(.{5,})$/;

const isListedTerm = (word: string): boolean => wordList('clinical').has(word) || isPlainWord(word);

/**
 * A word or an abbreviation of the clinic (anatomy, findings, procedures, devices, tests, genes, scores, nurses'
 * shorthand) that is no plain word: listed, or made of one that is, by its ending, a prefix, a plural or the spelling of
 * British English (`haematoma`). Numbers in it stand as they are: `tp53`.
 */
export function isClinicalTerm(word: string): boolean {
  if (wordList('clinical').has(word)) return true;
  if (isPlainWord(word) || !isNobody(word)) return false;
  if (CLINICAL_ENDING.test(word)) return true;
  const stem = CLINICAL_PREFIX.exec(word)?.[1];
  if (stem !== undefined && isListedTerm(stem) && isNobody(stem)) return true;
  if (word.length > 5 && /[^s]s$/.test(word) && isListedTerm(word.slice(0, -1))) return true;
  return word.length > 6 && /[ao]e/.test(word) && isListedTerm(word.replace(/[ao]e/g, 'e'));
}
