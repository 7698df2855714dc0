import { CATEGORIES, type HipaaCategory } from '../model/category.ts';
import { hasCodeForm } from '../model/code-form.ts';
import type { Passage, PassageHints } from '../model/passage.ts';
import type { Detector } from './detector.ts';
import { isDummy, isMaskedForm } from './dummy.ts';
import { isDatePlace } from './places.ts';
import { codePointOffsets } from './spans.ts';

export interface TypedOptions {
  /** Whether a value is a code of our own crosswalk. Absent in a scan: there a code is known by its form alone. */
  readonly isIssued?: (value: string) => boolean;
  /** As for the patterns: `expected` and `kept` let full dates stand in typed places. */
  readonly dates?: 'find' | 'expected' | 'kept';
  /** Values that the project lets stand in a place (aliases, kept geography): the last word for a value. */
  readonly allows?: (passage: Passage, value: string) => boolean;
  /** Today; years of birth are judged by it. */
  readonly now?: Date;
}

/** States and the country may stay (164.514(b)(2)(i)(B) speaks of what is smaller than a state). */
const STATES = new Set(
  (
    'AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD ' +
    'TN TX UT VT VA WA WV WI WY DC PR VI GU AS MP US USA U.S.A. Alabama Alaska Arizona Arkansas California Colorado Connecticut ' +
    'Delaware Florida Georgia Hawaii Idaho Illinois Indiana Iowa Kansas Kentucky Louisiana Maine Maryland Massachusetts Michigan ' +
    'Minnesota Mississippi Missouri Montana Nebraska Nevada New_Hampshire New_Jersey New_Mexico New_York North_Carolina ' +
    'North_Dakota Ohio Oklahoma Oregon Pennsylvania Rhode_Island South_Carolina South_Dakota Tennessee Texas Utah Vermont ' +
    'Virginia Washington West_Virginia Wisconsin Wyoming District_of_Columbia Puerto_Rico United_States United_States_of_America'
  )
    .toLowerCase()
    .split(' ')
    .map((name) => name.replace(/_/g, ' ')),
);

/**
 * Judges values in places that themselves say which identifier stands there (`hints.typed`): a leak unless the value is
 * empty, a dummy, of a masked form (HIPAA.md) or issued by us. Names come whole or by component; UIDs have a detector
 * of their own.
 */
export function typedFieldDetector(options: TypedOptions = {}): Detector {
  return {
    id: 'typed-field',
    detect(passage) {
      const { typed } = passage.hints;
      if (typed === undefined || isUidPlace(passage)) return [];
      const point = codePointOffsets(passage.text);
      return valuesOf(passage.text, typed)
        .filter(({ value }) => isIdentifier(value, typed, passage, options))
        .map(({ start, value }) => ({
          start: point(start),
          end: point(start + value.length),
          category: typed,
          detector: 'typed-field',
          rule: `typed.${typed}`,
          tier: 'leak' as const,
          confidence: 0.95,
          explain: explanation(passage, typed),
        }));
    },
  };
}

/** The place by its field or keyword of the standard, never by a label, which may stand in the message itself. */
function explanation(passage: Passage, typed: HipaaCategory): string {
  const place = standardPlace(passage);
  const name = CATEGORIES[typed].replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase());
  return place === undefined
    ? `a value in a place made for: ${name}`
    : `a value in ${place}, made for: ${name}`;
}

/** A private element's creator, and a segment that is none, are of the file and not of the standard. */
function standardPlace({ hints, locus }: Passage): string | undefined {
  if (hints.field !== undefined) return /^[A-Z][A-Z0-9]{2}-\d+$/.test(hints.field) ? hints.field : undefined;
  return /\([0-9A-F]{3}[02468ACE],[0-9A-F]{4}\)[^(]*$/i.test(locus) ? hints.keyword : undefined;
}

/** A UID in a place for identifiers or of a facility: four dots or more, or the UUID form of ITU-T X.667. */
const UID = /^\d+(?:\.\d+){4,}$|^2\.25\.\d{10,39}$/;

function isUidPlace({ text, hints }: Passage): boolean {
  const mayBe = hints.typed === 'R' || hints.typed === 'B';
  return hints.vr === 'UI' || (mayBe && UID.test(text.trim()));
}

/** The values of a multi-valued element, a name by its groups and components; UTF-16 offsets of each, trimmed. */
function valuesOf(text: string, typed: HipaaCategory): { start: number; value: string }[] {
  const separators = typed === 'A' ? /[^\\^=~]+/g : /[^\\]+/g;
  return [...text.matchAll(separators)]
    .map((match) => {
      const value = match[0].replace(/^[\s\0]+|(?<![\s\0])[\s\0]+$/g, '');
      return { start: match.index + match[0].indexOf(value), value };
    })
    .filter(({ value }) => value !== '');
}

function isIdentifier(value: string, typed: HipaaCategory, passage: Passage, options: TypedOptions): boolean {
  const isCode = options.isIssued ?? hasCodeForm;
  if (isCode(value) || isCode(passage.text.trim())) return false;
  if (options.allows?.(passage, value)) return false;
  if (typed === 'C') return isFullDateOrAge(value, passage.hints, options);
  if (isDummy(value)) return false;
  if (typed === 'A' && /^[\p{P}\s]*$/u.test(value)) return false;
  if (typed === 'B') return !isMaskedForm(value, 'zip') && !STATES.has(value.toLowerCase());
  return true;
}

/** A date of more than a year, an age above the cap, or a year of birth that shows such an age. */
function isFullDateOrAge(value: string, hints: PassageHints, options: TypedOptions): boolean {
  if (isDummy(value, 'date')) return false;
  const kind = hints.vr ?? hints.dataType ?? 'date';
  if (isAgePlace(hints)) return !isMaskedForm(value, kind === 'AS' ? 'AS' : 'age');
  const showsAge = hints.besideOldAge === true || (isBirthPlace(hints) && showsAgeOver89(value, options.now));
  if (showsAge && options.dates !== 'kept') return true;
  if (options.dates === 'expected' || options.dates === 'kept') return false;
  if (kind === 'TM') return false;
  return !isMaskedForm(value, isDatePlace(hints) ? kind : 'date', hints.yearAlone);
}

const isAgePlace = ({ vr, keyword, label }: PassageHints): boolean =>
  vr === 'AS' || /\bage\b|Age$/.test(`${keyword ?? ''} ${label ?? ''}`);

const isBirthPlace = ({ keyword, label, field }: PassageHints): boolean =>
  field === 'PID-7' || /birth/i.test(`${keyword ?? ''} ${label ?? ''}`);

/** 164.514(b)(2)(i)(C): all elements of dates that show an age over 89, the year included. */
function showsAgeOver89(value: string, now: Date | undefined): boolean {
  const year = Number(/^(\d{4})/.exec(value)?.[1] ?? Number.NaN);
  return now !== undefined && year > 0 && now.getUTCFullYear() - year > 89;
}
