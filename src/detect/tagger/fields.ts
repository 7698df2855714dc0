import { WORD_FIELDS } from './vocabulary.ts';

/** What the tagger knows of a token by where it stands, after the fields of its word. */
const PLACE_FIELDS = [
  /** Whether blanks stand before and after it, and whether it begins a sentence or a line. */
  'setting',
  /** Case of the whole line: upper, lower or mixed. */
  'line',
  /** The same word stands elsewhere in the text in lower case. */
  'elsewhere',
  /** Cues along the chain of capitals that the token stands in. */
  'chain',
  /** Class of the chain's first and last word, its length, the place in it. */
  'chainFirst',
  'chainLast',
  'chainPlace',
  /** Identity and class of the words that stand before and behind the chain. */
  'beforeChain',
  'behindChain',
  'beforeChainClass',
  'behindChainClass',
  /** The line's first word, as a label (`Attending:`) or an opening. */
  'opening',
  /** Form of the stretch without blanks that the token stands in, and the words before and behind it. */
  'group',
  'beforeGroup',
  'behindGroup',
  'beforeGroupClass',
  'behindGroupClass',
  'beforeGroupSuffix',
  /** The word before the last colon, equals sign or bar of the line, and how far back that is. */
  'label',
  'sinceLabel',
  /** The nearest cue before the token in its line, how far back it is. */
  'lastCue',
  'sinceCue',
] as const;

const FIELDS = [...WORD_FIELDS, ...PLACE_FIELDS] as const;
export type Field = (typeof FIELDS)[number];
/** Numbers of a token in the array of fields. */
export const WIDTH = FIELDS.length;
/** Where a field stands among those of its token. */
export const at = Object.fromEntries(FIELDS.map((field, i) => [field, i])) as Record<Field, number>;

/** How far a feature looks. */
export const FARTHEST = 3;

/** Where the fields of token `i` begin: FARTHEST rows of none stand before and behind those of the text. */
export const rowOf = (i: number): number => (i + FARTHEST) * WIDTH;
