import { readFileSync } from 'node:fs';
import { readWordList } from '../../../src/rules.ts';
import type { Label } from './template.ts';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');

/**
 * The lists of a file in `lists/`: `[name]` heads a list, its entries follow, apart by commas or line ends; `\,` is a
 * comma within an entry and a line that begins with `#` a remark.
 */
export function readLists(file: string): ReadonlyMap<string, readonly string[]> {
  const lists = new Map<string, string[]>();
  let current: string[] | undefined;
  for (const line of read(`lists/${file}`).split('\n')) {
    if (line.startsWith('#') || line.trim() === '') continue;
    const head = /^\[([\w .-]+)\]$/.exec(line)?.[1];
    if (head !== undefined) {
      if (lists.has(head)) throw new Error(`list ${head} stands twice in ${file}`);
      current = [];
      lists.set(head, current);
      continue;
    }
    if (current === undefined) throw new Error(`no list is open in ${file}: ${line}`);
    for (const entry of line.split(/(?<!\\),/)) {
      const text = entry.replaceAll('\\,', ',').trim();
      if (text !== '') current.push(text);
    }
  }
  return lists;
}

/** A list of a file; throws where there is none of that name. */
export function listOf(lists: ReadonlyMap<string, readonly string[]>, name: string): readonly string[] {
  const list = lists.get(name);
  if (list === undefined || list.length === 0) throw new Error(`no list ${name}`);
  return list;
}

/** A section of a file in `frames/`. */
export interface Section {
  readonly label: Label | undefined;
  readonly frames: readonly string[];
}

/**
 * The sections of a file in `frames/`: `[name]` heads a section, or `[name LABEL]` where what its frames write is one
 * identifier; each further line is a frame (template.ts), and a line that begins with `# ` a remark.
 */
export function readFrames(file: string): ReadonlyMap<string, Section> {
  const sections = new Map<string, { label: Label | undefined; frames: string[] }>();
  let frames: string[] | undefined;
  for (const line of read(`frames/${file}`).split('\n')) {
    if (line.startsWith('# ') || line.trim() === '') continue;
    const [, name, label] = /^\[([a-z][\w.-]*)(?: (NAME|LOC|DATE|ID))?\]$/.exec(line) ?? [];
    if (name !== undefined) {
      if (sections.has(name)) throw new Error(`section ${name} stands twice in ${file}`);
      frames = [];
      sections.set(name, { label: label as Label | undefined, frames });
    } else if (frames === undefined) throw new Error(`no section is open in ${file}: ${line}`);
    else frames.push(line);
  }
  return sections;
}

/** The words of a list in `rules/words/`, apart by spaces. */
export function readWords(name: string): readonly string[] {
  return readWordList(name);
}
