import { RE2JS } from 're2js';
import { parseDicomAt, parseHl7At } from './at.ts';
import { attributesOf, dicomKeywords } from './dictionary.ts';
import type { Path, YamlDocument } from './document.ts';
import { nearest, type Problem } from './problem.ts';
import { judgeSiteRules } from './site-rules.ts';

type Form = 'dicom' | 'hl7' | 'either';
type Report = (path: Path, text: string) => void;
type Mapping = Readonly<Record<string, unknown>>;

/**
 * What the schema cannot say: how `at` is written, whether patterns compile, whether a range runs forward. It judges the
 * settings as they were written, whatever the schema says of them, so that all mistakes are told at once; what is not of the
 * type that it should be is left to the schema.
 */
export function judge(settings: Mapping, document: YamlDocument): Problem[] {
  const problems: Problem[] = [];
  const report: Report = (path, text) => problems.push({ line: document.lineOf(path), text });
  const { rules, filters, evidence, waivers, detect } = settings;
  for (const form of ['dicom', 'hl7'] as const) {
    for (const [index, rule] of list(mapping(rules)[form]).entries()) {
      judgeRule(mapping(rule), form, ['rules', form, index], report);
    }
  }
  for (const [index, test] of list(mapping(filters).where).entries()) {
    judgeCondition(mapping(test), 'either', ['filters', 'where', index], report);
  }
  judgeSiteRules(list(mapping(detect).rules), report);
  judgeDays(mapping(filters), ['filters'], report);
  judgeDay(mapping(evidence).determinedOn, ['evidence', 'determinedOn'], report);
  judgeDay(mapping(evidence).validUntil, ['evidence', 'validUntil'], report);
  for (const setting of ['biometrics', 'faces'] as const)
    judgeWaiver(setting, settings[setting], mapping(waivers)[setting], report);
  return problems;
}

/** What somebody accepts has to say who, why and when. */
function judgeWaiver(setting: string, decision: unknown, waiver: unknown, report: Report): void {
  const path = ['waivers', setting];
  if (decision === 'waive' && waiver === undefined)
    report([setting], `\`${setting}: waive\` needs \`waivers.${setting}\` with reason, by and on`);
  const { on, until } = mapping(waiver);
  judgeDay(on, [...path, 'on'], report);
  judgeDay(until, [...path, 'until'], report);
  if (isDay(on) && isDay(until) && on > until) report([...path, 'until'], '`until` lies before `on`');
}

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const mapping = (value: unknown): Mapping =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Mapping) : {};

function judgeRule({ at, when, action }: Mapping, form: 'dicom' | 'hl7', path: Path, report: Report): void {
  if (typeof at === 'string') {
    if (!isAt(at, form)) report([...path, 'at'], `\`at\` must be ${FORMS[form]}`);
    else if (form === 'dicom') judgeKeywords(at, path, report);
  }
  judgeCondition(mapping(when), form, [...path, 'when'], report);
  judgeAction(mapping(action), [...path, 'action'], report);
  if (mapping(action).do === 'add' && form === 'dicom' && typeof at === 'string' && !isOneAttribute(at)) {
    report(
      [...path, 'at'],
      '`add` takes one attribute of the data set itself: no path, wildcard or private element',
    );
  }
}

function judgeAction(action: Mapping, path: Path, report: Report): void {
  switch (action.do) {
    case 'regex':
      judgePattern(action.pattern, [...path, 'pattern'], report);
      return;
    case 'replace':
      if (typeof action.with === 'string' && /\{(?!patient\}|order\})[a-z]+\}/.test(action.with)) {
        report([...path, 'with'], '`with` knows the placeholders {patient} and {order} alone');
      }
      return;
    case 'random':
      judgeDays(action, path, report);
      if (action.kind !== 'date' && (action.from ?? action.to) !== undefined) {
        report(path, '`from` and `to` go with `kind: date` alone');
      }
  }
}

const FORMS = {
  dicom:
    'a keyword, a tag (gggg,eeee) with x for any digit, (gggg,"CREATOR",ee) of an odd group, or a path of these with dots',
  hl7: 'a field such as PID-5, a component such as PID-5.1, ZPI-* or type:XPN',
} as const;

const isAt = (at: string, form: 'dicom' | 'hl7'): boolean =>
  (form === 'dicom' ? parseDicomAt(at) : parseHl7At(at)) !== undefined;

/** A rule for a keyword that does not exist would never do anything, and nobody would know. */
function judgeKeywords(at: string, path: Path, report: Report): void {
  for (const step of parseDicomAt(at) ?? []) {
    if (step.kind !== 'keyword' || attributesOf(step).length > 0) continue;
    const meant = nearest(step.pattern, dicomKeywords());
    const hint = meant === undefined ? 'write the tag as (gggg,eeee)' : `did you mean \`${meant}\`?`;
    report([...path, 'at'], `\`at\` names no keyword of PS3.6: ${hint}`);
  }
}

function isOneAttribute(at: string): boolean {
  const steps = parseDicomAt(at);
  const [step] = steps ?? [];
  if (steps?.length !== 1 || step === undefined || step.kind === 'private') return false;
  return !/[X*]/.test(step.kind === 'tag' ? step.pattern : step.pattern.replace(/X(?=[A-Za-z])/g, ''));
}

/** A condition looks at one place: a wildcard or a type would leave open which. */
function isOnePlace(at: string, form: Form): boolean {
  if (form === 'either') return isOnePlace(at, 'dicom') || isOnePlace(at, 'hl7');
  if (form === 'hl7') {
    const place = parseHl7At(at);
    return place?.kind === 'field' && place.field !== '*';
  }
  const steps = parseDicomAt(at);
  return (
    steps?.every((step) => {
      if (step.kind === 'keyword') return !step.pattern.includes('*');
      return !(step.kind === 'tag' ? step.pattern : step.element).includes('X');
    }) === true
  );
}

function judgeCondition(condition: Mapping, form: Form, path: Path, report: Report): void {
  const { at, equals, matches, present } = condition;
  if (typeof at === 'string') {
    if (!isOnePlace(at, form)) {
      report([...path, 'at'], '`at` of a condition must name one element or field, without wildcard or type');
    } else if (form === 'dicom' || parseHl7At(at) === undefined) {
      judgeKeywords(at, path, report);
    }
    if ([equals, condition.in, matches, present].every((test) => test === undefined)) {
      report(path, 'a condition needs one of equals, in, matches, present');
    }
  }
  judgePattern(matches, [...path, 'matches'], report);
}

/** The pattern is not quoted: it may spell an identifier. */
function judgePattern(pattern: unknown, path: Path, report: Report): void {
  if (typeof pattern !== 'string') return;
  try {
    RE2JS.compile(pattern);
  } catch {
    report(
      path,
      `\`${String(path.at(-1))}\` is not a regular expression in RE2 syntax (no look-around, no back-reference)`,
    );
  }
}

function judgeDays({ from, to }: Mapping, path: Path, report: Report): void {
  judgeDay(from, [...path, 'from'], report);
  judgeDay(to, [...path, 'to'], report);
  if (isDay(from) && isDay(to) && from > to) report([...path, 'to'], '`to` lies before `from`');
}

function judgeDay(day: unknown, path: Path, report: Report): void {
  if (!isDay(day)) return;
  const time = Date.parse(`${day}T00:00:00Z`);
  const real = !Number.isNaN(time) && new Date(time).toISOString().startsWith(day);
  if (!real) report(path, `\`${String(path.at(-1))}\` is not a day of the calendar`);
}

/** Written as one; whether the calendar has it is another question. */
const isDay = (value: unknown): value is string =>
  typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value);
