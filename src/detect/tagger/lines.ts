import { at, rowOf } from './fields.ts';
import { hashOf, mix } from './hash.ts';
import { TokenKind, type Tokens } from './tokens.ts';
import { Case } from './vocabulary.ts';

const [STOP, ASK] = ['.', '?'].map(hashOf);

/** Case and opening word of each line. */
export function setLines(fields: Int32Array, tokens: Tokens): void {
  for (let first = 0; first < tokens.count; ) {
    let [last, upper, lower, capitals] = [first, 0, 0, 0];
    for (; last < tokens.count && tokens.kinds[last] !== TokenKind.newline; last++) {
      const letterCase = fields[rowOf(last) + at.case];
      if (letterCase === Case.upper) upper++;
      else if (letterCase === Case.lower) lower++;
      else if (letterCase === Case.capital) capitals++;
    }
    const few = upper + lower + capitals < 3 ? 4 : 0;
    const line = (lower === 0 && capitals === 0 ? 1 : upper + capitals === 0 ? 2 : 3) + few;
    const start = rowOf(first);
    const opening = mix(fields[start + at.lower] ?? 0, Math.min(last - first, 9) > 8 ? 1 : 0);
    for (let i = first; i <= Math.min(last, tokens.count - 1); i++) {
      fields[rowOf(i) + at.line] = line;
      fields[rowOf(i) + at.opening] = i === first ? 0 : opening;
    }
    first = last + 1;
  }
}

/** Blanks around, and whether a sentence begins. */
export function setSettings(fields: Int32Array, tokens: Tokens): void {
  let begins = 1;
  for (let i = 0; i < tokens.count; i++) {
    const row = rowOf(i);
    const glued = i > 0 && tokens.ends[i - 1] === tokens.starts[i] ? 2 : 0;
    const gluedBehind = i + 1 < tokens.count && tokens.starts[i + 1] === tokens.ends[i] ? 4 : 0;
    fields[row + at.setting] = 1 + begins + glued + gluedBehind;
    if (tokens.kinds[i] === TokenKind.newline) begins = 1;
    else if (tokens.kinds[i] === TokenKind.word) begins = 0;
    else if (fields[row + at.lower] === STOP || fields[row + at.lower] === ASK) begins = 1;
  }
}
