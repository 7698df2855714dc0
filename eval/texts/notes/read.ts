import { readdirSync, readFileSync } from 'node:fs';

/**
 * NAME a person; LOC an address, a place smaller than a state, an organisation; DATE finer than a year; AGE over 89; ID
 * every other number, address or code that is somebody's own.
 */
export const TYPES = ['NAME', 'LOC', 'DATE', 'AGE', 'ID'] as const;
export type SpanType = (typeof TYPES)[number];

/** Code points of a note, the end not among them. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

export interface Span extends Stretch {
  readonly type: SpanType;
}

/** dev is there to be looked at; of sealed, figures alone are read. Neither is ever trained on. */
export type NoteSet = 'dev' | 'sealed';

export interface Note {
  /** `dev 17`: the set, and the place in it. */
  readonly id: string;
  readonly style: string;
  readonly set: NoteSet;
  /** Has no identifier at all, and much that looks like one. */
  readonly decoy: boolean;
  readonly text: string;
  readonly spans: readonly Span[];
  /** What one privacy officer would flag and another would not: flagged or not, it counts for nothing. */
  readonly arguable: readonly Stretch[];
}

const HEADER = /^@@ ([^|\n]+) \| (dev|sealed)( \| decoy)?$/;
const ARGUABLE = 'MAY';

/** The notes of a set, file by file. */
export function readNotes(set: NoteSet): Note[] {
  const folder = new URL(`${set}/`, import.meta.url);
  const files = readdirSync(folder).filter((name) => name.endsWith('.txt'));
  return files
    .sort()
    .flatMap((name) => parseNotes(readFileSync(new URL(name, folder), 'utf8'), `${set}/${name}`))
    .map((note, at) => ({ ...note, id: `${set} ${at + 1}` }));
}

/**
 * The notes of one file. A note begins with a line `@@ style | set` or `@@ style | set | decoy`; identifiers stand in its
 * text as `⟦NAME:Okonkwo⟧`, what is arguable as `⟦MAY:..⟧`. Throws an error with file and line where a mark is unknown,
 * open, empty, padded or inside another, and where a decoy has an identifier.
 */
export function parseNotes(source: string, file: string): Omit<Note, 'id'>[] {
  const lines = source.split('\n');
  const starts = lines.flatMap((line, at) => (line.startsWith('@@') ? [at] : []));
  if (lines.slice(0, starts[0]).some((line) => line.trim() !== '')) {
    throw new Error(`${file}:1: text before the first header`);
  }
  return starts.map((at, i) => {
    const [, style, set, decoy] = HEADER.exec(lines[at] ?? '') ?? [];
    if (style === undefined) throw new Error(`${file}:${at + 1}: a header that is none`);
    const body = lines.slice(at + 1, starts[i + 1]).join('\n');
    const marked = body.replace(/^\n+|\s+$/g, '');
    const { text, spans, arguable } = unmark(marked, `${file}:${at + 1}`);
    if (text === '') throw new Error(`${file}:${at + 1}: a note without text`);
    if (decoy !== undefined && spans.length > 0)
      throw new Error(`${file}:${at + 1}: a decoy with an identifier`);
    return { style, set: set as NoteSet, decoy: decoy !== undefined, text, spans, arguable };
  });
}

/** Takes the marks out of a text. */
function unmark(marked: string, where: string): Pick<Note, 'text' | 'spans' | 'arguable'> {
  const spans: Span[] = [];
  const arguable: Stretch[] = [];
  let text = '';
  let length = 0;
  const add = (piece: string): Stretch => {
    if (/[⟦⟧]/.test(piece)) throw new Error(`${where}: a mark inside a mark, or one that is not closed`);
    const start = length;
    text += piece;
    length += [...piece].length;
    return { start, end: length };
  };
  let from = 0;
  for (const match of marked.matchAll(/⟦([A-Z]+):([^⟦⟧]*)⟧/g)) {
    const [whole, type, value] = match as unknown as [string, string, string];
    add(marked.slice(from, match.index));
    from = match.index + whole.length;
    if (value === '' || value !== value.trim()) throw new Error(`${where}: an empty or padded mark`);
    const stretch = add(value);
    if (type === ARGUABLE) arguable.push(stretch);
    else if (isType(type)) spans.push({ ...stretch, type });
    else throw new Error(`${where}: unknown type ${type}`);
  }
  add(marked.slice(from));
  return { text, spans, arguable };
}

const isType = (type: string): type is SpanType => (TYPES as readonly string[]).includes(type);
