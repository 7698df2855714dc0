import { LruCache } from '../lru.ts';
import { english } from './compromise.ts';

/** One number of a run; `ordinal` for `third` and `twenty-first`. Offsets are UTF-16. */
export interface SpelledNumber {
  readonly start: number;
  readonly end: number;
  readonly value: number;
  readonly ordinal: boolean;
  /** How often a digit is meant: `double five` twice. */
  readonly times: number;
}

/** Number words that stand side by side: `nineteen sixty-one`, `four one five`. */
export interface SpelledRun {
  readonly start: number;
  readonly end: number;
  /** Read when asked for: most runs are a lone `one`. */
  readonly numbers: () => readonly SpelledNumber[];
}

const UNITS = 'one two three four five six seven eight nine';
const TEENS = 'ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen';
const TENS = 'twenty thirty forty fourty fifty sixty seventy eighty ninety';
const SCALES = 'hundred thousand';
const ZEROS = 'zero oh';
const REPEATS: Readonly<Record<string, number>> = { double: 2, triple: 3 };

/** Ordinals by their cardinals; the parser takes `second` for the unit of time. */
const CARDINAL: Readonly<Record<string, string>> = {
  ...{ first: 'one', second: 'two', third: 'three', fifth: 'five', eighth: 'eight', ninth: 'nine' },
  ...Object.fromEntries('four six seven'.split(' ').map((word) => [`${word}th`, word])),
  ...Object.fromEntries(TEENS.split(' ').map((word) => [`${word}th`, word])),
  ...{ twelfth: 'twelve', hundredth: 'hundred' },
  ...Object.fromEntries(TENS.split(' ').map((word) => [word.replace(/y$/, 'ieth'), word])),
};

type Kind = 'unit' | 'teen' | 'tens' | 'scale' | 'zero';
const KIND = new Map<string, Kind>(
  (
    [
      [UNITS, 'unit'],
      [TEENS, 'teen'],
      [TENS, 'tens'],
      [SCALES, 'scale'],
      [ZEROS, 'zero'],
    ] as const
  ).flatMap(([words, kind]) => words.split(' ').map((word) => [word, kind] as const)),
);

const WORD = [...KIND.keys(), ...Object.keys(CARDINAL)].sort((a, b) => b.length - a.length).join('|');
/** A phone number spelled out is a dozen words; what goes on longer is read in pieces. */
const RUN = new RegExp(
  `(?<!\\p{L})(?:(?:double|triple) )?(?:${WORD})(?!\\p{L})(?:(?:[ \\u2010-\\u2013-]| {2}| - |\\n|, |,? and |-and-)(?:(?:double|triple) )?(?:${WORD})(?!\\p{L})){0,31}`,
  'giu',
);

/** Runs of number words in a text, in its order. */
export function spelledRuns(text: string): SpelledRun[] {
  const runs: SpelledRun[] = [];
  for (const match of text.matchAll(RUN)) {
    const start = match.index;
    let numbers: readonly SpelledNumber[] | undefined;
    runs.push({
      start,
      end: start + match[0].length,
      numbers: () => {
        numbers ??= numbersOf(match[0], start);
        return numbers;
      },
    });
  }
  return runs;
}

interface Word {
  readonly start: number;
  readonly end: number;
  readonly cardinal: string;
  readonly kind: Kind;
  readonly ordinal: boolean;
  readonly times: number;
  /** What stands before it: a comma parts numbers. */
  readonly gap: string;
}

function numbersOf(run: string, at: number): SpelledNumber[] {
  const words = wordsOf(run, at);
  const groups: Word[][] = [];
  for (const word of words) {
    const group = groups.at(-1);
    const last = group?.at(-1);
    if (group !== undefined && last !== undefined && goesOn(last, word)) group.push(word);
    else groups.push([word]);
  }
  return groups.flatMap((group) => {
    const [first, last] = [group[0], group.at(-1)];
    if (first === undefined || last === undefined) return [];
    const value = cardinalValue(group.map(({ cardinal }) => cardinal).join(' '));
    if (value === undefined) return [];
    return [{ start: first.start, end: last.end, value, ordinal: last.ordinal, times: first.times }];
  });
}

function wordsOf(run: string, at: number): Word[] {
  const words: Word[] = [];
  let end = 0;
  let times = 1;
  for (const match of run.matchAll(/\p{L}+/gu)) {
    const word = match[0].toLowerCase();
    if (word in REPEATS) times = REPEATS[word] ?? 1;
    const cardinal = CARDINAL[word] ?? word;
    const kind = KIND.get(cardinal);
    if (kind === undefined) continue;
    const gap = run.slice(end, match.index);
    end = match.index + match[0].length;
    words.push({
      start: at + match.index,
      end: at + end,
      cardinal,
      kind,
      ordinal: cardinal !== word,
      times,
      gap,
    });
    times = 1;
  }
  return words;
}

/** Whether two words belong to one number: the parser itself adds `twenty twenty-one` up to nothing. */
function goesOn(before: Word, word: Word): boolean {
  if (before.ordinal || word.times > 1 || word.gap.includes(',')) return false;
  if (before.kind === 'scale') return word.kind !== 'zero';
  if (word.gap.includes('and')) return false;
  if (word.kind === 'scale') return before.kind !== 'zero';
  return before.kind === 'tens' && word.kind === 'unit';
}

const values = new LruCache<number>(4096);

/** The value of one cardinal as the parser reads it; undefined for what it does not take for one number. */
function cardinalValue(cardinal: string): number | undefined {
  if (KIND.get(cardinal) === 'zero') return 0;
  let value = values.get(cardinal);
  if (value === undefined) {
    const read = english()(cardinal.replace('fourty', 'forty')).numbers().get() as unknown;
    value = Array.isArray(read) && read.length === 1 && typeof read[0] === 'number' ? read[0] : Number.NaN;
    values.set(cardinal, value);
  }
  return Number.isNaN(value) ? undefined : value;
}

/** A year from 1800 to 2099 at the start of some numbers, and how many of them it takes. */
export function yearAt(numbers: readonly SpelledNumber[]): { year: number; taken: number } | undefined {
  const [first, second, third] = numbers;
  if (first === undefined || first.ordinal) return undefined;
  if (first.value >= 1800 && first.value < 2100) return { year: first.value, taken: 1 };
  if (first.value < 18 || first.value > 20 || second === undefined || second.ordinal) return undefined;
  if (second.value >= 10 && second.value < 100) return { year: first.value * 100 + second.value, taken: 2 };
  const isOh = second.value === 0 && third !== undefined && third.value > 0 && third.value < 10;
  return isOh ? { year: first.value * 100 + third.value, taken: 3 } : undefined;
}
