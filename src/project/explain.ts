import type { z } from 'zod';
import type { Path, YamlDocument } from './document.ts';
import { keysOf, schemaAt } from './outline.ts';
import { nearest, type Problem } from './problem.ts';

type Issue = z.core.$ZodIssue;

const EXPECTED: Readonly<Record<string, string>> = {
  string: 'text',
  int: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping of keys',
  record: 'a mapping of keys',
};

/** The problems behind what zod says of `input`, each with its line in the user's document. */
export function explain(
  issues: readonly Issue[],
  schema: z.ZodType,
  input: unknown,
  document: YamlDocument,
): Problem[] {
  return issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => unknownKey(issue.path, key, schema, input, document))
      : [{ line: document.lineOf(issue.path), text: wrongValue(issue, input, document) }],
  );
}

function unknownKey(
  path: Path,
  key: string,
  schema: z.ZodType,
  input: unknown,
  document: YamlDocument,
): Problem {
  const parent = schemaAt(schema, input, path);
  const known = parent === undefined ? [] : [...(keysOf(parent)?.keys() ?? [])];
  const meant = nearest(key, known);
  // Only what looks like a setting is quoted: a value that slipped into the place of a key may be anything.
  const shown = /^[A-Za-z][A-Za-z_-]{0,39}$/.test(key) ? ` \`${key}\`` : '';
  const hint = meant === undefined ? `; known here: ${known.join(', ')}` : `, did you mean \`${meant}\`?`;
  return { line: document.lineOfKey(path, key), text: `unknown key${shown}${hint}` };
}

function wrongValue(issue: Issue, input: unknown, document: YamlDocument): string {
  const name = nameOf(issue.path);
  if (!document.has(issue.path) && issue.path.length > 0) return `the key ${name} is missing`;
  switch (issue.code) {
    case 'invalid_value':
      return `${name} must be ${oneOf(issue.values.map(String), valueAt(input, issue.path))}`;
    case 'invalid_union':
      return `${name} must be ${oneOf(discriminators(issue), valueAt(input, issue.path))}`;
    case 'invalid_type':
      return `${name} must be ${expected(issue)}${advice(issue, input)}`;
    case 'too_small':
      if (issue.origin === 'array')
        return `${name} needs at least ${counted(issue.minimum, 'entry', 'entries')}`;
      if (issue.origin === 'string') return `${name} needs at least ${counted(issue.minimum, 'character')}`;
      return `${name} must be greater than ${issue.minimum}`;
    case 'too_big':
      return `${name} must be at most ${issue.maximum}`;
    case 'invalid_format':
      return `${name} must be ${issue.message}`;
    default:
      return `${name} cannot be used`;
  }
}

const counted = (count: number | bigint, one: string, many = `${one}s`): string =>
  `${count} ${Number(count) === 1 ? one : many}`;

function expected(issue: z.core.$ZodIssueInvalidType): string {
  return EXPECTED[issue.expected] ?? issue.expected;
}

/** What to do about the mistakes that YAML invites. */
function advice(issue: z.core.$ZodIssueInvalidType, input: unknown): string {
  const value = valueAt(input, issue.path);
  if (issue.expected === 'string' && (typeof value === 'number' || typeof value === 'boolean')) {
    return ': put it in quotes, or leading zeros are lost';
  }
  if (issue.expected === 'array') return ': put it in square brackets';
  if (issue.path.at(-1) === 'action') return ', such as `{ do: remove }`';
  return '';
}

function oneOf(choices: readonly string[], value: unknown): string {
  const list = choices.length === 1 ? `${choices[0]}` : `one of ${choices.join(', ')}`;
  const meant = typeof value === 'string' ? nearest(value, choices) : undefined;
  return meant === undefined ? list : `${list}; did you mean \`${meant}\`?`;
}

function discriminators(issue: z.core.$ZodIssueInvalidUnion): string[] {
  const options = (issue as { readonly options?: readonly unknown[] }).options ?? [];
  return options.map(String);
}

/** The innermost key of the path; an entry of a list by the list's key; the aliases of `routing` by nothing. */
function nameOf(path: Path): string {
  const last = path.at(-1);
  if (last === undefined) return 'the file';
  if (typeof last === 'number') return `entry ${last + 1} of ${nameOf(path.slice(0, -1))}`;
  if (path.at(-2) === 'routing') return 'an alias of `routing`';
  return `\`${String(last)}\``;
}

function valueAt(input: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, key) => (value as Readonly<Record<PropertyKey, unknown>> | null | undefined)?.[key],
    input,
  );
}
