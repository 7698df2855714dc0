import { parseArgs } from 'node:util';
import { formatGoals, isMissed } from './score/table.ts';
import { dates } from './texts/dates/part.ts';
import { hitsWith } from './texts/find.ts';
import { fallenBelow, writeFloor } from './texts/floor.ts';
import { known } from './texts/known/known.ts';
import { notesParts } from './texts/notes/part.ts';
import type { Part, PartResult } from './texts/part.ts';
import { structured } from './texts/structured/part.ts';
import { asqPart, clinicalPart, presidioPart, speedPart, stressPart } from './texts/tagged.ts';

/**
 * `npm run eval:text [-- --only IDS] [--verbose] [--floor | --write-floor]`: how well identifiers are found in text, and
 * how often what is none is flagged. Exit code 1 where a goal is missed; with `--floor` where a figure is more than a point
 * worse than the one in `eval/text-floor.json`.
 */
const { values: options } = parseArgs({
  options: {
    only: { type: 'string' },
    verbose: { type: 'boolean', default: false },
    floor: { type: 'boolean', default: false },
    'write-floor': { type: 'boolean', default: false },
  },
});

/** Every part, in the order of the report. */
const parts: readonly Part[] = [
  known,
  structured,
  dates,
  asqPart,
  presidioPart,
  clinicalPart,
  stressPart,
  ...notesParts(hitsWith()),
  speedPart,
];

const results = new Map<string, PartResult>();
for (const part of parts) {
  if (options.only !== undefined && !options.only.split(',').includes(part.id)) continue;
  const result = await part.measure();
  results.set(part.id, result);
  process.stdout.write(`${part.title}\n\n${formatGoals(result.goals)}\n`);
  if (options.verbose) process.stdout.write(`${result.misses.map((line) => `  ${line}`).join('\n')}\n\n`);
}

if (options['write-floor']) writeFloor(results);
if (options.floor) {
  const fallen = fallenBelow(results);
  for (const line of fallen) process.stdout.write(`WORSE: ${line}\n`);
  if (fallen.length > 0) process.exitCode = 1;
} else if ([...results.values()].some(({ goals }) => goals.some(isMissed))) {
  process.exitCode = 1;
}
