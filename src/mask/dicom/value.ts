import type { CodeBook, Need, PatientCodes } from '../../crosswalk/codes.ts';
import type { Action } from '../../model/action.ts';
import { isRegisteredUid } from '../../model/standard-uid.ts';
import { maskAgeNumber, maskAgeString } from '../actions/age.ts';
import { type DateMask, maskBirthDate, maskDicomDate, maskDicomDateTime } from '../actions/dates.ts';
import { randomValue, seededRandom } from '../actions/random.ts';
import { replaceMatches } from '../actions/regex.ts';
import { fillTemplate } from '../actions/replace.ts';
import { relativeTime, secondsOfDay } from '../actions/times.ts';
import { zip3 } from '../actions/zip3.ts';
import type { MaskingContext } from '../masking.ts';
import type { Subject } from './subject.ts';

/** Longest values by VR, in characters (PS3.5 Table 6.2-1). */
const LONGEST: Record<string, number> = {
  AE: 16,
  CS: 16,
  SH: 16,
  LO: 64,
  PN: 64,
  ST: 1024,
  LT: 10240,
  AS: 4,
  DA: 8,
  UI: 64,
};

/** DS and IS (PS3.5 6.2). */
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
/** UIDs that frames of reference bear; they are new for every study where the link is cut. */
const FRAMES_OF_REFERENCE = new Set([0x00200052, 0x00200200, 0x30060024, 0x300600c2, 0x00640003]);

/** One value to be masked: its text, what holds it and what is to be done. */
export interface ValueRequest {
  readonly action: Action;
  readonly tag: number;
  readonly vr: string;
  readonly text: string;
  /** Unit of a number that is an age. */
  readonly unit?: string | undefined;
  /** Every byte could be decoded; text that could not is not cleaned but replaced. */
  readonly isComplete?: boolean;
  /** Words for the attribute, context for the cleaner. */
  readonly label: string;
}

/** The crosswalk entries that masking a value asks for. */
export function needsOf({ action, text, tag }: ValueRequest, subject: Subject, cutLink: boolean): Need[] {
  switch (action.do) {
    case 'uid':
      return uidsOf(text).map((uid) => uidNeed(uid, tag, subject, cutLink));
    case 'pseudonym':
      if (text.trim() === '' || action.domain === 'patient') return [];
      return [{ kind: 'code', domain: action.domain, value: text.trim() }];
    case 'random':
      return text === '' ? [] : [{ kind: 'code', domain: 'other', value: text }];
    case 'replace':
      return action.with.includes('{order}') && subject.order !== ''
        ? [{ kind: 'code', domain: 'order', value: subject.order }]
        : [];
    default:
      return [];
  }
}

function uidNeed(uid: string, tag: number, subject: Subject, cutLink: boolean): Need {
  const perStudy = cutLink && FRAMES_OF_REFERENCE.has(tag) && subject.study !== '';
  return { kind: 'uid', uid, ...(perStudy && { study: subject.study }) };
}

const uidsOf = (text: string): string[] =>
  text
    .split('\\')
    .map((uid) => uid.trim())
    .filter((uid) => uid !== '' && !isRegisteredUid(uid));

/** What masking needs to know of the file besides the value. */
export interface ValueContext {
  readonly masking: MaskingContext;
  readonly subject: Subject;
  readonly codes: CodeBook;
  readonly patient: PatientCodes | undefined;
}

/** The text that takes the place of a value; undefined: the value stays byte for byte. */
export function maskedText(request: ValueRequest, context: ValueContext): string | undefined {
  const { action, text, vr, unit } = request;
  const { project } = context.masking;
  switch (action.do) {
    case 'keep':
      return undefined;
    case 'remove':
    case 'empty':
      return '';
    case 'add':
      return action.value;
    case 'dummy':
      return dummyText(request, context);
    case 'replace':
      return withinVr(
        vr,
        fillTemplate(action.with, { patient: context.patient?.code ?? '', order: orderCode(context) }),
      );
    case 'pseudonym':
      return pseudonym(action.domain, text, context);
    case 'uid':
      return eachValue(text, (uid) => replacementUid(uid, request, context));
    case 'clean':
      return cleaned(request, context, action.only);
    case 'random':
      return text === ''
        ? undefined
        : randomValue(action.kind, text, seededRandom(context.codes.code('other', text)), action);
    case 'regex':
      return withinVr(vr, replaceMatches(text, action.pattern, action.with));
    case 'number':
      return eachValue(text, (number) => (isPlainNumber(number.trim(), request, context) ? number : ''));
    case 'zip3':
      return eachValue(text, zip3);
    case 'age':
      return eachValue(text, (age) =>
        unit === undefined ? maskAgeString(age, project.ages) : maskAgeNumber(age, unit, project.ages),
      );
    case 'time':
      return eachValue(text, (time) => maskedTime(time, context));
    case 'date':
      return maskedDate(request, context, project.dates);
    case 'shift-date':
      return maskedDate(request, context, 'shift');
    case 'year':
      return maskedDate(request, context, 'year');
    case 'birth-date':
      // A capped age beside a birth year would undo the cap (164.514(b)(2)(i)(C)).
      if (context.subject.isOver89 && project.ages !== 'keep') return '';
      return eachValue(text, (date) =>
        maskBirthDate(
          date,
          dateMask(context, project.dates),
          'YYYY0101',
          context.masking.now,
          project.ages !== 'keep',
        ),
      );
  }
}

