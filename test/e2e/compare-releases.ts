import { resolve } from 'node:path';
import { manifestOf } from './cli.ts';
import { outline } from './structure.ts';

/** `compare-releases OUT WORK OUT WORK`: 0 where two runs differ in their random codes alone, else 1 and where they part. */
const [outA = '', workA = '', outB = '', workB = ''] = process.argv.slice(2).map((path) => resolve(path));
const first = outline(outA, await manifestOf(workA));
const second = outline(outB, await manifestOf(workB));
const at = Array.from({ length: Math.max(first.length, second.length) }, (_, i) => i).find(
  (i) => first[i] !== second[i],
);
if (at === undefined) {
  process.stdout.write(`${first.length} lines of outline agree\n`);
} else {
  process.stdout.write(
    `the releases part at line ${at} of their outlines\n- ${first[at]}\n+ ${second[at]}\n`,
  );
  process.exitCode = 1;
}
