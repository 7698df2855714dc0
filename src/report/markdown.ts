import { CATEGORIES } from '../model/category.ts';
import type { CategoryRow, RunResult } from '../model/result.ts';
import { printable } from './masked.ts';
import type { Reporter } from './reporter.ts';
import { counted, number, STATE_WORDS, STATUS_WORDS, utc, verdictMeaning, verdictWord } from './words.ts';

/** A short report for a ticket or a pull request: verdict, method, matrix, what was not released or searched. */
export const markdown: Reporter = {
  id: 'md',
  render: (result) =>
    `${[...head(result), ...accepted(result), ...method(result), ...matrix(result), ...withheld(result)].join('\n')}\n`,
};

function head(result: RunResult): string[] {
  const { sources } = result;
  return [
    `# ${cell(result.project.name)}: ${verdictWord(result)}`,
    '',
    verdictMeaning(result),
    '',
    `${counted(sources.total, 'source')}: ${number(sources.released)} released, ${number(sources.held)} held, ` +
      `${number(sources.quarantined)} quarantined, ${number(sources.skipped)} skipped. ` +
      `phi-gate ${result.tool.version}, ${utc(result.endedAt)}, exit code ${result.exitCode}.`,
    '',
  ];
}

function accepted(result: RunResult): string[] {
  if (result.accepted.length === 0) return [];
  return [
    '**Accepted risk: identifiers that rules of the project keep**',
    '',
    '| | Identifier | Rule for | Leaks | Suspects | Sources |',
    '| --- | --- | --- | ---: | ---: | ---: |',
    ...result.accepted.map((row) =>
      tableRow([
        row.category,
        CATEGORIES[row.category],
        row.rule,
        number(row.leaks),
        number(row.suspects),
        number(row.sources),
      ]),
    ),
    '',
  ];
}

function method(result: RunResult): string[] {
  const { claimed, claimable, why } = result.claim;
  return [
    `- Method claimed: ${claimed}`,
    `- Method claimable: ${claimable}`,
    ...why.map((reason) => `  - ${cell(reason)}`),
    '',
  ];
}

function matrix(result: RunResult): string[] {
  return [
    '| | Identifier | State | Leaks | Suspects | Sources | Masked |',
    '| --- | --- | --- | ---: | ---: | ---: | ---: |',
    ...result.categories.map((row: CategoryRow) =>
      tableRow([
        row.category,
        row.name,
        STATE_WORDS[row.state],
        number(row.leaks),
        number(row.suspects),
        number(row.sources),
        number(row.masked),
      ]),
    ),
    '',
  ];
}

function withheld(result: RunResult): string[] {
  const rows = [
    ...result.reasons
      .filter((reason) => reason.status !== 'released')
      .map((reason) => tableRow([number(reason.count), STATUS_WORDS[reason.status], reason.explain])),
    ...result.coverage.notSearched.map((row) =>
      tableRow([number(row.count), 'Not searched', `${row.what}: ${row.why}`]),
    ),
  ];
  return rows.length === 0 ? [] : ['| Count | Status | Why |', '| ---: | --- | --- |', ...rows];
}

const tableRow = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;

/** Text that cannot end its cell or become markup. */
function cell(text: string): string {
  return printable(text).replace(/[\\|<>&`*_[\]#]/g, (char) => `&#${char.codePointAt(0)};`);
}
