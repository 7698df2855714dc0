import type { CodeBook, CodeDomain, Need, PatientKey } from '../../crosswalk/codes.ts';
import { isDummyId } from '../../crosswalk/patient-key.ts';
import type { CleaningHints } from '../../detect/detector.ts';
import { yearsOf } from '../../hl7/concepts.ts';
import { type AgeRule, maskAgeNumber } from '../actions/age.ts';
import { calendarDate, type DateMask, maskHl7Time, showsAgeOver89, type YearForm } from '../actions/dates.ts';
import { randomValue, seededRandom } from '../actions/random.ts';
import { replaceMatches } from '../actions/regex.ts';
import { fillTemplate, namesCode } from '../actions/replace.ts';
import { relativeTime, secondsOfDay } from '../actions/times.ts';
import { zip3 } from '../actions/zip3.ts';
import type { MaskingContext } from '../masking.ts';
import { maskedAttachment } from './attachments.ts';
import type { NewText } from './changes.ts';
import type { Hl7Action, Hl7Rules, IdentifierKind } from './rules.ts';

/** What masking a value needs to know besides its text. */
export interface ValueContext {
  readonly masking: MaskingContext;
  readonly rules: Hl7Rules;
  readonly yearForm: YearForm;
  /** Whom this part of the message is about. */
  readonly patient: PatientKey | undefined;
  /** Study whose codes count where the link between studies is cut. */
  readonly study: string | undefined;
  /** Earliest time of the message's study in seconds, for `times: relative`. */
  readonly baseSeconds: number | undefined;
  /** Order number of the message, for templates. */
  readonly order: string;
  readonly surrogate: string;
  /** Unit of an observed number. */
  readonly unit: string;
  /** The value is a number with a unit or a reference range: no date and no identifier, whatever it looks like. */
  readonly isMeasured: boolean;
  /** The value is a birth date of somebody who shows an age over 89 elsewhere in the message. */
  readonly isOld: boolean;
  /** The value is an age over 89. */
  showsOldAge(): void;
  /** Text of the part at a position beside the value; '' where there is none. */
  sibling(position: number): string;
  /** Identifier type code that goes with the value. */
  typeCode(): string;
  /** Who issued the number. */
  issuer(): string;
  need(need: Need): void;
}

const UID = /^[0-2](?:\.(?:0|[1-9]\d*))+$/;
/** Years of age, as PID-7 may not show them. */
const CAPPED = 90;
const LONGEST_UID = 64;
const SHORTEST_UID = 14;
const UID_ALONE = /^[0-2](?:\.(?:0|[1-9]\d{0,38})){4,31}$/;
const NO_PATIENT = 'ANON';
const USA = /^(?:|US|USA|UNITED STATES.*|U\.S\.A?\.?)$/;
/** A whole value that is a date or a time stamp, in a place that says nothing of dates. */
const TIME_STAMP =
  /^(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:[01]\d|2[0-3])?(?:[0-5]\d){0,2}(?:\.\d+)?(?:[+-]\d{4})?$/;
const STATE_CODE = /^[A-Za-z]{2,3}$/;

/**
 * The text that takes the place of a value; `undefined`: it stays, byte for byte; `'clean'` in a wrapper: the cleaner is to
 * look at it. Codes are asked for by `context.need` and filled in later.
 */
