import type { Random } from '../../random.ts';
import { slotsFrom } from './grammar.ts';
import { readFrames } from './lists.ts';
import { stressNames, trainingNames } from './names.ts';
import { withNoise } from './noise.ts';
import { type Label, type Passage, type Piece, render, type Slots, template } from './template.ts';

/** A passage and what identifies somebody in it: offsets in UTF-16 units, sorted, never overlapping. */
export interface LabelledText {
  readonly text: string;
  readonly spans: readonly { readonly start: number; readonly end: number; readonly type: Label }[];
}

const FORMS = ['forms-of-names.txt', 'forms-of-dates.txt', 'forms-of-places.txt', 'forms-of-ids.txt'];
const LISTS = ['words-of-dates.txt', 'words-of-places.txt', 'words-of-care.txt'];

const training = slotsFrom(FORMS, LISTS, trainingNames());

/** Kinds of passage with identifiers, by file and section. */
const PRIVATE = [...readFrames('clinical.txt')];
const CLEAN = [...readFrames('clean.txt')];
const total = PRIVATE.flatMap(([, { frames }]) => frames);
const clean = CLEAN.flatMap(([, { frames }]) => frames);

const stressSections = readFrames('stress.txt');
const stress = slotsFrom(FORMS, LISTS, stressNames());

/** Forms of identifiers of the stress set. */
export const STRESS_FORMS: readonly string[] = [...stressSections.keys()];

function fill(frame: string, slots: Slots, random: Random): Piece[] {
  const passage: Passage = { random, isFemale: random.chance(0.5), kept: new Map() };
  return render(template(frame), slots, passage);
}

/** Joins pieces; blanks at the ends of an identifier are left out of its span. */
function joined(pieces: readonly Piece[]): LabelledText {
  let text = '';
  const spans: { start: number; end: number; type: Label }[] = [];
  for (const piece of pieces) {
    const start = text.length;
    text += piece.text;
    const trimmed = piece.text.trim();
    if (piece.label === undefined || trimmed === '') continue;
    const from = start + piece.text.indexOf(trimmed);
    spans.push({ start: from, end: from + trimmed.length, type: piece.label });
  }
  return { text, spans };
}

/** A passage of training text, of one word to some 80 words: two in three hold identifiers. */
export function generatePassage(random: Random): LabelledText {
  const frames = random.chance(0.66) ? total : clean;
  const pieces = fill(random.pick(frames), training, random);
  return joined(withNoise(pieces, random));
}

/**
 * A passage of the stress set, by one of `STRESS_FORMS`; neither its frames nor its names occur in training text.
 * Throws where there is no such form.
 */
export function generateStress(random: Random, form: string): LabelledText {
  const section = stressSections.get(form);
  if (section === undefined) throw new Error(`no stress form ${form}`);
  return joined(fill(random.pick(section.frames), stress, random));
}
