import type { CleanedText, TextCleaner } from '../../detect/detector.ts';

const LONGEST_REMEMBERED = 80;
const MOST_REMEMBERED = 50_000;

const memories = new WeakMap<TextCleaner, Map<string, readonly Replacement[]>>();
const NOTHING: readonly Replacement[] = [];

/** A part of a text to be replaced, in UTF-16 units. */
export interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly placeholder: string;
}

/** What takes the place of a text that nobody can read for certain. */
export const UNREADABLE = 'REMOVED';

/** Whether a text holds characters that are a guess of the reader's. */
export const isGuessed = (text: string, { isGuess }: { readonly isGuess?: boolean }): boolean =>
  /[^\x00-\x7f]/.test(text) && isGuess === true;

/** What a cleaner replaces in a text. Short texts are remembered: messages repeat theirs without end. */
export function replacementsIn(cleaner: TextCleaner, text: string, label: string): readonly Replacement[] {
  if (text.length > LONGEST_REMEMBERED) return clean(cleaner, text, label);
  let memory = memories.get(cleaner);
  if (memory === undefined) {
    memory = new Map();
    memories.set(cleaner, memory);
  }
  const key = label === '' ? text : `${text}\0${label}`;
  let replaced = memory.get(key);
  if (replaced === undefined) {
    replaced = clean(cleaner, text, label);
    if (memory.size >= MOST_REMEMBERED) memory.clear();
    memory.set(key, replaced);
  }
  return replaced;
}

function clean(cleaner: TextCleaner, text: string, label: string): readonly Replacement[] {
  const { replaced } = cleaner.clean(text, label === '' ? undefined : { label });
  return replaced.length === 0 ? NOTHING : inUnits(text, replaced);
}

/** Code-point offsets as UTF-16 units: the same until the first character outside the basic plane. */
function inUnits(text: string, replaced: CleanedText['replaced']): readonly Replacement[] {
  if (!/[\ud800-\udfff]/.test(text)) return replaced;
  const units: number[] = [];
  let unit = 0;
  for (const character of text) {
    units.push(unit);
    unit += character.length;
  }
  units.push(unit);
  return replaced.map(({ start, end, placeholder }) => ({
    start: units[start] ?? unit,
    end: units[end] ?? unit,
    placeholder,
  }));
}
