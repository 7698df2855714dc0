/**
 * The form of our codes: a letter for what they stand for, eleven random letters and digits, a check character over the
 * twelve. The check lets a scan without the crosswalk tell a code from an identifier of somebody's; it is made from the
 * code alone (164.514(c)).
 */

/** No vowels, so that no code spells a word; no 0 and 1, which read as O and I. */
export const CODE_ALPHABET = '23456789BCDFGHJKMNPQRSTVWXZ';
export const CODE_RANDOM_LETTERS = 11;

const FORM = new RegExp(`^[A-Z][${CODE_ALPHABET}]{${CODE_RANDOM_LETTERS + 1}}$`);
const WEIGHTS = [1, 2, 4, 5, 7, 8, 10, 11, 13, 14, 16, 17];

/** The check character of a prefix and its random letters. Every weight is prime to 27, so one wrong letter shows. */
export function checkCharacter(body: string): string {
  let sum = 0;
  for (let i = 0; i < body.length; i += 1)
    sum += (WEIGHTS[i % WEIGHTS.length] ?? 1) * placeOf(body.charAt(i));
  return CODE_ALPHABET[sum % CODE_ALPHABET.length] ?? '2';
}

/** Place in the alphabet; prefixes may be vowels, which have none. */
const placeOf = (letter: string): number => CODE_ALPHABET.indexOf(letter) + 1;

/** Whether a value has the form of a code of ours: 1 of 27 other strings of the shape has it by chance. */
export function hasCodeForm(value: string): boolean {
  return FORM.test(value) && checkCharacter(value.slice(0, -1)) === value.slice(-1);
}
