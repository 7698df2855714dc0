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

/** An instrument, implant or operation, as they go by the name of whom they are from: `retractor`, `bunionectomy`. */
export const isInstrument = (word: string): boolean => wordList('instruments').has(word);

/** A city, state or country, most of them people's names too: `houston`, `victoria`. */
export const isPlaceName = (word: string): boolean => wordList('place-names').has(word);

/** A product of the clinic, a material or a drug by its trade name: `dexon`, `lipitor`. */
export const isProduct = (word: string): boolean => wordList('products').has(word);

/** A Latin word of anatomy or of a finding, in small letters no name: `alba`, `lata`, `clonus`. */
export const isLatin = (word: string): boolean => wordList('latin').has(word);

let surnameRanks: ReadonlyMap<string, number> | undefined;

/** The place of a surname by frequency in the USA, 0 the most frequent; infinite for what is not among the 20,000. */
export function surnameRank(word: string): number {
  surnameRanks ??= new Map([...wordList('surnames')].map((name, rank) => [name, rank]));
  return surnameRanks.get(word) ?? Number.POSITIVE_INFINITY;
}

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

/** How words of the clinic end that no list has: `enterography`, `scanogram`, `sacroiliitis`. */
const CLINICAL_ENDING =
  /.{3}(?:graph(?:y|ic)|grams?|scop(?:y|ic)|[eo]ctomy|otomy|ostomy|plasty|itis|osis|[ae]?emia|path(?:y|ic)|algia|plegia|metry|log(?:y|ic)|genic|lysis|ectasia|megaly|penia)$/;

/** A word of the language, of the clinic or of imaging; names may be among them (`Brown`, `Dixon`). */
export const isTerm = (word: string): boolean =>
  isPlainWord(word) ||
  isMaker(word) ||
  wordList('imaging-terms').has(word) ||
  (CLINICAL_ENDING.test(word) && !isSurname(word) && !isFirstName(word));
