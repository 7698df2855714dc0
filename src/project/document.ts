import { type Document, isAlias, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import { type Problem, problemsError } from './problem.ts';

export type Path = readonly PropertyKey[];

/** A YAML document that knows on which line each key and value stands. Lines count from 1. */
export interface YamlDocument {
  /** As plain objects and arrays. */
  readonly value: unknown;
  /** Line of the value at `path`, or of the innermost thing on the way to it that is there. */
  lineOf(path: Path): number;
  /** Line of the key `key` of the mapping at `path`. */
  lineOfKey(path: Path, key: string): number;
  /** Whether anything was written at `path`. */
  has(path: Path): boolean;
}

/** What the parser's error codes mean, in words that quote nothing from the file. */
const SYNTAX: Readonly<Record<string, string>> = {
  DUPLICATE_KEY: 'the same key stands twice in one mapping',
  TAB_AS_INDENT: 'a tab indents this line: use spaces',
  BAD_INDENT: 'the indentation does not fit the lines around it',
  MISSING_CHAR: 'a character is missing, such as a closing quote, bracket or colon',
  MULTIPLE_DOCS: 'a second document begins here (`---`): a project file holds one',
  MULTILINE_IMPLICIT_KEY: 'a key has to stand on one line',
  TAG_RESOLVE_FAILED: 'a tag (`!`) that is not known',
  BAD_ALIAS: 'an alias (`*`) that refers to nothing',
};

/**
 * Parses YAML 1.2 (core schema: `no` is a text and `2024-01-01` is a text).
 * @throws PhiGateError `usage` with every syntax error and its line.
 */
export function parseYaml(text: string): YamlDocument {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'error' });
  const lineAt = (offset: number) => Math.max(1, lines.linePos(offset).line);
  const broken: Problem[] = [...document.errors, ...document.warnings].map((error) => ({
    line: lineAt(error.pos[0]),
    text: SYNTAX[error.code] ?? 'not readable as YAML',
  }));
  if (broken.length > 0) throw problemsError(broken);
  return {
    value: toValue(document),
    lineOf: (path) => lineAt(walk(document, path).offset),
    lineOfKey: (path, key) => lineAt(keyOffset(document, path, key)),
    has: (path) => walk(document, path).complete,
  };
}

function toValue(document: Document): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch {
    throw problemsError([
      { line: 1, text: 'an alias (`*`) refers to nothing, or aliases are nested too often' },
    ]);
  }
}

interface Place {
  readonly node: unknown;
  readonly offset: number;
  readonly complete: boolean;
}

/** Follows `path` as far as it leads. */
function walk(document: Document, path: Path): Place {
  let node = follow(document, document.contents);
  let offset = startOf(node, 0);
  for (const key of path) {
    const next = isMap(node) || isSeq(node) ? follow(document, node.get(key, true)) : undefined;
    if (next === undefined || next === null) {
      return { node, offset: keyOffsetIn(node, String(key)) ?? offset, complete: false };
    }
    node = next;
    offset = startOf(node, offset);
  }
  return { node, offset, complete: true };
}

function follow(document: Document, node: unknown): unknown {
  return isAlias(node) ? node.resolve(document) : node;
}

function startOf(node: unknown, otherwise: number): number {
  return isNode(node) && node.range ? node.range[0] : otherwise;
}

function keyOffset(document: Document, path: Path, key: string): number {
  const place = walk(document, path);
  return keyOffsetIn(place.node, key) ?? place.offset;
}

function keyOffsetIn(node: unknown, key: string): number | undefined {
  if (!isMap(node)) return undefined;
  const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === key);
  return pair === undefined ? undefined : startOf(pair.key, 0);
}
