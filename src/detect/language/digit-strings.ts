import type { HipaaCategory } from '../../model/category.ts';
import type { Found } from './found.ts';
import type { SpelledNumber, SpelledRun } from './spelled-numbers.ts';

/** Without a word for what it is, a row of so many digits is no count. */
const UNCUED_DIGITS = 7;
const CUED_DIGITS = 4;
const MOST_DIGITS = 20;
const CONTEXT = 48;

const CUES: readonly { category: HipaaCategory; rule: string; cue: RegExp }[] = [
  { category: 'G', rule: 'ssn.spelled', cue: /(?<!\p{L})(?:ssn|social security|social)(?!\p{L})/iu },
  { category: 'E', rule: 'fax.spelled', cue: /(?<!\p{L})fax(?!\p{L})/iu },
  {
    category: 'D',
    rule: 'phone.spelled',
    cue: /(?<!\p{L})(?:phone|telephone|tel|cell|mobile|call|called|call back|callback|reach|reached|pager|dial|extension|area code)(?!\p{L})/iu,
  },
  {
    category: 'H',
    rule: 'mrn.spelled',
    cue: /(?<!\p{L})(?:mrn|medical record|record|chart|patient (?:id|number|identifier)|hospital number)(?!\p{L})/iu,
  },
  {
    category: 'I',
    rule: 'plan.spelled',
    cue: /(?<!\p{L})(?:member|policy|plan|insurance|subscriber|medicare|medicaid)(?!\p{L})/iu,
  },
  { category: 'J', rule: 'account.spelled', cue: /(?<!\p{L})(?:account|acct)(?!\p{L})/iu },
  {
    category: 'R',
    rule: 'code.spelled',
    cue: /(?<!\p{L})(?:accession|job|confirmation|dictation|order|specimen|visit|case|id|identification)(?!\p{L})/iu,
  },
];

/** Numbers told digit by digit, as in dictation: `four one five five five five oh one seven two`. */
export function digitStrings(text: string, runs: readonly SpelledRun[]): Found[] {
  return runs.flatMap((run): Found[] => {
    if (run.end - run.start < 15) return [];
    const numbers = run.numbers();
    const digits = digitsOf(numbers);
    if (digits === undefined || digits.length > MOST_DIGITS) return [];
    const before = text.slice(Math.max(0, run.start - CONTEXT), run.start);
    const near = before.slice(Math.max(...['.', ';', '\n'].map((mark) => before.lastIndexOf(mark))) + 1);
    const cued = digits.length >= CUED_DIGITS ? nearestCue(near) : undefined;
    const span = { start: run.start, end: run.end };
    if (cued !== undefined) {
      return [{ ...span, category: cued.category, rule: cued.rule, tier: 'leak', confidence: 0.85 }];
    }
    if (digits.length < UNCUED_DIGITS || isCounting(digits)) return [];
    const isPhone = /^1?[2-9]\d{2}[2-9]\d{6}$/.test(digits);
    const kind = isPhone
      ? ({ category: 'D', rule: 'phone.spelled' } as const)
      : ({ category: 'R', rule: 'code.spelled' } as const);
    return [{ ...span, ...kind, tier: 'suspect', confidence: 0.7 }];
  });
}

/** The digits of numbers that are told one or two at a time, most of them alone. */
function digitsOf(numbers: readonly SpelledNumber[]): string | undefined {
  const alone = numbers.filter(({ value, ordinal }) => value < 10 && !ordinal).length;
  const isString = numbers.length >= 2 && numbers.every(({ value, ordinal }) => value < 100 && !ordinal);
  return isString && alone * 2 > numbers.length
    ? numbers.map(({ value, times }) => `${value}`.repeat(times)).join('')
    : undefined;
}

/** One two three four: somebody counts. */
const isCounting = (digits: string): boolean =>
  '01234567891011121314'.includes(digits) || '109876543210'.includes(digits);

function nearestCue(before: string): (typeof CUES)[number] | undefined {
  let [best, at]: [(typeof CUES)[number] | undefined, number] = [undefined, -1];
  for (const kind of CUES) {
    const index = before.search(kind.cue);
    if (index > at) [best, at] = [kind, index];
  }
  return best;
}
