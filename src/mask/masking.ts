import type { CodeBook, Need, PatientKey } from '../crosswalk/codes.ts';
import type { KnownIdentifier, TextCleaner } from '../detect/detector.ts';
import type { DicomFile } from '../dicom/element.ts';
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

/** What a masker needs besides the source. */
export interface MaskingContext {
  readonly project: Project;
  readonly cleaner: TextCleaner;
  /** Today, for ages that a birth year shows. */
  readonly now: Date;
  /** Dates of the event that days are counted from (PS3.3 C.7.2.3.1.2), where the project names one. */
  readonly events?: {
    /** (0012,0053), a code string. */
    readonly name: string;
    /** `YYYYMMDD`. */
    dateOf(patient: PatientKey): string | undefined;
  };
  /** Base times of `times: relative`, from the surveys of all sources. */
  readonly studyTimes: ReadonlyMap<string, number>;
  /** Whether a file is of a series that would render a face. */
  showsFace?(file: DicomFile): boolean;
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
