import { parseArgs } from 'node:util';
import { formatGoals, isMissed } from './score/table.ts';

import { dates } from './texts/dates/part.ts';

import { known } from './texts/known/known.ts';

import type { Part } from './texts/part.ts';
import { structured } from './texts/structured/part.ts';

/**
 * `npm run eval:text [-- --only IDS] [--verbose]`: how well identifiers are found in text, and how often what is none
 * is flagged. Exit code 1 where a goal is missed.
 */
const { values: options } = parseArgs({
  options: { only: { type: 'string' }, verbose: { type: 'boolean', default: false } },
});

/** Every part, in the order of the report. */
const parts: readonly Part[] = [known, structured, dates];

for (const part of parts) {
  if (options.only !== undefined && !options.only.split(',').includes(part.id)) continue;
  const { goals, misses } = await part.measure();
  process.stdout.write(`${part.title}\n\n${formatGoals(goals)}\n`);
  if (options.verbose) process.stdout.write(`${misses.map((line) => `  ${line}`).join('\n')}\n\n`);
  if (goals.some(isMissed)) process.exitCode = 1;
}
