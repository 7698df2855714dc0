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

const FORMS = [
  'forms-of-names.txt',
  'forms-of-dates.txt',
  'forms-of-places.txt',
  'forms-of-ids.txt',
  'extras.txt',
];
const LISTS = [
  'words-of-dates.txt',
  'words-of-places.txt',
  'words-of-care.txt',
  'words-of-medicine.txt',
  'words-of-clauses.txt',
  'words-of-days.txt',
];

/** The slots that training text fills. */
export const trainingSlots = slotsFrom(FORMS, LISTS, trainingNames());

/** How often a section is drawn from, against 1 for the others: what taggers find hardest comes more often. */
const WEIGHTS: Readonly<Record<string, number>> = {
  'notes.txt bare-last': 2.5,
  'notes.txt bare-caps': 2.5,
  'notes.txt lower-last': 2.5,
  'notes.txt log': 0.6,
  'clauses.txt people': 9,
  'clauses.txt attributes': 6,
  'clauses.txt written': 0.4,
  'clauses.txt place-clauses': 5,
  'clauses.txt number-clauses': 4,
  'clinical.txt short': 1.5,
  'documents.txt segments': 0.8,
  'short-days.txt short-days': 2,
  'clean-ratios.txt ratios': 2,
  'dense.txt dense': 2,
  'old-ages.txt old-ages': 1,
  'old-ages.txt young-ages': 0.3,
  'nineties-none.txt nineties-none': 0.8,
  'stories.txt queries': 1.5,
  'stories.txt general': 2.2,
  'stories.txt social': 1.8,
  'stories.txt times': 1.5,
  'stories.txt numbers': 1.2,
  'narratives.txt more-general': 1.8,
  'notes.txt short-notes': 1.4,
  'clean.txt decoy': 1.2,
  'clean-clauses.txt clean-people': 2.5,
  'clean-clauses.txt clean-attributes': 1.8,
  'clean-clauses.txt clean-places': 1,
  'clean-clauses.txt clean-numbers': 1,
  'clean.txt imaging': 1.5,
  'clean.txt prose': 1.5,
  'clean.txt clinical': 1.5,
};

/** Draws a frame from the sections of some files. */
function drawer(files: readonly string[]): (random: Random) => string {
  const sections = files.flatMap((file) =>
    [...readFrames(file)].map(([name, { frames }]) => ({ frames, weight: WEIGHTS[`${file} ${name}`] ?? 1 })),
  );
  const sum = sections.reduce((total, { weight }) => total + weight, 0);
  return (random) => {
    let left = random.next() * sum;
    for (const { frames, weight } of sections) {
      left -= weight;
      if (left < 0) return random.pick(frames);
    }
    return random.pick(sections[0]?.frames ?? []);
  };
}

const PRIVATE_FILES = [
  'clinical.txt',
  'notes.txt',
  'documents.txt',
  'stories.txt',
  'narratives.txt',
  'clauses.txt',
  'short-days.txt',
  'old-ages.txt',
];
const CLEAN_FILES = ['clean.txt', 'clean-clauses.txt', 'clean-ratios.txt', 'dense.txt', 'nineties-none.txt'];
const privateFrame = drawer(PRIVATE_FILES);
const cleanFrame = drawer(CLEAN_FILES);

const stressSections = readFrames('stress.txt');
/** The slots that the stress set fills. */
export const stressSlots = slotsFrom(
  [...FORMS, 'forms-of-stress.txt'],
  [...LISTS, 'words-of-stress.txt'],
  stressNames(),
);

/** Frames of the training text and of the stress set, by file: none may stand in both. */
export const FRAME_FILES = { training: [...PRIVATE_FILES, ...CLEAN_FILES], stress: ['stress.txt'] } as const;

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

/** What stands between two frames of a passage. */
const JOINTS = [' ', ' ', ' ', '\n', '\n', '\n\n', '. ', '  ', '; ', ' - ', '.,'];

/** A passage of training text, of one word to some 80 words: more than half hold identifiers. */
export function generatePassage(random: Random): LabelledText {
  const isPrivate = random.chance(0.62);
  const pieces = fill((isPrivate ? privateFrame : cleanFrame)(random), trainingSlots, random);
  while (random.chance(0.3)) {
    const frame = (isPrivate && random.chance(0.35) ? privateFrame : cleanFrame)(random);
    const more = fill(frame, trainingSlots, random);
    const joint = { text: random.pick(JOINTS) };
    if (random.chance(0.5)) pieces.push(joint, ...more);
    else pieces.unshift(...more, joint);
  }
  return joined(withNoise(pieces, random));
}

/**
 * A passage of the stress set, by one of `STRESS_FORMS`; neither its frames nor its names occur in training text.
 * Throws where there is no such form.
 */
export function generateStress(random: Random, form: string): LabelledText {
  const section = stressSections.get(form);
  if (section === undefined) throw new Error(`no stress form ${form}`);
  return joined(fill(random.pick(section.frames), stressSlots, random));
}
