import { describe, expect, it } from 'vitest';
import { readNotes } from '../../../../eval/texts/notes/read.ts';
import { readTrainingNotes } from '../../../../eval/texts/training-notes/read.ts';

const RUN = 7;

function runsOf(text: string): string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.slice(RUN - 1).map((_, at) => words.slice(at, at + RUN).join(' '));
}

describe('readTrainingNotes', () => {
  const notes = readTrainingNotes();

  it('reads the notes of every folder, each under an id of its own', () => {
    expect(notes.length).toBeGreaterThan(0);
    expect(new Set(notes.map(({ id }) => id)).size).toBe(notes.length);
  });

  it('marks something in each note but the decoys', () => {
    expect(notes.filter(({ decoy, spans }) => decoy !== (spans.length === 0)).map(({ id }) => id)).toEqual(
      [],
    );
  });

  it('shares no run of seven words with the notes that measure', () => {
    const measured = new Set(
      [...readNotes('dev'), ...readNotes('sealed')].flatMap(({ text }) => runsOf(text)),
    );
    expect(
      notes.filter(({ text }) => runsOf(text).some((run) => measured.has(run))).map(({ id }) => id),
    ).toEqual([]);
  });
});
