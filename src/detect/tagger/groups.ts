import { at, type Field, rowOf } from './fields.ts';
import { hashOf, mix } from './hash.ts';
import type { Tokens } from './tokens.ts';
import { Case } from './vocabulary.ts';

/** Marks around a stretch that are not part of it. */
const AROUND = new Set(['.', ',', ';', ':', '(', ')', '[', ']', '"', "'", '!', '?'].map(hashOf));
/** Tokens of a stretch that its form tells. */
const LONGEST = 10;

/**
 * Stretches without blanks that have a digit, stops and brackets around them apart: dates, codes, measures. Each of their
 * tokens is told the form of the whole, and what stands before and behind it: `5/6` after `drawn`, `98177-E` after `no.`.
 */
export function setGroups(fields: Int32Array, tokens: Tokens, text: string): void {
  const field = (i: number, name: Field): number => fields[rowOf(i) + at[name]] ?? 0;
  for (let first = 0; first < tokens.count; ) {
    let last = first;
    while (last + 1 < tokens.count && tokens.ends[last] === tokens.starts[last + 1]) last++;
    const next = last + 1;
    while (first < last && AROUND.has(field(first, 'lower'))) first++;
    while (last > first && AROUND.has(field(last, 'lower'))) last--;
    const form = formOf(first, last);
    if (form !== undefined) tell(first, last, form);
    first = next;
  }

  /** A number for tokens `first` to `last`; undefined where none has a digit. */
  function formOf(first: number, last: number): number | undefined {
    let [form, digits] = [7, 0];
    for (let i = first; i <= last; i++) {
      const letterCase = field(i, 'case');
      if (letterCase === Case.digits || letterCase === Case.code) digits++;
      if (i - first < LONGEST) form = mix(form, formOfToken(i, letterCase));
    }
    if (digits === 0) return undefined;
    const isPair =
      last - first === 2 && field(first, 'case') === Case.digits && field(last, 'case') === Case.digits;
    return isPair ? mix(form, pairOf(digitsOf(first), digitsOf(last))) : form;
  }

  function formOfToken(i: number, letterCase: number): number {
    if (letterCase === Case.digits || letterCase === Case.mark) return field(i, 'cue');
    return letterCase === Case.code ? field(i, 'shape') : letterCase;
  }

  function digitsOf(i: number): string {
    return text.slice(tokens.starts[i], tokens.ends[i]);
  }

  function tell(first: number, last: number, form: number): void {
    for (let i = first; i <= last; i++) {
      const row = rowOf(i);
      fields[row + at.group] = form;
      fields[row + at.beforeGroup] = field(first - 1, 'lower');
      fields[row + at.behindGroup] = field(last + 1, 'lower');
      fields[row + at.beforeGroupClass] = field(first - 1, 'class');
      fields[row + at.behindGroupClass] = field(last + 1, 'class');
      fields[row + at.beforeGroupSuffix] = field(first - 1, 'suffix2');
    }
  }
}

/** Two numbers with a mark between them: a day and a month, or a score out of five. */
const pairOf = (first: string, second: string): number => 1 + binOf(first, false) * 100 + binOf(second, true);

/** What a number may be: a month, a day, more; below 13 the number itself where `isExact`, a zero before it apart. */
function binOf(digits: string, isExact: boolean): number {
  const value = Number(digits);
  if (digits.length > 2) return 40 + Math.min(digits.length, 9);
  if (value > 31) return 35;
  if (value > 12) return 34;
  const padded = digits.length === 2 && value < 10 ? 50 : 0;
  if (isExact) return padded + value;
  return padded + (value === 0 ? 0 : value < 6 ? 1 : 2);
}
