import type { Format } from '../model/passage.ts';
import type { CheckState, RunResult, SourceStatus, Verdict } from '../model/result.ts';

/** States in words: colour alone never tells them. */
export const STATE_WORDS: Readonly<Record<CheckState, string>> = {
  pass: 'Pass',
  fail: 'Fail',
  'accepted-risk': 'Accepted risk',
  'needs-review': 'Needs review',
  'not-applicable': 'Not applicable',
  'not-run': 'Not run',
};

export const VERDICT_WORDS: Readonly<Record<Verdict, string>> = {
  pass: 'Passed',
  findings: 'Findings',
  incomplete: 'Incomplete',
  'nothing-to-scan': 'Nothing to scan',
};

export const STATUS_WORDS: Readonly<Record<SourceStatus, string>> = {
  released: 'Released',
  held: 'Held',
  quarantined: 'Quarantined',
  skipped: 'Skipped',
};

export const FORMAT_WORDS: Readonly<Record<Format, string>> = {
  dicom: 'DICOM',
  hl7: 'HL7 v2',
  text: 'Text',
  picture: 'Picture',
  document: 'Document',
  container: 'Container',
  unknown: 'Unknown',
};

/** 1,234,567 */
export function number(value: number): string {
  return value.toLocaleString('en-US');
}

/** `1 leak`, `2 leaks` */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${number(value)} ${value === 1 ? one : many}`;
}

/** 1.4 MB: powers of 1000, one decimal below ten. */
export function bytes(value: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB', 'PB'];
  let size = value;
  let unit = 0;
  while (size >= 999.5 && unit < units.length - 1) {
    size /= 1000;
    unit += 1;
  }
  const digits = unit === 0 || size >= 9.95 ? 0 : 1;
  return `${size.toFixed(digits)} ${units[unit]}`;
}

/** 2026-03-04 15:06:07 UTC, from ISO 8601; what is no date stays as it is. */
export function utc(iso: string): string {
  const time = Date.parse(iso);
  return Number.isNaN(time) ? iso : `${new Date(time).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** 4 March 2026, in UTC. */
export function day(iso: string): string {
  const time = Date.parse(iso);
  if (Number.isNaN(time)) return iso;
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(time);
}

/** `4 h 12 min`, `3 min 20 s`, `8 s` */
export function duration(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
  if (hours > 0) return `${number(hours)} h ${minutes} min`;
  return minutes > 0 ? `${minutes} min ${seconds % 60} s` : `${seconds} s`;
}

/** The verdict in a word or two: a pass that rests on rules which keep identifiers says so. */
export function verdictWord(result: RunResult): string {
  const word = VERDICT_WORDS[result.verdict];
  return result.verdict === 'pass' && totals(result).accepted > 0 ? `${word}, with accepted risk` : word;
}

export interface Totals {
  readonly leaks: number;
  readonly suspects: number;
  /** Hits in places that rules of the project keep. */
  readonly accepted: number;
}

/** Findings of all categories together. */
export function totals(result: RunResult): Totals {
  return {
    leaks: result.categories.reduce((sum, row) => sum + row.leaks, 0),
    suspects: result.categories.reduce((sum, row) => sum + row.suspects, 0),
    accepted: result.categories.reduce((sum, row) => sum + row.accepted, 0),
  };
}

/** What the verdict means, in a sentence or two; never more than was checked. */
export function verdictMeaning(result: RunResult): string {
  return [checked(result), ...acceptedMeaning(result)].join(' ');
}

function acceptedMeaning(result: RunResult): string[] {
  const { accepted } = totals(result);
  if (accepted === 0) return [];
  const where = result.command === 'run' ? 'the release' : 'the data';
  return [
    `${counted(accepted, 'identifier is', 'identifiers are')} in ${where} because rules of the project keep them: an accepted risk, not a pass.`,
  ];
}

function checked(result: RunResult): string {
  const { leaks, suspects, accepted } = totals(result);
  const nothing = accepted > 0 ? 'Nothing else that identifies' : 'Nothing that identifies';
  const found = `${counted(leaks, 'leak')} and ${counted(suspects, 'suspect finding')}`;
  switch (result.verdict) {
    case 'pass':
      return result.command === 'run'
        ? `Every released file was read afresh and searched. ${nothing} a person was found in the release.`
        : `Everything was read and searched. ${nothing} a person was found.`;
    case 'findings':
      return result.command === 'run'
        ? `${found}. A source with a leak is quarantined, a source with a suspect finding ${suspectsWord(result)}.`
        : `${found}.`;
    case 'incomplete':
      return `Not everything could be read and searched: what was not searched does not count as clean. ${sentence(found)} in what was searched.`;
    case 'nothing-to-scan':
      return 'The input holds nothing to search.';
  }
}

function suspectsWord(result: RunResult): string {
  return result.sources.held > 0 ? 'is held for review' : 'waits for review';
}

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
