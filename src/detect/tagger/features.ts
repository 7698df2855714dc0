import { hashOf, mix } from './hash.ts';
import { TokenKind, type Tokens } from './tokens.ts';
import { Case, type Vocabulary, WORD_FIELDS } from './vocabulary.ts';

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
] as const;

const FIELDS = [...WORD_FIELDS, ...PLACE_FIELDS] as const;
type Field = (typeof FIELDS)[number];
const WIDTH = FIELDS.length;
const at = Object.fromEntries(FIELDS.map((field, i) => [field, i])) as Record<Field, number>;

/** A feature: fields of tokens at these distances, taken together. */
type Template = readonly (readonly [distance: number, field: Field])[];

const alone = (distances: readonly number[], ...fields: Field[]): Template[] =>
  distances.flatMap((distance) => fields.map((field): Template => [[distance, field]]));

const TEMPLATES: readonly Template[] = [
  ...alone(
    [0],
    'lower',
    'prefix2',
    'prefix3',
    'suffix2',
    'suffix3',
    'suffix4',
    'shape',
    'list',
    'cue',
    'class',
  ),
  ...alone([-1, 1], 'lower', 'suffix3', 'shape', 'list', 'class'),
  ...alone([-2, 2], 'lower', 'class'),
  ...alone([-3, 3], 'lower', 'class'),
  [
    [0, 'class'],
    [0, 'setting'],
  ],
  [
    [0, 'class'],
    [0, 'line'],
  ],
  [
    [0, 'class'],
    [0, 'line'],
    [0, 'setting'],
  ],
  [
    [0, 'list'],
    [0, 'case'],
    [0, 'line'],
  ],
  [
    [0, 'class'],
    [0, 'elsewhere'],
  ],
  [
    [0, 'suffix3'],
    [0, 'case'],
  ],
  [
    [0, 'shape'],
    [0, 'setting'],
    [-1, 'class'],
  ],
  [
    [-1, 'lower'],
    [0, 'class'],
  ],
  [
    [-1, 'lower'],
    [0, 'shape'],
  ],
  [
    [0, 'class'],
    [1, 'lower'],
  ],
  [
    [0, 'lower'],
    [1, 'class'],
  ],
  [
    [-1, 'class'],
    [0, 'lower'],
  ],
  [
    [-1, 'class'],
    [0, 'class'],
  ],
  [
    [0, 'class'],
    [1, 'class'],
  ],
  [
    [-1, 'class'],
    [1, 'class'],
  ],
  [
    [-1, 'lower'],
    [1, 'lower'],
  ],
  [
    [-2, 'lower'],
    [-1, 'lower'],
  ],
  [
    [1, 'lower'],
    [2, 'lower'],
  ],
  [
    [-2, 'lower'],
    [-1, 'lower'],
    [0, 'class'],
  ],
  [
    [0, 'class'],
    [1, 'lower'],
    [2, 'lower'],
  ],
  [
    [-1, 'lower'],
    [0, 'class'],
    [1, 'lower'],
  ],
  [
    [-2, 'class'],
    [-1, 'class'],
    [0, 'class'],
  ],
  [
    [-1, 'class'],
    [0, 'class'],
    [1, 'class'],
  ],
  [
    [0, 'class'],
    [1, 'class'],
    [2, 'class'],
  ],
  [
    [-2, 'class'],
    [-1, 'class'],
    [0, 'class'],
    [1, 'class'],
  ],
  [
    [-1, 'class'],
    [0, 'class'],
    [1, 'class'],
    [2, 'class'],
  ],
  [
    [-2, 'cue'],
    [0, 'class'],
  ],
  [
    [0, 'class'],
    [2, 'cue'],
  ],
  [
    [-2, 'lower'],
    [0, 'class'],
  ],
  [
    [-3, 'cue'],
    [-2, 'cue'],
    [0, 'class'],
  ],
  [
    [0, 'chain'],
    [0, 'case'],
  ],
  [
    [0, 'chain'],
    [0, 'class'],
  ],
  [
    [0, 'chainLast'],
    [0, 'case'],
  ],
  [
    [0, 'chainFirst'],
    [0, 'chainLast'],
    [0, 'chainPlace'],
  ],
  [
    [0, 'chainPlace'],
    [0, 'class'],
  ],
  [
    [0, 'beforeChain'],
    [0, 'chainPlace'],
    [0, 'case'],
  ],
  [
    [0, 'beforeChain'],
    [0, 'list'],
  ],
  [
    [0, 'behindChain'],
    [0, 'chainPlace'],
    [0, 'case'],
  ],
  [
    [0, 'behindChain'],
    [0, 'list'],
  ],
  [
    [0, 'beforeChainClass'],
    [0, 'behindChainClass'],
    [0, 'case'],
  ],
  [
    [0, 'beforeChainClass'],
    [0, 'chain'],
    [0, 'case'],
  ],
  [
    [0, 'opening'],
    [0, 'case'],
  ],
  [
    [0, 'opening'],
    [0, 'list'],
    [0, 'case'],
  ],
];

