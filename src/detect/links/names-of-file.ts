import type { Hit } from '../../model/finding.ts';
import {
  isBrand,
  isClinicalTerm,
  isDrug,
  isEponym,
  isHospitalWord,
  isNamesake,
  isOrganism,
  isPlaceName,
  isProduct,
  isTerm,
} from '../words.ts';

/** How sure a detector must be of a name before its words are looked for elsewhere. */
const SURE = 0.8;
/** Detectors that find names by how they stand in a text; known names are looked for everywhere already. */
const FINDERS: ReadonlySet<string> = new Set(['tagger', 'patterns', 'model']);
const LEAST_LETTERS = 4;
/** Words of one file. More are no names of a file but a list of names, each line of which is found by itself. */
const MOST_WORDS = 2_000;
const TITLE =
  /^(?:miss|mister|missus|prof|professor|doctor|nurse|capt|captain|sister|brother|father|mother|dear)$/;

const WORD = /\p{Lu}[\p{L}\p{M}]+/gu;

/** The words of names that stand somewhere in one file: as a rule none, once it is masked. */
export class NamesOfFile {
  readonly #words = new Set<string>();
  #ownWords: ReadonlySet<string> = new Set();

  constructor(equipment: readonly string[] = []) {
    this.leaveOut(equipment);
  }

  /** Words of the file's own make are no names, from here on. */
  leaveOut(equipment: readonly string[]): void {
    this.#ownWords = new Set(equipment.flatMap((words) => words.toLowerCase().match(/\p{L}+/gu) ?? []));
  }

  get isEmpty(): boolean {
    return this.#words.size === 0;
  }

  /** Whether a word, in small letters, is of such a name. */
  has(word: string): boolean {
    return this.#words.has(word);
  }

  /** Takes in the words of a name that begin with a capital and name somebody by themselves. */
  learn(name: string): void {
    for (const [word] of name.matchAll(WORD)) {
      if (this.#words.size >= MOST_WORDS) return;
      const lower = word.toLowerCase();
      if (!this.#ownWords.has(lower) && namesSomebody(lower)) this.#words.add(lower);
    }
  }
}

/** Whether a hit says surely of its words that they are a name. */
export const isSureName = ({ category, detector, confidence }: Hit): boolean =>
  category === 'A' && confidence >= SURE && FINDERS.has(detector);

/** The words of a text that a name could be learnt by, but for those that somebody knows. */
export const namingWords = (text: string, isKnown: (word: string) => boolean): string[] =>
  (text.match(WORD) ?? []).filter((word) => !isKnown(word) && namesSomebody(word.toLowerCase()));

/** Whether a word by itself names somebody: no word of the language, of the clinic, of its products, or of a place. */
function namesSomebody(word: string): boolean {
  if (word.length < LEAST_LETTERS || TITLE.test(word)) return false;
  return ![
    isTerm,
    isNamesake,
    isEponym,
    isClinicalTerm,
    isDrug,
    isProduct,
    isBrand,
    isOrganism,
    isPlaceName,
    isHospitalWord,
  ].some((isOne) => isOne(word));
}
