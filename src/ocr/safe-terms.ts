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
  return pattern.test(bare) || bare.split(/[:=/<>.-]+/u).every((part) => part === '' || isSafePart(part));
}

function isSafePart(part: string): boolean {
  return terms.has(part.toLowerCase());
}
