import type { Hit } from '../../model/finding.ts';
import type { Detector } from '../detector.ts';
import { isDatePlace, isNumericPlace } from '../places.ts';
import { type PlainText, plainText } from '../plain-text.ts';
import { codePointOffsets } from '../spans.ts';
import { laterBirthYears, spelledAges } from './ages.ts';
import { spelledDates } from './dates.ts';
import { digitStrings } from './digit-strings.ts';
import type { Found } from './found.ts';
import { spelledRuns } from './spelled-numbers.ts';

export interface LanguageOptions {
  /** As for the patterns: a project that keeps dates has none found; ages over 89 are looked for in every case. */
  readonly dates?: 'find' | 'expected' | 'kept';
  /** Today; years of birth are judged by it. */
  readonly now?: Date;
}

/**
 * Finds what English spells out: ages over 89, dates, and numbers told digit by digit (164.514(b)(2)(i)(C), (D), (G),
 * (H)...). The parser behind it is slow and is asked of number words alone; see `second-opinion.ts` for whole sentences.
 */
export function languageDetector(options: LanguageOptions = {}): Detector {
  const { dates = 'find', now } = options;
  return {
    id: 'language',
    detect({ text: given, hints }) {
      if (given.length < 4 || isNumericPlace(hints) || isDatePlace(hints)) return [];
      const { text, origin } = plainText(given);
      const runs = spelledRuns(text);
      const found: Found[] = [
        ...spelledAges(text, runs, now),
        ...laterBirthYears(text, now),
        ...(dates === 'kept' ? [] : spelledDates(text, runs)),
        ...digitStrings(text, runs),
      ];
      return found.length === 0 ? [] : asHits(given, origin, found);
    },
  };
}

function asHits(text: string, origin: PlainText['origin'], found: readonly Found[]): Hit[] {
  const point = codePointOffsets(text);
  return found.map(({ start, end, ...rest }) => {
    const at = origin(start, end);
    return { ...rest, start: point(at.start), end: point(at.end), detector: 'language' };
  });
}
