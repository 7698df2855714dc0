import { readRulesYaml } from '../rules.ts';

interface SafeTerms {
  readonly terms: Record<string, readonly (string | number | boolean)[]>;
  readonly patterns: readonly string[];
}

const rules = readRulesYaml<SafeTerms>('pixel/safe-terms.yaml');
const terms = new Set(
  Object.values(rules.terms).flatMap((list) => list.map((term) => String(term).toLowerCase())),
);
const pattern = new RegExp(`^(?:${rules.patterns.join('|')})$`, 'i');

/** Characters that scanners and OCR put around words and that mean nothing here. */
const EDGES = /^[^\p{L}\p{N}+-]+|[^\p{L}\p{N}%]+$/gu;

/**
 * Whether a word burned into a frame is one that identifies nobody: a unit, a side, a measurement, a word of technique
 * (`rules/pixel/safe-terms.yaml`). What has no letter and no digit is safe.
 */
export function isSafeTerm(word: string): boolean {
  const bare = word.replace(EDGES, '');
  if (!/[\p{L}\p{N}]/u.test(bare)) return true;
  return (
    pattern.test(bare) ||
    bare.split(/[:=/<>.-]+/u).every((part) => part === '' || terms.has(part.toLowerCase()))
  );
}

/** Letters and digits that OCR takes for one another, as the first of each group. */
const LOOKALIKES = ['o0dq', 'l1i|!j', 's5', 'b8', 'z2', 'g6', 'ce', 'vu', 'hn'];
const folding = new Map(
  LOOKALIKES.flatMap((group) => [...group].map((c) => [c, group[0] as string] as const)),
);
const folded = (word: string): string => [...word.toLowerCase()].map((c) => folding.get(c) ?? c).join('');

/** Terms so short that many things look like them are left out. */
const SHORTEST_FOLDED = 3;
const foldedTerms = new Set([...terms].filter((term) => term.length >= SHORTEST_FOLDED).map(folded));

/**
 * The same for a word as OCR read it: one of its readings is safe, or would be with letters and digits that look alike
 * exchanged (`16em`, `Z00M`), or with one letter of a long term misread (`Thyreid`).
 */
export function isSafeReading({ text, alternative }: { text: string; alternative?: string }): boolean {
  return [text, alternative].some(
    (reading) => reading !== undefined && (isSafeTerm(reading) || looksSafe(reading.replace(EDGES, ''))),
  );
}

function looksSafe(bare: string): boolean {
  if (foldedTerms.has(folded(bare)) || isMisread(bare.toLowerCase()) || isMeasure(bare)) return true;
  return isJoined(bare);
}

/** A number with a unit, or without, in which letters may stand for digits. */
function isMeasure(text: string): boolean {
  for (let at = Math.min(5, text.length); at > 0; at--) {
    const [number, unit] = [text.slice(0, at), text.slice(at).toLowerCase()];
    if (!/^[\doOlISsBZ©@.,]*\d[\doOlISsBZ©@.,]*$/.test(number) || unit.length > LONGEST_UNIT) continue;
    if (UNITS.some(([from, to]) => pattern.test(digits(number) + unit.replace(from, to)))) return true;
  }
  return false;
}

const LONGEST_UNIT = 5;

/** Two terms, or a term and a number, between which OCR lost the space (`RightKidney`, `SL5.0mm`). */
function isJoined(bare: string): boolean {
  for (let at = 1; at < bare.length; at++) {
    const [first, second] = [bare.slice(0, at), bare.slice(at)];
    if (!terms.has(first.toLowerCase())) continue;
    if (at > 1 && isMeasure(second)) return true;
    const isBreak = /\p{Ll}$|^[LR]$/u.test(first) && /^\p{Lu}\p{Ll}+$/u.test(second);
    if (isBreak && (terms.has(second.toLowerCase()) || isMisread(second.toLowerCase()))) return true;
  }
  return false;
}

/** Units as OCR takes them for something else. */
const UNITS = [
  ['', ''],
  ['em', 'cm'],
  ['cn', 'cm'],
  ['h2', 'hz'],
  ['nm', 'mm'],
] as const;

const DIGITS: Readonly<Record<string, string>> = {
  o: '0',
  // A slash or a dot in a zero.
  '©': '0',
  '@': '0',
  l: '1',
  i: '1',
  s: '5',
  b: '8',
  z: '2',
};
const digits = (text: string): string => [...text.toLowerCase()].map((c) => DIGITS[c] ?? c).join('');

/** Letters from which one misread letter leaves a term beyond doubt; the shorter ones must begin rightly. */
const LONG = 5;
const LONGER = 7;
const longTerms = [...terms].filter((term) => term.length >= LONG && /^\p{L}+$/u.test(term));

function isMisread(word: string): boolean {
  return longTerms.some((term) => {
    if (term.length !== word.length || (term.length < LONGER && term[0] !== word[0])) return false;
    let wrong = 0;
    for (let i = 0; i < term.length && wrong < 2; i++) if (term[i] !== word[i]) wrong++;
    return wrong < 2;
  });
}
