import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { backtracking } from './backtracking.ts';
import { literalsIn } from './regex-literals.ts';

/**
 * Holds every regular expression that texts of strangers are matched against to time that the text's length bounds: patterns
 * and context words of `rules/detect/`, literals of `src/detect/`, and what its modules build when they are loaded. Part of
 * `npm run lint`. Exit code 1 names the culprits.
 */
interface Expression {
  readonly where: string;
  readonly source: string;
  readonly flags: string;
}

/** Expressions made by `new RegExp` while `load` runs. */
async function built(where: string, load: () => Promise<unknown>): Promise<Expression[]> {
  const made: Expression[] = [];
  const original = globalThis.RegExp;
  globalThis.RegExp = new Proxy(original, {
    construct(target, args, made_by) {
      const regex = Reflect.construct(target, args, made_by) as RegExp;
      made.push({ where, source: regex.source, flags: regex.flags });
      return regex;
    },
  });
  try {
    await load();
  } finally {
    globalThis.RegExp = original;
  }
  return made;
}

const files = readdirSync('src/detect', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => join('src/detect', name))
  .sort();

const { loadRules } = await import('../src/detect/rule.ts');
const rules = loadRules().flatMap(({ id, pattern, ignoreCase, context }): Expression[] => [
  { where: `rule ${id}`, source: pattern, flags: ignoreCase ? 'iu' : 'u' },
  ...[context?.before, context?.after, context?.not].flatMap((words) =>
    words === undefined
      ? []
      : [{ where: `context of ${id}`, source: words.regex.source, flags: words.regex.flags }],
  ),
]);
const literals = files.flatMap((file) =>
  literalsIn(readFileSync(file, 'utf8')).map((literal) => ({ where: file, ...literal })),
);
const loaded: Expression[] = [];
for (const file of files) {
  loaded.push(...(await built(file, () => import(`${pathToFileURL(file).href}?lint`))));
}

const all = [...rules, ...literals, ...loaded];
const problems = all.flatMap(({ where, source, flags }) =>
  backtracking(source, flags.replace(/[dg]/g, '')).map((problem) => `${where}: ${problem}`),
);
for (const problem of new Set(problems)) console.error(problem);
console.log(
  `${all.length} regular expressions looked at (${rules.length} of rules, ${literals.length + loaded.length} of src/detect)`,
);
process.exitCode = problems.length > 0 ? 1 : 0;
