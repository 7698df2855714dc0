import { patternDetector, textPassage } from '../../src/detect/patterns.ts';
import { Random } from '../random.ts';
import { asqPhi, clinicalNotes, presidio } from './corpora.ts';
import { generatePassage } from './generate/generate.ts';
import type { LabelledText } from './labelled.ts';

/** All that the tagger may learn from, apart by where it comes from, so that each can be left out. */
export interface TrainingSets {
  readonly asq: readonly LabelledText[];
  readonly presidio: readonly LabelledText[];
  /** A note each: its pieces. */
  readonly notes: readonly (readonly LabelledText[])[];
  readonly generated: readonly LabelledText[];
}

const SEED = 3;
const GENERATED = 20_000;
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
  };
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