export function maskedValue(
  action: Hl7Action,
  text: string,
  context: ValueContext,
): NewText | undefined | Cleaning {
  const { project } = context.masking;
  switch (action.do) {
    case 'keep':
      return undefined;
    case 'clean':
      if (context.isMeasured) return MEASURED;
      if (isInstanceUid(text)) return uid(text, 'other', context);
      return TIME_STAMP.test(text) ? date(text, project.dates, context) : CLEANING;
    case 'code':
      return isPublicCode(text, context.sibling(action['system-at']), context) ? undefined : CODE_CLEANING;
    case 'number':
      if (SHORT_NUMBER.test(text)) return undefined;
      if (context.isMeasured) return MEASURED;
      return TIME_STAMP.test(text) ? date(text, project.dates, context) : STRICT_CLEANING;
    case 'equipment':
      return EQUIPMENT_CLEANING;
    case 'unspecified':
      return PLAIN_VALUE.test(text.trim()) ? CLEANING : '';
    case 'remove':
    case 'empty':
    case 'routing':
      return '';
    case 'attachment':
      return maskedAttachment(text, context);
    case 'sex':
      return project.sex === 'remove' ? '' : CLEANING;
    case 'dummy':
      return context.surrogate;
    case 'add':
      return action.value;
    case 'replace':
      return replaced(action.with, context);
    case 'pseudonym':
      return action.domain === 'patient' ? patientCode(context) : code(action.domain, text, context);
    case 'identifier':
      return identifier(action.otherwise, text, context);
    case 'uid':
      return uid(text, 'other', context);
    case 'oid':
      return uid(text, 'organization', context);
    case 'oid-type':
      return context.rules.isOidType(text) ? undefined : '';
    case 'telecom-code':
      return context.rules.isTelecomCode(text) ? undefined : '';
    case 'random':
      return random(action, text, context);
    case 'regex':
      return differing(text, replaceMatches(text, action.pattern, action.with));
    case 'zip3':
      return zip3(text);
    case 'zip':
      return zip(text, context.sibling(action['country-at']), context);
    case 'city':
      return project.geography === 'city' ? undefined : '';
    case 'state':
      return state(text, context);
    case 'country':
      return /\d/.test(text) ? '' : CLEANING;
    case 'age':
      return age(text, context);
    case 'time':
      return timeOfDay(text, context);
    case 'date':
      return date(text, project.dates, context);
    case 'birth-date':
      if (context.isOld && ageRule(context) !== 'keep') return '';
      return date(text, project.dates, context);
    case 'shift-date':
      return date(text, 'shift', context);
    case 'year':
      return date(text, 'year', context);
  }
}

/** The value is text to be cleaned; `strict`: a number or code, which goes as a whole where anything in it is found. */
export interface Cleaning {
  readonly strict: boolean;
  readonly hints: Pick<CleaningHints, 'dataType' | 'codePlace' | 'keyword'>;
}
const CLEANING: Cleaning = { strict: false, hints: {} };
const CODE_CLEANING: Cleaning = { strict: false, hints: { codePlace: true } };
const EQUIPMENT_CLEANING: Cleaning = { strict: false, hints: { keyword: 'SoftwareVersions' } };
const STRICT_CLEANING: Cleaning = { strict: true, hints: {} };
const MEASURED: Cleaning = { strict: true, hints: { dataType: 'NM' } };

/** Numbers of up to seven digits are results: no known number counts among them (the audit reads them so too). */
const SHORT_NUMBER = /^(?=\D{0,1}(?:\.?\d){1,7}$)[-+]?\d+(?:\.\d+)?$/;
/** What may stand in a value of unknown type: a number, a comparison, a code of three characters. */
const PLAIN_VALUE = /^(?:[<>]?=?[-+]?\d{1,7}(?:\.\d+)?%?|[\p{L}\d+-]{1,3})$/u;

/** Whether the new value takes the place of all parts of what it masks, and not of each one. */
export function isSingle({ do: name }: Hl7Action, kind?: string): boolean {
  if (name === 'random') return kind === 'name' || kind === 'uid';
  return name === 'pseudonym' || name === 'identifier' || name === 'replace' || name === 'dummy';
}

function isPublicCode(text: string, system: string, context: ValueContext): boolean {
  return text.length <= 20 && !text.includes(' ') && context.rules.isPublicSystem(system);
}

function replaced(template: string, context: ValueContext): NewText {
  const wantsPatient = namesCode(template, 'patient');
  const wantsOrder = namesCode(template, 'order') && context.order !== '';
  if (!wantsPatient && !wantsOrder) return fillTemplate(template, { patient: '', order: '' });
  const patient = wantsPatient ? patientCode(context) : '';
  const order = wantsOrder ? code('order', context.order, context) : '';
  const textOf = (text: NewText, codes: CodeBook) => (typeof text === 'string' ? text : text(codes));
  return (codes) => fillTemplate(template, { patient: textOf(patient, codes), order: textOf(order, codes) });
}

function patientCode(context: ValueContext, key = context.patient): NewText {
  const { study } = context;
  if (key === undefined) return NO_PATIENT;
  context.need({ kind: 'patient', patient: key, ...(study !== undefined && { study }) });
  return (codes) => codes.patient(key, study).code;
}

const OF_THE_PATIENT: ReadonlySet<CodeDomain> = new Set(['account', 'other']);

function code(domain: CodeDomain, text: string, context: ValueContext): NewText {
  const plain = text.trim();
  if (plain === '') return '';
  // Where the link between studies is cut, a number of the patient's must not join them again.
  const { study } = context;
  const value = study !== undefined && OF_THE_PATIENT.has(domain) ? `${plain} of ${study}` : plain;
  context.need({ kind: 'code', domain, value });
  return (codes) => codes.code(domain, value);
}

