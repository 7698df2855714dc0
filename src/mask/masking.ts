import type { CodeBook, Need, PatientKey } from '../crosswalk/codes.ts';
import type { KnownIdentifier } from '../detect/detector.ts';
import type { Locus } from '../model/passage.ts';
import type { Project } from '../project/schema.ts';

/**
 * What the first look at a source tells, before anything is masked: whose it is, and which identifiers are to be found
 * nowhere in the release. Both formats give the same shape.
 */
export interface Survey {
  /** Each inner list names one patient in several ways (PID-3 repetitions, MRG-1, Other Patient IDs): they join. */
  readonly patients: readonly (readonly PatientKey[])[];
  readonly known: readonly KnownIdentifier[];
  /** Earliest time of day of each study in seconds, for `times: relative`; the key is its Study Instance UID. */
  readonly studyTimes: ReadonlyMap<string, number>;
}

/** Cleans a text by the frozen known identifiers and patterns. Built by `run/`, so that mask/ does not know audit/. */
export interface TextCleaner {
  /** `text` with each identifier replaced by a typed placeholder such as `[NAME]`; spans in code points. */
  clean(text: string, hints?: { label?: string }): CleanedText;
}

export interface CleanedText {
  readonly text: string;
  readonly replaced: readonly { start: number; end: number; placeholder: string }[];
}

/** What a masker needs besides the source. */
export interface MaskingContext {
  readonly project: Project;
  readonly cleaner: TextCleaner;
  /** Today, for ages that a birth year shows. */
  readonly now: Date;
  /** Base times of `times: relative`, from the surveys of all sources. */
  readonly studyTimes: ReadonlyMap<string, number>;
}

/** One line of the report's "actions by attribute": counted, never with a value. */
export interface ActionTaken {
  /** `PatientName (0010,0010)`, `PID-5`. */
  readonly attribute: string;
  readonly action: string;
}

/** First half of masking a part: pure. `apply` then turns codes into the result. */
export interface Plan<Result> {
  readonly needs: readonly Need[];
  apply(codes: CodeBook): Result;
}

/** Something the reader met that the standard does not allow, and what was done about it. */
export interface Anomaly {
  readonly kind: string;
  readonly locus: Locus;
  readonly offset?: number;
}
