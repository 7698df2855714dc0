import { readRulesJson } from '../../rules.ts';

interface Zip3Rules {
  readonly source: string;
  readonly edition: string;
  readonly allowed: readonly string[];
}

let allowed: ReadonlySet<string> | undefined;

/**
 * The first three digits of a US ZIP code where their area has more than 20,000 people, `000` for every other text that
 * is not blank (45 CFR 164.514(b)(2)(i)(B)). A code with too few digits has lost a leading zero and is `000` as well.
 */
export function zip3(text: string): string {
  if (text.trim() === '') return '';
  const prefix = /^\s*(\d{3})(?:\d{2}(?:[- ]?\d{4})?)?\s*$/.exec(text)?.[1];
  return prefix !== undefined && allowedPrefixes().has(prefix) ? prefix : '000';
}

function allowedPrefixes(): ReadonlySet<string> {
  allowed ??= new Set(readRulesJson<Zip3Rules>('detect/zip3.json').allowed);
  return allowed;
}
