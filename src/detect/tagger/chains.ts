import { at, type Field, rowOf } from './fields.ts';
import { hashOf } from './hash.ts';
import type { Tokens } from './tokens.ts';
import { Case } from './vocabulary.ts';

const [STOP, APOSTROPHE, HYPHEN, AMPERSAND] = ['.', "'", '-', '&'].map(hashOf);
const PARTICLES = new Set('of the de van von der den la del di da al bin y e and for'.split(' ').map(hashOf));

/** Chains of capitals: capitalised words with particles, initials, stops, hyphens and apostrophes between them. */
export function setChains(fields: Int32Array, tokens: Tokens): void {
  const field = (i: number, name: Field): number => fields[rowOf(i) + at[name]] ?? 0;
  for (let first = 0; first < tokens.count; first++) {
    if (!isCapital(field(first, 'case'))) {
      const row = rowOf(first);
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
      const row = rowOf(i);
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

const isCapital = (letterCase: number): boolean =>
  letterCase === Case.capital ||
  letterCase === Case.upper ||
  letterCase === Case.initial ||
  letterCase === Case.mixed;
