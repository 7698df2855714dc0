import type { CheckState, RunResult } from '../model/result.ts';
import { printable } from './masked.ts';
import type { Reporter } from './reporter.ts';
import { counted, STATE_WORDS } from './words.ts';

/**
 * JUnit XML for a build server: a test case for each of the 18 identifiers and each check. What failed or waits for
 * review is a failure; what was not run is an error, never a skip, because it must not look like a pass. What a rule of the
 * project accepts is skipped, with its count: it does not fail a build, and is no pass.
 */
export const junit: Reporter = {
  id: 'junit',
  render: (result) => {
    const suites = [identifiers(result), checks(result), unsearched(result)];
    const cases = suites.flatMap((suite) => suite.cases);
    return [
      '<?xml version="1.0" encoding="UTF-8"?>',
      `<testsuites name="phi-gate ${result.command}"${counts(cases)}>`,
      ...suites.map(suiteXml),
      '</testsuites>',
      '',
    ].join('\n');
  },
};

interface Case {
  readonly name: string;
  readonly state: CheckState;
  readonly detail: string;
}

interface Suite {
  readonly name: string;
  readonly cases: readonly Case[];
}

function identifiers(result: RunResult): Suite {
  const cases = result.categories.map((row) => ({
    name: `${row.category} ${row.name}`,
    state: row.state,
    detail:
      row.state === 'accepted-risk'
        ? `${counted(row.accepted, 'identifier')} that rules of the project keep`
        : `${counted(row.leaks, 'leak')}, ${counted(row.suspects, 'suspect')} in ${counted(row.sources, 'source')}`,
  }));
  return { name: 'identifiers', cases };
}

function checks(result: RunResult): Suite {
  return {
    name: 'checks',
    cases: result.checks.map((check) => ({ name: check.title, state: check.state, detail: check.detail })),
  };
}

function unsearched(result: RunResult): Suite {
  return {
    name: 'not searched',
    cases: result.coverage.notSearched.map((row) => ({
      name: row.what,
      state: 'not-run',
      detail: `${counted(row.count, 'item')}: ${row.why}`,
    })),
  };
}

const isFailure = ({ state }: Case): boolean => state === 'fail' || state === 'needs-review';
const isError = ({ state }: Case): boolean => state === 'not-run';
const isAccepted = ({ state }: Case): boolean => state === 'accepted-risk';
const isSkipped = (one: Case): boolean => one.state === 'not-applicable' || isAccepted(one);

function counts(cases: readonly Case[]): string {
  const failures = cases.filter(isFailure).length;
  const errors = cases.filter(isError).length;
  const skipped = cases.filter(isSkipped).length;
  return ` tests="${cases.length}" failures="${failures}" errors="${errors}" skipped="${skipped}"`;
}

function suiteXml(suite: Suite): string {
  const cases = suite.cases.map((one) => {
    const head = `    <testcase classname="phi-gate.${xmlText(suite.name)}" name="${xmlText(one.name)}"`;
    const message = `message="${xmlText(`${STATE_WORDS[one.state]}: ${one.detail}`)}"`;
    if (isFailure(one)) return `${head}><failure ${message}/></testcase>`;
    if (isError(one)) return `${head}><error ${message}/></testcase>`;
    if (isAccepted(one)) return `${head}><skipped ${message}/></testcase>`;
    if (isSkipped(one)) return `${head}><skipped/></testcase>`;
    return `${head}/>`;
  });
  return [
    `  <testsuite name="${xmlText(suite.name)}"${counts(suite.cases)}>`,
    ...cases,
    '  </testsuite>',
  ].join('\n');
}

function xmlText(text: string): string {
  return printable(text).replace(/[&<>"']/g, (char) => `&#${char.codePointAt(0)};`);
}
