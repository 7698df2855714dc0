import type { Random } from '../random.ts';
import { trainingNames } from './generate/names.ts';
import type { LabelledSpan, LabelledText } from './labelled.ts';

const names = trainingNames();

/** Words inside of names that are nobody's own. */
const NO_NAME =
  /^(?:de|van|von|der|den|da|di|del|la|bin|al|el|ten|ter|of|the|and|jr|sr|ii|iii|iv|dr|mr|mrs|ms|st)$/i;

/**
 * The same text about other people: most words of names are replaced by names of other origins in the same case, digits
 * of codes by other digits. Places and dates stay as they are written.
 */
export function varied({ text, spans }: LabelledText, random: Random): LabelledText {
  let result = '';
  let from = 0;
  const moved: LabelledSpan[] = [];
  for (const span of spans) {
    result += text.slice(from, span.start);
    const value = text.slice(span.start, span.end);
    const start = result.length;
    if (span.type === 'NAME') result += otherName(value, random);
    else if (span.type === 'ID') result += otherDigits(value, random);
    else result += span.type === 'DATE' ? otherDay(value, random) : value;
    moved.push({ ...span, start, end: result.length });
    from = span.end;
  }
  return { text: result + text.slice(from), spans: moved };
}

function otherName(value: string, random: Random): string {
  let index = 0;
  return value.replace(/[\p{L}\p{M}]+/gu, (word) => {
    const isGiven = index++ === 0 && /[\s,^]/.test(value);
    if (word.length < 3 || NO_NAME.test(word) || random.chance(0.25)) return word;
    const name = (isGiven ? names.given(random) : names.family(random)).replace(/[^\p{L}\p{M}’'-]/gu, '');
    if (word === word.toUpperCase()) return name.toUpperCase();
    return word === word.toLowerCase() ? name.toLowerCase() : name;
  });
}

const otherDigits = (value: string, random: Random): string =>
  value.replace(/\d/g, (digit) => (random.chance(0.6) ? String(random.whole(0, 9)) : digit));

/** `3/28` becomes another day and month; whatever else a date is stays. */
const otherDay = (value: string, random: Random): string =>
  value.replace(
    /^(\d{1,2})([/-])(\d{1,2})(?!\d)/,
    (_, __, mark: string) => `${random.whole(1, 12)}${mark}${random.whole(1, 28)}`,
  );
