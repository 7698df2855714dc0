import { readFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import type { PatternRule } from '../detect/rule.ts';
import { SITE_FAMILY } from '../detect/site-rules.ts';
import { PhiGateError } from '../errors.ts';
import { systemClock } from '../ports/clock.ts';
import type { ReadRule, TextHit } from '../run/explain-text.ts';
import type { CommandContext } from './context.ts';

interface RulesFlags {
  readonly format: 'text' | 'json';
  readonly project?: string;
  readonly test?: string;
  readonly strict?: boolean;
}

/** `phi-gate rules`: the detection rules in force, or what they find in a text and why, with the values masked. */
export function rulesCommand(context: CommandContext): Command {
  return new Command('rules')
    .description('list the detection rules, or say what they find in a text and why')
    .addOption(new Option('--format <format>', 'rendering').choices(['text', 'json']).default('text'))
    .option('--project <file>', 'project.yaml: rules and words of its own count too')
    .option('--test <file>', 'a text file: its hits, values masked; exit code 1 where there are any')
    .option('--strict', 'those of a strict search too, as with `detect.strict` in project.yaml')
    .option('--quiet', 'accepted for symmetry')
    .action(async ({ format, test, ...asked }: RulesFlags) => {
      const { explainText, rulesInForce } = await import('../run/explain-text.ts');
      if (test === undefined) {
        const { patterns, strict } = rulesInForce(asked);
        const rules = patterns.map(described);
        process.stdout.write(
          format === 'json'
            ? json([...rules, ...strict])
            : columns([...rules.map(listed), ...strict.map(listedByReading)]),
        );
        return;
      }
      const hits = explainText(bytesOf(test), asked, systemClock.now());
      process.stdout.write(format === 'json' ? json(hits) : columns(hits.map(told)));
      if (hits.length > 0) context.exit(1);
    });
}

function bytesOf(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw new PhiGateError('usage', 'the file of --test cannot be read', {}, cause);
  }
}

/** A rule as data. Patterns and samples of a site stay where they are: they may spell identifiers. */
function described({ id, family, category, tier, confidence, source }: PatternRule) {
  const { context, validator, pattern, ignoreCase, hits, misses } = source;
  const own = family === SITE_FAMILY;
  return {
    id,
    family,
    category,
    tier,
    confidence,
    ...(own ? {} : { pattern, ignoreCase }),
    ...(context && { context }),
    ...(validator && { validator }),
    ...(own ? {} : { hits, misses }),
  };
}

function listed({ id, category, tier, context, validator }: ReturnType<typeof described>): string[] {
  return [
    category,
    id,
    tier,
    [
      ...(context && context.before.length + context.after.length > 0 ? [`${context.tier} by a word`] : []),
      ...(validator ? [`${validator.tier} by ${validator.name}`] : []),
    ].join(', '),
  ];
}

const listedByReading = ({ category, id, tier, explain }: ReadRule) => [category, id, tier, explain];

const told = ({ line, columns: [start, end], category, rule, tier, confidence, shown, explain }: TextHit) => [
  `${line}:${start}-${end}`,
  category,
  rule,
  tier,
  confidence.toFixed(2),
  shown,
  explain,
];

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

function columns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  return rows
    .map(
      (row) =>
        `${row
          .map((cell, at) => cell.padEnd(widths[at] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}
