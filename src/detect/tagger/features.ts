import { setChains } from './chains.ts';
import { at, FARTHEST, rowOf, WIDTH } from './fields.ts';
import { setGroups } from './groups.ts';
import { setLabels } from './labels.ts';
import { setLines, setSettings } from './lines.ts';
import { partsOf, TEMPLATES } from './templates.ts';
import type { Tokens } from './tokens.ts';
import { Case, type Vocabulary } from './vocabulary.ts';

/** Features a token has, besides the one that all tokens have. */
export const FEATURES = TEMPLATES.length + 1;

/** Features are hashed to this many bits. */
export const HASH_BITS = 20;

/** The features that name the token's own word: training drops them at times, or it would learn names by heart. */
export const IDENTITY = TEMPLATES.flatMap((template, i) =>
  partsOf(template).some(([distance, field]) => distance === 0 && (field === 'lower' || field === 'suffix4'))
    ? [i]
    : [],
);

const compiled = TEMPLATES.map((template, i) => ({
  seed: Math.imul(i + 1, 0x9e3779b1),
  offsets: Int32Array.from(partsOf(template).map(([distance, field]) => distance * WIDTH + at[field])),
}));

/** The fields of all tokens, three rows of none before and behind them. */
export function fieldsOf(text: string, tokens: Tokens, vocabulary: Vocabulary): Int32Array {
  const fields = new Int32Array((tokens.count + 2 * FARTHEST) * WIDTH);
  const lowerWords = new Set<number>();
  for (let i = 0; i < tokens.count; i++) {
    const row = vocabulary.row(text.slice(tokens.starts[i], tokens.ends[i]));
    fields.set(row, rowOf(i));
    if (row[at.case] === Case.lower) lowerWords.add(row[at.lower] ?? 0);
  }
  for (let i = 0; i < tokens.count; i++) {
    const row = rowOf(i);
    const isCapital = fields[row + at.case] === Case.capital;
    fields[row + at.elsewhere] = isCapital && lowerWords.has(fields[row + at.lower] ?? 0) ? 1 : 2;
  }
  setLines(fields, tokens);
  setSettings(fields, tokens);
  setChains(fields, tokens);
  setGroups(fields, tokens, text);
  setLabels(fields, tokens);
  return fields;
}

/** Hashes of the features of token `i` into `out`, at `from`: FEATURES numbers below 2 ** HASH_BITS. */
export function featuresOf(fields: Int32Array, i: number, out: Int32Array, from: number): void {
  const row = rowOf(i);
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
