import { isMaker } from '../words.ts';
import { fold, keyOf, tokenise } from './fold.ts';
import type { Entry } from './known-index.ts';

const WORD = 'word:';
/** An id as long as this that is also a software version was written into the wrong element: it counts. */
const LONG_ID = 8;

/** Whether an identifier is passed over in this file. A person's name is, only where a maker or model is called so. */
export function isExcluded({ form, kind }: Entry, excluded: ReadonlySet<string> | undefined): boolean {
  if (excluded === undefined || (kind === 'id' && form.key.length >= LONG_ID)) return false;
  if (kind === 'name' && !form.raw.every((word) => isMaker(fold(word)))) return false;
  return excluded.has(form.key) || (kind === 'other' && excluded.has(`${WORD}${form.key}`));
}

/**
 * Keys of the file's own equipment values: whole for any identifier; word by word, marked, for what is no person's (a
 * station or an institution is often called like its device).
 */
export function excludedKeys(values: Iterable<string> = []): Set<string> {
  const keys = new Set<string>();
  for (const value of values) {
    const whole = keyOf(value);
    if (whole !== '') keys.add(whole);
    for (const token of tokenise(value)) if (token.text.length > 2) keys.add(`${WORD}${token.text}`);
  }
  return keys;
}
