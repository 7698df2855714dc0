import { at, rowOf } from './fields.ts';
import { hashOf } from './hash.ts';
import { TokenKind, type Tokens } from './tokens.ts';

const [COLON, EQUALS, BAR] = [':', '=', '|'].map(hashOf);
/** What stands farther behind a label or a cue than this has nothing to do with it. */
const FARTHEST_BEHIND = 8;
/** Cues of words; those of numbers and marks are above. */
const WORD_CUES = 500;

/** The label that a token stands behind in its line (`Collected by: `), and the nearest cue before it. */
export function setLabels(fields: Int32Array, tokens: Tokens): void {
  let [label, sinceLabel, cue, sinceCue] = [0, 0, 0, 0];
  for (let i = 0; i < tokens.count; i++) {
    if (tokens.kinds[i] === TokenKind.newline) {
      [label, cue] = [0, 0];
      continue;
    }
    const row = rowOf(i);
    if (sinceLabel++ > FARTHEST_BEHIND) label = 0;
    if (sinceCue++ > FARTHEST_BEHIND) cue = 0;
    fields[row + at.label] = label;
    fields[row + at.sinceLabel] = label === 0 ? 0 : Math.min(sinceLabel, 5);
    fields[row + at.lastCue] = cue;
    fields[row + at.sinceCue] = cue === 0 ? 0 : 1 + (sinceCue >> 1);
    const word = fields[row + at.lower];
    if (word === COLON || word === EQUALS) [label, sinceLabel] = [fields[rowOf(i - 1) + at.lower] ?? 0, 0];
    else if (word === BAR) label = 0;
    const own = fields[row + at.cue] ?? 0;
    if (own > 0 && own < WORD_CUES) [cue, sinceCue] = [own, 0];
  }
}
