import { explainHit } from '../detect/explain.ts';
import { type Finding, type Hit, SHOWN } from '../model/finding.ts';
import type { Passage } from '../model/passage.ts';
import type { Random } from '../ports/random.ts';
import { placeOfSpan, sliceOfPassage } from './passage-lines.ts';

/** Gives a value its fingerprint; the store has one that outlives a run. */
export interface FingerprintSource {
  /** 16 hex digits, the same for the same value, not derived from it. */
  of(value: string): string;
}

/** Random ids of the distinct values of one run, kept in memory alone (164.514(c): never derived from the value). */
export class Fingerprints implements FingerprintSource {
  readonly #ids = new Map<string, string>();
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  of(value: string): string {
    let id = this.#ids.get(value);
    id ??= Buffer.from(this.#random.bytes(8)).toString('hex');
    this.#ids.set(value, id);
    return id;
  }
}

/** Where a finding is reported. */
export interface FindingContext {
  readonly sourceId: string;
  /** Released name (run) or masked path (scan). */
  readonly file?: string;
  readonly fingerprints: FingerprintSource;
}

/** A hit with its place, a mask instead of its value and the value's fingerprint (letter case apart). */
export function findingOf(hit: Hit, passage: Passage, context: FindingContext): Finding {
  const { sourceId, file, fingerprints } = context;
  const { locus, span } = placeOfSpan(passage, hit.start, hit.end);
  const value = sliceOfPassage(passage, hit.start, hit.end);
  return {
    sourceId,
    ...(file !== undefined && { file }),
    format: passage.hints.format,
    locus,
    span,
    category: hit.category,
    detector: hit.detector,
    rule: hit.rule,
    tier: hit.tier,
    confidence: hit.confidence,
    explain: explainHit(hit),
    shown: SHOWN,
    fingerprint: fingerprints.of(value.normalize('NFC').toUpperCase().trim()),
  };
}
