import type { Hit } from '../../model/finding.ts';
import type { Detector } from '../detector.ts';
import { placeholderRanges } from '../placeholders.ts';
import { isNumericPlace } from '../places.ts';
import { codePointOffsets, Ranges } from '../spans.ts';
import { isCommonWord, isFirstName, isPlainWord, isStaged, isSurname } from '../words.ts';

const WORD = "\\p{Lu}[\\p{L}’'-]{1,24}";
/** `Jane Roe`, `Jane A. Roe`, `Jane van der Roe`. */
const GIVEN_FIRST = new RegExp(
  `(?<![\\p{L}\\d’'-])(${WORD})( (?:\\p{Lu}\\.?|van|von|de|da|del|di|bin|al|el|la)){0,3} (${WORD})(?![\\p{L}\\d])`,
  'gu',
);
/** `Jane R.`: the last name reduced to its initial. */
const INITIAL_LAST = new RegExp(
  `(?<![\\p{L}\\d’'-])(${WORD}) (\\p{Lu})(?:\\.(?!\\p{L})|(?=[,;:)?!]|$))`,
  'gu',
);
/** `ROE^JANE^A`. */
const CARET =
  /(?<![\p{L}\d^])(\p{L}[\p{L}’'-]{1,24})\^(\p{L}[\p{L}’'-]{1,24})(?:\^\p{L}{0,24})?(?![\p{L}\d])/gu;
/** `Roe, Jane A`. */
const COMMA = new RegExp(`(?<![\\p{L}\\d’'-])(${WORD}), (${WORD})(?: \\p{Lu}\\.?)?(?![\\p{L}\\d])`, 'gu');

const EPONYM_AFTER =
  /^(?:[’']s)? (?:sign|test|disease|syndrome|score|scale|reflex|criteria|index|classification|catheter|procedure|maneuver|manoeuvre|fracture|stage|grade|risk|study|trial|retractor|clamp|needle|forceps|graft|drain|tube|lesion|tumor|tumour|law|method|position|technique|incision|hernia|ulcer|esophagus|lymphoma|palsy|phenomenon|body|bodies|cells?|knife)\b/i;

const key = (word: string): string => word.toLowerCase().replace(/[’']s?$/, '');

/** A first name that no reader would take for another word. */
const isGiven = (word: string): boolean => isFirstName(key(word)) && !isCommonWord(key(word));

const isFamily = (word: string): boolean => {
  const plain = key(word);
  return isSurname(plain) ? !isCommonWord(plain) : !isPlainWord(plain);
};

/**
 * Names without a cue, by lists of first names and surnames: a first name before or after a word that can be a surname,
 * or before an initial. Suspects, category A: a person or a known identifier makes sure.
 */
export function nameDetector(): Detector {
  return {
    id: 'names',
    detect({ text, hints }) {
      if (text.length < 4 || isNumericPlace(hints) || !/\p{Lu}/u.test(text)) return [];
      const spans = [...findNames(text)];
      if (spans.length === 0) return [];
      const point = codePointOffsets(text);
      const placeholders = new Ranges(placeholderRanges(text));
      return spans
        .filter((span) => !placeholders.touch(span))
        .filter(({ end }) => !EPONYM_AFTER.test(text.slice(end, end + 24)))
        .map(({ start, end, rule }) => hitOf(point(start), point(end), rule));
    },
  };
}

function* findNames(text: string): Generator<{ start: number; end: number; rule: string }> {
  const span = (match: RegExpMatchArray, rule: string): { start: number; end: number; rule: string } => ({
    start: match.index ?? 0,
    end: (match.index ?? 0) + match[0].length,
    rule,
  });
  for (const match of text.matchAll(GIVEN_FIRST)) {
    const [given = '', family = ''] = [match[1], match[3]];
    if (isGiven(given) && isLikelyFamily(family) && !isStage(given, family))
      yield span(match, 'names.given-family');
  }
  for (const match of text.matchAll(INITIAL_LAST)) {
    const [given = '', initial = ''] = [match[1], match[2]];
    if (isGiven(given) && !isStage(given, initial)) yield span(match, 'names.given-initial');
  }
  if (text.includes('^')) {
    for (const match of text.matchAll(CARET)) {
      const [family = '', given = ''] = [match[1], match[2]];
      if ((isGiven(given) && isFamily(family)) || (isGiven(family) && isFamily(given)))
        yield span(match, 'names.caret');
    }
  }
  if (text.includes(', ')) {
    for (const match of text.matchAll(COMMA)) {
      const [family = '', given = ''] = [match[1], match[2]];
      if (isGiven(given) && isFamily(family) && !isStage(given, family)) yield span(match, 'names.comma');
    }
  }
}

/** `Duke B`, `Clark V`, `Forrest IIa`. */
const isStage = (word: string, grade: string): boolean =>
  isStaged(key(word)) && /^(?:[A-D]\d?|[IVX]{1,4}[A-Ca-c]?)$/.test(grade);

/** After a first name a common surname counts too (`Mary Brown`), a plain word does not (`Mary Hospital`). */
function isLikelyFamily(word: string): boolean {
  const plain = key(word);
  return isFamily(word) || (isSurname(plain) && !NOT_FAMILY.has(plain));
}

const NOT_FAMILY = new Set(
  'hospital clinic center day may march park street road house church college school'.split(' '),
);

const hitOf = (start: number, end: number, rule: string): Hit => ({
  start,
  end,
  category: 'A',
  detector: 'names',
  rule,
  tier: 'suspect',
  confidence: 0.6,
});
