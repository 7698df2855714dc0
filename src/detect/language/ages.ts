import type { Found } from './found.ts';
import { type SpelledNumber, type SpelledRun, yearAt } from './spelled-numbers.ts';

/** Beyond it no number is an age. */
const OLDEST = 125;
const CONTEXT = 40;
/** The year of the rules: until then `age.birth-year` of rules/detect/age.yaml says which years of birth show an age. */
const EDITION_YEAR = 2026;

const YEARS_OLD = /^[-‐‑ ](?:years?|yrs?|y)\.?[-‐‑ ]?(?:old|of[- ]age|o\.?)(?!\p{L})/iu;
const MONTHS_OLD = /^[-‐‑ ](?:months?|mos?)[-‐‑ ](?:old|of age)(?!\p{L})/iu;
const BIRTHDAY = /^ (?:birthday|bday|b-day|year of life)(?!\p{L})/iu;
const OR_OLDER = /^(?:[-‐‑ ]\p{L}{1,5}){0,3} (?:or|and) (?:older|over|above|more|up|beyond)(?!\p{L})/iu;
/** What makes a number no age, whatever stands before it. */
const UNIT =
  /^ ?(?:[%°/.,:-]\d|[%°]|(?:percent|per ?cent|degrees?|over|point|out of|mg|mcg|milligrams?|grams?|kilos?|kg|kilograms?|pounds?|lbs?|cc|ml|milliliters?|millimeters?|centimeters?|mm|cm|units?|days?|weeks?|months?|hours?|minutes?|seconds?|beats?|bpm|on room|on oxygen|and stable|meters?|feet|calories|thousand|systolic|diastolic|to one|times)(?!\p{L}))/iu;
const CUE =
  /(?<!\p{L})(?:(?:aged?|ages)(?: is| was| of|,)?(?: ?[:=])?|turn(?:ed|s|ing)?|(?:died|d\.|deceased|passed(?: away)?|expired|lived|alive|death|living) (?:at|to(?: be)?|until|till)(?: the age of| age)?|(?:he|she|patient|pt|mother|father|grand(?:mother|father|ma|pa)|husband|wife|widow|brother|sister|who) (?:is|was|turned|reached|will be|would be)(?: now| almost| nearly| about| only)?|(?:she|he)[’'](?:s|ll be)|(?:mother|father|husband|wife|sister|brother|patient|pt|\[NAME\]|(?:Mrs?|Ms|Miss)\.? \p{Lu}[\p{L}’'-]{1,20}),|(?:man|woman|lady|gentleman) of|now)\s{1,2}(?:an? |one )?$/iu;
const BORN =
  /(?<!\p{L})(?:born(?: in| on)?|year of birth(?: is|:)?|birth year(?: is|:)?|date of birth(?: is|:)?|dob(?: is|:)?)\s{1,2}$/iu;

/** Ages over 89 and years of birth that show one, in words. `now` is the day by which years of birth are judged. */
export function spelledAges(text: string, runs: readonly SpelledRun[], now?: Date): Found[] {
  return runs.flatMap((run) => {
    const before = text.slice(Math.max(0, run.start - CONTEXT), run.start);
    const isBirth = BORN.test(before);
    if (!isBirth && !/ninet|hundred|thousand/i.test(text.slice(run.start, run.end))) return [];
    const numbers = run.numbers();
    if (isBirth) return birthYear(numbers, now);
    return numbers.flatMap((number, index) => {
      const after = text.slice(number.end, number.end + CONTEXT);
      const cue = index === 0 ? before : '';
      return age(number, cue, after, index === numbers.length - 1);
    });
  });
}

function age(number: SpelledNumber, before: string, after: string, isLast: boolean): Found[] {
  const { start, end, value, ordinal } = number;
  const found = (rule: string, tier: Found['tier'], confidence: number): Found[] => [
    { start, end, category: 'C', rule, tier, confidence },
  ];
  if (!isLast || OR_OLDER.test(after)) return [];
  if (value >= 90 * 12 && value <= OLDEST * 12) {
    return MONTHS_OLD.test(after) ? found('age.spelled', 'leak', 0.9) : [];
  }
  if (value < 90 || value > OLDEST) return [];
  if (ordinal) return BIRTHDAY.test(after) ? found('age.spelled-birthday', 'leak', 0.9) : [];
  if (YEARS_OLD.test(after)) return found('age.spelled', 'leak', 0.9);
  // `aged ninety` may be the cap itself.
  if (value > 90 && CUE.test(before) && !UNIT.test(after)) return found('age.spelled-cued', 'suspect', 0.8);
  return [];
}

function birthYear(numbers: readonly SpelledNumber[], now: Date | undefined): Found[] {
  const read = yearAt(numbers);
  const [first, last] = [numbers[0], numbers[(read?.taken ?? 0) - 1]];
  if (read === undefined || first === undefined || last === undefined) return [];
  if (!showsAgeOver89(read.year, now)) return [];
  const span = { start: first.start, end: last.end };
  return [{ ...span, category: 'C', rule: 'age.spelled-birth-year', tier: 'suspect', confidence: 0.7 }];
}

const showsAgeOver89 = (year: number, now: Date | undefined): boolean =>
  (now?.getUTCFullYear() ?? EDITION_YEAR) - year > 89;

const BIRTH_DIGITS =
  /(?<!\p{L})(?:born(?: in)?|birth[- ]?(?:year|date)|date of birth|d\.?o\.?b\.?|year of birth|yob|b\.)[ :=(,]{0,3}(?<year>19[3-9]\d|20\d{2})(?![\w]|[-/.]\d| ?(?:mg|kg|cc|ml|g)(?!\w))/dgiu;

/** Years of birth in digits that have come to show an age over 89 since the rules were made. */
export function laterBirthYears(text: string, now?: Date): Found[] {
  if (now === undefined || now.getUTCFullYear() <= EDITION_YEAR) return [];
  return [...text.matchAll(BIRTH_DIGITS)].flatMap((match) => {
    const [start, end] = match.indices?.groups?.year ?? [0, 0];
    if (!showsAgeOver89(Number(match.groups?.year), now)) return [];
    return [{ start, end, category: 'C', rule: 'age.birth-year', tier: 'suspect', confidence: 0.7 }];
  });
}
