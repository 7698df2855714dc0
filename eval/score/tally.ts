import type { Sample } from '../frames/sample.ts';
import type { Look } from './look.ts';
import { COVERED, coveredShare, wasRead } from './tokens.ts';

/** What a frame with text missed. */
export interface Miss {
  readonly sample: Sample;
  readonly token: string;
  readonly what: 'not covered' | 'not read';
  /** Of its ink. */
  readonly covered: number;
}

export interface Score {
  readonly tokens: number;
  readonly covered: number;
  readonly read: number;
  readonly flagged: number;
  readonly frames: number;
  readonly misses: readonly Miss[];
  readonly unflagged: readonly Sample[];
}

/** Coverage and reading of identifying tokens over frames whose ink is known. */
export function scoreText(looks: readonly Look[]): Score {
  const misses: Miss[] = [];
  const unflagged: Sample[] = [];
  const sum = { tokens: 0, covered: 0, read: 0 };
  for (const { sample, boxes, words, rules } of looks) {
    if (rules.length === 0) unflagged.push(sample);
    for (const token of sample.tokens) {
      if (!token.identifying) continue;
      const covered = coveredShare(token, boxes);
      const read = wasRead(token.text, words);
      sum.tokens++;
      if (covered >= COVERED) sum.covered++;
      else misses.push({ sample, token: token.text, what: 'not covered', covered });
      if (read) sum.read++;
      else misses.push({ sample, token: token.text, what: 'not read', covered });
    }
  }
  return { ...sum, flagged: looks.length - unflagged.length, frames: looks.length, misses, unflagged };
}

/** Misses by each trait of their frames, against all tokens with that trait: where the weakness lies. */
export function byTrait(looks: readonly Look[], misses: readonly Miss[]): string[] {
  const all = new Map<string, number>();
  for (const { sample } of looks) {
    const identifying = sample.tokens.filter((token) => token.identifying).length;
    for (const [trait, value] of Object.entries(sample.traits)) {
      const key = `${trait} ${value}`;
      all.set(key, (all.get(key) ?? 0) + identifying);
    }
  }
  const count = (key: string, what: Miss['what']) =>
    misses.filter(
      ({ sample, what: kind }) =>
        kind === what && Object.entries(sample.traits).some(([trait, value]) => `${trait} ${value}` === key),
    ).length;
  return [...all]
    .sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }))
    .map(([key, total]) => {
      const share = (what: Miss['what']) => `${((100 * (total - count(key, what))) / total).toFixed(1)} %`;
      return `${key.padEnd(24)} ${String(total).padStart(5)} ${share('not covered').padStart(8)} ${share('not read').padStart(8)}`;
    });
}