/** Features a token has, besides the one that all tokens have. */
export const FEATURES = TEMPLATES.length + 1;

/** Features are hashed to this many bits. */
export const HASH_BITS = 18;

/** The features that name the token's own word: training drops them at times, or it would learn names by heart. */
export const IDENTITY = TEMPLATES.flatMap((parts, i) =>
  parts.some(([distance, field]) => distance === 0 && (field === 'lower' || field === 'suffix4')) ? [i] : [],
);

const FARTHEST = 3;

const compiled = TEMPLATES.map((parts, i) => ({
  seed: Math.imul(i + 1, 0x9e3779b1),
  offsets: Int32Array.from(parts.map(([distance, field]) => distance * WIDTH + at[field])),
}));

/** The fields of all tokens, three rows of none before and behind them. */
export function fieldsOf(text: string, tokens: Tokens, vocabulary: Vocabulary): Int32Array {
  const fields = new Int32Array((tokens.count + 2 * FARTHEST) * WIDTH);
  const lowerWords = new Set<number>();
  for (let i = 0; i < tokens.count; i++) {
    const row = vocabulary.row(text.slice(tokens.starts[i], tokens.ends[i]));
    fields.set(row, (i + FARTHEST) * WIDTH);
    if (row[at.case] === Case.lower) lowerWords.add(row[at.lower] ?? 0);
  }
  for (let i = 0; i < tokens.count; i++) {
    const row = (i + FARTHEST) * WIDTH;
    const isCapital = fields[row + at.case] === Case.capital;
    fields[row + at.elsewhere] = isCapital && lowerWords.has(fields[row + at.lower] ?? 0) ? 1 : 2;
  }
  setLines(fields, tokens);
  setSettings(fields, tokens);
  setChains(fields, tokens);
  return fields;
}

/** Hashes of the features of token `i` into `out`, at `from`: FEATURES numbers below 2 ** HASH_BITS. */
export function featuresOf(fields: Int32Array, i: number, out: Int32Array, from: number): void {
  const row = (i + FARTHEST) * WIDTH;
  for (let t = 0; t < compiled.length; t++) {
    const template = compiled[t];
    if (template === undefined) continue;
    let hash = template.seed;
    const { offsets } = template;
    for (let p = 0; p < offsets.length; p++) {
      hash = Math.imul(hash ^ (fields[row + (offsets[p] ?? 0)] ?? 0), 0x2c1b3c6d);
      hash ^= hash >>> 15;
    }
    out[from + t] = Math.imul(hash, 0x297a2d39) >>> (32 - HASH_BITS);
  }
  out[from + compiled.length] = 0;
}

/** Case and opening word of each line. */
function setLines(fields: Int32Array, tokens: Tokens): void {
  for (let first = 0; first < tokens.count; ) {
    let [last, upper, lower, capitals] = [first, 0, 0, 0];
    for (; last < tokens.count && tokens.kinds[last] !== TokenKind.newline; last++) {
      const letterCase = fields[(last + FARTHEST) * WIDTH + at.case];
      if (letterCase === Case.upper) upper++;
      else if (letterCase === Case.lower) lower++;
      else if (letterCase === Case.capital) capitals++;
    }
    const few = upper + lower + capitals < 3 ? 4 : 0;
    const line = (lower === 0 && capitals === 0 ? 1 : upper + capitals === 0 ? 2 : 3) + few;
    const start = (first + FARTHEST) * WIDTH;
    const opening = mix(fields[start + at.lower] ?? 0, Math.min(last - first, 9) > 8 ? 1 : 0);
    for (let i = first; i <= Math.min(last, tokens.count - 1); i++) {
      fields[(i + FARTHEST) * WIDTH + at.line] = line;
      fields[(i + FARTHEST) * WIDTH + at.opening] = i === first ? 0 : opening;
    }
    first = last + 1;
  }
}

