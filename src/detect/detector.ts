import type { HipaaCategory } from '../model/category.ts';
import type { Hit } from '../model/finding.ts';
import type { Format, Passage, PassageHints } from '../model/passage.ts';

/** One way to find identifiers in a passage. Pure: the same passage gives the same hits. */
export interface Detector {
  readonly id: string;
  detect(passage: Passage): Hit[];
}

/** An identifier that stands in an original, or that was handed over: to be found nowhere in the release. */
export interface KnownIdentifier {
  /** As it stands in its source, decoded (names with `^` or as components joined by `^`). */
  readonly value: string;
  readonly category: HipaaCategory;
  readonly kind: KnownKind;
}

export type KnownKind = 'name' | 'id' | 'date' | 'uid' | 'phone' | 'email' | 'address' | 'url' | 'other';

/** Cleans a text by the frozen known identifiers and patterns. */
export interface TextCleaner {
  /** `text` with each identifier replaced by a typed placeholder such as `[NAME]`; spans in code points. */
  clean(text: string, hints?: CleaningHints): CleanedText;
}

/** What is known of the place that a text is cleaned for, as the audit's passages say it too. */
type PlaceHints = Pick<
  PassageHints,
  'label' | 'keyword' | 'dataType' | 'field' | 'codePlace' | 'breaks' | 'vr' | 'tag'
> & {
  readonly format?: Format;
};

export interface CleaningHints extends PlaceHints {
  /**
   * `known`: terms of the standard, in which patterns say nothing. `patterns`: the device's own make, which is no
   * identifier even where somebody is called like it, or it reads like a name.
   */
  readonly only?: 'known' | 'patterns';
}

export interface CleanedText {
  readonly text: string;
  /** Spans are code points of the text as it was given; none overlaps another. */
  readonly replaced: readonly { start: number; end: number; placeholder: string }[];
}
