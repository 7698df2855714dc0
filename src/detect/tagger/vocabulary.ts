import { readRulesYaml } from '../../rules.ts';
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
  isMaker,
  isNamesake,
  isOrganism,
  isPlaceName,
  isPlainWord,
  isProduct,
  rankOfFirstName,
  rankOfSurname,
} from '../words.ts';
import { hashOf, mix } from './hash.ts';

/**
 * What the tagger knows of a word by itself: numbers in a row, the same for the same word. `lower` is its identity (digits
 * are all alike), the affixes and the shape stand for words never seen; `case`, `list` and `cue` are the coarse classes.
 */
export const WORD_FIELDS = [
  'lower',
  'prefix2',
  'prefix3',
  'suffix2',
  'suffix3',
  'suffix4',
  'shape',
  'case',
  'list',
  'sort',
  'cue',
  'class',
] as const;
export type WordField = (typeof WORD_FIELDS)[number];

/** Numbers of `case`. */
export const Case = {
  lower: 1,
  capital: 2,
  upper: 3,
  initial: 4,
  mixed: 5,
  digits: 6,
  code: 7,
  mark: 8,
  newline: 9,
  uncased: 10,
} as const;

/** Words that many texts share are looked up once; a text of random words must not fill the memory. */
const MOST_WORDS = 100_000;

/** Rows of word fields, filled as words are met. */
export class Vocabulary {
  readonly #rows = new Map<string, Int32Array>();
  readonly #withLists: boolean;

  /** @param withLists false: names are taken as if no list had them, to train on what lists do not know. */
  constructor(withLists = true) {
    this.#withLists = withLists;
  }

  /** The fields of a word in the order of WORD_FIELDS. */
  row(word: string): Int32Array {
    let row = this.#rows.get(word);
    if (row === undefined) {
      if (this.#rows.size >= MOST_WORDS) this.#rows.clear();
      row = describe(word, this.#withLists);
      this.#rows.set(word, row);
    }
    return row;
  }
}

function describe(word: string, withLists: boolean): Int32Array {
  const lower = word.toLowerCase().replace(/\d/g, '0');
  const letterCase = caseOf(word);
  const cue = cueOf(lower, word, letterCase);
  const listed = withoutAccents(lower);
  const list = listOf(listed, withLists);
  const common = cue === 0 ? mix(list, 7) : mix(cue, 11);
  return Int32Array.of(
    hashOf(lower),
    hashOf(lower.slice(0, 2)),
    hashOf(lower.slice(0, 3)),
    hashOf(lower.slice(-2)),
    hashOf(lower.slice(-3)),
    hashOf(lower.slice(-4)),
    hashOf(shapeOf(word)),
    letterCase,
    list,
    sortOf(listed),
    cue,
    mix(common, letterCase),
  );
}

/** As the lists have it: `garcia`, `jaffe`. */
const withoutAccents = (lower: string): string =>
  /[^\0-\x7f]/.test(lower) ? lower.normalize('NFD').replace(/\p{M}/gu, '') : lower;

function caseOf(word: string): number {
  if (/^[\r\n]/.test(word)) return Case.newline;
  if (!/[\p{L}\p{N}]/u.test(word)) return Case.mark;
  if (/^\p{N}+$/u.test(word)) return Case.digits;
  if (/\p{N}/u.test(word)) return Case.code;
  if (/^\p{Lu}$/u.test(word)) return Case.initial;
  if (/^\p{Ll}[\p{Ll}\p{M}]*$/u.test(word)) return Case.lower;
  if (/^\p{Lu}[\p{Ll}\p{M}]+$/u.test(word)) return Case.capital;
  if (/^[\p{Lu}\p{M}]+$/u.test(word)) return Case.upper;
  return /\p{Lu}|\p{Ll}/u.test(word) ? Case.mixed : Case.uncased;
}

/** Letters and digits by kind, runs of more than two drawn together: `Xx`, `XX`, `00`, `X00`. */
function shapeOf(word: string): string {
  return word
    .replace(/\p{Lu}/gu, 'X')
    .replace(/[\p{L}\p{M}]/gu, (letter) => (letter === 'X' ? letter : 'x'))
    .replace(/\p{N}/gu, '0')
    .replace(/X{3,}/g, 'XXX')
    .replace(/x{3,}/g, 'xxx')
    .replace(/0{7,}/g, '0000000');
}

/** In which lists a word stands: how plain it is, how frequent as a first name and as a surname. */
function listOf(lower: string, withLists: boolean): number {
  const plain = isCommonWord(lower) ? 2 : isPlainWord(lower) ? 1 : 0;
  if (!withLists) return plain * 9 + 1;
  const first = binOf(rankOfFirstName(lower), 500);
  const last = binOf(rankOfSurname(lower), 2000);
  return plain * 9 + first * 3 + last + 1;
}

/** What else a word is known for: things called after somebody, drugs, places. */
function sortOf(lower: string): number {
  return (
    kindOf(lower) * 8 +
    (isCity(lower) || isPlaceName(lower) ? 1 : 0) +
    (isHospitalWord(lower) ? 2 : 0) +
    (isCounty(lower) ? 4 : 0)
  );
}

function kindOf(word: string): number {
  if (isEponym(word)) return 1;
  if (isMaker(word)) return 2;
  if (isEponymHead(word)) return 3;
  if (isNamesake(word)) return 4;
  if (isDrug(word) || isProduct(word)) return 5;
  if (isOrganism(word)) return 6;
  if (isBrand(word)) return 7;
  return isClinicalTerm(word) ? 8 : 0;
}

const binOf = (rank: number | undefined, frequent: number): number =>
  rank === undefined ? 0 : rank < frequent ? 2 : 1;

const cues = new Map<string, number>();

/** The number of the cue set of a word, of a number of this size, or of a mark; 0 for none. */
function cueOf(lower: string, word: string, letterCase: number): number {
  if (letterCase === Case.mark || letterCase === Case.newline) return 1000 + (hashOf(lower) & 0xffff);
  if (letterCase === Case.digits) return 500 + sizeOf(word);
  if (letterCase === Case.code) return /^\d+(?:st|nd|rd|th)$/.test(word) ? 520 : 0;
  if (cues.size === 0) loadCues();
  return cues.get(lower) ?? 0;
}

function loadCues(): void {
  const data = readRulesYaml<{ cues: Record<string, string> }>('words/cues.yaml');
  for (const [i, words] of Object.values(data.cues).entries()) {
    for (const word of words.split(' ')) if (!cues.has(word)) cues.set(word, i + 1);
  }
}

/** A day, a month, a year, an age above 89, or the number of digits. */
function sizeOf(digits: string): number {
  const value = Number(digits);
  if (digits.length <= 2) return value > 89 ? 30 : value > 31 || value === 0 ? 1 : value > 12 ? 2 : 3;
  if (digits.length === 3 && value < 125) return 31;
  if (digits.length === 4 && value >= 1880 && value <= 2099) return 4;
  return 4 + Math.min(10, digits.length);
}