/** Blanks around, and whether a sentence begins. */
function setSettings(fields: Int32Array, tokens: Tokens): void {
  let begins = 1;
  for (let i = 0; i < tokens.count; i++) {
    const row = (i + FARTHEST) * WIDTH;
    const glued = i > 0 && tokens.ends[i - 1] === tokens.starts[i] ? 2 : 0;
    const gluedBehind = i + 1 < tokens.count && tokens.starts[i + 1] === tokens.ends[i] ? 4 : 0;
    fields[row + at.setting] = 1 + begins + glued + gluedBehind;
    if (tokens.kinds[i] === TokenKind.newline) begins = 1;
    else if (tokens.kinds[i] === TokenKind.word) begins = 0;
    else if (fields[row + at.lower] === STOP || fields[row + at.lower] === ASK) begins = 1;
  }
}

const [STOP, ASK, APOSTROPHE, HYPHEN, AMPERSAND] = ['.', '?', "'", '-', '&'].map(hashOf);

/** Chains of capitals: capitalised words with particles, initials, stops, hyphens and apostrophes between them. */
function setChains(fields: Int32Array, tokens: Tokens): void {
  const field = (i: number, name: Field): number => fields[(i + FARTHEST) * WIDTH + at[name]] ?? 0;
  for (let first = 0; first < tokens.count; first++) {
    if (!isCapital(field(first, 'case'))) {
      const row = (first + FARTHEST) * WIDTH;
      fields[row + at.chainPlace] = 0;
      fields[row + at.beforeChain] = field(first - 1, 'lower');
      fields[row + at.behindChain] = field(first + 1, 'lower');
      continue;
    }
    let [last, cue, length] = [first, 0, 1];
    for (let next = first; ; ) {
      const reach = joins(next);
      if (reach === 0 || next + reach >= tokens.count || length > 12) break;
      next += reach;
      last = next;
      length++;
    }
    for (let i = first; i <= last; i++) {
      const own = field(i, 'cue');
      if (own > 0 && own < 500) cue |= 1 << (own & 31);
    }
    const [firstClass, lastClass] = [field(first, 'class'), field(last, 'class')];
    const [before, behind] = [field(first - 1, 'lower'), field(last + 1, 'lower')];
    const [beforeClass, behindClass] = [field(first - 1, 'class'), field(last + 1, 'class')];
    for (let i = first; i <= last; i++) {
      const row = (i + FARTHEST) * WIDTH;
      fields[row + at.chain] = cue;
      fields[row + at.chainFirst] = firstClass;
      fields[row + at.chainLast] = lastClass;
      fields[row + at.chainPlace] =
        1 + Math.min(length, 5) * 4 + (i === first ? 1 : 0) + (i === last ? 2 : 0);
      fields[row + at.beforeChain] = before;
      fields[row + at.behindChain] = behind;
      fields[row + at.beforeChainClass] = beforeClass;
      fields[row + at.behindChainClass] = behindClass;
    }
    first = last;
  }

  /** How many tokens on the next word of the chain stands; 0 at its end. */
  function joins(i: number): number {
    const isNext = (j: number): boolean => j < tokens.count && isCapital(field(j, 'case'));
    if (isNext(i + 1)) return 1;
    const mark = field(i + 1, 'lower');
    if (mark === STOP || mark === APOSTROPHE || mark === HYPHEN || mark === AMPERSAND) {
      const isAbbreviation = mark !== STOP || (tokens.ends[i] ?? 0) - (tokens.starts[i] ?? 0) <= 3;
      if (isAbbreviation && isNext(i + 2)) return 2;
    }
    if (field(i + 1, 'case') === Case.lower && PARTICLES.has(field(i + 1, 'lower')) && isNext(i + 2))
      return 2;
    return 0;
  }
}

const PARTICLES = new Set('of the de van von der den la del di da al bin y e and for'.split(' ').map(hashOf));

const isCapital = (letterCase: number): boolean =>
  letterCase === Case.capital ||
  letterCase === Case.upper ||
  letterCase === Case.initial ||
  letterCase === Case.mixed;
