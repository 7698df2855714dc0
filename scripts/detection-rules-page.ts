import { RULE_MEANINGS } from '../src/detect/explain.ts';
import { loadRules, type PatternRule } from '../src/detect/rule.ts';
import { CATEGORIES } from '../src/model/category.ts';

const INTRO = `# Detection rules

Written from \`rules/detect/\` by \`npm run docs\`; a test fails where the two differ.

A rule is a shape, with what speaks for it and against it. The shape alone has a **tier**: *leak* is reported as an identifier, *suspect* waits
for a person, and *none* is nothing without more. A **word** of the rule before or after it, or, for words before it, in the name of the
place where it stands (a DICOM attribute, an HL7 field, the label of an observation), raises it; so does a **validator** that it
passes. A validator is a score and no filter: what fails it stays what shape and words make of it. Words of *not* say that the match is something
else. Each of word and validator halves what the confidence lacks of 1. Where hits overlap, the leak outranks the suspect, then the more
specific category wins.

Samples are tests: each rule must hit the part of its samples between « and », and leave the others alone; the first of each is planted in every
run as a canary. A sample \`label | text\` stands in a place of that name. Patterns are matched where an automaton of all of them says that they may
([performance.md](performance.md)), and are linted for catastrophic backtracking.

The head of a column in a table is a word before each of its cells. A table is a row of two heads or more (words, of at most 40 characters) and
the rows that follow at once, divided by bars, tabs, commas, semicolons, two spaces or more, or by \`<td>\`; cells may be in quotes. Rows with a
cell too many or too few are passed over, twenty in a row at most. Rows of heads of more than 400 columns or 8,000 characters are none, and
columns that are headed as names tell of no person by themselves. Further values of a list under one label (\`MRNs 482913, 482914 and 482915\`)
count like the first, fifty at most.

Rules of your own go into the project file ([project-file.md](project-file.md), *Detection of your own*). \`phi-gate rules\` lists the rules in
force, \`phi-gate rules --test FILE\` says what they find in a text and why.
`;

/** The page docs/detection-rules.md: a table for each family of rules, and what the rules of other detectors mean. */
export function detectionRulesPage(): string {
  const rules = loadRules();
  const families = [...new Set(rules.map(({ family }) => family))];
  const sections = families.map((name) =>
    section(
      name,
      rules.filter(({ family }) => family === name),
    ),
  );
  return [INTRO, ...sections, others()].join('\n');
}

function section(family: string, rules: readonly PatternRule[]): string {
  const letters = [...new Set(rules.map(({ category }) => category))].sort();
  return [
    `## ${family}`,
    '',
    `${letters.map((letter) => `${letter}: ${CATEGORIES[letter]}.`).join(' ')} Source: ${rules[0]?.familySource ?? ''}.`,
    '',
    '| rule | | tier | raised by | not beside | hit | left alone |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...rules.map(row),
    '',
  ].join('\n');
}

function row(rule: PatternRule): string {
  const { id, category, tier, source } = rule;
  const cells = [
    source.source === undefined ? code(id) : `${code(id)} (${text(source.source)})`,
    category,
    tier,
    raisedBy(rule),
    (source.context?.not ?? []).map(text).join(', '),
    samples(source.hits),
    samples(source.misses),
  ];
  return `| ${cells.join(' | ')} |`;
}

function raisedBy({ source: { context, validator } }: PatternRule): string {
  const words = (names: readonly string[], where: string): string[] =>
    names.length === 0 || context === undefined
      ? []
      : [`${context.tier}: ${names.map(text).join(', ')}; within ${context.within} characters ${where}`];
  return [
    ...words(context?.before ?? [], 'before'),
    ...words(context?.after ?? [], 'after'),
    ...(validator === undefined ? [] : [`${validator.tier}: passes ${code(validator.name)}`]),
  ].join('<br>');
}

/** Two of the samples: all of them stand in the rule file. */
const samples = (texts: readonly string[]): string => texts.slice(0, 2).map(code).join('<br>');

const code = (value: string): string => {
  const shown = value.replace(/\n/g, '⏎').replaceAll('|', '\\|');
  return shown.includes('`') ? `\`\` ${shown} \`\`` : `\`${shown}\``;
};

const text = (value: string): string => value.replace(/[|<>*_\\]/g, '\\$&');

function others(): string {
  const rows = Object.entries(RULE_MEANINGS).map(([rule, meaning]) => `| ${code(rule)} | ${text(meaning)} |`);
  return ['## Rules of other detectors', '', '| rule | a finding is |', '| --- | --- |', ...rows, ''].join(
    '\n',
  );
}
