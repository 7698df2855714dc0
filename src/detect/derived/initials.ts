import type { Tier } from '../../model/finding.ts';
import { initialForms, type KnownPerson } from './persons.ts';

/**
 * Initials with a birth year (`JR1962`, `1962-JRA`) or a birth date. Two letters and a year are one of some 70,000 codes:
 * of few persons such a code, standing for itself, is a leak; of more it is a suspect, and of very many it says nothing.
 * With the whole date it is one of 25 million, and always a leak.
 */
export interface InitialsHit {
  readonly start: number;
  readonly length: number;
  readonly tier: Tier;
}

const SHAPE = /(?<![\p{L}\p{N}])(?:\p{L}{2,3}[-_ ]?\d{4,8}|\d{4,8}[-_ ]?\p{L}{2,3})(?![\p{L}\p{N}])/gu;
const FEW = 100;
const MANY = 2000;

export class InitialsWithBirth {
  readonly #persons: readonly KnownPerson[];
  #forms: ReadonlyMap<string, boolean> | undefined;

  constructor(persons: readonly KnownPerson[]) {
    this.#persons = persons;
  }

  *in(text: string): Generator<InitialsHit> {
    if (this.#persons.length === 0) return;
    for (const match of text.matchAll(SHAPE)) {
      this.#forms ??= new Map(this.#persons.flatMap(initialForms));
      const whole = this.#forms.get(match[0].replace(/[-_ ]/g, '').toUpperCase());
      if (whole === undefined || (!whole && this.#persons.length > MANY)) continue;
      const isAlone = match[0].length === text.trim().length;
      const tier = whole || (isAlone && this.#persons.length <= FEW) ? 'leak' : 'suspect';
      yield { start: match.index, length: match[0].length, tier };
    }
  }
}
