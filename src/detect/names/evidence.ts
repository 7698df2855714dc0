import { isFirstName, isSurname, isTerm } from '../words.ts';

/** What stands between the parts of a name. */
const PARTICLE = /^(?:de|van|von|der|den|da|di|del|la|bin|al|el|ten|ter)$/;
const DEGREE = /,? (?:M\.D\.|D\.O\.|Ph\.D\.|R\.N\.|P\.A\.|[A-Z]{2,5}(?:-C)?|RPh|PharmD|PhD)$/;

/** Words of a name, folded; initials and particles are none. */
function wordsOf(value: string): string[] {
  return (value.match(/\p{L}[\p{L}’']+/gu) ?? [])
    .map((word) => word.toLowerCase().replace(/[’']s$/, ''))
    .filter((word) => !PARTICLE.test(word));
}

const isListed = (word: string): boolean => {
  const plain = word.replace(/[’']/g, '');
  return isFirstName(plain) || isSurname(plain) || isSurname(word.replace(/^[od][’']/, ''));
};

/**
 * A name by the lists, and nothing but: its first word is a listed first name or surname, and none is a term. For cues
 * that mostly mean something else: MR is a modality, MS a disease, DR digital radiography.
 */
export function isListedName(value: string): boolean {
  const words = wordsOf(value);
  return words[0] !== undefined && isListed(words[0]) && !words.some(isTerm);
}

/** Whether the first word can be a name: no mere term, unless people are called so too. */
export function mayBeName(value: string): boolean {
  const [first] = wordsOf(value);
  return first !== undefined && (!isTerm(first) || isListed(first));
}

/** Whether the first word is no term at all. */
export function isNoTerm(value: string): boolean {
  const [first] = wordsOf(value);
  return first !== undefined && !isTerm(first);
}

/** A name with a degree after it: in `Chest P.A.` and `DTI MD` the degree is a projection and a diffusivity. */
export function isNameWithDegree(value: string): boolean {
  const name = value.replace(DEGREE, '');
  const words = wordsOf(name);
  if (words.some((word) => isListed(word) && !isTerm(word))) return true;
  if (words.some((word) => !isTerm(word) && !isAbbreviation(word, name))) return true;
  const [first = '', last = ''] = [words[0], words.at(-1)];
  return isSurname(last) && (value.includes(',') ? words.length === 1 : isFirstName(first) && first !== last);
}

const isAbbreviation = (word: string, text: string): boolean =>
  word.length <= 4 && text.includes(word.toUpperCase());
