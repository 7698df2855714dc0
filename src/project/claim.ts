import type { AcceptedRow, Claim } from '../model/result.ts';
import { categoryWords, type KeptByRule, keptByRules } from './kept.ts';
import type { Project } from './schema.ts';
import { isWaiverLabel } from './waivers.ts';

/** What a run or scan found, as far as it bears on the method that may be claimed. */
export interface ClaimFacts {
  readonly command: 'run' | 'scan';
  /** The day on which the claim is made: an expert's determination may have run out. */
  readonly now: Date;
  readonly leaks: number;
  /** Suspects that nobody has decided. */
  readonly suspects: number;
  /** Sources, frames and formats that were unreadable, not searched or not run. */
  readonly notRun: number;
  /** Sources in the release; in a scan, sources that were read. */
  readonly released: number;
  /** What the audit found in the release and rules of the project let stand. */
  readonly accepted: readonly AcceptedRow[];
}

type Method = Project['method'];

const TITLES: Readonly<Record<Method, string>> = {
  'safe-harbor': 'Safe Harbor, 45 CFR 164.514(b)(2)',
  'expert-determination': 'Expert Determination, 45 CFR 164.514(b)(1)',
  'limited-data-set': 'Limited Data Set, 45 CFR 164.514(e)',
};

/** From the method that asks for most to the one that asks for least. */
const BY_STRENGTH: readonly Method[] = ['safe-harbor', 'expert-determination', 'limited-data-set'];

/**
 * The method that the project claims, and the one that settings, papers and findings allow it to claim (45 CFR
 * 164.514(a) to (e)). Where nothing can be claimed yet, `claimable` says what is left to do.
 */
export function claim(project: Project, facts: ClaimFacts): Claim {
  if (facts.command === 'scan') return scanClaim(facts);
  const claimed = TITLES[project.method];
  const bars = new Map(BY_STRENGTH.map((method) => [method, barsTo(method, project, facts)]));
  const ownBars = (bars.get(project.method) ?? []).map((bar) => `${TITLES[project.method]}: ${bar}`);
  const undone = leftToDo(facts);
  if (undone.length > 0) {
    return {
      claimed,
      claimable: `None until ${undone.map((task) => task.until).join(', and ')}`,
      why: [...undone.map((task) => task.why), ...ownBars],
    };
  }
  if (ownBars.length === 0) return { claimed, claimable: claimed, why: [] };
  const other = BY_STRENGTH.find((method) => bars.get(method)?.length === 0);
  return {
    claimed,
    claimable: other === undefined ? 'None with these settings and papers' : TITLES[other],
    why: ownBars,
  };
}

/** A scan sees data alone: neither how codes were made nor which papers there are. */
function scanClaim(facts: ClaimFacts): Claim {
  const undone = leftToDo(facts);
  return {
    claimed: 'None: a scan claims no method',
    claimable:
      undone.length === 0
        ? 'None by a scan alone'
        : `None until ${undone.map((task) => task.until).join(', and ')}`,
    why: [
      ...undone.map((task) => task.why),
      'A scan does not know how these data were masked, how their codes were made (164.514(c)) or which papers stand behind them.',
    ],
  };
}

interface Task {
  readonly until: string;
  readonly why: string;
}

function leftToDo(facts: ClaimFacts): Task[] {
  const tasks: Task[] = [];
  if (facts.leaks > 0) {
    tasks.push({
      until: 'no leak is left',
      why: `${count(facts.leaks, 'leak was', 'leaks were')} found.`,
    });
  }
  if (facts.suspects > 0) {
    tasks.push({
      until: 'every suspect finding is reviewed',
      why: `${count(facts.suspects, 'suspect finding waits', 'suspect findings wait')} for review.`,
    });
  }
  if (facts.notRun > 0) {
    tasks.push({
      until: 'everything is searched',
      why: `${count(facts.notRun, 'thing was', 'things were')} not searched or not read: see the coverage.`,
    });
  }
  if (facts.released === 0) {
    tasks.push({ until: 'something is released', why: 'No source was released.' });
  }
  return tasks;
}

function count(number: number, one: string, many: string): string {
  return `${number.toLocaleString('en-US')} ${number === 1 ? one : many}`;
}

/** Why a method cannot be claimed with these settings and papers; nothing when it can. */
function barsTo(method: Method, project: Project, { now, accepted }: ClaimFacts): string[] {
  switch (method) {
    case 'safe-harbor':
      return safeHarborBars(project, accepted);
    case 'expert-determination':
      return expertBars(project, now);
    case 'limited-data-set':
      return limitedDataSetBars(project, accepted);
  }
}

