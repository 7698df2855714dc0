import type { CleanedText, CleaningHints, TextCleaner } from '../../detect/detector.ts';
import { joinLines } from '../../detect/line-breaks.ts';

const LONGEST_REMEMBERED = 80;
const MOST_REMEMBERED = 50_000;

const memories = new WeakMap<TextCleaner, Map<string, readonly Replacement[]>>();
const NOTHING: readonly Replacement[] = [];
/** Line feeds and carriage returns, as escapes give them too. */
const LINE_BREAK = /[\r\n]/;
const LINE = /[^\r\n]+/g;
const NO_HINTS: CleaningHints = {};

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
export function replacementsIn(
  cleaner: TextCleaner,
  text: string,
  hints: CleaningHints = NO_HINTS,
): readonly Replacement[] {
  if (text.length > LONGEST_REMEMBERED || hints.breaks !== undefined) return clean(cleaner, text, hints);
  let memory = memories.get(cleaner);
  if (memory === undefined) {
    memory = new Map();
    memories.set(cleaner, memory);
  }
  const key = keyOf(text, hints);
  let replaced = memory.get(key);
  if (replaced === undefined) {
    replaced = clean(cleaner, text, hints);
    if (memory.size >= MOST_REMEMBERED) memory.clear();
    memory.set(key, replaced);
  }
  return replaced;
}

function keyOf(text: string, hints: CleaningHints): string {
  if (Object.keys(hints).length === 0) return text;
  const { label = '', dataType = '', keyword = '', codePlace = false } = hints;
  return `${text}\0${label}\0${dataType}\0${keyword}\0${codePlace ? 'code' : ''}`;
}

function clean(cleaner: TextCleaner, text: string, hints: CleaningHints): readonly Replacement[] {
  const { replaced } = cleaner.clean(text, { format: 'hl7', ...hints });
  return replaced.length === 0 ? NOTHING : inUnits(text, replaced);
}

/**
 * What reaches over a line break of a text, and is found only where the break is taken out (joinLines): a line ends inside
 * a word or a number at the end of a segment, or at `\.br\`. Offsets are those of the text with its breaks.
 */
export function replacementsOverBreaks(
  cleaner: TextCleaner,
  text: string,
  hints: CleaningHints = NO_HINTS,
): readonly Replacement[] {
  if (!LINE_BREAK.test(text)) return NOTHING;
  const lines = [...text.matchAll(LINE)].filter(([line]) => line.trim() !== '');
  const joined = joinLines(lines.map(([line]) => line));
  if (joined.breaks.length === 0) return NOTHING;
  const places: number[] = [];
  joined.lines.forEach((line, index) => {
    const start = lines[index]?.index ?? 0;
    for (let at = 0; at < line.length; at++) places.push(start + at);
  });
  return replacementsIn(cleaner, joined.text, { ...hints, breaks: joined.breaks }).map(
    ({ start, end, placeholder }) => ({
      start: places[start] ?? 0,
      end: (places[end - 1] ?? 0) + 1,
      placeholder,
    }),
  );
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
