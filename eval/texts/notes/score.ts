import { type Goal, percent } from '../../score/table.ts';
import { wilson } from '../../score/wilson.ts';
import { type Note, type SpanType, type Stretch, TYPES } from './read.ts';

/** Whatever flags stretches of a text, in code points. */
export type Find = (text: string) => readonly Stretch[] | Promise<readonly Stretch[]>;

/** Of issue 4's goals for notes of other styles: share of spans, flags, decoys (3 of 16). */
const WANTED = { touched: 98, covered: 96, offPerThousand: 8, decoys: (100 * 3) / 16 } as const;

interface Count {
  spans: number;
  touched: number;
  covered: number;
}

export interface Score {
  readonly goals: readonly Goal[];
  /** Notes by their id, with what was missed in them and what was flagged for nothing. */
  readonly misses: readonly string[];
}

/**
 * How well `find` does on notes: spans that any flag touches, spans whose every letter and digit is flagged, both by type;
 * flags that touch no identifier, for 1,000 words; decoys with any such flag. Flags that overlap count as one.
 */
export async function scoreNotes(notes: readonly Note[], find: Find): Promise<Score> {
  const all: Count = { spans: 0, touched: 0, covered: 0 };
  const byType = new Map<SpanType, Count>(TYPES.map((type) => [type, { spans: 0, touched: 0, covered: 0 }]));
  const plain = { words: 0, off: 0 };
  const decoys = { words: 0, off: 0, notes: 0, flagged: 0 };
  const misses: string[] = [];

  for (const note of notes) {
    const characters = [...note.text];
    const flags = merged(await find(note.text), characters.length);
    const show = ({ start, end }: Stretch) => JSON.stringify(characters.slice(start, end).join(''));
    for (const span of note.spans) {
      const touched = flags.some((flag) => overlap(flag, span));
      const covered = touched && isCovered(span, flags, characters);
      for (const count of [all, byType.get(span.type)]) {
        if (count === undefined) continue;
        count.spans++;
        if (touched) count.touched++;
        if (covered) count.covered++;
      }
      if (!covered) {
        misses.push(
          `${note.id} (${note.style}) ${touched ? 'in part' : 'missed'}: ${span.type} ${show(span)}`,
        );
      }
    }
    const known = [...note.spans, ...note.arguable];
    const off = flags.filter((flag) => !known.some((stretch) => overlap(stretch, flag)));
    misses.push(...off.map((flag) => `${note.id} (${note.style}) flagged: ${show(flag)}`));
    const tally = note.decoy ? decoys : plain;
    tally.words += wordsOf(note.text);
    tally.off += off.length;
    if (note.decoy) {
      decoys.notes++;
      if (off.length > 0) decoys.flagged++;
    }
  }

  const goals: Goal[] = [
    { what: 'spans touched', ...share(all.touched, all.spans), atLeast: WANTED.touched },
    { what: 'spans fully covered', ...share(all.covered, all.spans), atLeast: WANTED.covered },
    ...[...byType].flatMap(([type, count]) => [
      { what: `  ${type} touched`, ...share(count.touched, count.spans) },
      { what: `  ${type} fully covered`, ...share(count.covered, count.spans) },
    ]),
    { what: 'flags off any identifier', ...perThousand(plain), atMost: WANTED.offPerThousand },
    { what: 'decoy notes flagged', ...share(decoys.flagged, decoys.notes), atMost: WANTED.decoys },
    { what: 'flags in decoy notes', ...perThousand(decoys) },
  ];
  return { goals, misses };
}

function share(some: number, all: number): Pick<Goal, 'value' | 'unit' | 'of'> {
  const { of, ...rest } = percent(some, all);
  if (of === undefined) return rest;
  const [low, high] = wilson(some, all);
  return { ...rest, of: `${of}, ${low.toFixed(1)} to ${high.toFixed(1)} %` };
}

function perThousand({ off, words }: { off: number; words: number }): Pick<Goal, 'value' | 'unit' | 'of'> {
  const unit = ' per 1,000 words';
  return words === 0 ? { unit } : { value: (1000 * off) / words, unit, of: `${off} in ${words} words` };
}

/** Runs without a space that have a letter or a digit. */
function wordsOf(text: string): number {
  return text.split(/\s+/).filter((run) => /[\p{L}\p{N}]/u.test(run)).length;
}

const overlap = (a: Stretch, b: Stretch): boolean => a.start < b.end && b.start < a.end;

/** Punctuation and spaces identify nobody: only letters and digits need a flag. */
function isCovered(
  { start, end }: Stretch,
  flags: readonly Stretch[],
  characters: readonly string[],
): boolean {
  for (let at = start; at < end; at++) {
    if (!/[\p{L}\p{N}]/u.test(characters[at] ?? '')) continue;
    if (!flags.some((flag) => flag.start <= at && at < flag.end)) return false;
  }
  return true;
}

/** Flags in order, those that overlap made one. Throws where a flag is empty or lies outside the text. */
function merged(flags: readonly Stretch[], length: number): Stretch[] {
  const whole: { start: number; end: number }[] = [];
  for (const { start, end } of [...flags].sort((a, b) => a.start - b.start)) {
    if (start < 0 || end <= start || end > length)
      throw new Error(`a flag from ${start} to ${end} of ${length}`);
    const last = whole.at(-1);
    if (last !== undefined && start < last.end) last.end = Math.max(last.end, end);
    else whole.push({ start, end });
  }
  return whole;
}