function safeHarborBars(project: Project, accepted: readonly AcceptedRow[]): string[] {
  const bars: string[] = [];
  if (project.dates === 'shift') bars.push('shifted dates are still elements of dates (164.514(b)(2)(i)(C))');
  if (project.dates === 'keep') bars.push('dates are kept (164.514(b)(2)(i)(C))');
  if (project.ages === 'keep') bars.push('ages over 89 are kept (164.514(b)(2)(i)(C))');
  if (project.zip === 'keep') bars.push('whole ZIP codes are kept (164.514(b)(2)(i)(B))');
  if (project.geography === 'city') bars.push('cities are kept (164.514(b)(2)(i)(B))');
  if (project.uids === 'keep') bars.push('unique identifiers are kept (164.514(b)(2)(i)(R))');
  return [...bars, ...derivedCodes(project), ...shiftingRules(project), ...keptBars(project, accepted)];
}

/** HHS allows a code that is derived from an identifier under Expert Determination alone. */
function derivedCodes(project: Project): string[] {
  return project.codes === 'keyed-hash' ? ['a keyed hash is derived from the identifier (164.514(c))'] : [];
}

function shiftingRules({ rules }: Project): string[] {
  const shifts = [...rules.dicom, ...rules.hl7].some(({ action }) => action.do === 'shift-date');
  return shifts ? ['a rule shifts dates (164.514(b)(2)(i)(C))'] : [];
}

/** Rules that keep an identifier by its place, and rules in whose places the audit found one. */
function keptBars(project: Project, accepted: readonly AcceptedRow[]): string[] {
  const byPlace = keptByRules(project);
  const told = new Set(
    byPlace.flatMap(({ rule, categories }) => categories.map((letter) => `${rule} ${letter}`)),
  );
  return [
    ...byPlace.map(
      ({ rule, categories }) => `the rule for ${rule} keeps ${categoryWords(categories)} (164.514(b)(2)(i))`,
    ),
    ...foundBars(
      accepted.filter(({ rule, category }) => !told.has(`${rule} ${category}`)),
      '164.514(b)(2)(i)',
    ),
  ];
}

function foundBars(accepted: readonly AcceptedRow[], clause: string): string[] {
  return accepted.map(({ rule, category }) =>
    isWaiverLabel(rule)
      ? `a waiver keeps ${categoryWords([category])} (${clause})`
      : `the audit found ${categoryWords([category])} in what the rule for ${rule} keeps (${clause})`,
  );
}

function expertBars(project: Project, now: Date): string[] {
  const { expert, statement, determinedOn, validUntil } = project.evidence;
  const bars: string[] = [];
  if (isBlank(expert)) bars.push("the expert's name is missing (evidence.expert)");
  if (isBlank(statement)) bars.push("the expert's statement is missing (evidence.statement)");
  if (determinedOn === undefined)
    bars.push('the date of the determination is missing (evidence.determinedOn)');
  if (validUntil === undefined) bars.push('until when it holds is missing (evidence.validUntil)');
  const today = now.toISOString().slice(0, 10);
  if (validUntil !== undefined && validUntil < today)
    bars.push('the determination has run out (evidence.validUntil)');
  if (determinedOn !== undefined && determinedOn > today) {
    bars.push('the determination lies in the future (evidence.determinedOn)');
  }
  return bars;
}

function limitedDataSetBars(project: Project, accepted: readonly AcceptedRow[]): string[] {
  const { dataUseAgreement, permittedPurpose } = project.evidence;
  const bars: string[] = [];
  if (isBlank(dataUseAgreement)) {
    bars.push('the reference of a data use agreement is missing (evidence.dataUseAgreement)');
  }
  if (permittedPurpose === undefined) {
    bars.push(
      'a permitted purpose is missing: research, public health or health care operations (evidence.permittedPurpose)',
    );
  }
  return [...bars, ...derivedCodes(project), ...directBars(keptByRules(project), accepted)];
}

/** The 16 direct identifiers are gone from a limited data set, whatever a rule says (164.514(e)(2)). */
function directBars(byPlace: readonly KeptByRule[], accepted: readonly AcceptedRow[]): string[] {
  const judged = new Set(
    byPlace.flatMap(({ rule, categories }) => categories.map((letter) => `${rule} ${letter}`)),
  );
  const found = accepted.filter(
    ({ rule, category }) => category !== 'C' && category !== 'R' && !judged.has(`${rule} ${category}`),
  );
  return [
    ...byPlace
      .filter(({ direct }) => direct.length > 0)
      .map(({ rule, direct }) => `the rule for ${rule} keeps ${categoryWords(direct)} (164.514(e)(2))`),
    ...foundBars(found, '164.514(e)(2)'),
  ];
}

const isBlank = (text: string | undefined): boolean => text === undefined || text.trim() === '';
