import { patternDetector, textPassage } from '../../src/detect/patterns.ts';
import { Random } from '../random.ts';
import { asqPhi, clinicalNotes, presidio } from './corpora.ts';
import { generatePassage } from './generate/generate.ts';
import type { LabelledText } from './labelled.ts';
import { technicalTexts } from './technical.ts';
import { readTrainingNotes } from './training-notes/read.ts';
import { unitsOf } from './units.ts';
import { varied } from './vary.ts';

/** All that the tagger may learn from, apart by where it comes from, so that each can be left out. */
export interface TrainingSets {
  readonly asq: readonly LabelledText[];
  readonly presidio: readonly LabelledText[];
  /** A note each: its pieces. */
  readonly notes: readonly (readonly LabelledText[])[];
  readonly generated: readonly LabelledText[];
  /** Short texts of the standards, free of identifiers. */
  readonly technical: readonly LabelledText[];
  /** Notes written for this, each about several other people too. */
  readonly written: readonly LabelledText[];
}

const SEED = 3;
const GENERATED = 20_000;
/** How often each written note is learnt from, with other names. */
const COPIES = 2;
const PIECE = /[\s\S]{1,700}(?!\S)|\S{700}/g;

export function trainingSets(): TrainingSets {
  const random = new Random(SEED);
  const notes = clinicalNotes().map(piecesOf);
  const generated = Array.from({ length: GENERATED }, () => generatePassage(random));
  return {
    asq: asqPhi(),
    presidio: presidio(),
    notes: notes.map((pieces) => [...pieces, ...mixed(pieces, random)]),
    generated,
    technical: technicalTexts(random),
    written: writtenNotes().flatMap((note) =>
      Array.from({ length: COPIES }, () => inCase(varied(note, random), random)),
    ),
  };
}

function writtenNotes(): LabelledText[] {
  return readTrainingNotes().map(({ text, spans, arguable }) => {
    const units = unitsOf(text);
    const labelled = [
      ...spans.map(({ type, ...span }) => ({ ...span, type: type === 'AGE' ? ('DATE' as const) : type })),
      ...arguable.map((span) => ({ ...span, type: 'OPEN' as const })),
    ];
    return {
      text,
      spans: labelled
        .map(({ start, end, type }) => ({ start: units[start] ?? 0, end: units[end] ?? 0, type }))
        .sort((a, b) => a.start - b.start),
    };
  });
}

/** One in ten in capitals, one in ten in small letters. */
function inCase(one: LabelledText, random: Random): LabelledText {
  const share = random.next();
  if (share > 0.2) return one;
  const text = share < 0.1 ? one.text.toUpperCase() : one.text.toLowerCase();
  return text.length === one.text.length ? { ...one, text } : one;
}

/** A note in pieces, taken as free of identifiers but for what the patterns flag: nobody labelled that. */
function piecesOf(text: string): LabelledText[] {
  const patterns = patternDetector();
  return (text.match(PIECE) ?? []).map((piece) => ({
    text: piece,
    spans: patterns
      .detect(textPassage(piece))
      .map(({ start, end }) => ({ start, end, type: 'OPEN' as const })),
  }));
}

/** Generated passages between two sentences of a note: identifiers amid the language of the clinic. */
function mixed(pieces: readonly LabelledText[], random: Random): LabelledText[] {
  return pieces.flatMap((piece) => {
    if (piece.spans.length > 0 || !random.chance(0.5)) return [];
    const stops = [...piece.text.matchAll(/[.:,;] +/g)].map((match) => match.index + match[0].length);
    if (stops.length === 0) return [];
    const at = random.pick(stops);
    const inserted = generatePassage(random);
    const before = piece.text.slice(Math.max(0, at - 250), at);
    return [
      {
        text: `${before}${inserted.text} ${piece.text.slice(at, at + 200)}`,
        spans: inserted.spans.map((span) => ({
          ...span,
          start: span.start + before.length,
          end: span.end + before.length,
        })),
      },
    ];
  });
}
