import { RE2JS } from 're2js';
import { parseDicomAt, parseHl7At } from './at.ts';
import { attributesOf, dicomKeywords } from './dictionary.ts';
import type { Path, YamlDocument } from './document.ts';
import { nearest, type Problem } from './problem.ts';
import type { Condition, Project, Rule } from './schema.ts';

type Form = 'dicom' | 'hl7' | 'either';
type Report = (path: Path, text: string) => void;

/** What the schema cannot say: how `at` is written, whether patterns compile, whether a range runs forward. */
export function judge(project: Project, document: YamlDocument): Problem[] {
  const problems: Problem[] = [];
  const report: Report = (path, text) => problems.push({ line: document.lineOf(path), text });
  for (const form of ['dicom', 'hl7'] as const) {
    for (const [index, rule] of project.rules[form].entries()) {
      judgeRule(rule, form, ['rules', form, index], report);
    }
  }
  for (const [index, test] of (project.filters.where ?? []).entries()) {
    judgeCondition(test, 'either', ['filters', 'where', index], report);
  }
  judgeDays(project.filters, ['filters'], report);
  judgeDay(project.evidence.determinedOn, ['evidence', 'determinedOn'], report);
  judgeDay(project.evidence.validUntil, ['evidence', 'validUntil'], report);
  return problems;
}

function judgeRule(rule: Rule, form: 'dicom' | 'hl7', path: Path, report: Report): void {
  if (!isAt(rule.at, form)) report([...path, 'at'], `\`at\` must be ${FORMS[form]}`);
  else if (form === 'dicom') judgeKeywords(rule.at, path, report);
  if (rule.when !== undefined) judgeCondition(rule.when, form, [...path, 'when'], report);
  const action = rule.action;
  if (action.do === 'regex') judgePattern(action.pattern, [...path, 'action', 'pattern'], report);
  if (action.do === 'replace' && /\{(?!patient\}|order\})[a-z]+\}/.test(action.with)) {
    report([...path, 'action', 'with'], '`with` knows the placeholders {patient} and {order} alone');
  }
  if (action.do === 'add' && form === 'dicom' && !isOneAttribute(rule.at)) {
    report(
      [...path, 'at'],
      '`add` takes one attribute of the data set itself: no path, wildcard or private element',
    );
  }
  if (action.do !== 'random') return;
  judgeDays(action, [...path, 'action'], report);
  if (action.kind !== 'date' && (action.from ?? action.to) !== undefined) {
    report([...path, 'action'], '`from` and `to` go with `kind: date` alone');
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

function judgeCondition(condition: Condition, form: Form, path: Path, report: Report): void {
  if (!isOnePlace(condition.at, form)) {
    report([...path, 'at'], '`at` of a condition must name one element or field, without wildcard or type');
  } else if (form === 'dicom' || parseHl7At(condition.at) === undefined) {
    judgeKeywords(condition.at, path, report);
  }
  const { equals, matches, present } = condition;
  if (equals === undefined && condition.in === undefined && matches === undefined && present === undefined) {
    report(path, 'a condition needs one of equals, in, matches, present');
  }
  if (matches !== undefined) judgePattern(matches, [...path, 'matches'], report);
}

/** The pattern is not quoted: it may spell an identifier. */
function judgePattern(pattern: string, path: Path, report: Report): void {
  try {
    RE2JS.compile(pattern);
  } catch {
    report(
      path,
      `\`${String(path.at(-1))}\` is not a regular expression in RE2 syntax (no look-around, no back-reference)`,
    );
  }
}

function judgeDays(
  range: { from?: string | undefined; to?: string | undefined },
  path: Path,
  report: Report,
): void {
  judgeDay(range.from, [...path, 'from'], report);
  judgeDay(range.to, [...path, 'to'], report);
  if (range.from !== undefined && range.to !== undefined && range.from > range.to) {
    report([...path, 'to'], '`to` lies before `from`');
  }
}

function judgeDay(day: string | undefined, path: Path, report: Report): void {
  if (day === undefined) return;
  const time = Date.parse(`${day}T00:00:00Z`);
  const real = !Number.isNaN(time) && new Date(time).toISOString().startsWith(day);
  if (!real) report(path, `\`${String(path.at(-1))}\` is not a day of the calendar`);
}
