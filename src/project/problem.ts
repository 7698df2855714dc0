import { PhiGateError } from '../errors.ts';

/** Something wrong in a project file. `text` names keys, never values: a filter may hold a patient id. */
export interface Problem {
  readonly line: number;
  readonly text: string;
}

/** All problems as one error, in the order of their lines. */
export function problemsError(problems: readonly Problem[]): PhiGateError {
  const lines = [...problems]
    .sort((a, b) => a.line - b.line)
    .map((problem) => `line ${problem.line}: ${problem.text}`);
  const first = [...problems].sort((a, b) => a.line - b.line)[0];
  return new PhiGateError('usage', `the project file cannot be used\n  ${[...new Set(lines)].join('\n  ')}`, {
    locus: `line ${first?.line ?? 1}`,
  });
}

/** The word of `known` that is the fewest single-letter edits away, if it is near enough to have been meant. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  let best: string | undefined;
  let bestDistance = Math.max(2, Math.floor(word.length / 2)) + 1;
  for (const candidate of known) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** Levenshtein distance, with a swap of neighbours as one edit. */
function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(at(row, j) + 1, at(next, j - 1) + 1, at(row, j - 1) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, at(before, j - 2) + 1);
      }
      next.push(cost);
    }
    before = row;
    row = next;
  }
  return at(row, b.length);
}

const at = (row: readonly number[], index: number): number => row[index] ?? 0;
