import { isEponymHead, isFirstName, isNamesake, isPlainWord, isStaged, isSurname } from '../words.ts';
import { hasCue, isCapital } from './backing.ts';
import { fold, type Token } from './fold.ts';

/** A second name of an eponym: `Jackson-Pratt drain`, `Swan Ganz catheter`. */
const SECOND = '(?:[-–/ ]\\p{L}{2,16})?';
/** The noun after an eponym, perhaps after a possessive and another word. */
const HEADS = [
  /^(?:['’]?[sS]|['’])?[-– ]{1,2}(\p{L}{2,20})/u,
  new RegExp(`^${SECOND}(?:['’]?[sS]|['’])?[-– ]{1,2}(\\p{L}{2,20})`, 'u'),
];
/** A stage or grade: `Duke B`, `Clark level IV`, `Gleason 3+4`, `Child-Pugh C`. */
const GRADE =
  /^(?:['’]?s|['’])?(?:[- ]Pugh|[- ]Arbor)? (?:level |class |stage |grade |type )?(?:[A-D][1-3]?|[IV]{1,3}[ABab]?|\d\+\d|\d)(?![\p{L}\p{N}]|\.\d)/u;
/** `h/o wilson's, on trientine`: a possessive of nobody's. */
const POSSESSIVE_ALONE = /^['’]s(?=[.,;:)]|$| (?:and|or|with|on|in|is|was|since|for)\b)/;

/** Diseases that go by their possessive. */
const DISEASES = new Set(
  'addison barrett cushing graves hashimoto hirschsprung huntington meniere'.split(' '),
);

/** Whether what stands here is called after somebody: an eponym before its noun, a stage, a possessive of no person. */
export function isCalledAfter(text: string, runs: readonly Token[]): boolean {
  const [first, last] = [runs[0], runs.at(-1)];
  if (first === undefined || last === undefined) return false;
  const after = text.slice(last.end, last.end + 44);
  if (HEADS.some((shape) => isEponymHead(fold(shape.exec(after)?.[1] ?? '')))) return true;
  if (/(?:non|anti)-$/i.test(text.slice(Math.max(0, first.start - 5), first.start))) return true;
  if (isStaged(last.text) && GRADE.test(after)) return true;
  const isDisease = DISEASES.has(last.text) || !isCapital(text, first.start);
  return isDisease && POSSESSIVE_ALONE.test(after);
}

/** What people do, and things do not. */
export const PERSON_AFTER =
  /^(?:['’]s (?:mother|father|wife|husband|son|daughter|sister|brother|family|parents?|chart|room)|,? (?:M\.?D\.?|D\.?O\.?|R\.?N\.?|NP|PA-C)| (?:reports|denies|denied|complains|states|stated|says|said|agrees|agreed|asks|asked|wants|refuses|refused|lives|works|understands|feels|called|is (?:an? )?\d{1,3}[ -]?(?:y|mo)))(?!\p{L})/u;

const SENTENCE_START = /(?:^|[.!?:;•|\\\r\n])[\s,"'(*\-–]{0,6}$/;

/**
 * Whether a word that is an ordinary one too stands here as a name: capitalised where the sentence goes on in small
 * letters around it, or beside a title, a cue, another name.
 */
export function isEvidentName(text: string, runs: readonly Token[]): boolean {
  const [first, last] = [runs[0], runs.at(-1)];
  if (first === undefined || last === undefined) return false;
  const before = text.slice(Math.max(0, first.start - 32), first.start);
  const after = text.slice(last.end, last.end + 32);
  if (hasCue('name', before, isCapital(text, first.start))) return true;
  if (!isCapital(text, first.start)) return false;
  if (PERSON_AFTER.test(after) || isBesideName(before, after)) return true;
  if (SENTENCE_START.test(before)) return false;
  const word = /(\p{L}{1,40})[^\p{L}.!?:;]{0,4}$/u.exec(before);
  if (word?.[1] === undefined) return isSmall(nextWord(after));
  if (isSmall(word[1])) return true;
  const opens = SENTENCE_START.test(before.slice(0, word.index));
  return opens && !isUpper(word[1]) && isSmall(nextWord(after));
}

const nextWord = (after: string): string => /^[^\p{L}.!?:;]{0,4}(\p{L}+)/u.exec(after)?.[1] ?? '';

const isSmall = (word: string): boolean => word !== '' && word.charAt(0) !== word.charAt(0).toUpperCase();

const isUpper = (word: string): boolean => word.length > 1 && word === word.toUpperCase();

/** Another name just before or after, or an initial with its point after. */
function isBesideName(before: string, after: string): boolean {
  const next = /^(?:, ?| |\^|-)(\p{Lu}[\p{L}’'-]+)/u.exec(after)?.[1];
  const previous = /(\p{Lu}[\p{L}’'-]{1,40})(?:, ?| |\^|-)$/u.exec(before)?.[1];
  if ([next, previous].some((word) => word !== undefined && isNothingButName(fold(word)))) return true;
  return /^,? \p{Lu}\.(?=[\s,]|$)/u.test(after);
}

const isNothingButName = (word: string): boolean =>
  (isFirstName(word) || isSurname(word)) && !isPlainWord(word) && !isNamesake(word);
