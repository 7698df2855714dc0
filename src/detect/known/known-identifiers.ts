import type { KnownIdentifier } from '../detector.ts';
import { isDummy } from '../dummy.ts';
import { formsOf } from './forms.ts';
import { type Entry, KnownIndex } from './known-index.ts';

/** How many known identifiers there are, and how they count (the report shows it). */
export interface KnownCounts {
  /** Distinct values that were added. */
  readonly total: number;
  /** Values of which no form counts outside typed or cued places: short, usual numbers, common words. */
  readonly typedPlacesOnly: number;
  /** Values that name nobody, or have a masked form: not searched at all. */
  readonly excludedDummies: number;
}

/** Gathers the identifiers of a data set until it is frozen for the audit. */
export class KnownIdentifiers {
  readonly #values = new Map<string, KnownIdentifier>();
  #typedPlacesOnly = 0;
  #excludedDummies = 0;

  /** Adds an identifier; the same value of the same kind counts once. */
  add(known: KnownIdentifier): void {
    const value = known.value.trim();
    if (value === '') return;
    this.#values.set(`${known.kind}\0${value}`, { ...known, value });
  }

  /** Everything that was added, in the order of its first adding. */
  values(): Iterable<KnownIdentifier> {
    return this.#values.values();
  }

  /** Splits and normalises all values into the index that detectors and the byte search share. */
  freeze(): KnownIndex {
    this.#typedPlacesOnly = 0;
    this.#excludedDummies = 0;
    const entries: Entry[] = [];
    for (const known of this.#values.values()) {
      const forms = isDummy(known.value, known.kind)
        ? []
        : formsOf(known).filter((form) => !isDummy(form.key, known.kind));
      if (forms.length === 0) this.#excludedDummies++;
      else if (forms.every((form) => form.weak)) this.#typedPlacesOnly++;
      for (const form of forms) entries.push({ category: known.category, kind: known.kind, form });
    }
    return new KnownIndex(entries);
  }

  /** Counts as of the last `freeze()`. */
  get counts(): KnownCounts {
    return {
      total: this.#values.size,
      typedPlacesOnly: this.#typedPlacesOnly,
      excludedDummies: this.#excludedDummies,
    };
  }
}
