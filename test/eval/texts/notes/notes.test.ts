import { describe, expect, it } from 'vitest';
import { type Note, readNotes } from '../../../../eval/texts/notes/read.ts';

const sets = { dev: readNotes('dev'), sealed: readNotes('sealed') };
const all = [...sets.dev, ...sets.sealed];

const words = (text: string): string[] => text.split(/\s+/).filter((run) => /[\p{L}\p{N}]/u.test(run));

/** Words of a note in lower case, whatever is marked being one blank. */
function frame({ text, spans }: Note): string[] {
  const characters = [...text];
  for (const { start, end } of spans) {
    for (let at = start; at < end; at++) characters[at] = at === start ? '_' : '';
  }
  return words(characters.join('').toLowerCase());
}

describe.each(Object.entries(sets))('the %s notes', (set, notes) => {
  const marked = notes.filter(({ decoy }) => !decoy);

  it('are 120 of many styles and 40 decoys, with 800 identifiers or more', () => {
    expect(marked.length).toBe(120);
    expect(notes.length).toBe(160);
    expect(notes.every((note) => note.set === set)).toBe(true);
    expect(new Set(marked.map(({ style }) => style)).size).toBeGreaterThanOrEqual(14);
    expect(marked.flatMap(({ spans }) => spans).length).toBeGreaterThanOrEqual(800);
    expect(marked.filter(({ spans }) => spans.length === 0)).toEqual([]);
  });

  it('have 20 to 250 words each', () => {
    const lengths = notes.map(({ text }) => words(text).length);
    expect(Math.min(...lengths)).toBeGreaterThanOrEqual(20);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(250);
  });
});

describe('notes of other styles', () => {
  it('are of no common skeleton: no two share a run of seven words', () => {
    const seen = new Map<string, string>();
    const shared: string[] = [];
    for (const note of all) {
      const run = frame(note);
      for (let at = 0; at + 7 <= run.length; at++) {
        const key = run.slice(at, at + 7).join(' ');
        const other = seen.get(key);
        if (other !== undefined && other !== note.id) shared.push(`${other}, ${note.id}: ${key}`);
        seen.set(key, note.id);
      }
    }
    expect(shared).toEqual([]);
  });

  it('name in the sealed set whom the other does not name', () => {
    const names = (notes: readonly Note[]) =>
      new Set(
        notes.flatMap(({ text, spans }) =>
          spans
            .filter(({ type }) => type === 'NAME')
            .map(({ start, end }) => [...text].slice(start, end).join('').toLowerCase()),
        ),
      );
    const dev = names(sets.dev);
    const initials = /^[\p{L}. -]{1,4}$/u;
    expect([...names(sets.sealed)].filter((name) => dev.has(name) && !initials.test(name))).toEqual([]);
  });
});
