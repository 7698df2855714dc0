import type { HipaaCategory } from '../model/category.ts';

const BY_CATEGORY: Readonly<Record<HipaaCategory, string>> = {
  A: 'NAME',
  B: 'ADDRESS',
  C: 'DATE',
  D: 'PHONE',
  E: 'FAX',
  F: 'EMAIL',
  G: 'SSN',
  H: 'ID',
  I: 'PLAN',
  J: 'ACCOUNT',
  K: 'LICENCE',
  L: 'VEHICLE',
  M: 'DEVICE',
  N: 'URL',
  O: 'IP',
  P: 'BIOMETRIC',
  Q: 'IMAGE',
  R: 'CODE',
};

const WORDS = [...Object.values(BY_CATEGORY), 'AGE', 'UID'];

const PLACEHOLDER = new RegExp(`\\[(?:${WORDS.join('|')})\\]`, 'g');

/** The typed placeholder that stands for a cleaned identifier: `[NAME]`, `[DATE]`, `[AGE]`... */
export function placeholderFor(category: HipaaCategory, rule: string): string {
  if (rule.startsWith('age.')) return '[AGE]';
  if (rule.includes('uid')) return '[UID]';
  return `[${BY_CATEGORY[category]}]`;
}

/** UTF-16 ranges of the placeholders in a text: what stands there is no identifier. */
export function placeholderRanges(text: string): { start: number; end: number }[] {
  if (!text.includes('[')) return [];
  return [...text.matchAll(PLACEHOLDER)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }));
}

/** A text with its placeholders taken out. */
export function withoutPlaceholders(text: string): string {
  return text.includes('[') ? text.replace(PLACEHOLDER, '') : text;
}
