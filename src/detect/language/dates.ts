import type { Found } from './found.ts';
import { type SpelledNumber, type SpelledRun, yearAt } from './spelled-numbers.ts';

const MONTH =
  /(?<!\p{L})(?:January|February|March|April|May|June|July|August|September|October|November|December)(?!\p{L})/giu;
/** Between the day and its month, up to the month. */
const DAY_OF = /^,? (?:day )?(?:of )?$/iu;
const TO_DAY = /^,? (?:the )?$/iu;
const TO_YEAR = /^,? (?:of |in )?$/iu;
const YEAR_DIGITS = /^,? (?:of |in )?(?:18|19|20)\d{2}(?!\d)/u;
const BIRTH_CUE =
  /(?<!\p{L})(?:dob|d\.o\.b\.?|date of birth|birth ?date|born(?: on)?|birthday)(?: is| was|:)?\s{1,2}$/iu;
const NEAR = 16;

/** Dates in words: `the third of May nineteen sixty-one`, `May third, 1961`, `born on oh three fourteen sixty-two`. */
export function spelledDates(text: string, runs: readonly SpelledRun[]): Found[] {
  if (runs.length === 0) return [];
  let next = 0;
  const months = [...text.matchAll(MONTH)].flatMap((match) => {
    const [start, end] = [match.index, match.index + match[0].length];
    while (next < runs.length && (runs[next]?.end ?? 0) <= start) next++;
    const [before, after] = [runs[next - 1], runs[next]];
    return dateAt(
      text,
      { start, end },
      before !== undefined && start - before.end < NEAR ? before : undefined,
      after !== undefined && after.start - end < NEAR ? after : undefined,
    );
  });
  const spoken = runs.flatMap((run) => spokenDigits(text, run));
  return [...months, ...spoken];
}

/** The ordinal that ends some numbers; one behind a cardinal is a fraction (`one third of May patients`). */
function lastDay(numbers: readonly SpelledNumber[]): SpelledNumber | undefined {
  const [before, last] = [numbers.at(-2), numbers.at(-1)];
  const isFraction = before !== undefined && !before.ordinal;
  return last?.ordinal && isDay(last) && !isFraction ? last : undefined;
}

const isDay = ({ value }: SpelledNumber): boolean => value >= 1 && value <= 31;

function dateAt(
  text: string,
  month: { start: number; end: number },
  before: SpelledRun | undefined,
  after: SpelledRun | undefined,
): Found[] {
  // `may` and `march` are verbs in small letters.
  const isName = /^\p{Lu}/u.test(text.slice(month.start, month.end));
  const isBefore = before !== undefined && DAY_OF.test(text.slice(before.end, month.start));
  const dayBefore = isBefore ? lastDay(before.numbers()) : undefined;
  if (dayBefore !== undefined) {
    const year = yearAfter(text, month.end, after?.numbers() ?? []);
    if (
      !isName &&
      year === undefined &&
      !/the $/i.test(text.slice(Math.max(0, dayBefore.start - 4), dayBefore.start))
    )
      return [];
    return [found(dayBefore.start, year ?? month.end, year === undefined ? 'suspect' : 'leak')];
  }
  if (after === undefined) return [];
  const numbers = after.numbers();
  const [day] = numbers;
  const gap = text.slice(month.end, day?.start);
  if (day !== undefined && isDay(day) && TO_DAY.test(gap)) {
    const year = yearAfter(text, day.end, numbers.slice(1));
    if (year !== undefined) return [found(month.start, year, 'leak')];
    if (day.ordinal && (isName || /the $/i.test(gap))) return [found(month.start, day.end, 'suspect')];
  }
  const year = isName ? yearAfter(text, month.end, numbers) : undefined;
  return year === undefined ? [] : [found(month.start, year, 'suspect')];
}

/** Where the year ends that stands behind `at`, in words or in digits. */
function yearAfter(text: string, at: number, numbers: readonly SpelledNumber[]): number | undefined {
  const digits = YEAR_DIGITS.exec(text.slice(at, at + NEAR));
  if (digits !== null) return at + digits[0].length;
  const [first] = numbers;
  const read = yearAt(numbers);
  if (first === undefined || read === undefined || !TO_YEAR.test(text.slice(at, first.start)))
    return undefined;
  return numbers[read.taken - 1]?.end;
}

/** A date of birth told in numbers alone: `oh three fourteen nineteen sixty two`. */
function spokenDigits(text: string, run: SpelledRun): Found[] {
  if (!BIRTH_CUE.test(text.slice(Math.max(0, run.start - 30), run.start))) return [];
  const numbers = run.numbers();
  const last = numbers.at(-1);
  const isDate = numbers.length >= 3 && numbers.length <= 8 && numbers.every(({ value }) => value < 2100);
  return isDate && last !== undefined ? [found(run.start, last.end, 'suspect')] : [];
}

const found = (start: number, end: number, tier: Found['tier']): Found => ({
  start,
  end,
  category: 'C',
  rule: 'date.spelled',
  tier,
  confidence: tier === 'leak' ? 0.9 : 0.7,
});