/** Fields that say themselves what their number is, whatever the identifier type code: an accession stays an order. */
const DECIDED: ReadonlySet<IdentifierKind> = new Set([
  'order',
  'specimen',
  'organization',
  'device',
  'message',
]);

/** The identifier type code decides; a number that names no patient is never turned into a patient's code. */
function identifier(otherwise: IdentifierKind, text: string, context: ValueContext): NewText {
  const found = context.rules.identifierKind(context.typeCode());
  const isPatients = otherwise === 'patient' || otherwise === 'other';
  const isDecided = DECIDED.has(otherwise) || (found === 'patient' && !isPatients);
  const kind = found === undefined || (isDecided && found !== 'remove') ? otherwise : found;
  if (kind === 'remove') return '';
  if (kind !== 'patient') return code(kind, text, context);
  const id = text.trim();
  return patientCode(context, isDummyId(id) ? context.patient : { id, issuer: context.issuer() });
}

function uid(text: string, domain: CodeDomain, context: ValueContext): NewText | undefined {
  const value = text.trim();
  if (!UID.test(value) || value.length > LONGEST_UID) return code(domain, text, context);
  if (context.masking.project.uids === 'keep' || context.rules.isKnownOid(value)) return undefined;
  context.need({ kind: 'uid', uid: value });
  return (codes) => codes.uid(value);
}

/** A text that is nothing but a UID, long enough to be no version and no address (as the detectors have it). */
export function isInstanceUid(text: string): boolean {
  return text.length >= SHORTEST_UID && UID_ALONE.test(text);
}

function random(action: Extract<Hl7Action, { do: 'random' }>, text: string, context: ValueContext): NewText {
  const value = text.trim();
  if (value === '') return '';
  context.need({ kind: 'code', domain: 'other', value });
  return (codes) =>
    randomValue(action.kind, text, seededRandom(codes.code('other', value)), { ...action, separator: ' ' });
}

function zip(text: string, country: string, context: ValueContext): string | undefined {
  const { zip: rule } = context.masking.project;
  if (rule === 'keep') return undefined;
  if (rule === 'remove') return '';
  return differing(text, USA.test(country.trim().toUpperCase()) ? zip3(text) : '000');
}

/** The name or abbreviation of a state may stay; other text is a town or worse in the wrong place. */
function state(text: string, { masking, rules }: ValueContext): '' | undefined {
  const isState = STATE_CODE.test(text.trim()) || rules.isState(text);
  return masking.project.geography !== 'remove' && isState ? undefined : '';
}

function age(text: string, context: ValueContext): string | undefined | Cleaning {
  if (!/\d/.test(text)) return CLEANING;
  if ((yearsOf(text, context.unit) ?? 0) >= CAPPED) context.showsOldAge();
  return differing(text, maskAgeNumber(text, context.unit, ageRule(context)));
}

function ageRule({ masking: { project } }: ValueContext): AgeRule {
  return project.ages === 'keep' && project.method === 'safe-harbor' ? 'cap' : project.ages;
}

function timeOfDay(text: string, context: ValueContext): string | undefined {
  if (secondsOfDay(text.replace(/[+-]\d{4}$/, '')) === undefined) return '';
  if (context.masking.project.times === 'keep') return undefined;
  return maskedTime(text.replace(/[+-]\d{4}$/, ''), context);
}

function maskedTime(text: string, { masking, baseSeconds }: ValueContext): string {
  return masking.project.times === 'relative' && baseSeconds !== undefined
    ? relativeTime(text, baseSeconds)
    : '';
}

/** A date by a rule. Where ages are capped, every year that shows an age over 89 is gone (164.514(b)(2)(i)(C)). */
function date(text: string, rule: DateMask['rule'], context: ValueContext): NewText | undefined {
  const { masking, yearForm } = context;
  if (ageRule(context) !== 'keep' && rule !== 'keep' && showsAgeOver89(text, masking.now)) return '';
  const time = masking.project.times === 'keep' ? {} : { time: (of: string) => maskedTime(of, context) };
  if (rule !== 'shift') return differing(text, maskHl7Time(text, { rule, offsetDays: 0, ...time }, yearForm));
  const { patient, study } = context;
  if (patient === undefined || calendarDate(text) === undefined) return '';
  context.need({ kind: 'patient', patient, ...(study !== undefined && { study }) });
  return (codes) =>
    maskHl7Time(text, { rule, offsetDays: codes.patient(patient, study).dateOffsetDays, ...time }, yearForm);
}

function differing(before: string, after: string): string | undefined {
  return before === after ? undefined : after;
}
