import type { Tier } from '../../model/finding.ts';
import type { KnownIdentifier } from '../detector.ts';
import { fold, keyOf } from '../known/fold.ts';
import { nameComponents } from '../known/forms.ts';
import { isFirstName, isPlainWord, isSurname } from '../words.ts';

/** A value made from a known one by turning it round, by counting on, by its first letters: UTF-16 offsets. */
export interface KinHit {
  readonly start: number;
  readonly length: number;
  readonly rule: 'derived.reversed' | 'derived.offset' | 'derived.initials';
  readonly tier: Tier;
}

const RUN = /[\p{L}\p{N}]{6,64}/gu;
const LEAST_DIGITS = 7;
const MOST_DIGITS = 15;
const LEAST_LETTERS = 6;
const DATE = /^(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])/;
const INITIALS = /(?<![\p{L}.])(\p{Lu})\. ?(\p{Lu})\. ?(\p{Lu})\.(?!\p{L})/gu;
const CUED_INITIALS =
  /(?<!\p{L})initials?(?: (?:are|is|of the patient))?[ :=]{1,3}(\p{Lu})\.? ?(\p{Lu})(?:\.? ?(\p{Lu}))?\.?(?!\p{L})/giu;
/** Written with periods in charts, and nobody's initials. */
const ABBREVIATIONS = new Set(
  'mri mra ivp npo bid tid qid qhs prn usa csf ivc dvt icu er or iud ekg ecg emg eeg cva copd ama dnr lmp rom wbc rbc'.split(
    ' ',
  ),
);
/** Of 17,576 triples: with more known ones than this, letters with periods say nothing without a cue. */
const MOST_TRIPLES = 1000;

/** Values akin to known ones, each found by one look-up. */
export class Kin {
  readonly #reversed = new Set<string>();
  readonly #offset = new Set<string>();
  readonly #initials = new Set<string>();

  constructor(values: readonly KnownIdentifier[]) {
    const ids = new Set(values.filter(({ kind }) => kind === 'id').map(({ value }) => keyOf(value)));
    for (const { kind, value } of values) {
      if (kind === 'id') this.#addId(value, ids);
      else if (kind === 'name') this.#addName(value);
    }
  }

  /** Whatever in a text is akin to a known value. */
  *in(text: string): Generator<KinHit> {
    if (this.#reversed.size + this.#offset.size > 0) {
      for (const match of text.matchAll(RUN)) {
        const rule = this.#ruleOf(match[0]);
        if (rule === undefined || isPartOfNumber(text, match)) continue;
        const tier = rule === 'derived.reversed' ? 'leak' : 'suspect';
        yield { start: match.index, length: match[0].length, rule, tier };
      }
    }
    if (this.#initials.size === 0) return;
    const shapes = this.#initials.size > MOST_TRIPLES ? [CUED_INITIALS] : [CUED_INITIALS, INITIALS];
    for (const shape of shapes) {
      for (const match of text.matchAll(shape)) {
        const letters = fold(match.slice(1).join(''));
        if (!this.#initials.has(letters) || (shape === INITIALS && ABBREVIATIONS.has(letters))) continue;
        yield { start: match.index, length: match[0].length, rule: 'derived.initials', tier: 'suspect' };
      }
    }
  }

  #ruleOf(run: string): KinHit['rule'] | undefined {
    const key = fold(run);
    if (this.#reversed.has(key)) return 'derived.reversed';
    return this.#offset.has(key) ? 'derived.offset' : undefined;
  }

  #addId(value: string, ids: ReadonlySet<string>): void {
    const key = keyOf(value);
    const number = /^\p{L}*(\d+)$/u.exec(key)?.[1] ?? '';
    for (const code of new Set([key, number])) {
      const least = /^\d+$/.test(code) ? LEAST_DIGITS : LEAST_LETTERS;
      const turned = reverse(code);
      if (code.length < least || !/\d/.test(code) || turned === code) continue;
      if (!ids.has(turned) && !DATE.test(turned)) this.#reversed.add(turned);
    }
    if (number.length < LEAST_DIGITS || number.length > MOST_DIGITS || DATE.test(number)) return;
    for (const step of [-1, 1]) {
      const other = String(Number(number) + step).padStart(number.length, '0');
      if (!ids.has(other)) this.#offset.add(other);
    }
  }

  #addName(value: string): void {
    const groups = value.split('=').map((group) => nameComponents(group).map((words) => words.map(fold)));
    for (const [family = [], given = [], middle = []] of groups) {
      const joined =
        given.length === 0
          ? []
          : [
              [...family, ...given],
              [...given, ...family],
            ];
      for (const words of [...[...family, ...given].map((word) => [word]), ...joined]) {
        const turned = reverse(words.join(''));
        if (turned.length >= LEAST_LETTERS && !isWordOrName(turned) && turned !== words.join(''))
          this.#reversed.add(turned);
      }
      const [f = '', g = '', m = ''] = [family, given, middle].map((words) => words[0]?.charAt(0));
      if (f !== '' && g !== '') for (const letters of [f + g + m, g + m + f]) this.#initials.add(letters);
    }
  }
}

const reverse = (text: string): string => [...text].reverse().join('');

const isWordOrName = (word: string): boolean => isPlainWord(word) || isFirstName(word) || isSurname(word);

/** A part of a UID or of a decimal. */
function isPartOfNumber(text: string, match: RegExpMatchArray): boolean {
  const [start, end] = [match.index ?? 0, (match.index ?? 0) + match[0].length];
  return /\d\.$/.test(text.slice(Math.max(0, start - 2), start)) || /^\.\d/.test(text.slice(end, end + 2));
}
