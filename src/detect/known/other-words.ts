import { isEponym, isFirstName, isLatin, isPlaceName, isProduct, isSurname, isTerm } from '../words.ts';

/** A word that is no name with a letter wrong, and has none in it: of the language, the clinic, a place, a product. */
export const isNoName = (word: string): boolean =>
  isTerm(word) || isEponym(word) || isPlaceName(word) || isProduct(word) || isLatin(word);

/** Such a word, or a name of its own: `Bookwalter`, which has Walter in it and is Walter Book's. */
export const isOtherWord = (word: string): boolean => isNoName(word) || isFirstName(word) || isSurname(word);