function eachValue(text: string, mask: (value: string) => string): string {
  return text
    .split('\\')
    .map((value) => (value === '' ? '' : mask(value)))
    .join('\\');
}

/** Whole numbers of so many digits are looked up among the known identifiers; shorter ones are too often chance. */
const MAY_IDENTIFY = /^\d{6,}$/;
const LEAST_DIGITS = 4;

/** A number that is nobody's: not a known identifier, and not this file's own patient's. */
function isPlainNumber(number: string, { label }: ValueRequest, { masking, subject }: ValueContext): boolean {
  if (!NUMBER.test(number)) return false;
  const digits = number.replace(/^[+-]|\.0*$/g, '');
  if (digits.length >= LEAST_DIGITS && digits === subject.patient?.id) return false;
  if (!MAY_IDENTIFY.test(digits)) return true;
  return masking.cleaner.clean(digits, { label, only: 'known' }).replaced.length === 0;
}

function pseudonym(domain: string, text: string, context: ValueContext): string {
  if (text.trim() === '') return '';
  if (domain === 'patient') return context.patient?.code ?? '';
  return context.codes.code(domain as Parameters<CodeBook['code']>[0], text.trim());
}

const orderCode = ({ subject, codes }: ValueContext): string =>
  subject.order === '' ? '' : codes.code('order', subject.order);

function replacementUid(
  uid: string,
  { tag }: ValueRequest,
  { codes, subject, masking }: ValueContext,
): string {
  const plain = uid.trim();
  if (plain === '' || isRegisteredUid(plain)) return plain;
  const need = uidNeed(plain, tag, subject, masking.project.link === 'cut');
  return need.kind === 'uid' ? codes.uid(plain, need.study) : plain;
}

function dateMask({ patient, masking, subject }: ValueContext, rule: DateMask['rule']): DateMask {
  const { times } = masking.project;
  // Nobody's offset: a date that cannot be shifted goes.
  const base = {
    rule: rule === 'shift' && patient === undefined ? ('remove' as const) : rule,
    offsetDays: patient?.dateOffsetDays ?? 0,
  };
  if (times === 'keep') return base;
  if (times === 'remove') return { ...base, time: () => '' };
  const start = masking.studyTimes.get(subject.study);
  return { ...base, time: (timeOfDay) => (start === undefined ? '' : relativeTime(timeOfDay, start)) };
}

function maskedDate(
  { vr, text }: ValueRequest,
  context: ValueContext,
  rule: DateMask['rule'],
): string | undefined {
  if (rule === 'keep' && context.masking.project.times === 'keep') return undefined;
  const mask = dateMask(context, rule);
  return eachValue(text, (date) => (vr === 'DT' ? maskDicomDateTime(date, mask) : maskDicomDate(date, mask)));
}

function maskedTime(time: string, { masking, subject }: ValueContext): string {
  // What is no time of day is something else, and nobody knows what.
  if (masking.project.times === 'remove' || secondsOfDay(time) === undefined) return '';
  if (masking.project.times === 'keep') return time;
  const base = masking.studyTimes.get(subject.study);
  return base === undefined ? '' : relativeTime(time, base);
}

/** Code Value: a code of so few characters equals somebody's number by chance. */
const CODE_VALUE = 0x00080100;
const LONG_CODE = 6;
const isShortCode = (tag: number, code: string): boolean =>
  tag === CODE_VALUE && code.trim().length < LONG_CODE;

function cleaned(
  { tag, text, vr, label, isComplete }: ValueRequest,
  { masking }: ValueContext,
  only: 'known' | 'patterns' | undefined,
): string | undefined {
  if (text.trim() === '') return undefined;
  if (isComplete === false) return 'REMOVED'; // nobody can say what stands in it
  const { text: clean, replaced } = masking.cleaner.clean(text, {
    format: 'dicom',
    vr,
    tag: tag.toString(16).padStart(8, '0').toUpperCase(),
    label,
    ...(only && { only }),
  });
  if (replaced.length === 0 || isShortCode(tag, text)) return undefined;
  return vr === 'CS' ? 'REMOVED' : withinVr(vr, clean);
}

/** A placeholder may make a text longer than its VR allows: then it is cut, never the VR broken. */
function withinVr(vr: string, text: string): string {
  const longest = LONGEST[vr];
  if (longest === undefined || vr === 'PN') return text;
  if (vr === 'ST' || vr === 'LT') return text.slice(0, longest);
  return text
    .split('\\')
    .map((value) => value.slice(0, longest))
    .join('\\');
}

/** A value that the VR allows and that says nothing (PS3.15 E.3: D). */
function dummyText(request: ValueRequest, context: ValueContext): string {
  switch (request.vr) {
    case 'DA':
      return maskedDate(request, context, 'year') || '19000101';
    case 'DT':
      return maskedDate(request, context, 'year') || '1900';
    case 'TM':
      return '000000';
    case 'AS':
      return '000Y';
    case 'IS':
    case 'DS':
      return '0';
    case 'UI':
      return eachValue(request.text, (uid) => replacementUid(uid, request, context));
    default:
      return 'REMOVED';
  }
}
